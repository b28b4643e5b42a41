/* Values, metrics and diagnostics as JSON. What is absent is left out, never written as null or
 * 0. */
#include "render/metrics_json.h"

bool metrics_json_has_value(const struct metric *metric)
{
    bool measured =
        metric->state == STATE_OK || metric->state == STATE_PARTIAL || metric->state == STATE_STALE;
    return measured && !value_is_void(&metric->value);
}

void metrics_json_value(struct json_writer *json, const struct value *value)
{
    switch (value->kind) {
    case VALUE_RATIO: json_write_ratio(json, value->ratio); break;
    case VALUE_COUNT: json_write_u64(json, value->count); break;
    case VALUE_DECIMAL: json_write_decimal(json, value->decimal); break;
    }
}

void metrics_json_totals(struct json_writer *json, const struct snapshot *snapshot)
{
    json_write_object(json, false);
    for (size_t i = 0; snapshot != NULL && i < snapshot->metrics.count; i++) {
        const struct metric *metric = vec_at(&snapshot->metrics, i);
        bool total = metric->group == NULL && metric->component == NULL;
        if (total && metrics_json_has_value(metric)) {
            json_write_key_span(json, name_span(metric->key));
            metrics_json_value(json, &metric->value);
        }
    }
    json_write_object_end(json);
}

void metrics_json_name(struct json_writer *json, const char *key, const struct name *name)
{
    if (name != NULL) {
        json_write_member_text(json, key, name_span(name));
    }
}

static void add_number(struct json_writer *json, const char *key, uint64_t number)
{
    if (number != 0) {
        json_write_member_u64(json, key, number);
    }
}

void metrics_json_diags(struct json_writer *json, const struct diags *diags, bool with_file)
{
    size_t count = diags != NULL ? diags_count(diags) : 0;
    json_write_array(json, false);
    for (size_t i = 0; i < count; i++) {
        const struct diag *diag = diags_at(diags, i);
        json_write_object(json, true);
        json_write_member_text(json, "code", span_of(diag_kind(diag->code)->code));
        json_write_member_text(json, "severity", span_of(severity_text(diag->severity)));
        if (with_file) {
            metrics_json_name(json, "file", diag->file);
        }
        add_number(json, "line", diag->line);
        add_number(json, "column", diag->column);
        json_write_member_text(json, "message", name_span(diag->text));
        add_number(json, "repeats", diag->repeats);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

void metrics_json_source(struct json_writer *json, const struct report *report)
{
    metrics_json_name(json, "path", report->path);
    metrics_json_name(json, "group", report->group);
    if (report->format != NULL) {
        json_write_member_text(json, "format", span_of(report->format));
    }
    json_write_member_text(json, "state", span_of(state_text(report->state)));
    json_write_member_u64(json, "bytes", report->bytes);
}
