/* JSON of one SARIF result -> struct sarif_result. */
#include "collectors/sarif_result.h"

#include "base/limits.h"
#include "collectors/sarif_value.h"

enum text {
    TEXT_ID, /* the first four in the order of sarif_read_reference */
    TEXT_GUID,
    TEXT_COMPONENT_NAME,
    TEXT_COMPONENT_GUID,
    TEXT_RULE_ID, /* ruleId */
    TEXT_URI,
    TEXT_BASE,
    TEXT_MESSAGE,
    TEXT_MESSAGE_ID,
    TEXT_ARGUMENTS
};

void sarif_result_release(struct sarif_result_reader *reader)
{
    for (size_t index = 0; index < SARIF_TEXTS; index++) {
        buf_release(&reader->texts[index]);
    }
}

/* Makes everything absent; the bufs keep their memory. */
static void result_clear(struct sarif_result_reader *reader)
{
    for (size_t index = 0; index < SARIF_TEXTS; index++) {
        buf_clear(&reader->texts[index]);
    }
    reader->rule_index = -1;
    reader->result = (struct sarif_result){
        .rule = {.index = -1, .component_index = -1}, .artifact = -1, .invocation = -1};
}

static void read_text(struct json_reader *json, struct buf *out)
{
    sarif_read_text(json, out, (size_t)LIMIT_TEXT_BYTES);
}

/* ---- the rule ---- */

static void read_component(struct json_reader *json, struct sarif_reference *reference,
                           struct buf *texts)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "index")) {
            reference->component_index = sarif_read_index(json);
        } else if (span_is(key, "name")) {
            read_text(json, &texts[TEXT_COMPONENT_NAME]);
        } else if (span_is(key, "guid")) {
            read_text(json, &texts[TEXT_COMPONENT_GUID]);
        } else {
            json_skip(json);
        }
    }
}

void sarif_read_reference(struct json_reader *json, struct sarif_reference *reference,
                          struct buf *texts)
{
    struct span key;
    *reference = (struct sarif_reference){.index = -1, .component_index = -1};
    for (size_t index = TEXT_ID; index <= TEXT_COMPONENT_GUID; index++) {
        buf_clear(&texts[index]);
    }
    if (json_object(json)) {
        while (json_key(json, &key)) {
            if (span_is(key, "id")) {
                read_text(json, &texts[TEXT_ID]);
            } else if (span_is(key, "index")) {
                reference->index = sarif_read_index(json);
            } else if (span_is(key, "guid")) {
                read_text(json, &texts[TEXT_GUID]);
            } else if (span_is(key, "toolComponent")) {
                read_component(json, reference, texts);
            } else {
                json_skip(json);
            }
        }
    }
    reference->id = buf_span(&texts[TEXT_ID]);
    reference->guid = buf_span(&texts[TEXT_GUID]);
    reference->component_name = buf_span(&texts[TEXT_COMPONENT_NAME]);
    reference->component_guid = buf_span(&texts[TEXT_COMPONENT_GUID]);
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
            read_text(json, &reader->texts[TEXT_MESSAGE]);
        } else if (span_is(key, "id")) {
            read_text(json, &reader->texts[TEXT_MESSAGE_ID]);
        } else if (span_is(key, "arguments")) {
            read_arguments(json, &reader->texts[TEXT_ARGUMENTS]);
        } else {
            json_skip(json);
        }
    }
}

/* ---- place ---- */

/* A line or column: 0 if it is none that a file can have. */
static uint64_t read_number(struct sarif_result *result, struct json_reader *json)
{
    uint64_t value = 0;
    if (!json_u64(json, &value) || value == 0 || value > LIMIT_LINE_NUMBER) {
        result->odd_line = true;
        return 0;
    }
    return value;
}

static void read_region(struct sarif_result *result, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "startLine")) {
            result->line = read_number(result, json);
        } else if (span_is(key, "startColumn")) {
            result->column = read_number(result, json);
        } else {
            json_skip(json);
        }
        if (result->line > 0 && result->column > 0) {
            json_leave(json);
            return;
        }
    }
}

static void read_physical(struct sarif_result_reader *reader, struct json_reader *json)
{
    bool has_artifact = false;
    bool has_region = false;
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "artifactLocation")) {
            sarif_read_location(json, &reader->texts[TEXT_URI], &reader->texts[TEXT_BASE],
                                &reader->result.artifact);
            has_artifact = true;
        } else if (span_is(key, "region")) {
            read_region(&reader->result, json);
            has_region = true;
        } else {
            json_skip(json);
        }
        if (has_artifact && has_region) {
            json_leave(json);
            return;
        }
    }
}

static void read_location(struct sarif_result_reader *reader, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "physicalLocation")) {
            read_physical(reader, json);
            json_leave(json);
            return;
        }
        json_skip(json);
    }
}

/* The first location is where the finding is; further ones belong to the same finding (3.27.12). */
static void read_locations(struct sarif_result_reader *reader, struct json_reader *json)
{
    bool first = true;
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        if (first) {
            read_location(reader, json);
        } else {
            json_skip(json);
        }
        first = false;
    }
}

/* ---- suppressions (3.35) ---- */

/* Reads one entry; true if it says that the finding is accepted. An absent status says so. */
static bool read_suppression(struct sarif_result *result, struct json_reader *json)
{
    bool accepted = true;
    struct span key;
    if (!json_object(json)) {
        result->odd_suppression = true;
        return false;
    }
    while (json_key(json, &key)) {
        struct span text;
        if (span_is(key, "status") && json_string(json, &text)) {
            accepted = span_is(text, "accepted");
            result->odd_suppression =
                result->odd_suppression ||
                !(accepted || span_is(text, "underReview") || span_is(text, "rejected"));
        } else if (span_is(key, "kind") && json_string(json, &text)) {
            result->in_source = result->in_source || span_is(text, "inSource");
        } else if (!span_is(key, "status") && !span_is(key, "kind")) {
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
        sarif_read_reference(json, &result->rule, reader->texts);
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
static void settle_texts(struct sarif_result_reader *reader)
{
    struct sarif_result *result = &reader->result;
    const struct buf *texts = reader->texts;
    if (texts[TEXT_RULE_ID].size > 0) {
        result->rule.id = buf_span(&texts[TEXT_RULE_ID]);
    }
    if (result->rule.index < 0) {
        result->rule.index = reader->rule_index;
    }
    result->uri = buf_span(&texts[TEXT_URI]);
    result->base = buf_span(&texts[TEXT_BASE]);
    result->text = buf_span(&texts[TEXT_MESSAGE]);
    result->message_id = buf_span(&texts[TEXT_MESSAGE_ID]);
    result->arguments = buf_span(&texts[TEXT_ARGUMENTS]);
}

struct sarif_result *sarif_result_read(struct sarif_result_reader *reader, struct json_reader *json)
{
    struct span key;
    result_clear(reader);
    json_peek(json);
    reader->result.at = json_line(json);
    if (!json_object(json)) {
        return NULL;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "ruleId")) {
            read_text(json, &reader->texts[TEXT_RULE_ID]);
        } else if (span_is(key, "ruleIndex")) {
            reader->rule_index = sarif_read_index(json);
        } else if (span_is(key, "level")) {
            read_level(&reader->result, json);
        } else if (span_is(key, "message")) {
            read_message(reader, json);
        } else if (span_is(key, "locations")) {
            read_locations(reader, json);
        } else {
            read_rare_member(reader, json, key);
        }
    }
    settle_texts(reader);
    return &reader->result;
}
