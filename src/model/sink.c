/* The only door into a report: copies, bounds, repairs and interns what collectors hand over.
 *
 * Here are the source as a whole, tests, numbers, trouble and the end; coverage is in
 * sink_coverage.c, findings are in sink_findings.c. */
#include "model/sink.h"

#include "base/hash.h"
#include "base/limits.h"
#include "model/kept_text.h"
#include "model/reported_path.h"
#include "model/sink_coverage.h"

#include <stdarg.h>
#include <stdio.h>

void sink_init(struct sink *sink, struct report *report, struct names *names)
{
    *sink = (struct sink){.report = report, .names = names};
    arena_init(&sink->scratch);
    sink->gathered = coverage_new(&sink->scratch);
}

void sink_root(struct sink *sink, uint64_t line)
{
    sink->root_line = line;
}

void sink_tool(struct sink *sink, struct span name, struct span version)
{
    if (!sink->refused && sink->report->tool == NULL) {
        sink->report->tool = kept_text_add(sink->names, name);
        sink->report->tool_version = kept_text_add(sink->names, version);
    }
}

void sink_families(struct sink *sink, unsigned families, bool clean)
{
    if (!sink->refused) {
        sink->report->families |= families;
        sink->clean = sink->clean || clean;
    }
}

void sink_of_one_class(struct sink *sink)
{
    sink->report->of_one_class = true;
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

/* Only tests that people want to read about have one. */
static void keep_test_detail(struct sink *sink, const struct test_in *test)
{
    struct tests *tests = &sink->report->tests;
    bool worth_reading = (test->outcome & (TEST_FAILED | TEST_ERROR | TEST_FLAKY)) != 0;
    if (worth_reading && tests->details.count < LIMIT_DETAILS) {
        struct test_detail *detail = vec_add(&tests->details);
        detail->suite = kept_text_add(sink->names, test->suite);
        detail->class_name = kept_text_add(sink->names, test->class_name);
        detail->test = kept_text_add(sink->names, test->name);
        detail->file = kept_text_add_path(sink->names, test->file);
        detail->message = kept_text_add(sink->names, kept_text_first_line(test->message));
        detail->line = test->line;
        detail->outcome = test->outcome;
    }
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
    keep_test_detail(sink, test);
}

void sink_test_flaky(struct sink *sink, size_t place, const struct test_in *test)
{
    struct tests *tests = &sink->report->tests;
    struct test_row *row = vec_at(&tests->rows, place);
    row->outcome = TEST_FLAKY;
    tests->total--;
    tests->by_outcome[TEST_PASSED]--;
    tests_count(tests, TEST_FLAKY, 1);
    keep_test_detail(sink, test);
}

void sink_tests_take_back(struct sink *sink, const struct vec *places)
{
    struct tests *tests = &sink->report->tests;
    size_t kept = 0;
    size_t next = 0;
    for (size_t at = 0; at < tests->rows.count && places->count > 0; at++) {
        if (next < places->count && *(const size_t *)vec_at(places, next) == at) {
            next++;
            continue;
        }
        *(struct test_row *)vec_at(&tests->rows, kept++) =
            *(const struct test_row *)vec_at(&tests->rows, at);
    }
    tests->rows.count -= next;
    tests->total -= next;
    tests->by_outcome[TEST_PASSED] -= next;
}

void sink_suite_error(struct sink *sink, struct span suite, struct span message, uint64_t line)
{
    struct tests *tests = &sink->report->tests;
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_TESTS;
    sink_drop(sink, DIAG_REPORT_SUITE_ERROR, line, kept_text_first_line(message));
    tests->suite_errors++;
    if (tests->details.count < LIMIT_DETAILS) {
        struct test_detail *detail = vec_add(&tests->details);
        detail->suite = kept_text_add(sink->names, suite);
        detail->message = kept_text_add(sink->names, kept_text_first_line(message));
        detail->line = line;
        detail->outcome = TEST_ERROR;
    }
}

/* ---- numbers ---- */

void sink_number(struct sink *sink, struct span key, struct decimal value, struct span unit)
{
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_NUMBERS;
    struct number_row *row = vec_add(&sink->report->numbers);
    row->key = names_add(sink->names, key);
    row->unit = kept_text_add(sink->names, unit);
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

bool sink_note_path(struct sink *sink, struct span path, uint64_t line)
{
    enum diag_code code;
    const char *trouble = reported_path_trouble(path, &code);
    if (trouble != NULL) {
        diags_add_format(&sink->report->diags, code, sink->report->path, line, 0, "%s: '%.*s'",
                         trouble, SPAN_ARG(span_until(path, 200)));
    }
    return trouble == NULL;
}

/* ---- the end ---- */

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
    sink_coverage_keep(sink);
    arena_release(&sink->scratch);
    if (sink->refused) {
        report->state = STATE_DAMAGED;
        report_roll_back(report);
        return;
    }
    settle_files(report);
    /* What was dropped may have been all there was: that is no empty report, which a policy may
     * excuse. */
    if (sink->partial) {
        report->state = STATE_PARTIAL;
    } else if (report_holds_facts(report) || sink->clean) {
        report->state = STATE_OK;
    } else {
        report->state = STATE_EMPTY;
        if (report->diags.errors == 0) {
            diags_add(&report->diags, DIAG_REPORT_NOTHING, report->path, sink->root_line, 0,
                      span_make(NULL, 0));
        }
    }
}
