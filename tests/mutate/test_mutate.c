/* Every fixture, damaged in many ways: chop (the tail is missing), slap (the head is missing),
 * noise (one byte changed, removed or inserted) and the wrong reader. Whatever happens, reading
 * returns, stays within bounds, and a cut document is never reported as ok when rows are missing.
 * Run under sanitizers, this is the cheapest fuzzer. */
#include "fixtures.h"

#include "collectors/collectors.h"
#include "model/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static const char *fixtures_folder = "../collect";

enum { CUTS_MOST = 40, NOISES = 30, SIZE_MOST = 60000 };

/* How much a report holds: what may never shrink without a word. */
struct amount {
    enum state state;
    uint64_t tests, bad_tests, findings, lines, hit_lines, branches;
    bool spoke; /* any diagnostic that is not information */
};

static uint64_t count_findings(const struct report *report)
{
    uint64_t sum = 0;
    for (size_t index = 0; index < report->findings.rows.count; index++) {
        sum += ((const struct finding_row *)vec_at(&report->findings.rows, index))->count;
    }
    return sum;
}

static struct amount amount_of(const struct report *report)
{
    struct amount amount = {.state = report->state,
                            .tests = report->tests.total,
                            .bad_tests = report->tests.failed + report->tests.errors +
                                         report->tests.suite_errors,
                            .findings = count_findings(report),
                            .spoke = report->diags.errors + report->diags.warnings > 0};
    for (size_t index = 0; index < report->files.count; index++) {
        const struct file_coverage *file = vec_at(&report->files, index);
        struct ratio lines = coverage_lines(file->coverage);
        struct ratio branches = coverage_branches(file->coverage);
        assert_true(lines.covered <= lines.total && branches.covered <= branches.total);
        amount.lines += lines.total;
        amount.hit_lines += lines.covered;
        amount.branches += branches.total;
    }
    return amount;
}

static struct amount read_amount(struct span bytes, const char *format)
{
    struct run run;
    run_init(&run);
    struct input *input = input_open_memory(bytes);
    struct report *report =
        collectors_read(&run.names, SPAN("fixture"), input,
                        format != NULL ? collectors_find(span_of(format)) : NULL);
    struct amount amount = amount_of(report);
    assert_true(amount.state <= STATE_MISSING);
    if (amount.state == STATE_DAMAGED) {
        assert_true(amount.tests + amount.findings + amount.lines == 0); /* rolled back */
        assert_true(report->diags.errors > 0);                           /* and said */
    }
    report_close(report);
    input_close(input);
    run_release(&run);
    return amount;
}

static bool lost_rows(const struct amount *less, const struct amount *all)
{
    return less->tests < all->tests || less->bad_tests < all->bad_tests ||
           less->findings < all->findings || less->lines < all->lines ||
           less->branches < all->branches;
}

static bool is_packed(struct span bytes)
{
    return span_starts(bytes, "\x1F\x8B");
}

static bool is_wide(struct span bytes)
{
    return span_starts(bytes, "\xFF\xFE") || span_starts(bytes, "\xFE\xFF");
}

/* Is a cut invisible, because what is `left` is a whole document of its own? Lines of text are such
 * documents, as long as one of them is a finding, and so are the sections of a tracefile. */
static bool cut_is_whole(struct span bytes, struct span left, const struct fixture *fixture,
                         const struct amount *amount)
{
    left = span_trim(left);
    if (strcmp(fixture->format, "lint_text") == 0) {
        return amount->findings > 0;
    }
    if (strcmp(fixture->format, "lcov") == 0) {
        return span_ends(left, "end_of_record") || is_wide(bytes);
    }
    /* JSON Lines, and gcc's list for each file: every line is a document. */
    return (span_ends(left, "}") && span_find_text(bytes, "}\n{") != SIZE_MAX) ||
           (span_ends(left, "]") && span_find_text(bytes, "]\n[") != SIZE_MAX);
}

static void for_each_fixture(void (*act)(const struct fixture *, struct span))
{
    struct vec fixtures;
    fixtures_find(fixtures_folder, &fixtures);
    assert_true(fixtures.count > 0);
    for (size_t index = 0; index < fixtures.count; index++) {
        struct buf content;
        const struct fixture *fixture = vec_at(&fixtures, index);
        buf_init(&content);
        fixture_read(fixture->path, &content);
        if (content.size <= SIZE_MOST) {
            act(fixture, buf_span(&content));
        }
        buf_release(&content);
    }
    fixtures_release(&fixtures);
}

static void chop_one(const struct fixture *fixture, struct span bytes)
{
    struct amount all = read_amount(bytes, fixture->format);
    size_t step = bytes.size / CUTS_MOST + 1;
    for (size_t size = 0; size < bytes.size; size += step) {
        struct span left = span_until(bytes, size);
        struct amount amount = read_amount(left, fixture->format);
        bool silent = amount.state == STATE_OK && lost_rows(&amount, &all);
        if (silent && !cut_is_whole(bytes, left, fixture, &amount)) {
            print_error("%s cut at %zu of %zu is ok with fewer rows\n", fixture->path, size,
                        bytes.size);
            fail();
        }
        if (is_packed(bytes)) {
            assert_true(amount.state == STATE_DAMAGED || amount.state == STATE_EMPTY);
        }
    }
}

static void a_chopped_report_is_never_ok_with_fewer_rows(void **state)
{
    (void)state;
    for_each_fixture(chop_one);
}

static void slap_one(const struct fixture *fixture, struct span bytes)
{
    size_t step = bytes.size / CUTS_MOST + 1;
    for (size_t size = step; size < bytes.size; size += step) {
        read_amount(span_from(bytes, size), fixture->format);
        read_amount(span_from(bytes, size), NULL);
    }
}

static void a_report_without_its_head_returns(void **state)
{
    (void)state;
    for_each_fixture(slap_one);
}

static void noise_one(const struct fixture *fixture, struct span bytes)
{
    uint64_t seed = 0x9E3779B97F4A7C15U ^ bytes.size;
    struct buf changed;
    buf_init(&changed);
    for (unsigned round = 0; round < NOISES && bytes.size > 0; round++) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        size_t at = (size_t)(seed >> 33) % bytes.size;
        char byte = (char)(seed >> 20);
        buf_clear(&changed);
        buf_add(&changed, span_until(bytes, at));
        if (round % 3 != 0) {
            buf_add_byte(&changed, byte); /* changed or inserted */
        }
        buf_add(&changed, span_from(bytes, round % 3 == 1 ? at : at + 1));
        read_amount(buf_span(&changed), fixture->format);
    }
    buf_release(&changed);
}

static void a_report_with_noise_returns(void **state)
{
    (void)state;
    for_each_fixture(noise_one);
}

static void wrong_one(const struct fixture *fixture, struct span bytes)
{
    size_t count = 0;
    const struct collector *const *all = collectors_all(&count);
    for (size_t index = 0; index < count; index++) {
        if (strcmp(all[index]->name, fixture->format) != 0) {
            read_amount(bytes, all[index]->name);
        }
    }
}

static void the_wrong_reader_returns(void **state)
{
    (void)state;
    for_each_fixture(wrong_one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chopped_report_is_never_ok_with_fewer_rows),
        cmocka_unit_test(a_report_without_its_head_returns),
        cmocka_unit_test(a_report_with_noise_returns),
        cmocka_unit_test(the_wrong_reader_returns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
