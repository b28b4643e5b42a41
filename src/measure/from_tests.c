/* Test cases -> tests.total, .passed, .failed, .errors, .skipped, .disabled, .flaky and .time.
 *
 * A case that both failed and broke counts in both; passed are the cases with none of the four
 * other outcomes, so a flaky one has passed. A suite that broke outside any case is no case;
 * it made its report partial when it was read. */
#include "measure/from_tests.h"

enum { TIME_PLACES = 3 };

void test_counts_add(struct test_counts *counts, const struct tests *tests)
{
    const uint32_t not_passed = TEST_FAILED | TEST_ERROR | TEST_SKIPPED | TEST_DISABLED;
    for (uint32_t outcome = 0; outcome < 1U << TEST_OUTCOME_BITS; outcome++) {
        counts->passed += (outcome & not_passed) == 0 ? tests->by_outcome[outcome] : 0;
    }
    counts->total += tests->total;
    counts->failed += tests->failed;
    counts->errors += tests->errors;
    counts->skipped += tests->skipped;
    counts->disabled += tests->disabled;
    counts->flaky += tests->flaky;
    counts->time = decimal_add(counts->time, tests->time);
}

/* Seconds with exactly three places; more are cut. */
static struct decimal milliseconds(struct decimal time)
{
    time = decimal_add(time, decimal_make(0, TIME_PLACES));
    while (time.scale > TIME_PLACES) {
        time.digits /= 10;
        time.scale--;
    }
    return time;
}

void test_metrics(const struct test_counts *counts, struct metric_out *out)
{
    metric_out_count(out, METRIC_TESTS_TOTAL, counts->total);
    metric_out_count(out, METRIC_TESTS_PASSED, counts->passed);
    metric_out_count(out, METRIC_TESTS_FAILED, counts->failed);
    metric_out_count(out, METRIC_TESTS_ERRORS, counts->errors);
    metric_out_count(out, METRIC_TESTS_SKIPPED, counts->skipped);
    metric_out_count(out, METRIC_TESTS_DISABLED, counts->disabled);
    metric_out_count(out, METRIC_TESTS_FLAKY, counts->flaky);
    metric_out_decimal(out, METRIC_TESTS_TIME, milliseconds(counts->time));
}
