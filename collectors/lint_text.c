/* Text that linters and compilers print -> findings. The grammar of single lines is in lint_line.c; this file
 * reads the log, keeps what several lines share, and tells silence from good news.
 *
 * Shared by lines: the file heading of ESLint "stylish", yamllint and stylelint; `In FILE line N:` of
 * shellcheck; `*** Module` of old pylint; the `-->` line of rustc, clippy and Ruff; bandit's block. Colour
 * codes and CI time stamps are removed. Nothing in a text log says that it is a report, so a log without
 * findings is "empty" unless a line says that all is well. */
#include "collectors/collector.h"
#include "collectors/lint_finding.h"
#include "collectors/lint_line.h"
#include "collectors/lint_tail.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/line_read.h"
#include "base/utf8.h"

#include <string.h>

/* A finding whose lines are not all read yet. */
enum held {
    HELD_NOTHING,
    HELD_FOR_PLACE, /* counts only if a `-->` line follows (rustc) */
    HELD_PLACELESS, /* counts in any case; a `-->` line may add the place */
    HELD_BLOCK      /* bandit: severity and place follow */
};

struct text_reader {
    struct sink *sink;
    uint64_t line;    /* number of the current line */
    struct span text; /* the current line, empty if it is plain ASCII */
    struct buf plain; /* the current line without colour codes, if it had some */
    struct span path; /* of the finding before */
    struct buf path_kept;
    struct span header; /* the file that indented lines belong to */
    struct buf header_kept;
    struct buf script; /* shellcheck: the file and line that comments belong to */
    uint64_t script_line;
    bool in_module; /* below pylint's `*** Module` heading */
    enum held held;
    struct lint_line held_finding;
    struct buf held_rule, held_message;
    uint64_t held_line;
    uint64_t findings;
    bool clean;   /* a line says that all is well */
    bool unclean; /* a line says that it is not */
};

static char at(struct span text, size_t index)
{
    return index < text.size ? text.data[index] : '\0';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static struct span skip_blanks(struct span text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = span_from(text, 1);
    }
    return text;
}

/* ---- findings ---- */

static void take(struct text_reader *reader, const struct lint_line *found, uint64_t line)
{
    struct finding_in finding = {.path = found->path,
                                 .rule = found->rule,
                                 .message = found->message,
                                 .line = found->line,
                                 .column = found->column,
                                 .level = found->level};
    if (reader->text.size > 0 && utf8_valid_size(reader->text) < reader->text.size) {
        sink_note(reader->sink, DIAG_INPUT_ODD_BYTES, line, span_make(NULL, 0));
    }
    lint_finding_take(reader->sink, &finding, line);
    reader->findings++;
}

static void hold(struct text_reader *reader, enum held held, const struct lint_line *found)
{
    reader->held = held;
    reader->held_finding = *found;
    reader->held_line = reader->line;
    buf_clear(&reader->held_rule);
    buf_add(&reader->held_rule, found->rule);
    buf_clear(&reader->held_message);
    buf_add(&reader->held_message, span_until(found->message, (size_t)LIMIT_TEXT_BYTES));
}

static void take_held(struct text_reader *reader)
{
    struct lint_line *found = &reader->held_finding;
    found->rule = buf_span(&reader->held_rule);
    found->message = buf_span(&reader->held_message);
    take(reader, found, reader->held_line);
    reader->held = HELD_NOTHING;
}

/* Nothing more comes for the finding that is held. */
static void end_held(struct text_reader *reader)
{
    if (reader->held == HELD_PLACELESS || reader->held == HELD_BLOCK) {
        reader->held_finding.path = span_make(NULL, 0);
        take_held(reader);
    }
    reader->held = HELD_NOTHING;
}

/* Gives the line to the finding that is held: true if it belongs to it. */
static bool take_for_held(struct text_reader *reader, struct span text)
{
    static const struct lint_word bands[] = {
        {"Low", LEVEL_NOTE}, {"Medium", LEVEL_WARNING}, {"High", LEVEL_ERROR}, {NULL, LEVEL_ERROR}};
    struct span rest = skip_blanks(text);
    if (reader->held == HELD_BLOCK) {
        if (span_starts(rest, "Severity: ")) {
            struct span word = span_from(rest, 10);
            reader->held_finding.level =
                lint_level(reader->sink, bands, span_cut(&word, ' '), LEVEL_ERROR, reader->line);
        } else if (span_starts(rest, "Location: ")) {
            lint_line_place(span_from(rest, 10), &reader->held_finding);
            take_held(reader);
        }
        return at(text, 0) == ' ';
    }
    if (span_starts(rest, "--> ")) {
        lint_line_place(span_from(rest, 4), &reader->held_finding);
        take_held(reader);
        return true;
    }
    if (reader->held == HELD_PLACELESS) {
        end_held(reader);
    }
    return false;
}

/* ---- lines below a heading ---- */

/* The rule at the end: in parentheses (yamllint), or set off by two blanks (ESLint, stylelint). */
static struct span heading_rule(struct span text)
{
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] != ' ') {
        start--;
    }
    struct span rule = span_from(text, start);
    if (at(rule, 0) == '(' && at(rule, rule.size - 1) == ')') {
        return span_make(rule.data + 1, rule.size - 2);
    }
    return start >= 2 && text.data[start - 2] == ' ' ? rule : span_make(NULL, 0);
}

/* `  12:3  warning  message  rule`: ESLint "stylish", yamllint, stylelint. */
static bool take_below_heading(struct text_reader *reader, struct span text)
{
    static const struct lint_word words[] = {{"error", LEVEL_ERROR},
                                             {"warning", LEVEL_WARNING},
                                             {"info", LEVEL_NOTE},
                                             {"\xE2\x9C\x96", LEVEL_ERROR},
                                             {"\xC3\x97", LEVEL_ERROR},
                                             {"\xE2\x9A\xA0", LEVEL_WARNING},
                                             {"\xE2\x80\xBC", LEVEL_WARNING},
                                             {"\xE2\x84\xB9", LEVEL_NOTE},
                                             {"i", LEVEL_NOTE},
                                             {NULL, LEVEL_ERROR}};
    struct lint_line found = {.path = reader->header};
    struct span rest = text;
    struct span line = span_cut(&rest, ':');
    struct span column = span_cut(&rest, ' ');
    if (!span_to_u64(line, &found.line) || !span_to_u64(column, &found.column)) {
        return false;
    }
    rest = skip_blanks(rest);
    struct span word = span_cut(&rest, ' ');
    if (!lint_word_level(words, word, &found.level) || at(rest, 0) == ':') {
        return false;
    }
    found.message = span_trim(rest);
    found.rule = heading_rule(found.message);
    if (found.rule.size > 0 && at(rest, rest.size - 1) != ')') {
        found.message = span_trim(span_until(found.message, found.message.size - found.rule.size));
    }
    take(reader, &found, reader->line);
    return true;
}

/* `     ^-- SC2086 (info): message`: shellcheck for terminals. */
static bool take_shellcheck(struct text_reader *reader, struct span text)
{
    static const struct lint_word words[] = {{"error", LEVEL_ERROR},
                                             {"warning", LEVEL_WARNING},
                                             {"info", LEVEL_NOTE},
                                             {"style", LEVEL_NOTE},
                                             {NULL, LEVEL_ERROR}};
    struct lint_line found = {
        .path = buf_span(&reader->script), .line = reader->script_line, .level = LEVEL_WARNING};
    while (at(text, 0) == '^' || at(text, 0) == '-') {
        text = span_from(text, 1);
    }
    text = skip_blanks(text);
    size_t size = span_starts(text, "SC") ? lint_tail_code_size(text) : 0;
    if (size == 0) {
        return false;
    }
    found.rule = span_until(text, size);
    struct span rest = span_from(text, size);
    if (span_starts(rest, " (")) {
        rest = span_from(rest, 2);
        struct span word = span_cut(&rest, ')');
        found.level = lint_level(reader->sink, words, word, LEVEL_WARNING, reader->line);
    }
    found.message = span_trim(span_from(rest, 1));
    take(reader, &found, reader->line);
    return true;
}

/* Below a heading, without a path: `C: 15, 0: message (rule)` of pylint 1, `W0612: 21,4:f: message` of
 * pylint 0, `C:  1:  1: Style/Cop: message` of RuboCop "simple". */
static bool take_letter(struct text_reader *reader, struct span text)
{
    struct lint_line found = {.path = reader->header};
    struct lint_line read;
    size_t size = 1;
    while (size < 5 && is_digit(at(text, size))) {
        size++;
    }
    if ((size != 1 && size != 5) || at(text, size) != ':' ||
        strchr("CRWEFI", text.data[0]) == NULL) {
        return false;
    }
    struct span rest = skip_blanks(span_from(text, size + 1));
    size_t digits = 0;
    while (is_digit(at(rest, digits))) {
        digits++;
    }
    bool known = span_to_u64(span_until(rest, digits), &found.line);
    rest = span_from(rest, digits);
    struct span second = skip_blanks(span_from(rest, 1));
    bool pair = (at(rest, 0) == ',' || at(rest, 0) == ':') && is_digit(at(second, 0));
    if (!known || (!pair && !(reader->in_module && at(rest, 0) == ':'))) {
        return false;
    }
    if (pair) {
        digits = 0;
        while (is_digit(at(second, digits))) {
            digits++;
        }
        span_to_u64(span_until(second, digits), &found.column);
        rest = span_from(second, digits);
    }
    size_t colon = span_find(rest, ':');
    if (colon == SIZE_MAX) {
        return false;
    }
    char letter[] = {text.data[0], ':', ' ', '\0'};
    struct buf line = {0}; /* the letter and the message, as RuboCop writes them */
    buf_add_text(&line, letter);
    buf_add(&line, skip_blanks(span_from(rest, colon + 1)));
    const struct lint_place place = {.indented = true};
    enum lint_line_kind kind = lint_tail_read(buf_span(&line), &place, &read);
    found.level = read.level;
    found.message = read.message;
    found.rule = size == 5 ? span_until(text, 5) : read.rule;
    if (kind == LINT_LINE_FINDING) {
        take(reader, &found, reader->line);
    }
    buf_release(&line);
    return true;
}

/* ---- other lines ---- */

/* A copy of the path, which may be one already. */
static struct span keep_path(struct buf *kept, struct span path)
{
    if (path.data != kept->data) {
        buf_clear(kept);
        buf_add(kept, span_until(path, (size_t)LIMIT_PATH_BYTES));
    }
    return buf_span(kept);
}

/* Lines stay where they are until the block ends, but cleaned lines die at once. */
static void set_header(struct text_reader *reader, struct span path)
{
    bool cleaned = reader->plain.size > 0;
    reader->header = cleaned ? keep_path(&reader->header_kept, path) : path;
}

/* Lines that say how it went. Most tools print nothing when all is well. */
static void read_summary(struct text_reader *reader, struct span text)
{
    static const char *const clean[] = {"Success: no issues found",             /* mypy */
                                        "All checks passed!",                   /* Ruff */
                                        "No issues identified.",                /* bandit */
                                        "0 issues",                             /* golangci-lint */
                                        "0 problems",                           /* ESLint */
                                        "0 errors, 0 warnings",                 /* pyright */
                                        "Found 0 errors",                       /* tsc */
                                        "Found 0 warnings and 0 errors",        /* oxlint */
                                        "Passed: 0 failure(s), 0 warn",         /* ansible-lint */
                                        "Total errors found: 0",                /* cpplint */
                                        "Your code has been rated at 10.00/10", /* pylint */
                                        "Done linting! Found 0 violations",     /* SwiftLint */
                                        "Finished `",
                                        "Finished dev [",
                                        "Finished release [" /* cargo */};
    for (size_t index = 0; index < sizeof(clean) / sizeof(clean[0]); index++) {
        if (at(text, 0) == clean[index][0] && span_starts(text, clean[index])) {
            reader->clean = true;
        }
    }
    bool inspected = span_ends(text, "no offenses detected"); /* RuboCop */
    bool suppressed = span_starts(text, "Suppressed ") &&     /* clang-tidy */
                      span_find_text(text, " warnings (") != SIZE_MAX;
    reader->clean = reader->clean || inspected || suppressed;
    struct span count = span_starts(text, "Found ") ? span_from(text, 6) : text;
    bool counted = is_digit(at(count, 0)) && at(count, 0) != '0';
    if (counted) {
        span_cut(&count, ' ');
        reader->unclean = reader->unclean || span_starts(count, "error") ||
                          span_starts(count, "warning") || span_starts(count, "problem") ||
                          span_starts(count, "issue") || span_starts(count, "violation");
    }
}

/* `warning: message`, `error[E0425]: message`, `F401 [*] message`: the place stands on the next line. */
static bool hold_head(struct text_reader *reader, struct span text)
{
    struct lint_line found = {0};
    enum lint_line_kind kind = lint_tail_kind(text, &found);
    if (kind == LINT_LINE_OTHER && lint_tail_code_size(text) >= 4) {
        kind = lint_tail_bare_code(text, &found);
    }
    if (kind != LINT_LINE_OTHER) {
        end_held(reader);
    }
    if (kind == LINT_LINE_FINDING) { /* clang-tidy: `error: message [check]` without a place */
        bool placeless = lint_tail_bracket(found.message).size > 0;
        hold(reader, placeless ? HELD_PLACELESS : HELD_FOR_PLACE, &found);
    }
    return kind != LINT_LINE_OTHER;
}

static void take_unindented(struct text_reader *reader, struct span text)
{
    struct lint_line found = {.level = LEVEL_ERROR};
    if (span_starts(text, "************* Module ")) {
        set_header(reader, span_from(text, 21));
        reader->in_module = true;
    } else if (span_starts(text, "== ") && span_ends(text, " ==") && text.size > 6) {
        set_header(reader, span_make(text.data + 3, text.size - 6));
    } else if (span_starts(text, "In ") && span_ends(text, ":") &&
               span_find_text(text, " line ") != SIZE_MAX) {
        size_t line = span_find_text(text, " line ");
        keep_path(&reader->script, span_make(text.data + 3, line > 3 ? line - 3 : 0));
        span_to_u64(span_make(text.data + line + 6, text.size - line - 7), &reader->script_line);
    } else if (span_starts(text, ">> Issue: [")) {
        struct span rest = span_from(text, 11);
        struct span rule = span_cut(&rest, ']');
        found.rule = span_cut(&rule, ':');
        found.message = skip_blanks(rest);
        hold(reader, HELD_BLOCK, &found);
    } else if (!take_letter(reader, text) && !hold_head(reader, text)) {
        read_summary(reader, text);
        set_header(reader, text);
    }
}

static void take_indented(struct text_reader *reader, struct span text)
{
    struct span rest = skip_blanks(text);
    bool taken = is_digit(at(rest, 0)) ? take_below_heading(reader, rest)
                                       : at(rest, 0) == '^' && take_shellcheck(reader, rest);
    if (!taken) {
        read_summary(reader, rest);
    }
}

/* ---- the bytes of a line ---- */

/* Behind the escape sequence at `index`: CSI, OSC or two characters. */
static size_t behind_escape(struct span text, size_t index)
{
    char kind = at(text, ++index);
    index++;
    if (kind == '[') {
        while (index < text.size && text.data[index] >= 0x20 && text.data[index] < 0x40) {
            index++;
        }
        return index + 1;
    }
    if (kind == ']') {
        while (index < text.size && text.data[index] != '\a' && text.data[index] != '\x1B') {
            index++;
        }
        return at(text, index) == '\x1B' ? index + 2 : index + 1;
    }
    return index;
}

/* The line without colour codes and overwritten beginnings; other control characters become U+FFFD. */
static struct span clean_line(struct text_reader *reader, struct span text)
{
    buf_clear(&reader->plain);
    for (size_t index = 0; index < text.size;) {
        char byte = text.data[index];
        if (byte == '\x1B') {
            index = behind_escape(text, index);
            continue;
        }
        if (byte == '\r') {
            buf_clear(&reader->plain);
        } else if ((unsigned char)byte >= 0x20 || byte == '\t') {
            buf_add_byte(&reader->plain, byte);
        } else {
            buf_add_text(&reader->plain, "\xEF\xBF\xBD");
        }
        index++;
    }
    return buf_span(&reader->plain);
}

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

/* Source that compilers echo: `  12 |  code`, `     |  ^~~~`. The line ends with a byte that is no blank. */
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

/* A line that is not of the usual shape. */
static void take_other_line(struct text_reader *reader, struct span text)
{
    struct lint_line found;
    if (span_find(text, '\0') != SIZE_MAX) {
        sink_drop(reader->sink, DIAG_INPUT_CONTROL, reader->line, SPAN("a NUL byte in the text"));
    }
    buf_clear(&reader->plain);
    if (!is_plain(text)) {
        text = clean_line(reader, text);
    }
    text = lint_line_unstamp(text);
    reader->text = text;
    if (reader->held != HELD_NOTHING && take_for_held(reader, text)) {
        return;
    }
    enum lint_line_kind kind = lint_line_read(text, &found);
    if (kind == LINT_LINE_FINDING) {
        end_held(reader);
        take(reader, &found, reader->line);
    } else if (kind == LINT_LINE_OTHER && at(text, 0) != '\0' &&
               strchr(" \t^", text.data[0]) != NULL) {
        take_indented(reader, text);
    } else if (kind == LINT_LINE_OTHER && text.size > 0) {
        take_unindented(reader, text);
    }
}

static void take_line(struct text_reader *reader, struct span text)
{
    struct lint_line found;
    if (text.size > 0 && text.data[text.size - 1] == '\r') {
        text.size--;
    }
    if (text.size == 0) {
        end_held(reader);
        return;
    }
    enum lint_line_kind kind = reader->held == HELD_NOTHING
                                   ? lint_line_quick(text, reader->path, &found)
                                   : LINT_LINE_OTHER;
    if (kind == LINT_LINE_OTHER || !is_plain(text)) {
        take_other_line(reader, text);
    } else if (kind == LINT_LINE_FINDING) {
        reader->text = span_make(NULL, 0);
        reader->path = found.path;
        take(reader, &found, reader->line);
    }
}

/* All lines of a block, which ends with LF. */
static void take_block(struct text_reader *reader, struct span block)
{
    const char *at = block.data;
    const char *end = at + block.size;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        reader->line++;
        if (*at != ' ' || !is_gutter(at)) {
            take_line(reader, span_make(at, (size_t)(newline - at)));
        }
        at = newline + 1;
    }
    reader->path = keep_path(&reader->path_kept, reader->path);
    reader->header = keep_path(&reader->header_kept, reader->header);
}

static void lint_text_parse(struct input *in, struct sink *out)
{
    struct text_reader reader = {.sink = out};
    struct line_reader lines;
    struct span block;
    line_reader_init(&lines, in);
    while (line_reader_block(&lines, &block)) {
        take_block(&reader, block);
    }
    end_held(&reader);
    bool clean = reader.clean && !reader.unclean;
    sink_families(out, FAMILY_FINDINGS, clean);
    if (reader.findings == 0 && !clean && input_fault(in)->kind == FAULT_NONE) {
        sink_note(out, DIAG_LINT_NO_MATCH, 0, span_make(NULL, 0));
    }
    line_reader_release(&lines);
    buf_release(&reader.plain);
    buf_release(&reader.path_kept);
    buf_release(&reader.header_kept);
    buf_release(&reader.script);
    buf_release(&reader.held_rule);
    buf_release(&reader.held_message);
}

/* ---- detection ---- */

/* Is there a line that is a finding? A last line without an end counts too. */
static bool shows_finding(struct span bytes)
{
    struct text_reader plain = {0};
    struct lint_line found;
    bool seen = false;
    while (bytes.size > 0 && !seen) {
        struct span line = clean_line(&plain, span_trim(span_cut(&bytes, '\n')));
        seen = lint_line_read(lint_line_unstamp(line), &found) == LINT_LINE_FINDING;
    }
    buf_release(&plain.plain);
    return seen;
}

/* JSON behind its first bracket; `[` also begins labels such as `[12:00:01]`, `[1/20]` or `[INFO]`. */
static bool looks_like_json(const struct head *head, struct span text)
{
    if (at(text, 0) == '{') {
        return head->json_key_count > 0 || at(skip_blanks(span_from(text, 1)), 0) == '}';
    }
    struct span rest = at(text, 0) == '[' ? span_trim(span_from(text, 1)) : span_make(NULL, 0);
    return at(rest, 0) == '{' || at(rest, 0) == '"' || at(rest, 0) == '[' || at(rest, 0) == ']';
}

static int lint_text_probe(const struct head *head)
{
    struct span text = span_trim(head->bytes);
    size_t odd = 0;
    for (size_t index = 0; index < text.size; index++) {
        char byte = text.data[index];
        odd += (unsigned char)byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' &&
               byte != '\x1B';
    }
    bool markup = head->xml_root.size > 0 || span_starts(text, "<?xml") ||
                  span_is_caseless(span_until(text, 5), "<html") ||
                  span_is_caseless(span_until(text, 9), "<!doctype");
    if (text.size == 0 || markup || odd * 10 > text.size || looks_like_json(head, text)) {
        return PROBE_NO;
    }
    return shows_finding(text) ? PROBE_LIKELY : PROBE_WEAK;
}

const struct collector collector_lint_text = {
    .name = "lint_text",
    .title = "text of linters and compilers",
    .spec = "GNU Coding Standards, Formatting Error Messages; each tool's manual",
    .tools =
        "gcc, clang, clang-tidy, MSVC, javac, cppcheck, cpplint, rustc, clippy, go vet, golint, "
        "golangci-lint, flake8, pycodestyle, pyflakes, pylint, mypy, pyright, Ruff, bandit, "
        "shellcheck, hadolint, yamllint, ansible-lint, actionlint, ESLint (stylish, unix, compact, "
        "visualstudio), stylelint, tsc, deno lint, oxlint, RuboCop, SwiftLint, markdownlint, "
        "GitHub "
        "workflow commands",
    .families = FAMILY_FINDINGS,
    .probe = lint_text_probe,
    .parse = lint_text_parse,
};
