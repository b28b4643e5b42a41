/* Cases of equal names in a suite of pytest -> one test, flaky when it failed before it passed. */
#include "collectors/junit_attempts.h"

void junit_attempts_init(struct junit_attempts *attempts, struct sink *sink)
{
    *attempts = (struct junit_attempts){.sink = sink};
    vec_init(&attempts->repeated, sizeof(struct junit_attempt));
}

void junit_attempts_release(struct junit_attempts *attempts)
{
    map_release(&attempts->row_of);
    vec_release(&attempts->repeated);
    buf_release(&attempts->texts);
}

static const struct test_row *row_at(const struct junit_attempts *attempts, size_t row)
{
    return vec_at(&attempts->sink->report->tests.rows, row);
}

void junit_attempts_begin(struct junit_attempts *attempts)
{
    map_clear(&attempts->row_of);
    vec_clear(&attempts->repeated);
    buf_clear(&attempts->texts);
}

static void keep(struct junit_attempts *attempts, size_t row, size_t later,
                 const struct test_in *test)
{
    struct junit_attempt *attempt = vec_add(&attempts->repeated);
    *attempt = (struct junit_attempt){.row = row,
                                      .later = later,
                                      .line = test->line,
                                      .text = attempts->texts.size,
                                      .suite_size = test->suite.size,
                                      .class_size = test->class_name.size,
                                      .name_size = test->name.size,
                                      .file_size = test->file.size};
    buf_add(&attempts->texts, test->suite);
    buf_add(&attempts->texts, test->class_name);
    buf_add(&attempts->texts, test->name);
    buf_add(&attempts->texts, test->file);
}

void junit_attempts_add(struct junit_attempts *attempts, const struct test_in *test)
{
    size_t count = attempts->sink->report->tests.rows.count;
    if (attempts->sink->refused || count == 0) {
        return;
    }
    uint64_t *place = map_put(&attempts->row_of, row_at(attempts, count - 1)->identity.low);
    size_t former = (size_t)*place;
    *place = count;
    if (former > 0 && row_at(attempts, former - 1)->outcome == TEST_PASSED) {
        keep(attempts, former - 1, count - 1, test);
    }
}

/* ---- the end of a suite ---- */

static void make_flaky(struct junit_attempts *attempts, const struct junit_attempt *attempt)
{
    struct span text = span_from(buf_span(&attempts->texts), attempt->text);
    struct test_in test = {.outcome = TEST_FLAKY, .line = attempt->line};
    test.suite = span_until(text, attempt->suite_size);
    text = span_from(text, attempt->suite_size);
    test.class_name = span_until(text, attempt->class_size);
    text = span_from(text, attempt->class_size);
    test.name = span_until(text, attempt->name_size);
    test.file = span_until(span_from(text, attempt->name_size), attempt->file_size);
    sink_test_flaky(attempts->sink, attempt->later, &test);
}

static int place_compare(const void *left, const void *right)
{
    size_t one = *(const size_t *)left;
    size_t other = *(const size_t *)right;
    return (one > other) - (one < other);
}

size_t junit_attempts_settle(struct junit_attempts *attempts, bool fewer)
{
    struct vec gone; /* size_t: places of rows */
    struct map is_gone = {.slots = NULL};
    vec_init(&gone, sizeof(size_t));
    for (size_t at = attempts->repeated.count; at > 0; at--) {
        const struct junit_attempt *attempt = vec_at(&attempts->repeated, at - 1);
        uint32_t outcome = row_at(attempts, attempt->later)->outcome;
        bool last = map_find(&is_gone, attempt->later + 1) == NULL;
        if (!fewer && last && (outcome & (TEST_FAILED | TEST_ERROR)) == 0) {
            continue;
        }
        *map_put(&is_gone, attempt->row + 1) = 1;
        *(size_t *)vec_add(&gone) = attempt->row;
        if (last && outcome == TEST_PASSED) {
            make_flaky(attempts, attempt);
        }
    }
    size_t count = gone.count;
    vec_sort(&gone, place_compare);
    sink_tests_take_back(attempts->sink, &gone);
    junit_attempts_begin(attempts);
    map_release(&is_gone);
    vec_release(&gone);
    return count;
}
