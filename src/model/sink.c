/* The only door into a report: copies, bounds, repairs and interns what collectors hand over. */
#include "model/sink.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

void sink_init(struct sink *sink, struct report *report, struct names *names)
{
    *sink = (struct sink){.report = report, .names = names};
    arena_init(&sink->scratch);
    sink->gathered = coverage_new(&sink->scratch);
}

/* Text as it may be kept: valid UTF-8, at most LIMIT_TEXT_BYTES; NULL when empty. */
static const struct name *keep(struct sink *sink, struct span text)
{
    if (text.size == 0) {
        return NULL;
    }
    text = span_until(text, (size_t)LIMIT_TEXT_BYTES);
    if (utf8_valid_size(text) == text.size) {
        return names_add(sink->names, text);
    }
    struct buf repaired;
    buf_init(&repaired);
    utf8_add_repaired(&repaired, text);
    const struct name *name = names_add(sink->names, buf_span(&repaired));
    buf_release(&repaired);
    return name;
}

/* The first line that says something. */
static struct span first_line(struct span text)
{
    text = span_trim(text);
    size_t end = span_find(text, '\n');
    return span_trim(end == SIZE_MAX ? text : span_until(text, end));
}

/* A path keeps its bytes, because it names a file; the ceiling is that of paths. */
static const struct name *keep_path(struct sink *sink, struct span path)
{
    return path.size > 0 ? names_add(sink->names, span_until(path, (size_t)LIMIT_PATH_BYTES))
                         : NULL;
}

void sink_root(struct sink *sink, uint64_t line)
{
    sink->root_line = line;
}

void sink_tool(struct sink *sink, struct span name, struct span version)
{
    if (!sink->refused && sink->report->tool == NULL) {
        sink->report->tool = keep(sink, name);
        sink->report->tool_version = keep(sink, version);
    }
}

void sink_families(struct sink *sink, unsigned families, bool clean)
{
    if (!sink->refused) {
        sink->report->families |= families;
        sink->clean = sink->clean || clean;
    }
}

/* ---- tests ---- */

static struct hash128 test_identity(const struct test_in *test)
{
    const struct span parts[] = {test->file, test->suite, test->class_name, test->name};
    uint64_t high = 0;
    uint64_t low = 1;
    for (unsigned index = 0; index < sizeof(parts) / sizeof(parts[0]); index++) {
        high = hash64(parts[index], high);
        low = hash64(parts[index], low ^ parts[index].size);
    }
    return (struct hash128){high, low};
}

void sink_test(struct sink *sink, const struct test_in *test)
{
    struct tests *tests = &sink->report->tests;
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_TESTS;
    struct test_row *row = vec_add(&tests->rows);
    row->identity = test_identity(test);
    row->outcome = test->outcome;
    tests_count(tests, test->outcome, 1);
    tests->time = decimal_add(tests->time, test->time);
    bool worth_reading = (test->outcome & (TEST_FAILED | TEST_ERROR | TEST_FLAKY)) != 0;
    if (worth_reading && tests->details.count < LIMIT_DETAILS) {
        struct test_detail *detail = vec_add(&tests->details);
        detail->suite = keep(sink, test->suite);
        detail->class_name = keep(sink, test->class_name);
        detail->test = keep(sink, test->name);
        detail->file = keep_path(sink, test->file);
        detail->message = keep(sink, first_line(test->message));
        detail->line = test->line;
        detail->outcome = test->outcome;
    }
}

void sink_suite_error(struct sink *sink, struct span suite, struct span message, uint64_t line)
{
    struct tests *tests = &sink->report->tests;
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_TESTS;
    sink_drop(sink, DIAG_REPORT_SUITE_ERROR, line, first_line(message));
    tests->suite_errors++;
    if (tests->details.count < LIMIT_DETAILS) {
        struct test_detail *detail = vec_add(&tests->details);
        detail->suite = keep(sink, suite);
        detail->message = keep(sink, first_line(message));
        detail->line = line;
        detail->outcome = TEST_ERROR;
    }
}

/* ---- coverage ---- */

static bool has_source_root(const struct report *report, const struct name *root)
{
    for (size_t index = 0; index < report->sources.count; index++) {
        if (*(const struct name *const *)vec_at(&report->sources, index) == root) {
            return true;
        }
    }
    return false;
}

void sink_source_root(struct sink *sink, struct span path)
{
    const struct name *root = keep_path(sink, path);
    if (sink->refused || root == NULL || has_source_root(sink->report, root)) {
        return;
    }
    if (sink->report->sources.count == LIMIT_SOURCE_ROOTS) {
        sink_refuse(sink, DIAG_INPUT_LIMIT, 0, 0, SPAN("too many source roots"));
        return;
    }
    *(const struct name **)vec_add(&sink->report->sources) = root;
}

/* Does a relative path climb above where it starts? */
static bool climbs_out(struct span path)
{
    if (path_is_absolute(path)) {
        return false;
    }
    size_t depth = 0;
    while (path.size > 0) {
        size_t slash = 0;
        while (slash < path.size && path.data[slash] != '/' && path.data[slash] != '\\') {
            slash++;
        }
        struct span part = span_until(path, slash);
        if (span_is(part, "..") && depth-- == 0) {
            return true;
        }
        depth += part.size > 0 && !span_is(part, ".") && !span_is(part, "..");
        path = span_from(path, slash + 1);
    }
    return false;
}

/* What a path should not hold, or NULL. */
static const char *path_trouble(struct span path)
{
    for (size_t at = 0; at < path.size; at++) {
        unsigned char byte = (unsigned char)path.data[at];
        if (byte < ' ' || byte == 0x7F) {
            return "control characters in the path";
        }
    }
    if (path.size == 0) {
        return "an empty path";
    }
    return climbs_out(path) ? "a path that leads out of the folder where it starts" : NULL;
}

bool sink_note_path(struct sink *sink, struct span path, uint64_t line)
{
    const char *trouble = path_trouble(path);
    enum diag_code code = DIAG_REPORT_PATH;
    if (trouble == NULL && utf8_valid_size(path) < path.size) {
        trouble = "a path with bytes that are not UTF-8";
        code = DIAG_INPUT_ODD_BYTES;
    }
    if (trouble != NULL) {
        diags_add_format(&sink->report->diags, code, sink->report->path, line, 0, "%s: '%.*s'",
                         trouble, SPAN_ARG(span_until(path, 200)));
    }
    return trouble == NULL;
}

const struct coverage *sink_rows(struct sink *sink)
{
    coverage_settle(sink->gathered);
    return sink->gathered;
}

/* Moves the rows since the last sink_file, exactly sized, to the file that they belong to. */
static void keep_rows(struct sink *sink)
{
    if (sink->coverage != NULL) {
        coverage_merge(sink->coverage, sink_rows(sink));
        coverage_clear(sink->gathered);
    }
}

/* A path above the ceiling is cut, and a hash of the whole keeps it apart from others that begin alike. */
static const struct name *coverage_path(struct sink *sink, struct span path)
{
    if (path.size <= LIMIT_PATH_BYTES) {
        return names_add(sink->names, path);
    }
    char hash[33];
    hash128_text(hash128(path), hash);
    struct buf cut;
    buf_init(&cut);
    buf_add(&cut, span_until(path, (size_t)LIMIT_PATH_BYTES - sizeof(hash)));
    buf_add_byte(&cut, '#');
    buf_add_text(&cut, hash);
    const struct name *name = names_add(sink->names, buf_span(&cut));
    buf_release(&cut);
    return name;
}

void sink_file(struct sink *sink, struct span path)
{
    struct report *report = sink->report;
    if (sink->refused) {
        return;
    }
    report->families |= FAMILY_COVERAGE;
    const struct name *name = coverage_path(sink, path);
    uint64_t *slot = map_put(&report->file_of_path, map_key(name));
    if (*slot == 0) {
        struct file_coverage *file = vec_add(&report->files);
        file->path = name;
        file->coverage = coverage_new(&report->arena);
        *slot = report->files.count;
    }
    struct file_coverage *file = vec_at(&report->files, (size_t)*slot - 1);
    keep_rows(sink);
    sink->coverage = file->coverage;
    sink->rows = sink->gathered;
}

void sink_rows_add(struct sink *sink, const struct coverage *rows)
{
    if (sink->rows != NULL) {
        coverage_merge(sink->rows, rows);
    }
}

struct ratio sink_lines(struct sink *sink)
{
    struct ratio lines = {0, 0};
    keep_rows(sink);
    for (size_t index = 0; index < sink->report->files.count; index++) {
        const struct file_coverage *file = vec_at(&sink->report->files, index);
        coverage_settle(file->coverage);
        struct ratio more = coverage_lines(file->coverage);
        lines.covered += more.covered;
        lines.total += more.total;
    }
    return lines;
}

static bool line_possible(uint64_t line)
{
    return line <= LIMIT_LINE_NUMBER;
}

bool sink_branch_named(struct sink *sink, uint64_t line, struct span id, uint64_t taken)
{
    if (!line_possible(line)) {
        return false;
    }
    if (sink->rows != NULL) {
        coverage_add_branch_named(sink->rows, (uint32_t)line, id, taken > 0);
    }
    return true;
}

bool sink_branches(struct sink *sink, uint64_t line, uint64_t taken, uint64_t total)
{
    if (!line_possible(line) || taken > total || total > UINT32_MAX) {
        return false;
    }
    if (sink->rows != NULL) {
        coverage_add_branches(sink->rows, (uint32_t)line, (uint32_t)taken, (uint32_t)total);
    }
    return true;
}

void sink_function(struct sink *sink, struct span id, uint64_t hits)
{
    if (sink->rows != NULL) {
        coverage_add_function(sink->rows, id, hits > 0);
    }
}

/* ---- findings ---- */

/* The path of a finding, which often is the path of the one before, if not the very bytes that were kept then. */
static const struct name *finding_path(struct sink *sink, struct span path)
{
    struct span last = name_span(sink->last_path);
    bool same = path.data == last.data && path.size == last.size;
    if (sink->last_path == NULL || (!same && !span_equal(path, last))) {
        size_t names = sink->names->count;
        sink->last_path = keep_path(sink, path);
        sink->memos_whole = sink->names->count > names;
        finding_index_path(&sink->index, &sink->report->findings.rows, sink->memos_whole);
    }
    return sink->last_path;
}

/* Where a combination is remembered, if it is: the end of a rule tells most of them apart. */
static size_t memo_index(const struct finding_in *finding)
{
    struct span rule = finding->rule;
    uint64_t word = rule.size;
    if (rule.size >= sizeof(word)) {
        memcpy(&word, rule.data + rule.size - sizeof(word), sizeof(word));
    } else if (rule.size > 0) {
        word |= (uint64_t)(unsigned char)rule.data[rule.size / 2] << 8 |
                (uint64_t)(unsigned char)rule.data[rule.size - 1] << 16;
    }
    word = (word ^ (uint64_t)finding->level) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(word >> 32) % FINDING_MEMOS;
}

/* The row that this finding belongs to. A linter names each file once: a path that is new to the run has no rows yet,
 * and while no memo of one of its rows has to make room for another, a row that is in no memo is new too. */
static struct finding_row *finding_place(struct sink *sink, const struct finding_in *finding)
{
    struct vec *rows = &sink->report->findings.rows;
    const struct name *path = finding_path(sink, finding->path);
    struct finding_memo *memo = &sink->memos[memo_index(finding)];
    bool same_path = memo->row > 0 && memo->path == path;
    bool same_rule = memo->row > 0 && span_equal(finding->rule, name_span(memo->rule));
    if (same_rule && same_path) {
        struct finding_row *row = vec_at(rows, memo->row - 1);
        if (row->level == finding->level && row->band == finding->band &&
            row->suppressed == finding->suppressed) {
            return row;
        }
    }
    const struct finding_row row = {.path = path,
                                    .rule = same_rule ? memo->rule : keep(sink, finding->rule),
                                    .level = (uint8_t)finding->level,
                                    .band = (uint8_t)finding->band,
                                    .suppressed = finding->suppressed};
    sink->memos_whole = sink->memos_whole && !same_path;
    size_t number = sink->memos_whole ? finding_index_add(rows, &row)
                                      : finding_index_row(&sink->index, rows, &row);
    *memo = (struct finding_memo){path, row.rule, number + 1};
    return vec_at(rows, number);
}

bool sink_keeps_detail(const struct sink *sink, enum level level)
{
    return sink->details_of_level[level] < LIMIT_DETAILS;
}

void sink_finding(struct sink *sink, const struct finding_in *finding)
{
    struct findings *findings = &sink->report->findings;
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_FINDINGS;
    findings->has_bands = findings->has_bands || finding->band != BAND_NONE;
    struct finding_row *row = finding_place(sink, finding);
    row->count += (uint32_t)(1 + finding->repeats);
    if (sink_keeps_detail(sink, finding->level)) {
        sink->details_of_level[finding->level]++;
        struct finding_detail *detail = vec_add(&findings->details);
        detail->path = row->path;
        detail->rule = row->rule;
        detail->message = keep(sink, first_line(finding->message));
        detail->package = keep(sink, finding->package);
        detail->version = keep(sink, finding->version);
        detail->fixed_version = keep(sink, finding->fixed_version);
        detail->line = finding->line;
        detail->column = finding->column;
        detail->level = finding->level;
        detail->band = finding->band;
        detail->suppressed = finding->suppressed;
    }
}

void sink_rule(struct sink *sink, struct span tool, struct span rule)
{
    if (!sink->refused && rule.size > 0) {
        *(struct rule_row *)vec_add(&sink->report->findings.rules) =
            (struct rule_row){keep(sink, tool), keep(sink, rule)};
    }
}

void sink_number(struct sink *sink, struct span key, struct decimal value, struct span unit)
{
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_NUMBERS;
    struct number_row *row = vec_add(&sink->report->numbers);
    row->key = names_add(sink->names, key);
    row->unit = keep(sink, unit);
    row->value = value;
}

/* ---- trouble ---- */

void sink_note(struct sink *sink, enum diag_code code, uint64_t line, struct span detail)
{
    if (!sink->refused) {
        diags_add(&sink->report->diags, code, sink->report->path, line, 0, detail);
    }
}

void sink_note_format(struct sink *sink, enum diag_code code, uint64_t line, const char *format,
                      ...)
{
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    sink_note(sink, code, line, span_of(text));
}

void sink_drop(struct sink *sink, enum diag_code code, uint64_t line, struct span detail)
{
    sink_note(sink, code, line, detail);
    sink->partial = true;
}

void sink_refuse(struct sink *sink, enum diag_code code, uint64_t line, uint64_t column,
                 struct span detail)
{
    if (!sink->refused) {
        diags_add_error(&sink->report->diags, code, sink->report->path, line, column, detail);
        sink->refused = true;
        sink->rows = NULL;
    }
}

/* ---- the end ---- */

static bool has_facts(const struct report *report)
{
    if (report->tests.total > 0 || report->tests.suite_errors > 0 ||
        report->findings.rows.count > 0 || report->numbers.count > 0 || report->parts.count > 0) {
        return true;
    }
    for (size_t index = 0; index < report->files.count; index++) {
        const struct file_coverage *file = vec_at(&report->files, index);
        if (coverage_lines(file->coverage).total > 0 ||
            coverage_branches(file->coverage).total > 0 ||
            coverage_functions(file->coverage).total > 0) {
            return true;
        }
    }
    return false;
}

static void settle_files(struct report *report)
{
    for (size_t index = 0; index < report->files.count; index++) {
        const struct file_coverage *file = vec_at(&report->files, index);
        coverage_settle(file->coverage);
    }
    for (size_t index = 0; index < report->parts.count; index++) {
        settle_files(*(struct report **)vec_at(&report->parts, index));
    }
}

void sink_close(struct sink *sink)
{
    struct report *report = sink->report;
    finding_index_release(&sink->index);
    keep_rows(sink);
    arena_release(&sink->scratch);
    if (sink->refused) {
        report->state = STATE_DAMAGED;
        report_roll_back(report);
        return;
    }
    settle_files(report);
    if (!has_facts(report) && !sink->clean) {
        report->state = STATE_EMPTY;
        if (report->diags.errors == 0) {
            diags_add(&report->diags, DIAG_REPORT_NOTHING, report->path, sink->root_line, 0,
                      span_make(NULL, 0));
        }
    } else {
        report->state = sink->partial ? STATE_PARTIAL : STATE_OK;
    }
}
