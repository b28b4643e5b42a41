/* The part of a lint line behind its place: severity words, rule codes, and where tools put the rule. */
#include "collectors/lint_tail.h"

#include <string.h>

/* How far from the end of a line a rule in brackets may begin; keeps hostile lines linear. */
enum { RULE_REACH = 200 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static char at(struct span text, size_t index)
{
    return index < text.size ? text.data[index] : '\0';
}

static struct span skip_blanks(struct span text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = span_from(text, 1);
    }
    return text;
}

static bool has_blank(struct span text)
{
    return span_find(text, ' ') != SIZE_MAX;
}

static bool only_digits(struct span text)
{
    uint64_t value;
    return span_to_u64(text, &value);
}

/* ---- severity words ---- */

struct kind {
    const char *word;
    size_t size;
    enum level level;
    bool note; /* belongs to the finding before it */
};

/* The usual ones first. cppcheck's style, performance and portability rank as warnings. */
static const struct kind kinds[] = {
#define KIND(word, level, note)                                                                    \
    {                                                                                              \
        word, sizeof(word) - 1, level, note                                                        \
    }
    KIND("warning", LEVEL_WARNING, false),
    KIND("error", LEVEL_ERROR, false),
    KIND("note", LEVEL_NOTE, true),
    KIND("fatal error", LEVEL_ERROR, false),
    KIND("internal compiler error", LEVEL_ERROR, false),
    KIND("fatal", LEVEL_ERROR, false),
    KIND("critical", LEVEL_ERROR, false),
    KIND("style", LEVEL_WARNING, false),
    KIND("performance", LEVEL_WARNING, false),
    KIND("portability", LEVEL_WARNING, false),
    KIND("warn", LEVEL_WARNING, false),
    KIND("information", LEVEL_NOTE, false),
    KIND("info", LEVEL_NOTE, false),
    KIND("notice", LEVEL_NOTE, false),
    KIND("hint", LEVEL_NOTE, false),
    KIND("suggestion", LEVEL_NOTE, false),
    KIND("convention", LEVEL_NOTE, false),
    KIND("refactor", LEVEL_NOTE, false),
    KIND("debug", LEVEL_NOTE, false),
    KIND("remark", LEVEL_NOTE, true),
#undef KIND
};

/* The severity word at the start of `text`, or NULL. */
static const struct kind *kind_at(struct span text)
{
    if (text.size == 0 || strchr("wenfcsphidr", text.data[0] | 0x20) == NULL) {
        return NULL;
    }
    for (size_t index = 0; index < sizeof(kinds) / sizeof(kinds[0]); index++) {
        const struct kind *kind = &kinds[index];
        if (text.size >= kind->size && (text.data[0] | 0x20) == kind->word[0] &&
            !is_letter(at(text, kind->size)) &&
            span_is_caseless(span_until(text, kind->size), kind->word)) {
            return kind;
        }
    }
    return NULL;
}

static bool kind_of(struct span word, enum level *level)
{
    const struct kind *kind = kind_at(word);
    if (kind == NULL || kind->size != word.size) {
        return false;
    }
    *level = kind->level;
    return true;
}

/* pylint and RuboCop: convention, refactor, info; warning; error, fatal. */
static bool letter_level(char letter, enum level *level)
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

/* ---- rules ---- */

size_t lint_tail_code_size(struct span text)
{
    size_t letters = 0;
    while (is_upper(at(text, letters))) {
        letters++;
    }
    size_t size = letters;
    while (is_digit(at(text, size))) {
        size++;
    }
    bool shape = letters >= 1 && letters <= 10 && size > letters && size <= letters + 5;
    char next = at(text, size);
    return shape && (next == ' ' || next == ':' || next == '\0') ? size : 0;
}

/* The level of a code without a severity word. Only pylint's letters (with four digits) are severities;
 * E9 of pycodestyle and Ruff is a syntax error. */
static enum level code_level(struct span code)
{
    enum level level = LEVEL_WARNING;
    if (code.size == 5 && is_digit(code.data[1])) {
        letter_level(code.data[0], &level);
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

/* -Werror,-Wunused -> -Wunused; -Wformat,Format String -> -Wformat; check,-warnings-as-errors -> check */
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

struct span lint_tail_bracket(struct span message)
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
static struct span parenthesis_rule(struct span message, bool any)
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
static struct span rule_of(struct span message)
{
    struct span rule = lint_tail_bracket(message);
    if (rule.size == 0 && at(message, 0) == '[') {
        size_t end = span_find(message, ']');
        rule = end != SIZE_MAX ? span_make(message.data + 1, end - 1) : rule;
        rule = has_blank(rule) ? span_make(NULL, 0) : rule;
    }
    if (rule.size == 0) {
        rule = span_until(message, lint_tail_code_size(message));
    }
    return rule.size > 0 ? rule : parenthesis_rule(message, false);
}

/* ---- the shapes ---- */

static enum lint_line_kind finding(struct lint_line *found, enum level level, struct span rule,
                                   struct span message)
{
    found->level = level;
    found->rule = rule;
    found->message = skip_blanks(message);
    return LINT_LINE_FINDING;
}

/* A rule between the severity word and the colon: `error TS2322: `, `warning semi : `, `error C2065: `. */
static bool take_named_rule(struct span *rest, struct span *rule)
{
    struct span text = skip_blanks(*rest);
    size_t size = 0;
    while (size < text.size && text.data[size] != ' ' && text.data[size] != ':') {
        size++;
    }
    struct span after = skip_blanks(span_from(text, size));
    if (at(after, 0) != ':' || text.size == rest->size) {
        return false;
    }
    *rule = span_until(text, size);
    *rest = span_from(after, 1);
    return true;
}

/* A rule in brackets between the severity word and the colon: `error[E0425]: `. */
static bool take_bracket_rule(struct span *rest, struct span *rule)
{
    size_t end = at(*rest, 0) == '[' ? span_find(*rest, ']') : SIZE_MAX;
    if (end == SIZE_MAX || at(*rest, end + 1) != ':') {
        return false;
    }
    *rule = span_make(rest->data + 1, end - 1);
    *rest = span_from(*rest, end + 2);
    return true;
}

/* A severity word and what follows it; `named` allows a rule before the colon. */
static enum lint_line_kind read_kind(struct span rest, bool named, struct lint_line *found)
{
    const struct kind *kind = kind_at(rest);
    struct span rule = span_make(NULL, 0);
    if (kind == NULL) {
        return LINT_LINE_OTHER;
    }
    rest = span_from(rest, kind->size);
    if (at(rest, 0) == ':') {
        rest = span_from(rest, 1);
    } else if (span_starts(rest, " - ")) {
        rest = span_from(rest, 3);
    } else if (!take_bracket_rule(&rest, &rule) && (!named || !take_named_rule(&rest, &rule))) {
        return LINT_LINE_OTHER;
    }
    struct span message = skip_blanks(rest);
    if (rule.size == 0 || span_is(rule, "cpplint")) {
        rule = rule_of(message);
    }
    finding(found, kind->level, rule, message);
    bool shellcheck = span_starts(rule, "SC") && lint_tail_code_size(rule) > 0;
    return kind->note && !shellcheck ? LINT_LINE_NOTE : LINT_LINE_FINDING;
}

/* RuboCop: `C: [Correctable] Style/Cop: message`. */
static enum lint_line_kind read_letter(struct span rest, struct lint_line *found)
{
    enum level level;
    if (rest.size < 3 || rest.data[1] != ':' || rest.data[2] != ' ' ||
        !letter_level(rest.data[0], &level)) {
        return LINT_LINE_OTHER;
    }
    struct span message = span_from(rest, 3);
    if (span_starts(message, "[Corrected]") || span_starts(message, "[Todo]")) {
        return LINT_LINE_NOTE;
    }
    if (span_starts(message, "[Correctable] ")) {
        message = span_from(message, 14);
    }
    struct span cop = message;
    cop = span_cut(&cop, ':');
    bool named = span_find(cop, '/') != SIZE_MAX && !has_blank(cop);
    return finding(found, level, named ? cop : span_make(NULL, 0), message);
}

/* bandit's message template: `LOW: B101: message`. */
static enum lint_line_kind read_bandit(struct span rest, struct lint_line *found)
{
    static const struct kind bands[] = {{"HIGH:", 5, LEVEL_ERROR, false},
                                        {"MEDIUM:", 7, LEVEL_WARNING, false},
                                        {"LOW:", 4, LEVEL_NOTE, false},
                                        {"UNDEFINED:", 10, LEVEL_ERROR, false}};
    for (size_t index = 0; index < sizeof(bands) / sizeof(bands[0]); index++) {
        if (span_starts(rest, bands[index].word)) {
            struct span message = skip_blanks(span_from(rest, bands[index].size));
            struct span code = span_until(message, lint_tail_code_size(message));
            return finding(found, bands[index].level, code, message);
        }
    }
    return LINT_LINE_OTHER;
}

/* `[warning] message (rule)`, `[E501] message`, `[C0103(invalid-name), object] message`, `[C] message`. */
static enum lint_line_kind read_bracket(struct span rest, struct lint_line *found)
{
    size_t end = at(rest, 0) == '[' ? span_find(span_until(rest, RULE_REACH), ']') : SIZE_MAX;
    if (end == SIZE_MAX || end < 2) {
        return LINT_LINE_OTHER;
    }
    struct span inside = span_make(rest.data + 1, end - 1);
    struct span message = skip_blanks(span_from(rest, end + 1));
    enum level level = LEVEL_WARNING;
    if (kind_of(inside, &level)) {
        return finding(found, level, parenthesis_rule(message, true), message);
    }
    size_t letters = 0;
    size_t digits = 0;
    while (is_upper(at(inside, letters))) {
        letters++;
    }
    while (is_digit(at(inside, letters + digits))) {
        digits++;
    }
    bool symbol = letters == 0 && inside.data[0] == '(';
    bool pylint = letters == 1 && (digits == 4 || inside.size == 1);
    if (!symbol && !pylint && (letters == 0 || digits == 0)) {
        return LINT_LINE_OTHER;
    }
    if (pylint) {
        letter_level(inside.data[0], &level);
    }
    struct span rule = span_until(inside, letters + digits);
    return finding(found, level, symbol ? span_trim(inside) : rule, message);
}

/* `E501 message`, `C0114: message (symbol)`, `SyntaxError: message`. */
static enum lint_line_kind read_code(struct span rest, struct lint_line *found)
{
    static const char *const syntax[] = {"SyntaxError:", "invalid-syntax:"};
    for (size_t index = 0; index < 2; index++) {
        size_t size = strlen(syntax[index]);
        if (span_starts(rest, syntax[index])) {
            return finding(found, LEVEL_ERROR, span_until(rest, size - 1), span_from(rest, size));
        }
    }
    size_t size = lint_tail_code_size(rest);
    if (size == 0) {
        return LINT_LINE_OTHER;
    }
    struct span code = span_until(rest, size);
    bool colon = at(rest, size) == ':';
    return finding(found, code_level(code), code, span_from(rest, size + colon));
}

/* `message [Error/rule]`, `message (rule) [error]`, `message  [group/rule] [5]`, `message [rule]`. */
static enum lint_line_kind read_trailing(struct span rest, const struct lint_place *place,
                                         struct lint_line *found)
{
    struct span rule = lint_tail_bracket(rest);
    struct span head = rule;
    head = span_cut(&head, '/');
    enum level level = LEVEL_WARNING;
    if (kind_of(head, &level)) {
        struct span before = span_make(rest.data, (size_t)(rule.data - rest.data) - 1);
        rule = span_from(rule, head.size + 1);
        return finding(found, level,
                       rule.size > 0 ? rule : parenthesis_rule(span_trim(before), true), rest);
    }
    bool cpplint = rule.size > 0 && rule.data + rule.size + 1 < rest.data + rest.size;
    if (cpplint || (place->has_column && !place->indented && is_letter(at(rule, 0)))) {
        return finding(found, LEVEL_WARNING, rule, rest);
    }
    rule = parenthesis_rule(rest, false);
    if (rule.size > 0 && place->has_column && !place->indented) {
        return finding(found, LEVEL_WARNING, rule, rest);
    }
    return LINT_LINE_OTHER;
}

/* ansible-lint: `package-latest Message`, `no-changed-when: Message`, `fqcn[action]: Message`. */
static size_t ansible_rule(struct span rest)
{
    size_t size = 0;
    bool joined = false;
    for (; size < rest.size; size++) {
        char byte = rest.data[size];
        bool mark = byte == '-' || byte == '_' || byte == '[' || byte == ']';
        if (!mark && (!is_letter(byte) || is_upper(byte)) && !is_digit(byte)) {
            break;
        }
        joined = joined || mark;
    }
    char next = at(rest, size);
    return size > 1 && (next == ':' || (next == ' ' && joined)) ? size : 0;
}

/* Tools without severity and code are known by the kind of file that they speak of. */
static enum lint_line_kind read_by_path(struct span rest, const struct lint_place *place,
                                        struct lint_line *found)
{
    struct span path = place->path;
    if (place->indented || place->in_parentheses) {
        return LINT_LINE_OTHER;
    }
    if (span_ends(path, ".go") && rest.size > 0) {
        struct span label = span_starts(path, "vet: ") ? span_from(path, 5) : path;
        return has_blank(label) ? LINT_LINE_OTHER
                                : finding(found, LEVEL_WARNING, parenthesis_rule(rest, true), rest);
    }
    bool python = span_ends(path, ".py") || span_ends(path, ".pyi");
    if (python && place->has_column && !has_blank(path)) {
        return finding(found, LEVEL_WARNING, span_make(NULL, 0), rest);
    }
    bool yaml = span_ends(path, ".yml") || span_ends(path, ".yaml");
    size_t size = yaml ? ansible_rule(rest) : 0;
    if (size > 0) {
        bool colon = at(rest, size) == ':';
        return finding(found, LEVEL_WARNING, span_until(rest, size), span_from(rest, size + colon));
    }
    return LINT_LINE_OTHER;
}

enum lint_line_kind lint_tail_read(struct span rest, const struct lint_place *place,
                                   struct lint_line *found)
{
    rest = skip_blanks(rest);
    enum lint_line_kind kind = read_kind(rest, place->in_parentheses, found);
    if (kind == LINT_LINE_OTHER) {
        kind = read_letter(rest, found);
    }
    if (kind == LINT_LINE_OTHER) {
        kind = read_bandit(rest, found);
    }
    if (kind == LINT_LINE_OTHER) {
        kind = read_bracket(rest, found);
    }
    if (kind == LINT_LINE_OTHER) {
        kind = read_code(rest, found);
    }
    if (kind == LINT_LINE_OTHER) {
        kind = read_trailing(rest, place, found);
    }
    return kind == LINT_LINE_OTHER ? read_by_path(rest, place, found) : kind;
}

enum lint_line_kind lint_tail_dash(struct span rest, struct lint_line *found)
{
    return read_kind(skip_blanks(rest), true, found);
}

enum lint_line_kind lint_tail_kind(struct span rest, struct lint_line *found)
{
    return read_kind(rest, false, found);
}

enum lint_line_kind lint_tail_bare_code(struct span rest, struct lint_line *found)
{
    return read_code(rest, found);
}

enum lint_line_kind lint_tail_code(struct span rest, struct lint_line *found)
{
    enum level level = LEVEL_WARNING;
    struct span word = rest;
    word = span_cut(&word, ' ');
    if (kind_of(word, &level)) { /* markdownlint: `error MD013/line-length message` */
        rest = skip_blanks(span_from(rest, word.size));
        word = rest;
        word = span_cut(&word, ' ');
    }
    struct span names = word;
    struct span code = span_cut(&names, '/');
    if (code.size < 4 || lint_tail_code_size(code) != code.size) {
        return LINT_LINE_OTHER;
    }
    struct span message = skip_blanks(span_from(rest, word.size));
    const struct kind *kind = kind_at(message); /* hadolint: `DL3008 warning: message` */
    if (kind != NULL && at(message, kind->size) == ':') {
        level = span_is(span_until(message, kind->size), "style") ? LEVEL_NOTE : kind->level;
        message = span_from(message, kind->size + 1);
    }
    return finding(found, level, code, message);
}

enum lint_line_kind lint_tail_compact(struct span rest, struct lint_line *found)
{
    enum level level = LEVEL_WARNING;
    const struct kind *kind = kind_at(rest);
    if (kind != NULL && span_starts(span_from(rest, kind->size), " - ")) {
        level = kind->level;
        rest = span_from(rest, kind->size + 3);
    }
    struct span rule = parenthesis_rule(rest, true);
    if (kind == NULL && rule.size == 4) { /* JSHint: (E001), (W033) */
        letter_level(rule.data[0], &level);
    }
    return finding(found, level, rule, rest);
}
