/* Checks in figures: what is shown never contradicts the outcome beside it. */
#include "render/check_view.h"
#include "render/verdict_view.h"
#include "render_stage.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct stage stage;

static int open_stage(void **state)
{
    (void)state;
    stage_open(&stage);
    return 0;
}

static int close_stage(void **state)
{
    (void)state;
    stage_close(&stage);
    return 0;
}

static struct check *ratio_check(enum outcome outcome, struct value now)
{
    struct check *check = stage_check(&stage, &stage_threshold, "coverage.line", outcome, "", NULL);
    stage_now(check, now);
    return check;
}

static void expect_now(const struct check *check, const char *text)
{
    struct buf out = {0};
    check_view_now(&out, &stage.scene, check, false);
    assert_string_equal(buf_text(&out), text);
    buf_release(&out);
}

static void expect_bar(const struct check *check, bool signs, const char *text)
{
    struct buf out = {0};
    check_view_bar(&out, check, signs);
    assert_string_equal(buf_text(&out), text);
    buf_release(&out);
}

static void expect_change(const struct check *check, const char *text)
{
    struct buf out = {0};
    check_view_change(&out, &stage.scene, check);
    assert_string_equal(buf_text(&out), text);
    buf_release(&out);
}

static struct value percent(int64_t digits, uint8_t scale)
{
    return value_decimal(decimal_make(digits, scale));
}

static void a_value_at_the_bar_is_not_below_it(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_PASS, value_ratio(84125, 100000));
    stage_bar(check, STAGE_AT_LEAST, percent(84125, 3));
    expect_now(check, "84.125 %"); /* not 84.12 */
    expect_bar(check, false, "at least 84.125 %");
    expect_bar(check, true, ">= 84.125 %");
}

static void a_bar_that_no_parameter_wrote_counts_too(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_PASS, value_ratio(84125, 100000));
    check->has_bar = true;
    check->bar = percent(841250, 4);
    expect_now(check, "84.125 %");
}

static void a_value_above_an_upper_bar_shows_it(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_FAIL, value_ratio(20001, 100000));
    stage_bar(check, STAGE_AT_MOST, percent(20, 0));
    expect_now(check, "20.001 %"); /* not 20.00 */
    expect_bar(check, false, "at most 20 %");
}

static void a_change_has_the_places_of_the_slack(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_PASS, value_ratio(898751, 1000000));
    stage_base(check, value_ratio(9, 10));
    stage_rule(check)->params[STAGE_SLACK] =
        (struct param_value){.given = true, .amount = decimal_make(125, 3)};
    expect_change(check, "-0.125"); /* 0.1249, within the slack of 0.125: not 0.13 */
    stage_now(check, value_ratio(898749, 1000000));
    expect_change(check, "-0.126"); /* 0.1251, outside */
}

static void equal_percentages_get_more_places(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_FAIL, value_ratio(80991, 100000));
    stage_base(check, value_ratio(80994, 100000));
    expect_now(check, "80.991 %");
    expect_change(check, "-0.003");
}

static void a_band_shows_the_side_that_is_broken(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_FAIL, value_ratio(95, 100));
    stage_bar(check, STAGE_AT_LEAST, percent(50, 0));
    stage_bar(check, STAGE_AT_MOST, percent(90, 0));
    expect_bar(check, false, "at most 90 %");
    check->outcome = OUTCOME_PASS;
    stage_now(check, value_ratio(70, 100));
    stage_bar(check, STAGE_AT_LEAST, percent(50, 0));
    expect_bar(check, false, "at least 50 %");

    check = stage_check(&stage, &stage_threshold, "tests.total", OUTCOME_FAIL, "", NULL);
    stage_now(check, value_count(7));
    stage_bar(check, STAGE_AT_LEAST, value_count(1));
    stage_bar(check, STAGE_AT_MOST, value_count(5));
    expect_bar(check, false, "at most 5");
    stage_now(check, value_count(0));
    stage_bar(check, STAGE_AT_LEAST, value_count(1));
    expect_bar(check, false, "at least 1");
}

static void a_ratchet_follows_the_direction(void **state)
{
    (void)state;
    struct check *check =
        stage_check(&stage, &stage_ratchet, "findings.total", OUTCOME_PASS, "", NULL);
    stage_now(check, value_count(1000));
    stage_bar(check, STAGE_RATCHET, value_count(1200));
    expect_bar(check, true, "<= 1,200");
    check = stage_check(&stage, &stage_ratchet, "tests.total", OUTCOME_PASS, "", NULL);
    stage_now(check, value_count(1000));
    stage_bar(check, STAGE_RATCHET, value_count(900));
    expect_bar(check, true, ">= 900");
}

static void a_rule_that_ignores_the_baseline_still_shows_it(void **state)
{
    (void)state;
    struct check *check =
        stage_check(&stage, &stage_threshold, "tests.failed", OUTCOME_FAIL, "", NULL);
    struct metric *metric =
        stage_metric(&stage, &stage.baseline.snapshot, "tests.failed", value_count(2));
    stage_now(check, value_count(3));
    stage.scene.baseline = &stage.baseline;
    stage.baseline.state = BASELINE_FOUND;
    expect_change(check, "+1");
    metric->state = STATE_PARTIAL; /* cannot be trusted */
    expect_change(check, "");
    metric->state = STATE_OK;
    metric->group = stage_name(&stage, "unit"); /* of other reports */
    expect_change(check, "");
    metric->group = NULL;
    stage.baseline.state = BASELINE_UNUSABLE;
    expect_change(check, "");
}

static void a_ratio_that_passed_by_count_shows_no_bar_above_it(void **state)
{
    (void)state;
    struct check *check = ratio_check(OUTCOME_PASS, value_ratio(7301, 8679));
    stage_bar(check, STAGE_RATCHET, percent(8691, 2));
    expect_bar(check, true, "no more uncovered");
    check->outcome = OUTCOME_WAIVED;
    expect_bar(check, true, ">= 86.91 %");
}

static void what_is_absent_is_left_out(void **state)
{
    (void)state;
    struct check *check =
        stage_check(&stage, &stage_ratchet, "coverage.line", OUTCOME_NO_DATA, "", NULL);
    struct buf out = {0};
    check->now_state = STATE_MISSING;
    expect_now(check, "missing");
    check->now_state = STATE_OK;
    expect_now(check, "no data");
    check->outcome = OUTCOME_PASS;
    expect_now(check, "present");
    check->outcome = OUTCOME_NO_DATA;
    expect_change(check, "");
    expect_bar(check, false, "");
    check_view_base(&out, &stage.scene, check, true);
    check_view_waiver(&out, check);
    check_view_now_behind(&out, &stage.scene, check);
    check_view_base_behind(&out, &stage.scene, check);
    assert_int_equal(out.size, 0);
    buf_release(&out);
}

static void expect_verdict(enum exit_code code, bool open, const char *headline, const char *counts)
{
    struct buf out = {0};
    stage.verdict.exit_code = code;
    assert_int_equal(verdict_view_open(&stage.verdict), open);
    verdict_view_headline(&out, &stage.verdict);
    assert_string_equal(buf_text(&out), headline);
    buf_clear(&out);
    verdict_view_counts(&out, &stage.verdict);
    assert_string_equal(buf_text(&out), counts);
    buf_release(&out);
}

static void headlines_count_every_outcome(void **state)
{
    (void)state;
    expect_verdict(EXIT_REPORT, false, "no rule was judged", "no rule was judged");
    stage_check(&stage, &stage_threshold, "tests.failed", OUTCOME_PASS, "", NULL);
    expect_verdict(EXIT_OPEN, true, "1 rule passed", "1 passed");
    stage_check(&stage, &stage_threshold, "tests.total", OUTCOME_PASS, "", NULL);
    expect_verdict(EXIT_PUBLISH, true, "all 2 rules passed", "2 passed");
    stage_check(&stage, &stage_threshold, "tests.time", OUTCOME_WARN, "", NULL);
    stage_check(&stage, &stage_threshold, "tests.time", OUTCOME_WARN, "", NULL);
    expect_verdict(EXIT_OPEN, true, "2 warnings, 2 passed", "2 warned, 2 passed");
    stage_check(&stage, &stage_threshold, "tests.flaky", OUTCOME_NO_DATA, "", NULL);
    expect_verdict(EXIT_BASELINE, false, "1 rule cannot be judged, 2 warnings, 2 passed",
                   "1 without data, 2 warned, 2 passed");
    stage_check(&stage, &stage_threshold, "tests.errors", OUTCOME_FAIL, "", NULL);
    expect_verdict(EXIT_CLOSED, false, "1 of 6 rules broken, 1 rule cannot be judged, 2 warnings",
                   "1 failed, 1 without data, 2 warned, 2 passed");
}

static void one_broken_rule_of_one(void **state)
{
    (void)state;
    stage_check(&stage, &stage_threshold, "tests.errors", OUTCOME_FAIL, "", NULL);
    expect_verdict(EXIT_CLOSED, false, "1 of 1 rule broken", "1 failed");
}

static void expect_baseline(enum baseline_state baseline_state, const char *text)
{
    struct buf out = {0};
    stage.baseline.state = baseline_state;
    verdict_view_baseline(&out, &stage.baseline);
    assert_string_equal(buf_text(&out), text);
    buf_release(&out);
}

static void baselines_say_what_they_are(void **state)
{
    (void)state;
    expect_baseline(BASELINE_NOT_ASKED, "none");
    stage.baseline.reason = stage_name(&stage, "why");
    expect_baseline(BASELINE_NONE_YET, "none yet: why");
    expect_baseline(BASELINE_UNUSABLE, "cannot be used: why");
    stage.baseline.match = MATCH_FILE;
    expect_baseline(BASELINE_FOUND, "a snapshot: why");
    stage.baseline.match = MATCH_NEWEST;
    stage.baseline.branch = stage_name(&stage, "main");
    stage.baseline.snapshot.commit = stage_name(&stage, "0123456789abcdef");
    stage.baseline.entry = stage_name(&stage, "fedcba9876543210");
    expect_baseline(BASELINE_FOUND, "commit 0123456789 of main, ledger entry fedcba9876: why");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)
    const struct CMUnitTest tests[] = {
        CASE(a_value_at_the_bar_is_not_below_it),
        CASE(a_bar_that_no_parameter_wrote_counts_too),
        CASE(a_value_above_an_upper_bar_shows_it),
        CASE(a_change_has_the_places_of_the_slack),
        CASE(equal_percentages_get_more_places),
        CASE(a_band_shows_the_side_that_is_broken),
        CASE(a_ratchet_follows_the_direction),
        CASE(a_rule_that_ignores_the_baseline_still_shows_it),
        CASE(a_ratio_that_passed_by_count_shows_no_bar_above_it),
        CASE(what_is_absent_is_left_out),
        CASE(headlines_count_every_outcome),
        CASE(one_broken_rule_of_one),
        CASE(baselines_say_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
