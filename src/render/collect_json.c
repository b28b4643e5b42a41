/* A collection as the JSON document "tidegate/collect/1". Its JSON Schema is
 * docs/schema/collect-1.json: within version 1 members may be added, none is renamed or removed. */
#include "render/collect.h"

#include "render/escape.h"
#include "render/metrics_json.h"

static void add_source(struct json_writer *json, const struct report *report,
                       const struct snapshot *metrics)
{
    json_write_object(json, false);
    metrics_json_source(json, report);
    json_write_key(json, "metrics");
    metrics_json_totals(json, metrics);
    json_write_key(json, "diagnostics");
    metrics_json_diags(json, &report->diags, false);
    json_write_object_end(json);
}

void collect_json(const struct collection *collection, struct buf *out)
{
    struct buf text;
    struct json_writer json;
    buf_init(&text);
    json_writer_init(&json, &text);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN("tidegate/collect/1"));
    json_write_key(&json, "sources");
    json_write_array(&json, false);
    for (size_t i = 0; i < collection->reports->count; i++) {
        struct report *const *report = vec_at(collection->reports, i);
        add_source(&json, *report, &collection->each[i]);
    }
    json_write_array_end(&json);
    json_write_key(&json, "metrics");
    metrics_json_totals(&json, collection->overall);
    if (collection->diags != NULL && diags_count(collection->diags) > 0) {
        json_write_key(&json, "diagnostics");
        metrics_json_diags(&json, collection->diags, true);
    }
    json_write_object_end(&json);
    buf_add_byte(&text, '\n');
    escape_add_json(out, buf_span(&text));
    buf_release(&text);
}
