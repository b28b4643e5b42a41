/* The sink: what it keeps, what it refuses, and that a damaged source leaves nothing behind. */
#include "check.h"

#include "base/limits.h"
#include "model/run.h"
#include "model/sink.h"

struct bench {
    struct run run;
    struct report *report;
    struct sink sink;
};

static void open_bench(struct bench *bench)
{
    run_init(&bench->run);
    bench->report = report_open(&bench->run.names, SPAN("report.xml"));
    sink_init(&bench->sink, bench->report, &bench->run.names);
}

static void close_bench(struct bench *bench)
{
    report_close(bench->report);
    run_release(&bench->run);
}

static void tests_are_counted_by_each_outcome(void **state)
{
    struct bench bench;
    struct test_in test = {.name = SPAN("a"), .time = {1250, 3}};
    (void)state;
    open_bench(&bench);
    sink_test(&bench.sink, &test);
    test.outcome = TEST_FAILED | TEST_ERROR;
    test.message = SPAN("\n  first line \nsecond");
    sink_test(&bench.sink, &test);
    test.outcome = TEST_SKIPPED | TEST_DISABLED;
    sink_test(&bench.sink, &test);
    test.outcome = TEST_FLAKY;
    sink_test(&bench.sink, &test);
    sink_suite_error(&bench.sink, SPAN("suite"), SPAN("broke"), 9);
    sink_close(&bench.sink);
    const struct tests *tests = &bench.report->tests;
    assert_int_equal(bench.report->state, STATE_PARTIAL); /* the suite's cases are missing */
    assert_int_equal(tests->total, 4);
    assert_int_equal(tests->failed, 1);
    assert_int_equal(tests->errors, 1);
    assert_int_equal(tests->skipped, 1);
    assert_int_equal(tests->disabled, 1);
    assert_int_equal(tests->flaky, 1);
    assert_int_equal(tests->suite_errors, 1);
    assert_int_equal(decimal_compare(tests->time, decimal_make(5, 0)), 0);
    assert_int_equal(tests->details.count, 3); /* failed, flaky, suite */
    const struct test_detail *detail = vec_at(&tests->details, 0);
    assert_string_equal(name_text(detail->message), "first line");
    close_bench(&bench);
}

static void identities_do_not_run_together(void **state)
{
    struct bench bench;
    struct test_in one = {.class_name = SPAN("ab"), .name = SPAN("c")};
    struct test_in two = {.class_name = SPAN("a"), .name = SPAN("bc")};
    (void)state;
    open_bench(&bench);
    sink_test(&bench.sink, &one);
    sink_test(&bench.sink, &two);
    sink_test(&bench.sink, &one);
    sink_close(&bench.sink);
    const struct test_row *rows = vec_at(&bench.report->tests.rows, 0);
    assert_true(hash128_compare(rows[0].identity, rows[1].identity) != 0);
    assert_int_equal(hash128_compare(rows[0].identity, rows[2].identity), 0);
    close_bench(&bench);
}

static void coverage_needs_a_file_and_a_possible_line(void **state)
{
    struct bench bench;
    (void)state;
    open_bench(&bench);
    assert_true(sink_line(&bench.sink, 1, 1)); /* before any file: swallowed */
    sink_file(&bench.sink, SPAN("a.c"));
    assert_true(sink_line(&bench.sink, 1, 5));
    assert_true(sink_line(&bench.sink, 2, 0));
    assert_true(sink_line(&bench.sink, LIMIT_LINE_NUMBER, 0));
    assert_true(sink_line(&bench.sink, 0, 1)); /* tools write it for code without a place */
    assert_false(sink_line(&bench.sink, LIMIT_LINE_NUMBER + 1, 1));
    assert_true(sink_branch(&bench.sink, 1, 0, 0, 3) && sink_branch(&bench.sink, 1, 0, 1, 0));
    assert_false(sink_branch(&bench.sink, LIMIT_LINE_NUMBER + 1, 0, 0, 3));
    assert_true(sink_branch_named(&bench.sink, 2, SPAN("x"), 0));
    assert_false(sink_branch_named(&bench.sink, LIMIT_LINE_NUMBER + 1, SPAN("x"), 0));
    assert_true(sink_branches(&bench.sink, 3, 1, 2));
    assert_false(sink_branches(&bench.sink, 3, 3, 2));
    sink_function(&bench.sink, SPAN("f"), 0);
    sink_file(&bench.sink, SPAN("b.c"));
    sink_file(&bench.sink, SPAN("a.c")); /* the same file again */
    assert_true(sink_line(&bench.sink, 2, 7));
    sink_close(&bench.sink);
    assert_int_equal(bench.report->files.count, 2);
    const struct file_coverage *file = vec_at(&bench.report->files, 0);
    assert_int_equal(coverage_lines(file->coverage).total, 4);
    assert_int_equal(coverage_lines(file->coverage).covered, 3);
    assert_int_equal(coverage_branches(file->coverage).total, 5);
    assert_int_equal(coverage_branches(file->coverage).covered, 2);
    assert_int_equal(coverage_functions(file->coverage).total, 1);
    close_bench(&bench);
}

static void equal_findings_are_one_row_with_a_count(void **state)
{
    struct bench bench;
    struct finding_in finding = {.path = SPAN("a.c"), .rule = SPAN("r"), .level = LEVEL_ERROR};
    (void)state;
    open_bench(&bench);
    for (uint64_t line = 1; line <= LIMIT_DETAILS + 10; line++) {
        finding.line = line;
        sink_finding(&bench.sink, &finding);
    }
    finding.band = BAND_HIGH;
    finding.level = LEVEL_NOTE;
    sink_finding(&bench.sink, &finding);
    sink_close(&bench.sink);
    assert_int_equal(bench.report->findings.rows.count, 2);
    const struct finding_row *row = vec_at(&bench.report->findings.rows, 0);
    assert_int_equal(row->count, LIMIT_DETAILS + 10);
    assert_int_equal(bench.report->findings.details.count, LIMIT_DETAILS + 1);
    assert_true(bench.report->findings.has_bands);
    close_bench(&bench);
}

static void a_refused_source_leaves_nothing(void **state)
{
    struct bench bench;
    struct test_in test = {.name = SPAN("a")};
    struct finding_in finding = {.path = SPAN("a.c")};
    (void)state;
    open_bench(&bench);
    sink_test(&bench.sink, &test);
    sink_file(&bench.sink, SPAN("a.c"));
    sink_line(&bench.sink, 1, 1);
    sink_refuse(&bench.sink, DIAG_INPUT_SYNTAX, 7, 3, SPAN("what was found"));
    sink_refuse(&bench.sink, DIAG_INPUT_SYNTAX, 8, 1, SPAN("a consequence"));
    sink_test(&bench.sink, &test);
    sink_finding(&bench.sink, &finding);
    sink_file(&bench.sink, SPAN("b.c"));
    assert_true(sink_line(&bench.sink, 0, 1)); /* swallowed, not judged */
    sink_tool(&bench.sink, SPAN("tool"), SPAN("1"));
    sink_close(&bench.sink);
    assert_int_equal(bench.report->state, STATE_DAMAGED);
    assert_int_equal(bench.report->tests.total, 0);
    assert_int_equal(bench.report->files.count, 0);
    assert_int_equal(bench.report->findings.rows.count, 0);
    assert_int_equal(diags_count(&bench.report->diags), 1);
    assert_int_equal(diags_at(&bench.report->diags, 0)->line, 7);
    assert_int_equal(diags_at(&bench.report->diags, 0)->severity, SEVERITY_ERROR);
    assert_string_equal(name_text(diags_at(&bench.report->diags, 0)->text), "what was found");
    close_bench(&bench);
}

static void nothing_is_not_clean_unless_the_tool_says_so(void **state)
{
    struct bench bench;
    (void)state;
    open_bench(&bench);
    sink_families(&bench.sink, FAMILY_FINDINGS, false);
    sink_close(&bench.sink);
    assert_int_equal(bench.report->state, STATE_EMPTY);
    assert_int_equal(diags_at(&bench.report->diags, 0)->code, DIAG_REPORT_NOTHING);
    close_bench(&bench);
    open_bench(&bench);
    sink_families(&bench.sink, FAMILY_FINDINGS, true);
    sink_close(&bench.sink);
    assert_int_equal(bench.report->state, STATE_OK);
    close_bench(&bench);
}

static void a_dropped_row_makes_it_partial(void **state)
{
    struct bench bench;
    (void)state;
    open_bench(&bench);
    sink_number(&bench.sink, SPAN("size.binary"), decimal_make(5, 0), SPAN("bytes"));
    sink_note(&bench.sink, DIAG_REPORT_TOTALS, 2, span_make(NULL, 0));
    assert_false(bench.sink.partial);
    sink_drop(&bench.sink, DIAG_REPORT_VALUE, 3, SPAN("bad"));
    sink_close(&bench.sink);
    assert_int_equal(bench.report->state, STATE_PARTIAL);
    assert_int_equal(bench.report->numbers.count, 1);
    assert_int_equal(bench.report->diags.warnings, 2);
    close_bench(&bench);
}

static void diagnostics_are_bounded_and_one_line(void **state)
{
    struct bench bench;
    struct buf text;
    (void)state;
    open_bench(&bench);
    buf_init(&text);
    buf_add_text(&text, "line one\nline two\r\n\xFF");
    buf_add_repeat(&text, 'x', 10000);
    for (unsigned index = 0; index < 50; index++) {
        sink_note(&bench.sink, DIAG_REPORT_VALUE, index, buf_span(&text));
    }
    assert_int_equal(diags_count(&bench.report->diags), LIMIT_DIAGS_SAME);
    const struct diag *last = diags_at(&bench.report->diags, (size_t)LIMIT_DIAGS_SAME - 1);
    assert_int_equal(last->repeats, 50 - LIMIT_DIAGS_SAME);
    assert_true(last->text->size <= LIMIT_TEXT_BYTES + 3);
    assert_null(strchr(name_text(last->text), '\n'));
    assert_int_equal(bench.report->diags.warnings, 50);
    buf_release(&text);
    sink_close(&bench.sink);
    close_bench(&bench);
}

static void every_diagnostic_has_words(void **state)
{
    (void)state;
    for (unsigned code = 0; code < DIAG_CODE_COUNT; code++) {
        const struct diag_kind *kind = diag_kind((enum diag_code)code);
        assert_int_equal(diag_code_of(span_of(kind->code)), code); /* codes are distinct */
        assert_non_null(strchr(kind->code, '/'));
        assert_true(strlen(kind->title) > 10 && strlen(kind->remedy) > 10);
        assert_true(kind->title[strlen(kind->title) - 1] != '.');
        assert_true(kind->remedy[strlen(kind->remedy) - 1] == '.');
    }
    assert_int_equal(diag_code_of(SPAN("no/such")), DIAG_CODE_COUNT);
}

static void metric_keys_are_well_formed(void **state)
{
    static const char *const good[] = {"a", "size.binary", "a-b.c_d", "x1.2y"};
    static const char *const bad[] = {"",  ".",  "a.",  ".a",  "a..b",
                                      "A", "1a", "a b", "a\n", "\xC3\xA9"};
    (void)state;
    for (size_t index = 0; index < sizeof(good) / sizeof(good[0]); index++) {
        assert_true(metric_key_valid(span_of(good[index])));
    }
    for (size_t index = 0; index < sizeof(bad) / sizeof(bad[0]); index++) {
        assert_false(metric_key_valid(span_of(bad[index])));
    }
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct metric_kind *kind = metric_kind((enum metric_id)id);
        assert_true(metric_key_valid(span_of(kind->key)));
        assert_ptr_equal(metric_find(span_of(kind->key)), kind);
    }
    assert_null(metric_find(SPAN("no.such")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tests_are_counted_by_each_outcome),
        cmocka_unit_test(identities_do_not_run_together),
        cmocka_unit_test(coverage_needs_a_file_and_a_possible_line),
        cmocka_unit_test(equal_findings_are_one_row_with_a_count),
        cmocka_unit_test(a_refused_source_leaves_nothing),
        cmocka_unit_test(nothing_is_not_clean_unless_the_tool_says_so),
        cmocka_unit_test(a_dropped_row_makes_it_partial),
        cmocka_unit_test(diagnostics_are_bounded_and_one_line),
        cmocka_unit_test(every_diagnostic_has_words),
        cmocka_unit_test(metric_keys_are_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
