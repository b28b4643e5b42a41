/* JSON of one SARIF result -> struct sarif_result.
 *
 * What is wrong with a member is noted in the result and never makes a finding milder: an unknown
 * kind fails, an unknown level is an error, an unreadable suppression does not suppress. */
#include "collectors/sarif_result.h"

#include "base/limits.h"
#include "collectors/sarif_value.h"

void sarif_result_release(struct sarif_result_reader *reader)
{
    sarif_reference_release(&reader->reference);
    sarif_location_release(&reader->location);
    buf_release(&reader->rule_id);
    buf_release(&reader->message);
    buf_release(&reader->message_id);
    buf_release(&reader->arguments);
}

/* Makes everything absent; the bufs keep their memory. */
static void clear(struct sarif_result_reader *reader)
{
    sarif_location_clear(&reader->location);
    buf_clear(&reader->rule_id);
    buf_clear(&reader->message);
    buf_clear(&reader->message_id);
    buf_clear(&reader->arguments);
    reader->rule_index = -1;
    reader->result = (struct sarif_result){
        .rule = {.index = -1, .component_index = -1}, .artifact = -1, .invocation = -1};
}

static void read_text(struct json_reader *json, struct buf *out)
{
    sarif_read_text(json, out, (size_t)LIMIT_TEXT_BYTES);
}

/* ---- message ---- */

static void read_arguments(struct json_reader *json, struct buf *out)
{
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        struct span text;
        if (json_string(json, &text) && out->size < LIMIT_TEXT_BYTES) {
            buf_add(out, span_until(text, (size_t)LIMIT_TEXT_BYTES));
            buf_add_byte(out, '\0');
        }
    }
}

static void read_message(struct sarif_result_reader *reader, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "text")) {
            read_text(json, &reader->message);
        } else if (span_is(key, "id")) {
            read_text(json, &reader->message_id);
        } else if (span_is(key, "arguments")) {
            read_arguments(json, &reader->arguments);
        } else {
            json_skip(json);
        }
    }
}

/* ---- suppressions (3.35) ---- */

/* Does a status say that the finding is accepted? Null says as little as an absent one, which
 * does. */
static bool read_status(struct sarif_result *result, struct json_reader *json)
{
    struct span text;
    if (json_peek(json) == JSON_NULL) {
        json_skip(json);
        return true;
    }
    bool readable = json_string(json, &text);
    bool accepted = readable && span_is(text, "accepted");
    bool known =
        accepted || (readable && (span_is(text, "underReview") || span_is(text, "rejected")));
    result->odd_suppression = result->odd_suppression || !known;
    return accepted;
}

static void read_suppression_kind(struct sarif_result *result, struct json_reader *json)
{
    struct span text;
    if (json_string(json, &text)) {
        result->in_source = result->in_source || span_is(text, "inSource");
    }
}

/* Reads one entry; true if it says that the finding is accepted. */
static bool read_suppression(struct sarif_result *result, struct json_reader *json)
{
    bool accepted = true;
    struct span key;
    if (!json_object(json)) {
        result->odd_suppression = true;
        return false;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "status")) {
            accepted = read_status(result, json);
        } else if (span_is(key, "kind")) {
            read_suppression_kind(result, json);
        } else {
            json_skip(json);
        }
    }
    return accepted;
}

/* Suppressed if there are entries and none is rejected, under review or unreadable. */
static void read_suppressions(struct sarif_result *result, struct json_reader *json)
{
    bool some = false;
    bool all_accepted = true;
    if (json_array(json)) {
        while (json_item(json)) {
            some = true;
            all_accepted = read_suppression(result, json) && all_accepted;
        }
    }
    result->suppressed = some && all_accepted;
}

/* ---- the rest ---- */

static void read_kind(struct sarif_result *result, struct json_reader *json)
{
    struct span text;
    if (!json_string(json, &text)) {
        result->odd_kind = true;
    } else if (span_is(text, "pass") || span_is(text, "informational") ||
               span_is(text, "notApplicable")) {
        result->kind = SARIF_KIND_HARMLESS;
    } else if (span_is(text, "open") || span_is(text, "review")) {
        result->kind = SARIF_KIND_OPEN;
    } else {
        result->odd_kind = !span_is(text, "fail");
    }
}

static void read_level(struct sarif_result *result, struct json_reader *json)
{
    struct span text;
    bool known = false;
    if (json_peek(json) == JSON_NULL) {
        json_skip(json); /* as if it were absent */
        return;
    }
    result->has_level = true;
    result->level = LEVEL_ERROR;
    if (json_string(json, &text)) {
        result->level = sarif_level_of(text, &known);
    }
    result->odd_level = !known;
}

static void read_properties(struct sarif_result *result, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "security-severity")) {
            enum sarif_severity severity = sarif_read_severity(json, &result->band);
            result->has_band = severity != SARIF_SEVERITY_ABSENT;
            result->odd_severity = severity == SARIF_SEVERITY_ODD;
        } else {
            json_skip(json);
        }
    }
}

static void read_provenance(struct sarif_result *result, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "invocationIndex")) {
            result->invocation = sarif_read_index(json);
        } else {
            json_skip(json);
        }
    }
}

static void read_baseline_state(struct sarif_result *result, struct json_reader *json)
{
    struct span text;
    if (json_string(json, &text)) {
        result->gone = span_is(text, "absent");
    }
}

/* Members that few results have. */
static void read_rare_member(struct sarif_result_reader *reader, struct json_reader *json,
                             struct span key)
{
    struct sarif_result *result = &reader->result;
    if (span_is(key, "kind")) {
        read_kind(result, json);
    } else if (span_is(key, "rule")) {
        result->rule = sarif_reference_read(json, &reader->reference);
    } else if (span_is(key, "suppressions")) {
        read_suppressions(result, json);
    } else if (span_is(key, "properties")) {
        read_properties(result, json);
    } else if (span_is(key, "provenance")) {
        read_provenance(result, json);
    } else if (span_is(key, "baselineState")) {
        read_baseline_state(result, json);
    } else {
        json_skip(json);
    }
}

/* The texts are where they stay now: sets the spans. ruleId goes before rule.id, rule.index before
 * ruleIndex; a good report has the same in both. */
static void settle(struct sarif_result_reader *reader)
{
    struct sarif_result *result = &reader->result;
    const struct sarif_location *location = &reader->location;
    if (reader->rule_id.size > 0) {
        result->rule.id = buf_span(&reader->rule_id);
    }
    if (result->rule.index < 0) {
        result->rule.index = reader->rule_index;
    }
    result->uri = buf_span(&location->uri);
    result->base = buf_span(&location->base);
    result->artifact = location->artifact;
    result->line = location->line;
    result->column = location->column;
    result->odd_line = location->odd_line;
    result->text = buf_span(&reader->message);
    result->message_id = buf_span(&reader->message_id);
    result->arguments = buf_span(&reader->arguments);
}

struct sarif_result *sarif_result_read(struct sarif_result_reader *reader, struct json_reader *json)
{
    struct span key;
    clear(reader);
    json_peek(json);
    reader->result.at = json_line(json);
    if (!json_object(json)) {
        return NULL;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "ruleId")) {
            read_text(json, &reader->rule_id);
        } else if (span_is(key, "ruleIndex")) {
            reader->rule_index = sarif_read_index(json);
        } else if (span_is(key, "level")) {
            read_level(&reader->result, json);
        } else if (span_is(key, "message")) {
            read_message(reader, json);
        } else if (span_is(key, "locations")) {
            sarif_location_read(&reader->location, json);
        } else {
            read_rare_member(reader, json, key);
        }
    }
    settle(reader);
    return &reader->result;
}
