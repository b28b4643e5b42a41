/* Severity words, rule codes, and where in a message tools put the rule. */
#include "collectors/lint_rule.h"

#include "collectors/lint_char.h"

#include <string.h>

static bool only_digits(struct span text)
{
    uint64_t value;
    return span_to_u64(text, &value);
}

/* The usual ones first. cppcheck's style, performance and portability rank as warnings. */
static const struct lint_kind kinds[] = {
    {"warning", LEVEL_WARNING, false},
    {"error", LEVEL_ERROR, false},
    {"note", LEVEL_NOTE, true},
    {"fatal error", LEVEL_ERROR, false},
    {"internal compiler error", LEVEL_ERROR, false},
    {"fatal", LEVEL_ERROR, false},
    {"critical", LEVEL_ERROR, false},
    {"style", LEVEL_WARNING, false},
    {"performance", LEVEL_WARNING, false},
    {"portability", LEVEL_WARNING, false},
    {"warn", LEVEL_WARNING, false},
    {"deprecation", LEVEL_WARNING, false},  /* dmd */
    {"info warning", LEVEL_WARNING, false}, /* the Nu Html Checker */
    {"information", LEVEL_NOTE, false},
    {"info", LEVEL_NOTE, false},
    {"notice", LEVEL_NOTE, false},
    {"hint", LEVEL_NOTE, false},
    {"suggestion", LEVEL_NOTE, false},
    {"convention", LEVEL_NOTE, false},
    {"refactor", LEVEL_NOTE, false},
    {"debug", LEVEL_NOTE, false},
    {"remark", LEVEL_NOTE, true},
};

const struct lint_kind *lint_kind_at(struct span text)
{
    if (text.size == 0 || strchr("wenfcsphidr", text.data[0] | 0x20) == NULL) {
        return NULL;
    }
    for (size_t index = 0; index < sizeof(kinds) / sizeof(kinds[0]); index++) {
        const struct lint_kind *kind = &kinds[index];
        size_t size = (text.data[0] | 0x20) == kind->word[0] ? strlen(kind->word) : SIZE_MAX;
        if (size <= text.size && !is_letter(char_at(text, size)) &&
            span_is_caseless(span_until(text, size), kind->word)) {
            return kind;
        }
    }
    return NULL;
}

bool lint_kind_level(struct span word, enum level *level)
{
    const struct lint_kind *kind = lint_kind_at(word);
    if (kind == NULL || strlen(kind->word) != word.size) {
        return false;
    }
    *level = kind->level;
    return true;
}

/* pylint and RuboCop: convention, refactor, info; warning; error, fatal. */
bool lint_letter_level(char letter, enum level *level)
{
    switch (letter) {
    case 'C':
    case 'R':
    case 'I': *level = LEVEL_NOTE; return true;
    case 'W': *level = LEVEL_WARNING; return true;
    case 'E':
    case 'F': *level = LEVEL_ERROR; return true;
    default: return false;
    }
}

size_t lint_code_size(struct span text)
{
    size_t letters = 0;
    while (is_upper(char_at(text, letters))) {
        letters++;
    }
    size_t size = letters;
    while (is_digit(char_at(text, size))) {
        size++;
    }
    bool shape = letters >= 1 && letters <= 10 && size > letters && size <= letters + 5;
    char next = char_at(text, size);
    return shape && (next == ' ' || next == ':' || next == '\0') ? size : 0;
}

/* The level of a code without a severity word. Only pylint's letters (with four digits) are
 * severities; E9 of pycodestyle and Ruff is a syntax error. */
enum level lint_code_level(struct span code)
{
    enum level level = LEVEL_WARNING;
    if (code.size == 5 && is_digit(code.data[1])) {
        lint_letter_level(code.data[0], &level);
    } else if (span_starts(code, "E9") && code.size == 4) {
        level = LEVEL_ERROR;
    }
    return level;
}

/* The text between the last `open` and the `close` that ends the message. */
static struct span last_group(struct span message, char open, char close)
{
    if (message.size == 0 || message.data[message.size - 1] != close) {
        return span_make(NULL, 0);
    }
    size_t reach = message.size > RULE_REACH ? message.size - RULE_REACH : 0;
    struct span tail = span_from(message, reach);
    size_t start = span_find_last(tail, open);
    if (start == SIZE_MAX || (start + reach > 0 && message.data[start + reach - 1] != ' ')) {
        return span_make(NULL, 0);
    }
    return span_make(tail.data + start + 1, tail.size - start - 2);
}

/* -Werror,-Wunused -> -Wunused; -Wformat,Format String -> -Wformat; check,-warnings-as-errors ->
 * check */
static struct span plain_rule(struct span rule)
{
    if (span_starts(rule, "-Werror,")) {
        rule = span_from(rule, 8);
    }
    if (span_starts(rule, "-W") || span_ends(rule, ",-warnings-as-errors")) {
        rule = span_cut(&rule, ',');
    }
    return has_blank(rule) ? span_make(NULL, 0) : rule;
}

struct span lint_bracket_rule(struct span message)
{
    struct span rule = last_group(message, '[', ']');
    if (only_digits(rule)) { /* cpplint's confidence */
        struct span before = span_make(message.data, (size_t)(rule.data - message.data) - 1);
        rule = last_group(span_trim(before), '[', ']');
        return only_digits(rule) ? span_make(NULL, 0) : rule;
    }
    return plain_rule(rule);
}

/* A rule in parentheses at the end: words joined by marks, unless `any` word will do. */
struct span lint_parenthesis_rule(struct span message, bool any)
{
    struct span rule = last_group(message, '(', ')');
    bool joined = false;
    for (size_t index = 0; index < rule.size; index++) {
        char byte = rule.data[index];
        if (strchr("-_/:.@", byte) != NULL && byte != '\0') {
            joined = true;
        } else if (!is_letter(byte) && !is_digit(byte)) {
            return span_make(NULL, 0);
        }
    }
    return joined || any ? rule : span_make(NULL, 0);
}

/* Where tools that have a severity word put the rule: behind, else in front. */
struct span lint_message_rule(struct span message)
{
    struct span rule = lint_bracket_rule(message);
    if (rule.size == 0 && char_at(message, 0) == '[') {
        size_t end = span_find(message, ']');
        rule = end != SIZE_MAX ? span_make(message.data + 1, end - 1) : rule;
        rule = has_blank(rule) ? span_make(NULL, 0) : rule;
    }
    if (rule.size == 0) {
        rule = span_until(message, lint_code_size(message));
    }
    return rule.size > 0 ? rule : lint_parenthesis_rule(message, false);
}

/* ansible-lint: `package-latest Message`, `no-changed-when: Message`, `fqcn[action]: Message`.
 * Where it paints, the end of the paint may be left over: `name[play][/]: Message`. */
size_t lint_hyphen_rule_size(struct span rest)
{
    size_t size = 0;
    bool joined = false;
    for (; size < rest.size && !span_starts(span_from(rest, size), LINT_RULE_PAINT); size++) {
        char byte = rest.data[size];
        bool mark = byte == '-' || byte == '_' || byte == '[' || byte == ']';
        if (!mark && (!is_letter(byte) || is_upper(byte)) && !is_digit(byte)) {
            break;
        }
        joined = joined || mark;
    }
    bool paint = span_starts(span_from(rest, size), LINT_RULE_PAINT);
    char next = char_at(rest, paint ? size + strlen(LINT_RULE_PAINT) : size);
    return size > 1 && (next == ':' || (next == ' ' && joined)) ? size : 0;
}
