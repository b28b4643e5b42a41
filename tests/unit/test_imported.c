/* Points of other tools: names that become keys, values that repeat, and texts that are not as
 * their tool writes them. Counts are by hand from the texts below. */
#include "check.h"

#include "ledger/imported.h"

#include <string.h>

#define COMMIT "1111111111111111111111111111111111111111"

struct scratch {
    struct arena arena;
    struct names names;
    struct imported imported;
};

static void scratch_open(struct scratch *scratch, const char *prefix)
{
    arena_init(&scratch->arena);
    names_init(&scratch->names, &scratch->arena);
    imported_init(&scratch->imported, &scratch->names);
    scratch->imported.prefix = prefix;
}

static void scratch_close(struct scratch *scratch)
{
    imported_release(&scratch->imported);
    names_release(&scratch->names);
    arena_release(&scratch->arena);
}

static const char *key_at(const struct scratch *scratch, size_t index)
{
    assert_true(index < scratch->imported.points.count);
    return name_text(
        ((const struct imported_point *)vec_at(&scratch->imported.points, index))->key);
}

static void add(struct scratch *scratch, const char *name, const char *value)
{
    const struct import_point point = {
        .commit = SPAN(COMMIT), .name = span_of(name), .value = span_of(value)};
    imported_add(&scratch->imported, &point);
}

static void test_names(void **state)
{
    static const struct {
        const char *name, *key;
    } cases[] = {
        {"app.size", "app.size"},
        {"App Size", "x.app-size"},
        {"app_size", "x.app_size"},
        {"9lives.left", "x.9lives.left"},
        {"tests.slow", "x.tests.slow"},
        {"security.high", "x.security.high"},
        {"..a..b--c..", "a.b-c"},
        {"\xc3\xa4", "x.unnamed"},
        {"a/b.c", "a-b.c"},
        {"", "x.unnamed"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct scratch scratch;
        scratch_open(&scratch, "x");
        add(&scratch, cases[index].name, "1");
        assert_string_equal(key_at(&scratch, 0), cases[index].key);
        assert_true(metric_key_valid(span_of(key_at(&scratch, 0))));
        scratch_close(&scratch);
    }
}

static void test_names_that_meet_and_long_ones(void **state)
{
    struct scratch scratch;
    char name[300];
    (void)state;
    scratch_open(&scratch, "x");
    add(&scratch, "a b", "1");
    add(&scratch, "a-b", "2");
    add(&scratch, "a b", "3");
    assert_string_equal(key_at(&scratch, 0), "x.a-b");
    assert_int_equal(strncmp(key_at(&scratch, 1), "x.a-b-", 6), 0);
    assert_string_equal(key_at(&scratch, 2), "x.a-b");
    memset(name, 'n', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    add(&scratch, name, "4");
    assert_int_equal(strlen(key_at(&scratch, 3)), 100);
    name[298] = 'm';
    add(&scratch, name, "5");
    assert_string_not_equal(key_at(&scratch, 3), key_at(&scratch, 4));
    scratch_close(&scratch);
}

static void test_what_is_skipped(void **state)
{
    struct scratch scratch;
    struct import_point point = {.commit = SPAN("abc"), .name = SPAN("n"), .value = SPAN("1")};
    (void)state;
    scratch_open(&scratch, "x");
    imported_add(&scratch.imported, &point);
    point.commit = SPAN("0000000000000000000000000000000000000000");
    imported_add(&scratch.imported, &point);
    add(&scratch, "n", "inf");
    add(&scratch, "n", "");
    assert_int_equal(scratch.imported.skipped, 4);
    assert_int_equal(scratch.imported.points.count, 0);
    assert_string_equal(name_text(scratch.imported.skipped_first), "no full commit id: 'abc'");
    scratch_close(&scratch);
}

static size_t points_of(void (*read)(struct imported *, struct span, int64_t, struct span),
                        const char *text, size_t *skipped)
{
    struct scratch scratch;
    scratch_open(&scratch, "x");
    read(&scratch.imported, SPAN(COMMIT), 1, span_of(text));
    size_t count = scratch.imported.points.count;
    *skipped = scratch.imported.skipped;
    scratch_close(&scratch);
    return count;
}

static void test_texts(void **state)
{
    static const struct {
        void (*read)(struct imported *, struct span, int64_t, struct span);
        const char *text;
        size_t points, skipped;
    } cases[] = {
        {import_git_perf, "", 0, 0},
        {import_git_perf, "0 name 17.5 3.5 os=linux\n\n", 1, 0}, /* its first version: blanks */
        {import_git_perf,
         "0\x1cname\x1c"
         "17.5\n",
         0, 1},
        {import_git_ratchet, "a,1\nb,2,3\r\n", 2, 0},
        {import_git_ratchet, "\"open,1\n", 0, 1},
        {import_git_ratchet, "a\n,5\na,x\n", 0, 3},
        {import_betterer, "exports[`a`] = { value: `7\n` };", 1, 0},
        {import_betterer, "exports[`a`] = { value: `{\"f\": [[1], [2]]}` };", 1, 0},
        {import_betterer, "exports[`a`] = { value: `{\"f\": 1}` };", 0, 1},
        {import_betterer, "exports[`a`] = { value: `[1]` };", 0, 1},
        {import_betterer, "exports[`a`] = { value: `7", 0, 1},
        {import_betterer, "exports[`a", 0, 1},
        {import_gh_benchmark, "{\"entries\": {}}", 0, 1},
        {import_gh_benchmark, "window.BENCHMARK_DATA = {\"entries\": {\"s\": [{}]}", 0, 1},
        {import_gh_benchmark,
         "{\"entries\": {\"s\": [{\"commit\": {\"id\": \"" COMMIT "\"}, \"benches\": "
         "[{\"name\": \"b\", \"value\": 1.5}, {\"name\": \"c\", \"value\": \"2\"}]}]}};",
         1, 1},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        size_t skipped = 0;
        assert_int_equal(points_of(cases[index].read, cases[index].text, &skipped),
                         cases[index].points);
        assert_int_equal(skipped, cases[index].skipped);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_names_that_meet_and_long_ones),
        cmocka_unit_test(test_what_is_skipped),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
