/* What a JUnit report tells people about the tests that did not pass: names, place and message. */
#include "check.h"

#include "collectors/collectors.h"
#include "model/run.h"

static struct report *read_report(struct run *run, struct span document)
{
    struct input *input = input_open_memory(document);
    run_init(run);
    struct report *report =
        collectors_read(&run->names, SPAN("TEST-gate.xml"), input, collectors_find(SPAN("junit")));
    input_close(input);
    return report;
}

static void close_report(struct run *run, struct report *report)
{
    report_close(report);
    run_release(run);
}

static const struct test_detail *detail_at(const struct report *report, size_t index)
{
    assert_true(index < report->tests.details.count);
    return vec_at(&report->tests.details, index);
}

static void names_come_from_the_suites_around(void **state)
{
    struct run run;
    (void)state;
    struct report *report = read_report(
        &run, SPAN("<testsuites name='run of today'><testsuite name='outer' file='outer.js'>\n"
                   "<testsuite name='inner'><testcase name='a' classname='A' "
                   "class='no'><failure/></testcase>"
                   "</testsuite>\n"
                   "<testsuite file='own.js'><testcase name='b' "
                   "class='B'><error/></testcase></testsuite>\n"
                   "<testcase name='c' file='case.js'><failure/></testcase></testsuite>\n"
                   "<testcase name='d'><failure/></testcase></testsuites>"));
    static const char *const wanted[][5] = {{"outer > inner", "A", "a", "outer.js", "2"},
                                            {"outer", "B", "b", "own.js", "3"},
                                            {"outer", "", "c", "case.js", "4"},
                                            {"", "", "d", "", "5"}};
    for (size_t index = 0; index < 4; index++) {
        const struct test_detail *detail = detail_at(report, index);
        assert_string_equal(name_text(detail->suite), wanted[index][0]);
        assert_string_equal(name_text(detail->class_name), wanted[index][1]);
        assert_string_equal(name_text(detail->test), wanted[index][2]);
        assert_string_equal(name_text(detail->file), wanted[index][3]);
        assert_int_equal(detail->line, wanted[index][4][0] - '0');
    }
    close_report(&run, report);
}

static void the_message_is_the_first_that_says_something(void **state)
{
    struct run run;
    (void)state;
    struct report *report = read_report(
        &run,
        SPAN(
            "<testsuite>"
            "<testcase name='attribute'><failure message='m'>text</failure></testcase>"
            "<testcase name='text'><failure message=' ' type='T'>\n  "
            "one\ntwo<b>no</b></failure></testcase>"
            "<testcase name='cdata'><error><![CDATA[\n\n a ]] b\nc]]></error></testcase>"
            "<testcase name='type'><failure type='T'> \n </failure></testcase>"
            "<testcase name='second'><error/><failure message='m2'/></testcase>"
            "<testcase name='none'><failure/><system-out>no</system-out></testcase>"
            "<testcase name='flaky'><flakyFailure message='f'><stackTrace>no</stackTrace>"
            "</flakyFailure></testcase>"
            "<testcase name='rerun'><rerunFailure message='no'/><failure message='yes'/></testcase>"
            "</testsuite>"));
    static const char *const wanted[] = {"m", "one", "a ]] b", "T", "m2", "", "f", "yes"};
    for (size_t index = 0; index < 8; index++) {
        assert_string_equal(name_text(detail_at(report, index)->message), wanted[index]);
    }
    close_report(&run, report);
}

static void a_suite_tells_its_own_trouble(void **state)
{
    struct run run;
    (void)state;
    struct report *report = read_report(
        &run,
        SPAN("<testsuites><testsuite name='s'><testcase name='a'><failure "
             "message='mine'/></testcase>"
             "<error type='E'>no rope</error><testcase name='b'><failure/></testcase></testsuite>"
             "</testsuites>"));
    assert_int_equal(report->tests.total, 2);
    assert_int_equal(report->tests.suite_errors, 1);
    assert_string_equal(name_text(detail_at(report, 0)->message), "mine");
    assert_string_equal(name_text(detail_at(report, 1)->suite), "s");
    assert_null(detail_at(report, 1)->test);
    assert_string_equal(name_text(detail_at(report, 1)->message), "no rope");
    assert_null(detail_at(report, 2)->message);
    close_report(&run, report);
}

static void cases_inside_cases_are_kept_apart(void **state)
{
    struct run run;
    (void)state;
    struct report *report =
        read_report(&run, SPAN("<testsuite><testcase name='outer' classname='O'><testcase "
                               "name='inner'><error/></testcase>"
                               "<failure message='late'/></testcase></testsuite>"));
    assert_int_equal(report->tests.total, 2);
    assert_string_equal(name_text(detail_at(report, 0)->test), "inner");
    assert_int_equal(detail_at(report, 0)->outcome, TEST_ERROR);
    assert_string_equal(name_text(detail_at(report, 1)->test), "outer");
    assert_string_equal(name_text(detail_at(report, 1)->class_name), "O");
    assert_int_equal(detail_at(report, 1)->outcome, TEST_FAILED);
    close_report(&run, report);
}

static void a_long_message_is_cut(void **state)
{
    struct run run;
    struct buf document;
    (void)state;
    buf_init(&document);
    buf_add_text(&document, "<testsuite><testcase name='a'><failure>");
    buf_add_repeat(&document, 'm', 3000000);
    buf_add_text(&document, "</failure></testcase></testsuite>");
    struct report *report = read_report(&run, buf_span(&document));
    assert_int_equal(detail_at(report, 0)->message->size, 2048);
    close_report(&run, report);
    buf_release(&document);
}

static void long_names_in_depth_are_refused(void **state)
{
    struct run run;
    struct buf document;
    (void)state;
    buf_init(&document);
    for (unsigned depth = 0; depth < 12; depth++) {
        buf_add_text(&document, "<testsuite name='");
        buf_add_repeat(&document, 'n', 2000000);
        buf_add_text(&document, "'>");
    }
    struct report *report = read_report(&run, buf_span(&document));
    assert_int_equal(report->state, STATE_DAMAGED);
    assert_int_equal(diags_at(&report->diags, 0)->code, DIAG_INPUT_LIMIT);
    close_report(&run, report);
    buf_release(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_from_the_suites_around),
        cmocka_unit_test(the_message_is_the_first_that_says_something),
        cmocka_unit_test(a_suite_tells_its_own_trouble),
        cmocka_unit_test(cases_inside_cases_are_kept_apart),
        cmocka_unit_test(a_long_message_is_cut),
        cmocka_unit_test(long_names_in_depth_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
