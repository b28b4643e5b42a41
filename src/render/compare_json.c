/* A comparison as the JSON document "tidegate/compare/1". */
#include "render/compare.h"

#include "render/compare_rows.h"
#include "render/escape.h"
#include "render/metrics_json.h"

static void add_side(struct json_writer *json, const char *key, const struct metric *metric,
                     bool has_value)
{
    if (metric == NULL) {
        return;
    }
    json_write_key(json, key);
    json_write_object(json, true);
    json_write_member_text(json, "state", span_of(state_text(metric->state)));
    if (has_value) {
        json_write_key(json, "value");
        metrics_json_value(json, &metric->value);
    }
    json_write_object_end(json);
}

static void add_row(struct json_writer *json, const struct compare_row *row)
{
    const struct metric *metric = compare_row_metric(row);
    struct buf change = {0};
    json_write_object(json, false);
    json_write_member_text(json, "metric", name_span(metric->key));
    metrics_json_name(json, "group", metric->group);
    metrics_json_name(json, "component", metric->component);
    add_side(json, "base", row->base, row->has_base);
    add_side(json, "now", row->now, row->has_now);
    compare_row_add_change(&change, row);
    if (change.size > 0) {
        json_write_member_text(json, "change", buf_span(&change));
    }
    json_write_member_text(json, "result", span_of(compare_row_word(row)));
    json_write_object_end(json);
    buf_release(&change);
}

static void add_snapshot(struct json_writer *json, const char *key, const char *label,
                         const struct snapshot *snapshot)
{
    json_write_key(json, key);
    json_write_object(json, true);
    json_write_member_text(json, "name", span_of(label));
    metrics_json_name(json, "commit", snapshot->commit);
    json_write_object_end(json);
}

void compare_json(const struct comparison *comparison, struct buf *out)
{
    struct buf text = {0};
    struct vec rows;
    struct json_writer json;
    vec_init(&rows, sizeof(struct compare_row));
    compare_rows(comparison, &rows);
    json_writer_init(&json, &text);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN("tidegate/compare/1"));
    add_snapshot(&json, "base", comparison->base_label, comparison->base);
    add_snapshot(&json, "now", comparison->now_label, comparison->now);
    json_write_key(&json, "metrics");
    json_write_array(&json, false);
    for (size_t i = 0; i < rows.count; i++) {
        add_row(&json, vec_at(&rows, i));
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    buf_add_byte(&text, '\n');
    escape_add_json(out, buf_span(&text));
    vec_release(&rows);
    buf_release(&text);
}
