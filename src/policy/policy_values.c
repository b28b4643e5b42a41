/* Single values of the policy: texts, flags, counts, dates and references, each checked. */
#include "base/date.h"
#include "base/limits.h"
#include "policy/branch_name.h"
#include "policy/policy_reader.h"

enum { LABEL_LONGEST = 100 };

/* ---- plain types ---- */

bool read_text(struct policy_reader *reader, const struct yaml_node *node, struct span *text)
{
    if (node->kind != YAML_SCALAR || node->type == YAML_NULL) {
        reader_type_error(reader, node, "text");
        return false;
    }
    if (node->type != YAML_TEXT) {
        reader_type_error(reader, node, "text (put it in quotes)");
        return false;
    }
    *text = span_trim(node->text);
    if (text->size == 0) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "this text is empty");
        return false;
    }
    if (text->size > LIMIT_TEXT_BYTES) {
        reader_error(reader, node, DIAG_POLICY_LIMIT, "this text is longer than %llu bytes",
                     (unsigned long long)LIMIT_TEXT_BYTES);
        return false;
    }
    return true;
}

bool read_flag(struct policy_reader *reader, const struct yaml_node *node, bool *flag)
{
    if (node->kind != YAML_SCALAR || node->type != YAML_BOOL) {
        reader_type_error(reader, node, "true or false");
        return false;
    }
    *flag = span_is_caseless(node->text, "true");
    return true;
}

static void read_count(struct policy_reader *reader, const struct yaml_node *node, uint64_t *count)
{
    if (node->kind != YAML_SCALAR || node->type != YAML_NUMBER || !span_to_u64(node->text, count)) {
        reader_type_error(reader, node, "a whole number");
    } else if (*count == 0 || *count > LIMIT_REPORTS) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "the number must be from 1 to %llu",
                     (unsigned long long)LIMIT_REPORTS);
    }
}

/* 12.5 or 12.5%, of 100. */
static void read_percent(struct policy_reader *reader, const struct yaml_node *node,
                         struct param_value *percent)
{
    struct span text = node->text;
    bool cut = false;
    bool sign = node->kind == YAML_SCALAR && span_ends(text, "%");
    if (sign) {
        text = span_trim(span_until(text, text.size - 1));
    }
    if (node->kind != YAML_SCALAR || (node->type != YAML_NUMBER && !sign) ||
        !decimal_parse(text, &percent->amount, &cut)) {
        reader_type_error(reader, node, "a percentage from 0 to 100");
        return;
    }
    bool inside =
        percent->amount.digits >= 0 && decimal_compare(percent->amount, decimal_make(100, 0)) <= 0;
    if (!inside || cut) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "the percentage must be from 0 to 100");
    }
    percent->given = true;
}

static void read_word(struct policy_reader *reader, const struct yaml_node *node,
                      const char *const *words, unsigned *value)
{
    if (node->kind != YAML_SCALAR || node->type == YAML_NULL) {
        reader_type_error(reader, node, "one word");
        return;
    }
    unsigned index = 0;
    while (words[index] != NULL && !span_is(node->text, words[index])) {
        index++;
    }
    if (words[index] != NULL) {
        *value = index;
        return;
    }
    struct vec known;
    words_init(&known);
    words_add_all(&known, words);
    reader_unknown(reader, node, false, DIAG_POLICY_VALUE, "word", node->text, &known);
}

/* ---- dates and durations ---- */

static void read_date(struct policy_reader *reader, const struct yaml_node *node, uint32_t *date)
{
    if (node->kind != YAML_SCALAR || node->type == YAML_NULL) {
        reader_type_error(reader, node, "a day such as 2027-01-31");
    } else if (!date_parse(node->text, date)) {
        reader_error(reader, node, DIAG_POLICY_VALUE,
                     "a day that exists is wanted here, written as 2027-01-31");
    }
}

bool duration_parse(struct span text, struct decimal *seconds)
{
    static const struct {
        char unit;
        uint64_t size, most;
    } units[] = {{'s', 1, 86400 * 3650ULL},
                 {'m', 60, 1440 * 3650ULL},
                 {'h', 3600, 24 * 3650ULL},
                 {'d', 86400, 3650}};
    uint64_t count;
    if (text.size < 2 || !span_to_u64(span_until(text, text.size - 1), &count)) {
        return false;
    }
    for (size_t index = 0; index < sizeof(units) / sizeof(units[0]); index++) {
        if (text.data[text.size - 1] == units[index].unit && count <= units[index].most) {
            *seconds = decimal_make((int64_t)(count * units[index].size), 0);
            return true;
        }
    }
    return false;
}

static void read_duration(struct policy_reader *reader, const struct yaml_node *node,
                          uint64_t *seconds)
{
    struct decimal value;
    if (node->kind != YAML_SCALAR || !duration_parse(node->text, &value) || value.digits == 0) {
        reader_type_error(reader, node, "a duration such as 12h or 7d");
    } else {
        *seconds = (uint64_t)value.digits;
    }
}

/* ---- names ---- */

bool label_valid(struct span label)
{
    if (label.size == 0 || label.size > LABEL_LONGEST) {
        return false;
    }
    for (size_t at = 0; at < label.size; at++) {
        char byte = label.data[at];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                      (byte >= '0' && byte <= '9');
        bool mark = byte == '_' || byte == '-' || byte == '.' || byte == '/';
        if (!letter && !(mark && at > 0)) {
            return false;
        }
    }
    return true;
}

bool read_label(struct policy_reader *reader, const struct yaml_node *node,
                const struct name **label)
{
    struct span text;
    if (!read_text(reader, node, &text)) {
        return false;
    }
    if (!label_valid(text)) {
        reader_error(reader, node, DIAG_POLICY_VALUE, LABEL_RULE);
        return false;
    }
    *label = names_add(reader->names, text);
    return true;
}

static void read_group(struct policy_reader *reader, const struct yaml_node *node,
                       const struct name **group)
{
    if (read_label(reader, node, group) && !policy_has_group(reader->policy, *group)) {
        struct vec words;
        words_init(&words);
        words_add_groups(&words, reader->policy);
        reader_unknown(reader, node, false, DIAG_POLICY_UNKNOWN_GROUP, "group", name_span(*group),
                       &words);
    }
}

static void read_component(struct policy_reader *reader, const struct yaml_node *node,
                           const struct name **component)
{
    if (read_label(reader, node, component) && !policy_has_component(reader->policy, *component)) {
        struct vec words;
        words_init(&words);
        words_add_components(&words, reader->policy);
        reader_unknown(reader, node, false, DIAG_POLICY_UNKNOWN_COMPONENT, "component",
                       name_span(*component), &words);
    }
}

static void read_format(struct policy_reader *reader, const struct yaml_node *node,
                        const struct name **format)
{
    struct span text;
    if (!read_text(reader, node, &text)) {
        return;
    }
    for (const char *const *known = reader->vocabulary->formats; *known != NULL; known++) {
        if (span_is(text, *known)) {
            *format = names_add(reader->names, text);
            return;
        }
    }
    struct vec words;
    words_init(&words);
    words_add_all(&words, reader->vocabulary->formats);
    reader_unknown(reader, node, false, DIAG_POLICY_UNKNOWN_FORMAT, "format", text, &words);
}

static void read_branch(struct policy_reader *reader, const struct yaml_node *node,
                        const struct name **branch)
{
    struct span text;
    if (!read_text(reader, node, &text)) {
        return;
    }
    if (span_starts(text, "refs/heads/")) {
        text = span_from(text, sizeof("refs/heads/") - 1);
    }
    if (!branch_name_valid(text)) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "git allows no branch of this name");
        return;
    }
    *branch = names_add(reader->names, text);
}

/* ---- by table ---- */

void reader_field(struct policy_reader *reader, const struct yaml_node *node,
                  const struct field *field, void *target)
{
    void *place = (char *)target + field->offset;
    struct span text;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_METRIC:
        if (read_text(reader, node, &text)) {
            *(const struct name **)place = names_add(reader->names, text);
        }
        break;
    case FIELD_LABEL: read_label(reader, node, place); break;
    case FIELD_GROUP: read_group(reader, node, place); break;
    case FIELD_COMPONENT: read_component(reader, node, place); break;
    case FIELD_PATTERN: read_pattern(reader, node, place); break;
    case FIELD_FOLDER: read_folder(reader, node, place); break;
    case FIELD_FILE: read_file_path(reader, node, place); break;
    case FIELD_FORMAT: read_format(reader, node, place); break;
    case FIELD_BRANCH: read_branch(reader, node, place); break;
    case FIELD_FLAG: read_flag(reader, node, place); break;
    case FIELD_COUNT: read_count(reader, node, place); break;
    case FIELD_DURATION: read_duration(reader, node, place); break;
    case FIELD_PERCENT: read_percent(reader, node, place); break;
    case FIELD_WORD: read_word(reader, node, field->words, place); break;
    case FIELD_DATE: read_date(reader, node, place); break;
    }
}
