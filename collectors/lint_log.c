/* Findings that are spread over several lines:
 *
 *     warning: unused variable         error: message [check]        no-changed-when: message
 *      --> src/a.rs:2:9                (clang-tidy without place)    play.yml:3 Task/Handler: x
 *
 *     F401 [*] `os` imported           x plugin(rule): message       >> Issue: [B101:name] message
 *      --> a.py:1:8                     ,-[a.js:1:7]                    Severity: Low
 *                                                                       Location: a.py:1:0
 */
#include "collectors/lint_log.h"

#include "collectors/lint_char.h"
#include "collectors/lint_finding.h"
#include "collectors/lint_rule.h"
#include "collectors/lint_tail.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <string.h>

void lint_log_release(struct lint_log *log)
{
    buf_release(&log->rule);
    buf_release(&log->message);
}

static void take(struct lint_log *log, struct finding_in *found, uint64_t line)
{
    if (log->text.size > 0 && utf8_valid_size(log->text) < log->text.size) {
        sink_note(log->sink, DIAG_INPUT_ODD_BYTES, line, span_make(NULL, 0));
    }
    lint_finding_take(log->sink, found, line);
    log->findings++;
    log->taken = line;
    log->errors += found->level == LEVEL_ERROR;
    /* A compiler's warning does not fail a build. */
    log->reasons += found->level == LEVEL_ERROR || !span_starts(found->rule, "-W");
}

void lint_log_take(struct lint_log *log, struct finding_in *found)
{
    take(log, found, log->line);
}

static void hold(struct lint_log *log, enum lint_held held, const struct finding_in *found)
{
    lint_log_end(log);
    log->held = held;
    log->finding = *found;
    log->held_line = log->line;
    buf_clear(&log->rule);
    buf_add(&log->rule, found->rule);
    buf_clear(&log->message);
    buf_add(&log->message, span_until(found->message, (size_t)LIMIT_TEXT_BYTES));
}

static void take_held(struct lint_log *log)
{
    log->finding.rule = buf_span(&log->rule);
    log->finding.message = buf_span(&log->message);
    take(log, &log->finding, log->held_line);
    log->held = LINT_HELD_NOTHING;
}

void lint_log_end(struct lint_log *log)
{
    if (log->held == LINT_HELD_PLACELESS || log->held == LINT_HELD_BLOCK) {
        take_held(log);
    }
    log->held = LINT_HELD_NOTHING;
}

/* ---- the lines behind the first ---- */

/* bandit's block ends with the place, or with a line that is not indented. */
static bool continue_block(struct lint_log *log, struct span text)
{
    static const struct lint_word bands[] = {
        {"Low", LEVEL_NOTE}, {"Medium", LEVEL_WARNING}, {"High", LEVEL_ERROR}, {NULL, LEVEL_ERROR}};
    struct span rest = skip_blanks(text);
    if (span_starts(rest, "Severity: ")) {
        struct span word = span_from(rest, 10);
        log->finding.level =
            lint_level(log->sink, bands, span_cut(&word, ' '), LEVEL_ERROR, log->line);
    } else if (span_starts(rest, "Location: ")) {
        lint_line_place(span_from(rest, 10), &log->finding);
        take_held(log);
    }
    return char_at(text, 0) == ' ';
}

/* The place in the line: behind an arrow or a frame's corner, or ansible-lint's `path:line `. */
static struct span place_in(const struct lint_log *log, struct span text)
{
    static const char *const marks[] = {"--> ", ",-[", "\xE2\x95\xAD\xE2\x94\x80[",
                                        "\xE2\x95\xAD\xE2\x96\xB8 "};
    struct span rest = skip_blanks(text);
    for (size_t index = 0; index < sizeof(marks) / sizeof(marks[0]); index++) {
        if (span_starts(rest, marks[index])) {
            return span_from(rest, strlen(marks[index]));
        }
    }
    bool next = log->line == log->held_line + 1;
    return next && log->held == LINT_HELD_FOR_NEXT_LINE ? span_cut(&text, ' ') : span_make(NULL, 0);
}

bool lint_log_continue(struct lint_log *log, struct span text)
{
    if (log->held == LINT_HELD_NOTHING) {
        return false;
    }
    if (log->held == LINT_HELD_BLOCK) {
        return continue_block(log, text);
    }
    struct span place = place_in(log, text);
    if (place.size > 0 && lint_line_place(place, &log->finding)) {
        take_held(log);
        return true;
    }
    if (log->held == LINT_HELD_PLACELESS) {
        lint_log_end(log);
    }
    return false;
}

/* ---- the first line ---- */

/* `>> Issue: [B101:assert_used] message` */
static bool begin_block(struct lint_log *log, struct span text)
{
    struct finding_in found = {.level = LEVEL_ERROR};
    if (!span_starts(text, ">> Issue: [")) {
        return false;
    }
    struct span rest = span_from(text, 11);
    struct span rule = span_cut(&rest, ']');
    found.rule = span_cut(&rule, ':');
    found.message = skip_blanks(rest);
    hold(log, LINT_HELD_BLOCK, &found);
    return true;
}

/* `no-changed-when: message`, `fqcn[action]: message` */
static bool begin_hyphen(struct lint_log *log, struct span text)
{
    size_t size = lint_hyphen_rule_size(text);
    struct span rule = span_until(text, size);
    bool joined = span_find(rule, '-') != SIZE_MAX || span_ends(rule, "]");
    if (size == 0 || char_at(text, size) != ':' || !joined) {
        return false;
    }
    struct finding_in found = {
        .rule = rule, .message = skip_blanks(span_from(text, size + 1)), .level = LEVEL_WARNING};
    hold(log, LINT_HELD_FOR_NEXT_LINE, &found);
    return true;
}

/* `x plugin(rule): message`, with other marks too */
static bool begin_marked(struct lint_log *log, struct span text)
{
    static const struct lint_word marks[] = {{"x", LEVEL_ERROR},
                                             {"!", LEVEL_WARNING},
                                             {"\xC3\x97", LEVEL_ERROR},
                                             {"\xE2\x9A\xA0", LEVEL_WARNING},
                                             {NULL, LEVEL_ERROR}};
    struct finding_in found = {0};
    struct span rest = text;
    if (!lint_word_level(marks, span_cut(&rest, ' '), &found.level)) {
        return false;
    }
    found.message = rest;
    struct span rule = span_cut(&rest, ':');
    bool named = span_ends(rule, ")") && !has_blank(rule);
    found.rule = named ? rule : span_make(NULL, 0);
    hold(log, LINT_HELD_FOR_PLACE, &found);
    return true;
}

/* `warning: [options] source value 8 is obsolete` */
static bool is_javac(const struct finding_in *found)
{
    struct span rule = found->rule;
    bool bracket = char_at(found->message, 0) == '[' && rule.data == found->message.data + 1;
    for (size_t index = 0; bracket && index < rule.size; index++) {
        bracket = rule.data[index] >= 'a' && rule.data[index] <= 'z';
    }
    return bracket && rule.size > 0;
}

/* `error TS18003: No inputs were found in config file 'tsconfig.json'.` */
static bool is_typescript(struct span rule)
{
    return span_starts(rule, "TS") && lint_code_size(rule) == rule.size;
}

/* `warning: message`, `error[E0425]: message`, `F401 [*] message` */
static bool begin_kind(struct lint_log *log, struct span text)
{
    struct finding_in found = {0};
    enum lint_line_kind kind = lint_tail_kind(text, &found);
    bool code = lint_code_size(text) >= 4 || span_starts(text, "invalid-syntax:") ||
                span_starts(text, "unformatted:");
    if (kind == LINT_LINE_OTHER && code) {
        kind = lint_tail_bare_code(text, &found);
    }
    if (kind == LINT_LINE_NOTE) { /* explains what came before, so that is complete */
        lint_log_end(log);
    } else if (kind == LINT_LINE_FINDING) {
        bool placeless = !code && (lint_bracket_rule(found.message).size > 0 || is_javac(&found) ||
                                   is_typescript(found.rule));
        if (!code && is_typescript(found.rule)) { /* it leaves the types alone then */
            sink_drop(log->sink, DIAG_REPORT_TOOL_FAILED, log->line,
                      SPAN("the compiler has an error without a place: it did not check types"));
        }
        hold(log, placeless ? LINT_HELD_PLACELESS : LINT_HELD_FOR_PLACE, &found);
    }
    return kind != LINT_LINE_OTHER;
}

bool lint_log_begin(struct lint_log *log, struct span text, bool indented)
{
    if (indented) {
        return begin_marked(log, text);
    }
    return begin_block(log, text) || begin_kind(log, text) || begin_hyphen(log, text);
}
