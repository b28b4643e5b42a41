/* Text that linters and compilers print -> findings.
 *
 * This file reads the log line by line and asks the grammars: lint_quick and lint_line for single
 * lines, lint_log for findings spread over lines, lint_heading for lines below a file's name,
 * lint_summary for how it went. Colour codes and CI time stamps are removed first. Nothing in a
 * text log says that it is a report, so a log without findings is "empty" unless a line says that
 * all is well. */
#include "collectors/collector.h"
#include "collectors/lint_heading.h"
#include "collectors/lint_plain.h"
#include "collectors/lint_quick.h"
#include "collectors/lint_rule.h"
#include "collectors/lint_stamp.h"
#include "collectors/lint_summary.h"
#include "collectors/lint_watch.h"

#include "collectors/lint_char.h"

#include "base/limits.h"
#include "base/line_read.h"

#include <string.h>

struct text_reader {
    struct lint_log log;
    struct lint_heading heading;
    struct lint_summary summary;
    struct lint_watch watch;
    struct buf plain;        /* the current line without colour codes, if it had some */
    struct finding_in found; /* by the quick way, which leaves alone what is always empty */
};

/* ---- the bytes of a line ---- */

/* Whether none of the sixteen bytes is a control character or outside ASCII. */
static bool is_plain_piece(const char *bytes)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t words[2];
    memcpy(words, bytes, sizeof(words));
    uint64_t odd = ((words[0] - ones * 0x20) | words[0]) | ((words[1] - ones * 0x20) | words[1]);
    return (odd & ones * 0x80) == 0;
}

/* Whether all bytes are printable ASCII; short texts are not worth a yes. */
static bool is_plain(struct span text)
{
    if (text.size < 16) {
        return false;
    }
    const char *at = text.data;
    const char *last = text.data + text.size - 16;
    while (at < last && is_plain_piece(at)) {
        at += 16;
    }
    return at >= last && is_plain_piece(last);
}

/* Source that compilers echo: `  12 |  code`, `     |  ^~~~`. The line begins with a blank and ends
 * with a byte that is none. */
static bool is_gutter(const char *text)
{
    while (*text == ' ') {
        text++;
    }
    while (is_digit(*text)) {
        text++;
    }
    while (*text == ' ') {
        text++;
    }
    return *text == '|';
}

/* The same for the width that compilers use, without a jump that depends on the number. False:
 * perhaps. */
static bool is_usual_gutter(const char *text)
{
    static const bool number[256] = {
        [' '] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
        ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true};
    const unsigned char *bytes = (const unsigned char *)text;
    return (number[bytes[1]] & number[bytes[2]] & number[bytes[3]] & number[bytes[4]] &
            (bytes[5] == ' ') & (bytes[6] == '|')) != 0;
}

/* The same for a line that had colours or a time stamp, and for frames drawn by line characters. */
static bool shows_echo(struct span text)
{
    struct span rest = skip_blanks(text);
    size_t digits = digits_at(rest, 0);
    rest = skip_blanks(span_from(rest, digits));
    bool bar = char_at(rest, 0) == '|' || span_starts(rest, "\xE2\x94\x82");
    return bar && (digits > 0 || rest.size < text.size);
}

/* ---- lines ---- */

/* A line that is no finding by itself. */
static void take_context(struct text_reader *reader, struct span text)
{
    struct span rest = skip_blanks(text);
    bool indented = rest.size < text.size || char_at(text, 0) == '^';
    bool taken = indented ? lint_heading_take_indented(&reader->heading, &reader->log, rest)
                          : lint_heading_take(&reader->heading, &reader->log, text);
    if (taken || rest.size == 0) {
        return;
    }
    lint_watch_line(&reader->watch, &reader->log, rest, indented);
    if (lint_summary_read(&reader->summary, rest)) {
        sink_drop(reader->log.sink, DIAG_REPORT_TOOL_FAILED, reader->log.line,
                  SPAN("the tool says that it did not check or show everything"));
    }
    if (lint_log_begin(&reader->log, rest, indented)) {
        return;
    }
    if (!indented) {
        lint_heading_set(&reader->heading, text);
    }
}

/* A line that is not of the usual shape. */
static void take_other_line(struct text_reader *reader, struct span text)
{
    struct lint_log *log = &reader->log;
    struct finding_in found;
    bool plain = is_plain(text);
    if (!plain && span_find(text, '\0') != SIZE_MAX) {
        sink_drop(log->sink, DIAG_INPUT_CONTROL, log->line, SPAN("a NUL byte in the text"));
    }
    text = lint_stamp_skip(plain ? text : lint_plain(&reader->plain, text));
    bool parallel = lint_stamp_skip_number(&text);
    log->text = text;
    if (shows_echo(text)) {
        return;
    }
    if (lint_log_continue(log, text)) {
        return;
    }
    enum lint_line_kind kind = lint_line_read(text, &found);
    if (kind == LINT_LINE_FINDING) {
        lint_log_end(log);
        if (!lint_watch_repeats(&reader->watch, text, parallel)) {
            lint_log_take(log, &found);
        }
        if (span_starts(text, "vet: ") || span_is(found.rule, LINT_RULE_COMPILE) ||
            span_is(found.rule, LINT_RULE_TYPECHECK)) {
            sink_drop(log->sink, DIAG_REPORT_TOOL_FAILED, log->line,
                      SPAN("a package could not be checked: its findings are missing"));
        } else if (lint_failure_unchecked(found.message)) {
            sink_drop(log->sink, DIAG_REPORT_TOOL_FAILED, log->line,
                      SPAN("the tool says that it did not check everything"));
        }
    } else if (kind == LINT_LINE_OTHER) {
        take_context(reader, text);
    }
    if (!plain) {
        lint_heading_keep(&reader->heading);
    }
}

static void take_line(struct text_reader *reader, struct span text)
{
    struct lint_log *log = &reader->log;
    if (text.size > 0 && text.data[text.size - 1] == '\r') {
        text.size--;
    }
    if (text.size == 0) {
        lint_log_end(log);
        return;
    }
    enum lint_line_kind kind = LINT_LINE_OTHER;
    if (log->held == LINT_HELD_NOTHING) {
        kind = lint_quick_read(text, log->sink, &reader->found);
    }
    /* The bytes of a message that is not kept do not matter; the quick way has looked at the
     * others. */
    bool kept = kind == LINT_LINE_FINDING && sink_keeps_detail(log->sink, reader->found.level);
    if (kind == LINT_LINE_OTHER || (kept && !is_plain(text))) {
        take_other_line(reader, text);
    } else if (kind == LINT_LINE_FINDING) {
        log->text = span_make(NULL, 0);
        lint_log_take(log, &reader->found);
    }
}

/* A number that fills its column begins the line: `1024 |  code`. */
static bool is_echo(const char *at, const char *newline)
{
    return *at == ' ' ? (newline - at > 7 && is_usual_gutter(at)) || is_gutter(at)
                      : is_digit(*at) && is_gutter(at);
}

/* All lines of a block, which ends with LF. Headings are borrowed from it meanwhile. */
static void take_block(struct text_reader *reader, struct span block)
{
    uint32_t ends[LINE_ENDS_PIECE];
    const char *at = block.data;
    while (block.size > 0) {
        struct span piece = span_until(block, LINE_ENDS_PIECE);
        size_t count = line_ends(piece, ends);
        for (size_t index = 0; index < count; index++) {
            const char *newline = piece.data + ends[index];
            reader->log.line++;
            if (!is_echo(at, newline)) {
                take_line(reader, span_make(at, (size_t)(newline - at)));
            }
            at = newline + 1;
        }
        block = span_from(block, LINE_ENDS_PIECE);
    }
    lint_heading_keep(&reader->heading);
}

static void lint_text_parse(struct input *in, struct sink *out)
{
    struct text_reader reader = {.log = {.sink = out}};
    struct line_reader lines;
    struct span block;
    line_reader_init(&lines, in);
    while (line_reader_block(&lines, &block)) {
        take_block(&reader, block);
    }
    lint_log_end(&reader.log);
    lint_watch_tell(&reader.watch, &reader.log);
    bool clean = lint_summary_clean(&reader.summary);
    sink_families(out, FAMILY_FINDINGS, clean);
    if (reader.log.findings == 0 && input_fault(in)->kind == FAULT_NONE) {
        lint_watch_tell_nothing(&reader.watch, &reader.summary, clean, out);
    }
    line_reader_release(&lines);
    lint_log_release(&reader.log);
    lint_heading_release(&reader.heading);
    lint_watch_release(&reader.watch);
    buf_release(&reader.plain);
}

/* ---- detection ---- */

/* Names of files hold no characters that neither Windows nor a shell would take. */
static bool is_likely_path(struct span path)
{
    for (size_t index = 0; index < path.size; index++) {
        if (strchr("<>\"|?*^`", path.data[index]) != NULL) {
            return false;
        }
    }
    return true;
}

/* Is there a line that is a finding by itself, in a file that may exist? */
static bool shows_finding(struct span bytes)
{
    struct buf plain = {0};
    struct finding_in found;
    bool seen = false;
    while (bytes.size > 0 && !seen) {
        struct span line = lint_plain(&plain, span_trim(span_cut(&bytes, '\n')));
        line = lint_stamp_skip(line);
        lint_stamp_skip_number(&line);
        seen = lint_line_read(line, &found) == LINT_LINE_FINDING && is_likely_path(found.path);
    }
    buf_release(&plain);
    return seen;
}

/* JSON behind its first bracket; `[` also begins labels such as `[12:00:01]`, `[1/20]` or
 * `[INFO]`. */
static bool looks_like_json(const struct head *head, struct span text)
{
    if (char_at(text, 0) == '{') {
        return head->json_key_count > 0 || char_at(skip_blanks(span_from(text, 1)), 0) == '}';
    }
    char next = char_at(span_trim(span_from(text, 1)), 0);
    return char_at(text, 0) == '[' && next != '\0' && strchr("{\"[]", next) != NULL;
}

/* An error page of a server, or XML of a kind that is not known. */
static bool looks_like_markup(const struct head *head, struct span text)
{
    return head->xml_root.size > 0 || span_starts(text, "<?xml") ||
           span_is_caseless(span_until(text, 5), "<html") ||
           span_is_caseless(span_until(text, 9), "<!doctype");
}

static int lint_text_probe(const struct head *head)
{
    struct span text = span_trim(head->bytes);
    size_t odd = 0;
    for (size_t index = 0; index < text.size; index++) {
        char byte = text.data[index];
        odd += (unsigned char)byte < 0x20 && strchr("\n\r\t\x1B", byte) == NULL;
        odd += byte == '\0';
    }
    if (text.size == 0 || odd * 10 > text.size || looks_like_markup(head, text) ||
        looks_like_json(head, text)) {
        return PROBE_NO;
    }
    return shows_finding(text) ? PROBE_LIKELY : PROBE_WEAK;
}

const struct collector collector_lint_text = {
    .name = "lint_text",
    .title = "text of linters and compilers",
    .spec = "GNU Coding Standards, Formatting Error Messages; each tool's manual",
    .tools = "gcc, clang, clang-tidy, MSVC, MSBuild, gfortran, GNAT, IAR, armcc, Keil, TI, Green "
             "Hills, GHC, scalac, sbt, dmd, javac, Maven, Checkstyle, PMD, cppcheck, cpplint, "
             "rustc, clippy, go vet, golint, staticcheck, golangci-lint, flake8, pycodestyle, "
             "pyflakes, pylint, mypy, pyright, ty, Pyrefly, Ruff, bandit, Semgrep (emacs, vim), "
             "Sphinx, shellcheck, hadolint, yamllint, ansible-lint, actionlint, ktlint, kotlinc, "
             "ESLint (stylish, unix, compact, visualstudio), standard, stylelint, tsc, deno lint, "
             "oxlint, "
             "RuboCop, SwiftLint, markdownlint, remark, Vale, codespell, typos, HLint, clj-kondo, "
             "workflow commands of GitHub and Azure Pipelines",
    .families = FAMILY_FINDINGS,
    .probe = lint_text_probe,
    .parse = lint_text_parse,
};
