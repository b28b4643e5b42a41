/* Coverage of one file: what counts once, and that the order of adding and merging never shows.
 *
 * The unions are compared with a slow model that knows nothing of pages, words or hashes: plain
 * lists that are searched from the front. */
#include "base/limits.h"
#include "model/coverage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- a row of any kind ---- */

enum kind { KIND_LINE, KIND_NUMBERS, KIND_TEXT, KIND_COUNT, KIND_FUNCTION, KINDS };

struct row {
    enum kind kind;
    uint32_t line;
    uint64_t block, branch;
    uint32_t taken, total;
    char text[24];
};

static void add(struct coverage *coverage, const struct row *row)
{
    switch (row->kind) {
    case KIND_LINE: coverage_add_line(coverage, row->line, row->taken); break;
    case KIND_NUMBERS:
        coverage_add_branch(coverage, row->line, row->block, row->branch, row->taken);
        break;
    case KIND_TEXT:
        coverage_add_branch_named(coverage, row->line, span_of(row->text), row->taken);
        break;
    case KIND_COUNT: coverage_add_branches(coverage, row->line, row->taken, row->total); break;
    default: coverage_add_function(coverage, span_of(row->text), row->taken); break;
    }
}

static struct coverage *coverage_of(struct arena *arena, const struct row *rows, size_t count)
{
    struct coverage *coverage = coverage_new(arena);
    for (size_t i = 0; i < count; i++) {
        add(coverage, &rows[i]);
    }
    coverage_settle(coverage);
    return coverage;
}

static void assert_ratio(struct ratio have, uint64_t covered, uint64_t total)
{
    assert_int_equal(have.covered, covered);
    assert_int_equal(have.total, total);
}

/* ---- the slow model ---- */

enum { MODEL_LINES = 4000 };

struct model {
    struct row rows[MODEL_LINES];
    size_t count;
};

static bool same_identity(const struct row *left, const struct row *right)
{
    if (left->kind != right->kind) {
        return false;
    }
    switch (left->kind) {
    case KIND_LINE:
    case KIND_COUNT: return left->line == right->line;
    case KIND_NUMBERS:
        return left->line == right->line && left->block == right->block &&
               left->branch == right->branch;
    case KIND_TEXT: return left->line == right->line && strcmp(left->text, right->text) == 0;
    default: return strcmp(left->text, right->text) == 0;
    }
}

static void model_add(struct model *model, const struct row *row)
{
    for (size_t i = 0; i < model->count; i++) {
        struct row *known = &model->rows[i];
        if (!same_identity(known, row)) {
            continue;
        }
        if (row->kind != KIND_COUNT) {
            known->taken |= row->taken;
        } else if (row->total > known->total ||
                   (row->total == known->total && row->taken > known->taken)) {
            *known = *row;
        }
        return;
    }
    model->rows[model->count++] = *row;
}

static struct ratio model_ratio(const struct model *model, enum kind kind)
{
    struct ratio ratio = {0, 0};
    for (size_t i = 0; i < model->count; i++) {
        if (model->rows[i].kind == kind) {
            ratio.total++;
            ratio.covered += model->rows[i].taken;
        }
    }
    return ratio;
}

/* Branches of one line: identities against the count. */
static struct ratio model_line_branches(const struct model *model, uint32_t line)
{
    struct ratio known = {0, 0};
    struct ratio counted = {0, 0};
    for (size_t i = 0; i < model->count; i++) {
        const struct row *row = &model->rows[i];
        if (row->line == line && (row->kind == KIND_NUMBERS || row->kind == KIND_TEXT)) {
            known.total++;
            known.covered += row->taken;
        } else if (row->line == line && row->kind == KIND_COUNT) {
            counted = (struct ratio){row->taken, row->total};
        }
    }
    bool larger = counted.total > known.total ||
                  (counted.total == known.total && counted.covered > known.covered);
    return larger ? counted : known;
}

/* ---- random rows ---- */

static uint64_t seed;

static uint32_t below(uint32_t limit)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((seed >> 33) % limit);
}

enum { LAST_RANDOM_LINE = 1500 };

static struct row random_row(void)
{
    static const uint64_t numbers[] = {0, 1, 2, 15, 16, 255, 256, 4294967295, UINT64_MAX};
    struct row row = {.kind = (enum kind)below(KINDS), .line = 1 + below(LAST_RANDOM_LINE)};
    row.block = numbers[below(9)];
    row.branch = numbers[below(9)];
    row.total = row.kind == KIND_COUNT ? below(5) : 0;
    row.taken = row.kind == KIND_COUNT ? below(row.total + 1) : below(2);
    if (row.kind == KIND_LINE && below(20) == 0) {
        row.line = (uint32_t)LIMIT_LINE_NUMBER - below(3);
    }
    snprintf(row.text, sizeof(row.text), "name %u", below(60));
    return row;
}

static void assert_like_model(const struct coverage *coverage, const struct model *model)
{
    struct ratio lines = model_ratio(model, KIND_LINE);
    struct ratio functions = model_ratio(model, KIND_FUNCTION);
    struct ratio branches = {0, 0};
    for (uint32_t line = 0; line <= LAST_RANDOM_LINE; line++) {
        struct ratio of_line = model_line_branches(model, line);
        branches.covered += of_line.covered;
        branches.total += of_line.total;
    }
    assert_ratio(coverage_lines(coverage), lines.covered, lines.total);
    assert_ratio(coverage_functions(coverage), functions.covered, functions.total);
    assert_ratio(coverage_branches(coverage), branches.covered, branches.total);
}

static void assert_same(const struct coverage *left, const struct coverage *right)
{
    struct ratio lines = coverage_lines(right);
    struct ratio branches = coverage_branches(right);
    struct ratio functions = coverage_functions(right);
    assert_ratio(coverage_lines(left), lines.covered, lines.total);
    assert_ratio(coverage_branches(left), branches.covered, branches.total);
    assert_ratio(coverage_functions(left), functions.covered, functions.total);
    assert_int_equal(left->pages.count, right->pages.count);
    if (left->pages.count > 0) {
        assert_memory_equal(left->pages.rows, right->pages.rows,
                            left->pages.count * sizeof(struct line_page));
    }
}

enum { ROUNDS = 120, ROWS_MOST = 900 };

/* Whatever the rows, the counts are those of the slow model. */
static void test_random_rows_count_like_the_model(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct row rows[ROWS_MOST];
        struct model model = {.count = 0};
        struct arena arena;
        arena_init(&arena);
        seed = round;
        size_t count = below(ROWS_MOST) + 1;
        for (size_t i = 0; i < count; i++) {
            rows[i] = random_row();
            model_add(&model, &rows[i]);
        }
        assert_like_model(coverage_of(&arena, rows, count), &model);
        arena_release(&arena);
    }
}

/* Counts are taken when rows settle: what is added behind that, to the rows or to a copy of them,
 * is counted as well. */
static void test_settled_rows_grow_on(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS / 4; round++) {
        struct model model = {.count = 0};
        struct arena arena;
        arena_init(&arena);
        seed = round + 5000;
        struct coverage *rows = coverage_new(&arena);
        for (size_t i = 0; i < 60; i++) {
            const struct row row = random_row();
            struct coverage *copy = coverage_new(&arena);
            coverage_merge(copy, rows);
            model_add(&model, &row);
            add(rows, &row);
            add(copy, &row);
            coverage_settle(rows);
            coverage_settle(copy);
            assert_like_model(rows, &model);
            assert_like_model(copy, &model);
        }
        arena_release(&arena);
    }
}

/* Merging parts in any order and grouping, and any of them twice, gives what adding the rows
 * gives. */
static void test_merging_is_a_union(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct row rows[ROWS_MOST];
        struct arena arena;
        arena_init(&arena);
        seed = round + 1000;
        size_t count = below(ROWS_MOST) + 3;
        for (size_t i = 0; i < count && i < ROWS_MOST; i++) {
            rows[i] = random_row();
        }
        count = count < ROWS_MOST ? count : ROWS_MOST;
        size_t first = count / 3;
        size_t second = count / 2;
        struct coverage *all = coverage_of(&arena, rows, count);
        struct coverage *a = coverage_of(&arena, rows, first);
        struct coverage *b = coverage_of(&arena, rows + first, second - first);
        struct coverage *c = coverage_of(&arena, rows + second, count - second);

        struct coverage *forward = coverage_new(&arena);
        coverage_merge(forward, a);
        coverage_merge(forward, b);
        coverage_merge(forward, c);
        coverage_settle(forward);
        assert_same(forward, all);

        struct coverage *backward = coverage_new(&arena);
        coverage_merge(backward, c);
        coverage_merge(backward, b);
        coverage_merge(backward, b);
        coverage_merge(backward, a);
        coverage_merge(backward, c);
        coverage_settle(backward);
        assert_same(backward, all);

        coverage_merge(b, c); /* a with (b with c), b unsettled */
        coverage_merge(a, b);
        coverage_settle(a);
        assert_same(a, all);
        coverage_merge(a, a);
        assert_same(a, all);

        struct coverage *single = coverage_new(&arena); /* many small ones into a large one */
        coverage_merge(single, c);
        for (size_t i = 0; i < second; i++) {
            coverage_merge(single, coverage_of(&arena, rows + i, 1));
        }
        coverage_settle(single);
        assert_same(single, all);
        arena_release(&arena);
    }
}

/* Rows that were not settled merge as well, and the source stays as it is. */
static void test_unsettled_rows_merge(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *from = coverage_new(&arena);
    coverage_add_line(from, 900, true);
    coverage_add_line(from, 3, false);
    coverage_add_line(from, 900, false);
    coverage_add_branch(from, 9, 1, 0, true);
    coverage_add_branch(from, 8, 1, 0, false);
    coverage_add_branch(from, 9, 1, 0, false);
    struct coverage *to = coverage_new(&arena);
    coverage_add_line(to, 4, true);
    coverage_merge(to, from);
    coverage_settle(to);
    assert_ratio(coverage_lines(to), 2, 3);
    assert_ratio(coverage_branches(to), 1, 2);
    coverage_settle(from);
    assert_ratio(coverage_lines(from), 1, 2);
    arena_release(&arena);
}

static void test_clear_forgets_everything(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    for (unsigned pass = 0; pass < 3; pass++) {
        coverage_add_line(coverage, 7 + pass, true);
        coverage_add_branch(coverage, 7, 0, pass, true);
        coverage_add_branch_named(coverage, 7, SPAN("x"), false);
        coverage_add_function(coverage, SPAN("f"), false);
        coverage_settle(coverage);
        assert_ratio(coverage_lines(coverage), 1, 1);
        assert_ratio(coverage_branches(coverage), 1, 2);
        assert_ratio(coverage_functions(coverage), 0, 1);
        coverage_clear(coverage);
        coverage_settle(coverage);
        assert_ratio(coverage_lines(coverage), 0, 0);
        assert_ratio(coverage_branches(coverage), 0, 0);
        assert_ratio(coverage_functions(coverage), 0, 0);
    }
    arena_release(&arena);
}

/* ---- single lines ---- */

static void test_lines_are_found_again(void **state)
{
    (void)state;
    static const uint32_t lines[] = {1, 63, 64, 511, 512, 513, 100000, 16777215};
    enum { COUNT = sizeof(lines) / sizeof(lines[0]) };
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    for (size_t i = COUNT; i > 0; i--) {
        coverage_add_line(coverage, lines[i - 1], i % 2 == 0);
    }
    coverage_settle(coverage);
    assert_ratio(coverage_lines(coverage), COUNT / 2, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(coverage_line(coverage, lines[i]), i % 2 == 1 ? LINE_HIT : LINE_MISSED);
    }
    assert_int_equal(coverage_line(coverage, 2), LINE_NOT_CODE);
    assert_int_equal(coverage_line(coverage, 5000), LINE_NOT_CODE);
    arena_release(&arena);
}

static void test_line_zero_counts(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    coverage_add_line(coverage, 0, true);
    coverage_settle(coverage);
    assert_ratio(coverage_lines(coverage), 1, 1);
    assert_int_equal(coverage_line(coverage, 0), LINE_HIT);
    arena_release(&arena);
}

/* ---- identities ---- */

/* One and the same number is one branch, on whichever side of the packing's limits it lies. */
static void test_branch_numbers_are_identities(void **state)
{
    (void)state;
    static const uint64_t numbers[] = {0, 15, 16, 255, 256, 65536, UINT64_MAX};
    enum { COUNT = sizeof(numbers) / sizeof(numbers[0]) };
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t block = 0; block < COUNT; block++) {
            for (size_t branch = 0; branch < COUNT; branch++) {
                coverage_add_branch(coverage, 5, numbers[block], numbers[branch],
                                    pass == 1 && block == branch);
            }
        }
    }
    coverage_settle(coverage);
    assert_ratio(coverage_branches(coverage), COUNT, COUNT * COUNT);
    arena_release(&arena);
}

/* The text "0,1" is another branch than block 0, branch 1, and a function of that name is
 * neither. */
static void test_kinds_of_identity_do_not_meet(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    coverage_add_branch(coverage, 5, 0, 1, true);
    coverage_add_branch_named(coverage, 5, SPAN("0,1"), false);
    coverage_add_branch_named(coverage, 6, SPAN("0,1"), true);
    coverage_add_function(coverage, SPAN("0,1"), false);
    coverage_add_function(coverage, SPAN(""), true);
    coverage_settle(coverage);
    assert_ratio(coverage_branches(coverage), 2, 3);
    assert_ratio(coverage_functions(coverage), 1, 2);
    arena_release(&arena);
}

static void test_counts_of_a_line(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    coverage_add_branches(coverage, 1, 2, 2); /* the larger total wins, though it covers less */
    coverage_add_branches(coverage, 1, 1, 4);
    coverage_add_branches(coverage, 2, 1, 2); /* then the larger covered */
    coverage_add_branches(coverage, 2, 2, 2);
    coverage_add_branches(coverage, 3, 0, 1); /* identities outnumber the count */
    coverage_add_branch(coverage, 3, 0, 0, true);
    coverage_add_branch(coverage, 3, 0, 1, false);
    coverage_add_branches(coverage, 4, 0, 3); /* the count outnumbers the identity */
    coverage_add_branch(coverage, 4, 0, 0, true);
    coverage_settle(coverage);
    assert_ratio(coverage_branches(coverage), 1 + 2 + 1 + 0, 4 + 2 + 2 + 3);
    arena_release(&arena);
}

/* Called functions in the order of their definition, in another order, and often. */
static void test_functions_fold(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    char name[24];
    for (unsigned pass = 0; pass < 3; pass++) {
        for (unsigned i = 0; i < COUNT; i++) {
            unsigned number = pass < 2 ? i : COUNT - 1 - i;
            snprintf(name, sizeof(name), "function_%u", number);
            coverage_add_function(coverage, span_of(name), pass > 0 && number % 3 == 0);
        }
    }
    coverage_settle(coverage);
    assert_ratio(coverage_functions(coverage), COUNT / 3, COUNT);
    arena_release(&arena);
}

/* One name between all others: it crowds the place where its hash belongs. */
static void test_one_function_between_others(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    char name[24];
    for (unsigned i = 0; i < 500; i++) {
        snprintf(name, sizeof(name), "other_%u", i);
        coverage_add_function(coverage, span_of(name), false);
        coverage_add_function(coverage, SPAN("busy"), i == 400);
    }
    coverage_settle(coverage);
    assert_ratio(coverage_functions(coverage), 1, 501);
    arena_release(&arena);
}

/* ---- memory ---- */

/* A line number of sixteen million, a million repetitions, lines from the last to the first: none
 * may cost more than the distinct lines are worth. */
static void test_memory_follows_distinct_rows(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    for (uint32_t i = 0; i < 1000000; i++) {
        coverage_add_line(coverage, i % 2 == 0 ? 1 : (uint32_t)LIMIT_LINE_NUMBER, true);
        coverage_add_branch(coverage, 1 + i % 2, 7, 3, true);
        coverage_add_branches(coverage, 1 + i % 3, 1, 2);
    }
    coverage_settle(coverage);
    assert_ratio(coverage_lines(coverage), 2, 2);
    assert_true(arena.used < 16 * 1024);
    arena_release(&arena);

    arena_init(&arena);
    coverage = coverage_new(&arena);
    for (uint32_t line = (uint32_t)LIMIT_LINE_NUMBER; line > 512; line -= 512) {
        coverage_add_line(coverage, line, false);
    }
    coverage_settle(coverage);
    assert_ratio(coverage_lines(coverage), 0, 32767);
    assert_true(arena.used < 32767 * 2 * 2 * sizeof(struct line_page));
    arena_release(&arena);
}

/* A header has a section for each unit that includes it; merging them must not take the square of
 * their number. */
static void test_many_small_merges_stay_cheap(void **state)
{
    (void)state;
    enum { SECTIONS = 20000 };
    struct arena scratch;
    struct arena arena;
    arena_init(&scratch);
    arena_init(&arena);
    struct coverage *rows = coverage_new(&scratch);
    struct coverage *kept = coverage_new(&arena);
    for (uint32_t i = SECTIONS; i > 0; i--) {
        coverage_add_line(rows, i * PAGE_LINES, i % 2 == 0);
        coverage_add_branch(rows, i, 0, 0, true);
        coverage_settle(rows);
        coverage_merge(kept, rows);
        coverage_merge(kept, rows);
        coverage_clear(rows);
    }
    coverage_settle(kept);
    assert_ratio(coverage_lines(kept), SECTIONS / 2, SECTIONS);
    assert_ratio(coverage_branches(kept), SECTIONS, SECTIONS);
    assert_true(arena.used < (size_t)SECTIONS * 6 * sizeof(struct line_page));
    arena_release(&scratch);
    arena_release(&arena);
}

/* What is merged into an empty file is sized exactly. */
static void test_first_merge_is_exact(void **state)
{
    (void)state;
    struct arena scratch;
    struct arena arena;
    arena_init(&scratch);
    arena_init(&arena);
    struct coverage *rows = coverage_new(&scratch);
    for (uint32_t line = 1; line < 5000; line++) {
        coverage_add_line(rows, line, true);
        coverage_add_branch(rows, line, 0, 1, true);
    }
    coverage_settle(rows);
    struct coverage *kept = coverage_new(&arena);
    coverage_merge(kept, rows);
    assert_int_equal(arena.used, sizeof(struct coverage) + 10 * sizeof(struct line_page) +
                                     4999 * sizeof(uint64_t));
    coverage_merge(kept, rows); /* nothing new: nothing allocated */
    assert_int_equal(arena.used, sizeof(struct coverage) + 10 * sizeof(struct line_page) +
                                     4999 * sizeof(uint64_t));
    arena_release(&scratch);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_rows_count_like_the_model),
        cmocka_unit_test(test_settled_rows_grow_on),
        cmocka_unit_test(test_merging_is_a_union),
        cmocka_unit_test(test_unsettled_rows_merge),
        cmocka_unit_test(test_clear_forgets_everything),
        cmocka_unit_test(test_lines_are_found_again),
        cmocka_unit_test(test_line_zero_counts),
        cmocka_unit_test(test_branch_numbers_are_identities),
        cmocka_unit_test(test_kinds_of_identity_do_not_meet),
        cmocka_unit_test(test_counts_of_a_line),
        cmocka_unit_test(test_functions_fold),
        cmocka_unit_test(test_one_function_between_others),
        cmocka_unit_test(test_memory_follows_distinct_rows),
        cmocka_unit_test(test_many_small_merges_stay_cheap),
        cmocka_unit_test(test_first_merge_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
