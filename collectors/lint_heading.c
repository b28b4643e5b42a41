/* Findings below a heading:
 *
 *     src/a.js                                  In build.sh line 3:
 *       12:3  error  Missing semicolon  semi    if [ $x == "a" ]; then
 *     (ESLint stylish, yamllint, stylelint)          ^-- SC2086 (info): Double quote ...
 *
 *     a.py:                                     ************* Module tide.gate
 *       1:8 F401 [*] `os` imported              C: 15, 0: Invalid constant name (invalid-name)
 *     (Ruff grouped)                            (pylint 1; RuboCop simple has `== path ==`)
 *
 *     a.f90:4:3:                                a.kt
 *     Error: Symbol 'y' at (1) has no ...         2:1 Wildcard import (standard:no-wildcards)
 *     (gfortran)                                (ktlint, grouped by file)
 */
#include "collectors/lint_heading.h"

#include "collectors/lint_char.h"
#include "collectors/lint_finding.h"
#include "collectors/lint_rule.h"
#include "collectors/lint_tail.h"

#include "base/limits.h"

#include <string.h>

void lint_heading_release(struct lint_heading *heading)
{
    buf_release(&heading->kept);
    buf_release(&heading->script);
}

void lint_heading_set(struct lint_heading *heading, struct span text)
{
    heading->path = span_until(text, (size_t)LIMIT_PATH_BYTES);
    heading->module = false;
}

void lint_heading_keep(struct lint_heading *heading)
{
    if (heading->path.data != heading->kept.data) {
        buf_clear(&heading->kept);
        buf_add(&heading->kept, heading->path);
        heading->path = buf_span(&heading->kept);
    }
}

/* ---- ESLint stylish, yamllint, stylelint, Ruff grouped ---- */

/* The rule at the end: in parentheses (yamllint), or set off by two blanks. *message loses the
 * latter. */
static struct span take_rule(struct span *message)
{
    size_t start = message->size;
    while (start > 0 && message->data[start - 1] != ' ') {
        start--;
    }
    struct span rule = span_from(*message, start);
    if (char_at(rule, 0) == '(' && span_ends(rule, ")")) {
        return span_make(rule.data + 1, rule.size - 2);
    }
    if (start < 2 || message->data[start - 2] != ' ') {
        return span_make(NULL, 0);
    }
    *message = span_trim(span_until(*message, start));
    return rule;
}

/* ktlint: `message (set:rule)`; what it cannot parse has no rule. */
static bool take_ktlint(struct lint_log *log, struct finding_in *found, struct span text)
{
    struct span rule = lint_parenthesis_rule(text, false);
    bool unread = span_starts(text, "Not a valid Kotlin file ");
    if ((span_find(rule, ':') == SIZE_MAX && !unread) || found->path.size == 0) {
        return false;
    }
    found->rule = rule;
    found->message = text;
    found->level = unread ? LEVEL_ERROR : LEVEL_WARNING;
    lint_log_take(log, found);
    return true;
}

/* Behind the place: `F401 message`, when the heading ends with a colon. */
static bool take_grouped(struct lint_log *log, struct finding_in *found, struct span text)
{
    struct finding_in read = {0};
    if (!span_ends(found->path, ":") || lint_tail_bare_code(text, &read) != LINT_LINE_FINDING) {
        return false;
    }
    found->path = span_until(found->path, found->path.size - 1);
    found->rule = read.rule;
    found->message = read.message;
    found->level = read.level;
    lint_log_take(log, found);
    return true;
}

/* next lint: `3:5  Warning: message  rule`, at the beginning of the line. */
static bool take_next(const struct lint_heading *heading, struct lint_log *log, struct span text)
{
    struct finding_in found = {.path = heading->path};
    struct span rest = text;
    struct span line = span_cut(&rest, ':');
    struct span column = span_cut(&rest, ' ');
    bool error = span_starts(rest, " Error: ");
    if (!span_to_u64(line, &found.line) || !span_to_u64(column, &found.column) ||
        (!error && !span_starts(rest, " Warning: "))) {
        return false;
    }
    found.level = error ? LEVEL_ERROR : LEVEL_WARNING;
    found.message = span_trim(span_from(rest, error ? 8 : 10));
    found.rule = take_rule(&found.message);
    lint_log_take(log, &found);
    return true;
}

/* `3`, and remark's `42-63:95`, whose end does not matter. */
static bool read_column(struct span text, uint64_t *column)
{
    struct span end = text;
    struct span begin = span_cut(&end, '-');
    uint64_t number = 0;
    return span_to_u64(begin, column) &&
           (begin.size == text.size ||
            (span_to_u64(span_cut(&end, ':'), &number) && span_to_u64(end, &number)));
}

static bool take_place(const struct lint_heading *heading, struct lint_log *log, struct span text)
{
    static const struct lint_word words[] = {{"error", LEVEL_ERROR},
                                             {"warning", LEVEL_WARNING},
                                             {"info", LEVEL_NOTE},
                                             {"\xE2\x9C\x96", LEVEL_ERROR},
                                             {"\xC3\x97", LEVEL_ERROR},
                                             {"i", LEVEL_NOTE},
                                             {"suggestion", LEVEL_NOTE}, /* Vale */
                                             {"\xE2\x9A\xA0", LEVEL_WARNING},
                                             {"\xE2\x80\xBC", LEVEL_WARNING},
                                             {"\xE2\x84\xB9", LEVEL_NOTE},
                                             {NULL, LEVEL_ERROR}};
    struct finding_in found = {.path = heading->path};
    struct span rest = text;
    struct span line = span_cut(&rest, ':');
    struct span column = span_cut(&rest, ' ');
    if (!span_to_u64(line, &found.line) || !read_column(column, &found.column)) {
        return false;
    }
    rest = skip_blanks(rest);
    struct span message = rest;
    if (!lint_word_level(words, span_cut(&message, ' '), &found.level)) {
        return take_ktlint(log, &found, rest) || take_grouped(log, &found, rest);
    }
    if (char_at(message, 0) == ':') {
        return false;
    }
    found.message = span_trim(message);
    found.rule = take_rule(&found.message);
    lint_log_take(log, &found);
    return true;
}

/* ---- gfortran ---- */

/* `Error: message at (1)`, behind `a.f90:12:3:` in a line of its own. */
static bool take_fortran(const struct lint_heading *heading, struct lint_log *log, struct span text)
{
    static const char *const starts[] = {"Error: ", "Warning: ", "Fatal Error: ", NULL};
    struct finding_in found = {0};
    struct span place = heading->path;
    struct span numbers = place;
    struct span path = span_cut(&numbers, ':');
    bool ends = span_ends(place, ":") && digits_at(numbers, 0) > 0 && !has_blank(place);
    if (!starts_any(text, starts) || !ends || !lint_line_place(place, &found) ||
        lint_tail_kind(text, &found) != LINT_LINE_FINDING) {
        return false;
    }
    found.path = path;
    lint_log_take(log, &found);
    return true;
}

/* ---- shellcheck ---- */

/* `In build.sh line 3:` */
static bool read_script(struct lint_heading *heading, struct span text)
{
    bool heads = span_starts(text, "In ") && span_ends(text, ":");
    size_t line = heads ? span_find_text(text, " line ") : SIZE_MAX;
    if (line == SIZE_MAX || line < 3) {
        return false;
    }
    buf_clear(&heading->script);
    buf_add(&heading->script, span_until(span_make(text.data + 3, line - 3), LIMIT_PATH_BYTES));
    span_to_u64(span_make(text.data + line + 6, text.size - line - 7), &heading->script_line);
    return true;
}

/* `^-- SC2086 (info): message`; early versions write no severity. */
static bool take_comment(const struct lint_heading *heading, struct lint_log *log, struct span text)
{
    static const struct lint_word words[] = {{"error", LEVEL_ERROR},
                                             {"warning", LEVEL_WARNING},
                                             {"info", LEVEL_NOTE},
                                             {"style", LEVEL_NOTE},
                                             {NULL, LEVEL_ERROR}};
    struct finding_in found = {
        .path = buf_span(&heading->script), .line = heading->script_line, .level = LEVEL_WARNING};
    while (char_at(text, 0) == '^' || char_at(text, 0) == '-') {
        text = span_from(text, 1);
    }
    struct span rest = skip_blanks(text);
    struct span code = span_make(rest.data, span_starts(rest, "SC") ? 2 + digits_at(rest, 2) : 0);
    rest = span_from(rest, code.size);
    if (code.size < 5) {
        return false;
    }
    if (span_starts(rest, " (")) {
        rest = span_from(rest, 2);
        struct span word = span_cut(&rest, ')');
        found.level = lint_level(log->sink, words, word, LEVEL_WARNING, log->line);
    }
    found.rule = code;
    found.message = span_trim(span_from(rest, 1));
    lint_log_take(log, &found);
    return true;
}

/* ---- pylint 0 and 1, RuboCop simple ---- */

/* `15, 0`, `21,4`, `1:  1`, and below pylint's heading `21`. Moves behind it; false if it is no
 * place. */
static bool take_numbers(struct span *rest, bool module, struct finding_in *found)
{
    size_t digits = digits_at(*rest, 0);
    if (!span_to_u64(span_until(*rest, digits), &found->line)) {
        return false;
    }
    *rest = span_from(*rest, digits);
    struct span second = skip_blanks(span_from(*rest, 1));
    digits = digits_at(second, 0);
    if ((char_at(*rest, 0) != ',' && char_at(*rest, 0) != ':') || digits == 0) {
        return module && char_at(*rest, 0) == ':';
    }
    span_to_u64(span_until(second, digits), &found->column);
    *rest = span_from(second, digits);
    return true;
}

/* `C: 15, 0: message (rule)`, `W0612: 21,4:function: message`, `C:  1:  1: Style/Cop: message` */
static bool take_letter(const struct lint_heading *heading, struct lint_log *log, struct span text)
{
    struct finding_in found = {.path = heading->path};
    size_t digits = digits_at(text, 1);
    if (!lint_letter_level(char_at(text, 0), &found.level) || (digits != 0 && digits != 4) ||
        char_at(text, 1 + digits) != ':') {
        return false;
    }
    struct span rest = skip_blanks(span_from(text, 2 + digits));
    if (!take_numbers(&rest, heading->module, &found)) {
        return false;
    }
    size_t colon = span_find(rest, ':');
    if (colon == SIZE_MAX) {
        return false;
    }
    struct span message = skip_blanks(span_from(rest, colon + 1));
    if (span_starts(message, "[Corrected]")) {
        return true;
    }
    struct span cop = message;
    cop = span_cut(&cop, ':');
    bool named = span_find(cop, '/') != SIZE_MAX && !has_blank(cop);
    struct span symbol = named ? cop : lint_parenthesis_rule(message, true);
    found.rule = digits == 4 ? span_until(text, 5) : symbol;
    found.message = message;
    lint_log_take(log, &found);
    return true;
}

/* ---- all of them ---- */

bool lint_heading_take_indented(const struct lint_heading *heading, struct lint_log *log,
                                struct span indented)
{
    return is_digit(char_at(indented, 0)) ? take_place(heading, log, indented)
           : char_at(indented, 0) == '^'  ? take_comment(heading, log, indented)
                                          : false;
}

bool lint_heading_take(struct lint_heading *heading, struct lint_log *log, struct span text)
{
    if (span_starts(text, "************* Module ")) {
        lint_heading_set(heading, span_from(text, 21));
        heading->module = true;
        return true;
    }
    if (span_starts(text, "== ") && span_ends(text, " ==") && text.size > 6) {
        lint_heading_set(heading, span_make(text.data + 3, text.size - 6));
        return true;
    }
    return read_script(heading, text) || take_next(heading, log, text) ||
           take_fortran(heading, log, text) || take_letter(heading, log, text);
}
