/* A self-test as the JSON document "tidegate/selftest/1". */
#include "render/selftest_view.h"

#include "render/escape.h"
#include "render/metrics_json.h"

static void add_verdict(struct json_writer *json, const char *key, enum outcome outcome,
                        enum exit_code code)
{
    json_write_key(json, key);
    json_write_object(json, true);
    json_write_member_text(json, "outcome", span_of(outcome_text(outcome)));
    json_write_member_u64(json, "exit_code", (uint64_t)code);
    json_write_object_end(json);
}

static void add_row(struct json_writer *json, const struct selftest_row *row)
{
    json_write_object(json, false);
    json_write_member_text(json, "subject", name_span(row->subject));
    metrics_json_name(json, "change", row->change);
    if (row->judged) {
        add_verdict(json, "before", row->before, row->before_code);
        add_verdict(json, "after", row->after, row->after_code);
    }
    json_write_member_text(json, "result", span_of(selftest_result_text(row->result)));
    metrics_json_name(json, "why", row->why);
    json_write_object_end(json);
}

void selftest_json(const struct selftest_view *view, struct buf *out)
{
    const struct selftest *selftest = view->selftest;
    struct json_writer json;
    struct buf text = {0};
    json_writer_init(&json, &text);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN("tidegate/selftest/1"));
    metrics_json_name(&json, "source", selftest->source);
    json_write_member_u64(&json, "ok", selftest->count[SELFTEST_OK]);
    json_write_member_u64(&json, "exempt", selftest->count[SELFTEST_EXEMPT]);
    json_write_member_u64(&json, "cannot_fail", selftest->count[SELFTEST_CANNOT]);
    json_write_key(&json, "rows");
    json_write_array(&json, false);
    for (size_t at = 0; at < selftest->rows.count; at++) {
        add_row(&json, vec_at(&selftest->rows, at));
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    buf_add_byte(&text, '\n');
    escape_add_json(out, buf_span(&text));
    buf_release(&text);
}
