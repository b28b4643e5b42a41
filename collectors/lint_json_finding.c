/* What the values of one JSON entry mean: severity, band, rule, and whether it is a finding at
 * all. */
#include "collectors/lint_json_finding.h"

#include "collectors/lint_finding.h"
#include "collectors/lint_rule.h"

/* A finding with everything that is needed to understand it. */
struct entry {
    const struct json_finding *finding;
    const struct lint_json_tool *tool;
    struct span texts;
    struct sink *sink;
};

static struct span value_text(const struct entry *entry, enum lint_field field)
{
    const struct field_value *value = &entry->finding->values[field];
    return value->size > 0 ? span_make(entry->texts.data + value->start, value->size)
                           : span_make(NULL, 0); /* most are absent */
}

static bool value_true(const struct entry *entry, enum lint_field field)
{
    return entry->finding->values[field].token == JSON_TRUE;
}

/* A number as tools write it: `12`, `"12"`, `"12-14"`; negative and unreadable ones are absent. */
static uint64_t value_number(const struct entry *entry, enum lint_field field)
{
    struct span text = value_text(entry, field);
    uint64_t number = 0;
    size_t digits = 0;
    if (text.size == 0) {
        return 0;
    }
    while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9') {
        digits++;
    }
    bool known = span_to_u64(span_until(text, digits), &number);
    return known && number < UINT64_MAX ? number + entry->tool->from_zero : number;
}

/* The severity words of all tools; none means two things. */
static const struct lint_word words[] = {{"2", LEVEL_ERROR},
                                         {"1", LEVEL_WARNING},
                                         {"error", LEVEL_ERROR},
                                         {"warning", LEVEL_WARNING},
                                         {"info", LEVEL_NOTE},
                                         {"note", LEVEL_NOTE},
                                         {"style", LEVEL_NOTE},
                                         {"convention", LEVEL_NOTE},
                                         {"refactor", LEVEL_NOTE},
                                         {"major", LEVEL_WARNING},
                                         {"minor", LEVEL_WARNING},
                                         {"critical", LEVEL_ERROR},
                                         {"blocker", LEVEL_ERROR},
                                         {"fatal", LEVEL_ERROR},
                                         {"fatal error", LEVEL_ERROR},
                                         {"high", LEVEL_ERROR},
                                         {"medium", LEVEL_WARNING},
                                         {"low", LEVEL_NOTE},
                                         {"information", LEVEL_NOTE},
                                         {"informational", LEVEL_NOTE},
                                         {"notice", LEVEL_NOTE},
                                         {"hint", LEVEL_NOTE},
                                         {"help", LEVEL_NOTE},
                                         {"unknown", LEVEL_NOTE},
                                         {"warn", LEVEL_WARNING},
                                         {"failure-note", LEVEL_NOTE},
                                         {"error: internal compiler error", LEVEL_ERROR},
                                         {"inventory", LEVEL_NOTE},
                                         {"experiment", LEVEL_NOTE},
                                         {NULL, LEVEL_ERROR}};

void json_finding_set_level(struct json_finding *finding, struct span severity)
{
    finding->level = LEVEL_ERROR;
    finding->level_known = lint_word_level(words, severity, &finding->level);
}

/* Is it one of the tool's rules that say that a file could not be read? */
static bool is_unread(const struct entry *entry)
{
    bool found = entry->tool->rule_needed && !entry->finding->values[FIELD_RULE].set;
    struct span rest = span_of(entry->tool->unread);
    while (!found && rest.size > 0) {
        found = span_equal(span_cut(&rest, '|'), value_text(entry, FIELD_RULE));
    }
    return found;
}

static enum level entry_level(const struct entry *entry)
{
    const struct lint_json_tool *tool = entry->tool;
    const struct field_value *value = &entry->finding->values[FIELD_LEVEL];
    uint64_t line = entry->finding->line;
    if (value_true(entry, FIELD_FATAL)) {
        sink_note(entry->sink, DIAG_LINT_NOT_CHECKED, line, value_text(entry, FIELD_MESSAGE));
        return LEVEL_ERROR;
    }
    if (is_unread(entry)) {
        return LEVEL_ERROR;
    }
    bool number = value->token == JSON_NUMBER;
    if (value->set && value->size > 0 && number != tool->level_is_number) {
        sink_note(entry->sink, DIAG_LINT_LEVEL, line,
                  tool->level_is_number ? SPAN("a severity that is no number counts as an error")
                                        : SPAN("a severity that is no word counts as an error"));
        return LEVEL_ERROR;
    }
    if (entry->finding->level_known) {
        return entry->finding->level;
    }
    enum level absent = LEVEL_WARNING;
    if (tool->no_level != NULL) {
        lint_word_level(words, span_of(tool->no_level), &absent);
    }
    return lint_level(entry->sink, words, value_text(entry, FIELD_LEVEL), absent, line);
}

static enum band entry_band(const struct entry *entry)
{
    static const struct {
        const char *word;
        enum band band;
    } bands[] = {{"critical", BAND_CRITICAL},
                 {"high", BAND_HIGH},
                 {"medium", BAND_MEDIUM},
                 {"low", BAND_LOW}};
    for (size_t index = 0; entry->tool->security && index < 4; index++) {
        if (span_is_caseless(value_text(entry, FIELD_LEVEL), bands[index].word)) {
            return bands[index].band;
        }
    }
    return BAND_NONE;
}

/* The rule, with the tool's mark before a bare number. golangci-lint names the linter; a finer code
 * stands at the start of its message. */
static struct span entry_rule(const struct entry *entry, struct buf *room)
{
    struct span rule = value_text(entry, FIELD_RULE);
    struct span message = value_text(entry, FIELD_MESSAGE);
    if (entry->tool->rule_mark != NULL && entry->finding->values[FIELD_RULE].token == JSON_NUMBER) {
        buf_clear(room);
        buf_add_text(room, entry->tool->rule_mark);
        buf_add(room, rule);
        return buf_span(room);
    }
    size_t code = entry->tool->code_in_message ? lint_code_size(message) : 0;
    return code > 0 && code < message.size && message.data[code] == ':' ? span_until(message, code)
                                                                        : rule;
}

/* rustc closes its errors with one that has no place and counts them. */
static bool is_summary(struct span message)
{
    return span_starts(message, "aborting due to ") || span_starts(message, "could not compile ");
}

/* An entry without a place says how many came before it, or is an error of its own: of the linker,
 * of the compiler itself. */
static bool is_placeless_error(const struct entry *entry)
{
    return entry->finding->values[FIELD_LEVEL].size > 0 && entry->finding->level == LEVEL_ERROR;
}

static bool is_finding(const struct entry *entry)
{
    const struct lint_json_tool *tool = entry->tool;
    const struct field_value *values = entry->finding->values;
    struct span type = value_text(entry, FIELD_TYPE);
    bool other =
        values[FIELD_TYPE].set && ((tool->type != NULL && !span_is_caseless(type, tool->type)) ||
                                   (tool->other != NULL && span_is_caseless(type, tool->other)));
    bool skipped =
        tool->skipped != NULL && span_is_caseless(value_text(entry, FIELD_LEVEL), tool->skipped);
    bool placeless = tool->place_needed && !values[FIELD_PATH].set && !is_placeless_error(entry);
    return !other && !skipped && !placeless && !value_true(entry, FIELD_LEFT_OUT);
}

enum json_taken json_finding_take(const struct json_finding *finding,
                                  const struct lint_json_tool *tool, struct span texts,
                                  struct span path, struct buf *rule, struct sink *sink)
{
    const struct entry entry = {finding, tool, texts, sink};
    if (!is_finding(&entry)) {
        return JSON_TAKEN_NOTHING;
    }
    if (tool->place_needed && !finding->values[FIELD_PATH].set &&
        is_summary(value_text(&entry, FIELD_MESSAGE))) {
        return JSON_TAKEN_SUMMARY;
    }
    struct finding_in in = {
        .path = tool->item_path != NULL ? path : value_text(&entry, FIELD_PATH),
        .rule = entry_rule(&entry, rule),
        .message = value_text(&entry, FIELD_MESSAGE),
        .package = value_text(&entry, FIELD_PACKAGE),
        .version = value_text(&entry, FIELD_VERSION),
        .line = value_number(&entry, FIELD_LINE),
        .column = value_number(&entry, FIELD_COLUMN),
        .level = entry_level(&entry),
        .band = entry_band(&entry),
        .suppressed = finding->hidden || finding->values[FIELD_SUPPRESSED].set,
    };
    lint_finding_take(sink, &in, finding->line);
    if (tool->not_checked != NULL && span_is(value_text(&entry, FIELD_RULE), tool->not_checked)) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, finding->line,
                  SPAN("a package could not be checked: its findings are missing"));
    }
    return in.level == LEVEL_ERROR ? JSON_TAKEN_ERROR : JSON_TAKEN_FINDING;
}
