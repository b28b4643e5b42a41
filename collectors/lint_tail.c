/* The part of a lint line behind its place, shape by shape. */
#include "collectors/lint_tail.h"

#include "collectors/lint_char.h"
#include "collectors/lint_finding.h"
#include "collectors/lint_rule.h"

#include "base/path.h"

#include <string.h>

static enum lint_line_kind finding(struct finding_in *found, enum level level, struct span rule,
                                   struct span message)
{
    found->level = level;
    found->rule = rule;
    found->message = skip_blanks(message);
    return LINT_LINE_FINDING;
}

/* A rule between the severity word and the colon: `error TS2322: `, `warning semi : `,
 * `error C2065: `. */
static bool take_named_rule(struct span *rest, struct span *rule)
{
    struct span text = skip_blanks(*rest);
    size_t size = 0;
    while (size < text.size && text.data[size] != ' ' && text.data[size] != ':') {
        size++;
    }
    struct span after = skip_blanks(span_from(text, size));
    if (char_at(after, 0) != ':' || text.size == rest->size) {
        return false;
    }
    *rule = span_until(text, size);
    *rest = span_from(after, 1);
    return true;
}

/* A rule in brackets or parentheses between the severity word and the colon: `error[E0425]: `,
 * `error(no-eval):`; ty leaves out the colon: `error[invalid-syntax] message`. */
static bool take_enclosed_rule(struct span *rest, struct span *rule)
{
    char close = char_at(*rest, 0) == '[' ? ']' : char_at(*rest, 0) == '(' ? ')' : '\0';
    size_t end = close != '\0' ? span_find(span_until(*rest, RULE_REACH), close) : SIZE_MAX;
    char next = end == SIZE_MAX ? '\0' : char_at(*rest, end + 1);
    if (next != ':' && (next != ' ' || close != ']' || end == 1)) {
        return false;
    }
    *rule = span_make(rest->data + 1, end - 1);
    *rest = span_from(*rest, end + 2);
    return true;
}

/* Whether a word between the severity and the colon must be a rule: a code, or `plugin(rule)`. */
static bool is_rule_word(struct span word)
{
    return lint_code_size(word) == word.size || span_ends(word, ")");
}

/* A severity word and what follows it; `named` allows any word as a rule before the colon. */
static enum lint_line_kind read_kind(struct span rest, bool named, struct finding_in *found)
{
    const struct lint_kind *kind = lint_kind_at(rest);
    struct span rule = span_make(NULL, 0);
    if (kind == NULL) {
        return LINT_LINE_OTHER;
    }
    rest = span_from(rest, strlen(kind->word));
    if (char_at(rest, 0) == ':') {
        rest = span_from(rest, 1);
    } else if (span_starts(rest, " - ")) {
        rest = span_from(rest, 3);
    } else if (!take_enclosed_rule(&rest, &rule) &&
               (!take_named_rule(&rest, &rule) || (!named && !is_rule_word(rule)))) {
        return LINT_LINE_OTHER;
    }
    struct span message = skip_blanks(rest);
    if (rule.size == 0 || span_is(rule, "cpplint")) {
        rule = lint_message_rule(message);
    }
    finding(found, kind->level, rule, message);
    bool shellcheck = span_starts(rule, "SC") && lint_code_size(rule) > 0;
    return kind->note && !shellcheck ? LINT_LINE_NOTE : LINT_LINE_FINDING;
}

/* `E:rule:message`: Semgrep for vim. */
static enum lint_line_kind read_vim(struct span rest, struct finding_in *found)
{
    enum level level;
    struct span message = span_from(rest, 2);
    struct span rule = span_cut(&message, ':');
    if (char_at(rest, 1) != ':' || !lint_letter_level(char_at(rest, 0), &level) || rule.size == 0 ||
        has_blank(rule) || message.data != rule.data + rule.size + 1) {
        return LINT_LINE_OTHER;
    }
    return finding(found, level, rule, message);
}

/* RuboCop: `C: [Correctable] Style/Cop: message`. */
static enum lint_line_kind read_letter(struct span rest, struct finding_in *found)
{
    enum level level;
    if (rest.size < 3 || rest.data[1] != ':' || rest.data[2] != ' ' ||
        !lint_letter_level(rest.data[0], &level)) {
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

/* bandit's message templates: `LOW: B101: message`, `B101[bandit]: LOW: message`. */
static enum lint_line_kind read_bandit(struct span rest, struct finding_in *found)
{
    static const struct lint_word bands[] = {{"HIGH", LEVEL_ERROR},
                                             {"MEDIUM", LEVEL_WARNING},
                                             {"LOW", LEVEL_NOTE},
                                             {"UNDEFINED", LEVEL_ERROR},
                                             {NULL, LEVEL_ERROR}};
    enum level level;
    struct span code = span_make(NULL, 0);
    size_t mark = span_find_text(span_until(rest, 32), "[bandit]: ");
    if (mark != SIZE_MAX) {
        code = span_until(rest, mark);
        rest = span_from(rest, mark + 10);
    }
    struct span message = rest;
    struct span word = span_cut(&message, ':');
    if (message.size > 0 && is_upper(char_at(word, 0)) && lint_word_level(bands, word, &level)) {
        message = skip_blanks(message);
        code = code.size > 0 ? code : span_until(message, lint_code_size(message));
        return finding(found, level, code, message);
    }
    return LINT_LINE_OTHER;
}

/* `[warning] message (rule)`, `[E501] message`, `[C0103(invalid-name), object] message`,
 * `[C] message`. */
static enum lint_line_kind read_bracket(struct span rest, struct finding_in *found)
{
    size_t end = char_at(rest, 0) == '[' ? span_find(span_until(rest, RULE_REACH), ']') : SIZE_MAX;
    if (end == SIZE_MAX || end < 2) {
        return LINT_LINE_OTHER;
    }
    struct span inside = span_make(rest.data + 1, end - 1);
    struct span message = skip_blanks(span_from(rest, end + 1));
    enum level level = LEVEL_WARNING;
    if (lint_kind_level(inside, &level)) {
        return finding(found, level, lint_parenthesis_rule(message, true), message);
    }
    bool syntax = span_is(inside, "invalid-syntax"); /* Ruff in the manner of pylint */
    if (syntax || span_is(inside, "unformatted")) {
        return finding(found, syntax ? LEVEL_ERROR : LEVEL_WARNING, inside, message);
    }
    size_t letters = 0;
    size_t digits = 0;
    while (is_upper(char_at(inside, letters))) {
        letters++;
    }
    while (is_digit(char_at(inside, letters + digits))) {
        digits++;
    }
    bool symbol = letters == 0 && inside.data[0] == '(';
    bool pylint = letters == 1 && (digits == 4 || inside.size == 1);
    if (!symbol && !pylint && (digits == 0 || (letters == 0 && digits < 3))) {
        return LINT_LINE_OTHER;
    }
    if (pylint) {
        lint_letter_level(inside.data[0], &level);
    } else {
        level = lint_code_level(inside);
    }
    struct span rule = span_until(inside, letters + digits);
    if (symbol) {
        rule = span_from(inside, 1);
        rule = span_cut(&rule, ')');
    }
    return finding(found, level, rule, message);
}

/* hadolint: a severity word between code and message. */
static void take_level(struct span *message, enum level *level)
{
    const struct lint_kind *kind = lint_kind_at(*message);
    if (kind != NULL && char_at(*message, strlen(kind->word)) == ':') {
        bool style = span_starts(*message, "style");
        *level = style ? LEVEL_NOTE : kind->level;
        *message = skip_blanks(span_from(*message, strlen(kind->word) + 1));
    }
}

/* `E501 message`, `C0114: message (symbol)`, `DL3008 warning: message`, `SyntaxError: message`. */
static enum lint_line_kind read_code(struct span rest, struct finding_in *found)
{
    static const struct {
        const char *name;
        enum level level;
    } names[] = {{"SyntaxError:", LEVEL_ERROR},
                 {"invalid-syntax:", LEVEL_ERROR},
                 {"unformatted:", LEVEL_WARNING}}; /* ruff format --check */
    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++) {
        size_t size = strlen(names[index].name);
        if (span_starts(rest, names[index].name)) {
            return finding(found, names[index].level, span_until(rest, size - 1),
                           span_from(rest, size));
        }
    }
    size_t size = lint_code_size(rest);
    if (size == 0) {
        return LINT_LINE_OTHER;
    }
    struct span code = span_until(rest, size);
    bool colon = char_at(rest, size) == ':';
    struct span message = skip_blanks(span_from(rest, size + colon));
    enum level level = lint_code_level(code);
    take_level(&message, &level);
    return finding(found, level, code, message);
}

/* `message [Error/rule]`, `message (rule) [error]`, `message  [group/rule] [5]`,
 * `message [rule]`. */
static enum lint_line_kind read_trailing(struct span rest, const struct lint_place *place,
                                         struct finding_in *found)
{
    struct span rule = lint_bracket_rule(rest);
    struct span head = rule;
    head = span_cut(&head, '/');
    enum level level = LEVEL_WARNING;
    if (lint_kind_level(head, &level)) {
        struct span before = span_make(rest.data, (size_t)(rule.data - rest.data) - 1);
        rule = span_from(rule, head.size + 1);
        return finding(found, level,
                       rule.size > 0 ? rule : lint_parenthesis_rule(span_trim(before), true), rest);
    }
    bool cpplint = rule.size > 0 && rule.data + rule.size + 1 < rest.data + rest.size;
    if (cpplint || (place->has_column && !place->indented && is_letter(char_at(rule, 0)))) {
        return finding(found, LEVEL_WARNING, rule, rest);
    }
    rule = lint_parenthesis_rule(rest, false);
    if (rule.size > 0 && place->has_column && !place->indented) {
        return finding(found, LEVEL_WARNING, rule, rest);
    }
    return LINT_LINE_OTHER;
}

/* standard and its likes: `  /path/a.js:1:2: Extra semicolon. (semi)`, and behind what is going to
 * be an error ` (warning)`. The rule of what cannot be parsed is null. */
static enum lint_line_kind read_standard(struct span rest, const struct lint_place *place,
                                         struct finding_in *found)
{
    static const char warning[] = " (warning)";
    struct span path = skip_blanks(place->path);
    bool absolute = char_at(path, 0) == '/' || (char_at(path, 1) == ':' && path.size > 2);
    bool warns = span_ends(rest, warning);
    rest = span_until(rest, rest.size - (warns ? strlen(warning) : 0));
    struct span rule = lint_parenthesis_rule(rest, true);
    if (!absolute || !place->has_column || path.size + 2 != place->path.size || rule.size == 0) {
        return LINT_LINE_OTHER;
    }
    rule = span_is(rule, "null") ? span_make(NULL, 0) : rule;
    return finding(found, warns ? LEVEL_WARNING : LEVEL_ERROR, rule, rest);
}

/* Tools without severity and code are known by the kind of file that they speak of. */
static enum lint_line_kind read_by_path(struct span rest, const struct lint_place *place,
                                        struct finding_in *found)
{
    struct span path = place->path;
    if (place->indented && !place->in_parentheses) {
        return read_standard(rest, place, found);
    }
    if (place->in_parentheses) {
        return LINT_LINE_OTHER;
    }
    if (span_ends(path, ".go") && rest.size > 0) {
        bool broken = span_starts(path, "vet: "); /* does not compile */
        struct span label = broken ? span_from(path, 5) : path;
        struct span rule = lint_parenthesis_rule(rest, true);
        broken = broken || span_is(rule, LINT_RULE_COMPILE);
        enum level level = broken ? LEVEL_ERROR : LEVEL_WARNING;
        return has_blank(label) ? LINT_LINE_OTHER : finding(found, level, rule, rest);
    }
    if (!has_blank(path) && span_find_text(rest, " ==> ") != SIZE_MAX) { /* codespell */
        return finding(found, LEVEL_WARNING, span_make(NULL, 0), rest);
    }
    bool ada = span_ends(path, ".adb") || span_ends(path, ".ads");
    if (ada && place->has_column && !has_blank(path)) { /* GNAT has a word for warnings alone */
        bool style = span_starts(rest, "(style) ");
        struct span rule = style ? span_make(rest.data + 1, 5) : span_make(NULL, 0);
        return finding(found, style ? LEVEL_WARNING : LEVEL_ERROR, rule, rest);
    }
    bool syntax = span_starts(rest, "syntax error") || span_starts(rest, "parse error") ||
                  span_starts(rest, "#error ") || span_starts(rest, "Not a valid Kotlin file ");
    if (!has_blank(path) && (span_ends(path, ".erl") || syntax)) {
        return finding(found, LEVEL_ERROR, span_make(NULL, 0), rest);
    }
    bool python = span_ends(path, ".py") || span_ends(path, ".pyi");
    if (python && place->has_column && !has_blank(path)) {
        return finding(found, LEVEL_WARNING, span_make(NULL, 0), rest);
    }
    bool yaml = span_ends(path, ".yml") || span_ends(path, ".yaml");
    size_t size = yaml ? lint_hyphen_rule_size(rest) : 0;
    if (size > 0) {
        struct span rule = span_until(rest, size);
        rest = span_from(rest, size);
        rest = span_from(rest, span_starts(rest, LINT_RULE_PAINT) ? strlen(LINT_RULE_PAINT) : 0);
        return finding(found, LEVEL_WARNING, rule, span_from(rest, char_at(rest, 0) == ':'));
    }
    return LINT_LINE_OTHER;
}

/* Without a severity word the path must look like one: no bytes that Windows forbids in names. */
static bool is_plausible(struct span path)
{
    for (size_t index = 0; index < path.size; index++) {
        if (strchr("<>|\"*?^", path.data[index]) != NULL) {
            return false;
        }
    }
    return path.size > 0;
}

/* PMD sets off its columns by tabs: `path:4:<tab>Rule:<tab>message`. */
static enum lint_line_kind read_pmd(struct span rest, struct finding_in *found)
{
    struct span message = span_from(rest, 1);
    struct span rule = span_cut(&message, ':');
    if (char_at(rest, 0) != '\t' || char_at(message, 0) != '\t' || rule.size == 0 ||
        has_blank(rule)) {
        return LINT_LINE_OTHER;
    }
    return finding(found, LEVEL_WARNING, rule, message);
}

enum lint_line_kind lint_tail_read(struct span rest, const struct lint_place *place,
                                   struct finding_in *found)
{
    if (char_at(rest, 0) == '\t' && read_pmd(rest, found) == LINT_LINE_FINDING) {
        return LINT_LINE_FINDING;
    }
    rest = skip_blanks(rest);
    enum lint_line_kind kind = read_kind(rest, place->in_parentheses, found);
    if (kind != LINT_LINE_OTHER || !is_plausible(place->path)) {
        return kind;
    }
    kind = read_letter(rest, found);
    if (kind == LINT_LINE_OTHER) {
        kind = read_vim(rest, found);
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

enum lint_line_kind lint_tail_dash(struct span rest, struct finding_in *found)
{
    return read_kind(skip_blanks(rest), true, found);
}

enum lint_line_kind lint_tail_kind(struct span rest, struct finding_in *found)
{
    return read_kind(rest, false, found);
}

enum lint_line_kind lint_tail_bare_code(struct span rest, struct finding_in *found)
{
    return read_code(rest, found);
}

/* The other names of a markdownlint rule: `line-length`, `first-line-heading/first-line-h1`. */
static bool is_alias(struct span names)
{
    for (size_t index = 0; index < names.size; index++) {
        char byte = names.data[index];
        if (is_upper(byte) || (!is_letter(byte) && !is_digit(byte) && byte != '-' && byte != '/')) {
            return false;
        }
    }
    return true;
}

/* hadolint, of a file that it cannot read: `Dockerfile:6:1 unexpected 'A' expecting '#'`. */
static bool is_dockerfile(struct span path)
{
    struct span name = path_base(path);
    size_t dot = span_find_last(name, '.');
    struct span ending = span_from(name, dot == SIZE_MAX ? name.size : dot + 1);
    return span_starts(name, "Dockerfile") || span_starts(name, "Containerfile") ||
           span_is_caseless(ending, "dockerfile");
}

enum lint_line_kind lint_tail_code(struct span rest, const struct lint_place *place,
                                   struct finding_in *found)
{
    enum level level = LEVEL_WARNING;
    struct span word = rest;
    word = span_cut(&word, ' ');
    if (lint_kind_level(word, &level)) { /* markdownlint: `error MD013/line-length message` */
        rest = skip_blanks(span_from(rest, word.size));
        word = rest;
        word = span_cut(&word, ' ');
    }
    struct span names = word;
    struct span code = span_cut(&names, '/');
    if (code.size < 4 || lint_code_size(code) != code.size || !is_alias(names) ||
        has_blank(place->path) || !is_plausible(place->path)) {
        bool unread = place->has_column && rest.size > 0 && is_dockerfile(place->path);
        return unread ? finding(found, LEVEL_ERROR, span_make(NULL, 0), rest) : LINT_LINE_OTHER;
    }
    struct span message = skip_blanks(span_from(rest, word.size));
    take_level(&message, &level);
    return finding(found, level, code, message);
}

enum lint_line_kind lint_tail_compact(struct span rest, struct finding_in *found)
{
    enum level level = LEVEL_WARNING;
    const struct lint_kind *kind = lint_kind_at(rest);
    if (kind != NULL && span_starts(span_from(rest, strlen(kind->word)), " - ")) {
        level = kind->level;
        rest = span_from(rest, strlen(kind->word) + 3);
    }
    struct span rule = lint_parenthesis_rule(rest, true);
    if (kind == NULL && rule.size == 4) { /* JSHint: (E001), (W033) */
        lint_letter_level(rule.data[0], &level);
    }
    return finding(found, level, rule, rest);
}
