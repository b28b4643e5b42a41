/* The canonical text of a snapshot, and everything that must not pass for one. */
#include "base/limits.h"
#include "model/baseline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COMMIT "1111111111111111111111111111111111111111"
#define TREE   "2222222222222222222222222222222222222222"

/* One run: an arena, its names, and a snapshot. */
struct bench {
    struct arena arena;
    struct names names;
    struct snapshot snapshot;
    struct fault fault;
    struct buf text;
};

static void bench_open(struct bench *bench)
{
    memset(bench, 0, sizeof(*bench));
    arena_init(&bench->arena);
    names_init(&bench->names, &bench->arena);
    snapshot_init(&bench->snapshot, &bench->names);
}

static void bench_close(struct bench *bench)
{
    buf_release(&bench->text);
    snapshot_release(&bench->snapshot);
    names_release(&bench->names);
    arena_release(&bench->arena);
}

static const struct name *name(struct bench *bench, const char *text)
{
    return text != NULL ? names_add(&bench->names, span_of(text)) : NULL;
}

static struct metric *metric(struct bench *bench, const char *key, const char *group,
                             const char *component)
{
    struct metric *added = snapshot_add(&bench->snapshot);
    added->key = name(bench, key);
    added->group = name(bench, group);
    added->component = name(bench, component);
    return added;
}

static void source(struct bench *bench, const char *path, const char *group, uint64_t bytes)
{
    struct snapshot_source *added = vec_add(&bench->snapshot.sources);
    added->path = name(bench, path);
    added->group = name(bench, group);
    added->bytes = bytes;
}

/* ---- writing ---- */

static void text_is_canonical(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    bench.snapshot.commit = name(&bench, COMMIT);
    bench.snapshot.tree = name(&bench, TREE);
    *metric(&bench, "tests.time", NULL, NULL) =
        (struct metric){.key = name(&bench, "tests.time"),
                        .value = value_decimal(decimal_make(1250, 3)),
                        .sources = 1};
    struct metric *line = metric(&bench, "coverage.line", "unit", "api");
    line->value = value_ratio(8, 10);
    line->state = STATE_PARTIAL;
    line->sources = 2;
    struct metric *lost = metric(&bench, "coverage.line", NULL, NULL);
    lost->state = STATE_DAMAGED;
    lost->value = value_ratio(1, 1); /* means nothing in this state, so it is not written */
    struct metric *size = metric(&bench, "size", NULL, NULL);
    size->value = value_decimal(decimal_make(-12, 0));
    size->unit = name(&bench, "kB");
    source(&bench, "b.xml", NULL, 7);
    source(&bench, "a.info", "unit", 123);
    struct snapshot_source *full = vec_at(&bench.snapshot.sources, 1);
    full->format = name(&bench, "lcov");
    full->tool = name(&bench, "");
    full->tool_version = name(&bench, "1.\xff\x1b");
    full->state = STATE_PARTIAL;
    snapshot_sort(&bench.snapshot);
    snapshot_write(&bench.snapshot, &bench.text);
    assert_string_equal(
        buf_text(&bench.text),
        "{\n"
        "  \"schema\": \"tidegate/snapshot/1\",\n"
        "  \"commit\": \"" COMMIT "\",\n"
        "  \"tree\": \"" TREE "\",\n"
        "  \"metrics\": [\n"
        "    {\"key\": \"coverage.line\", \"state\": \"damaged\", \"sources\": 0},\n"
        "    {\"key\": \"coverage.line\", \"group\": \"unit\", \"component\": \"api\", \"state\": "
        "\"partial\", \"value\": {\"covered\": 8, \"total\": 10}, \"sources\": 2},\n"
        "    {\"key\": \"size\", \"state\": \"ok\", \"value\": \"-12\", \"unit\": \"kB\", "
        "\"sources\": 0},\n"
        "    {\"key\": \"tests.time\", \"state\": \"ok\", \"value\": \"1.25\", \"sources\": 1}\n"
        "  ],\n"
        "  \"sources\": [\n"
        "    {\"path\": \"a.info\", \"group\": \"unit\", \"format\": \"lcov\", \"tool_version\": "
        "\"1.\xef\xbf\xbd\\u001b\", \"state\": \"partial\", \"bytes\": 123},\n"
        "    {\"path\": \"b.xml\", \"state\": \"ok\", \"bytes\": 7}\n"
        "  ]\n"
        "}\n");
    bench_close(&bench);
}

static void order_of_adding_does_not_matter(void **state)
{
    (void)state;
    static const char *const groups[] = {NULL, "a", "b", "unit"};
    struct bench bench[2];
    for (unsigned turn = 0; turn < 2; turn++) {
        bench_open(&bench[turn]);
        for (unsigned index = 0; index < 4; index++) {
            unsigned at = turn == 0 ? index : 3 - index;
            metric(&bench[turn], "tests.total", groups[at], NULL)->value = value_count(at);
            source(&bench[turn], "same.xml", groups[at], at);
            source(&bench[turn], "same.xml", "twice", at);
        }
        snapshot_sort(&bench[turn].snapshot);
        snapshot_write(&bench[turn].snapshot, &bench[turn].text);
    }
    assert_string_equal(buf_text(&bench[0].text), buf_text(&bench[1].text));
    bench_close(&bench[0]);
    bench_close(&bench[1]);
}

static void metrics_are_found_by_labels(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    const char *const keys[] = {"tests.total", "coverage.line", "tests.failed", "a"};
    for (unsigned index = 0; index < 4; index++) {
        metric(&bench, keys[index], NULL, NULL)->value = value_count(index);
        metric(&bench, keys[index], "unit", NULL)->value = value_count(10 + index);
        metric(&bench, keys[index], "unit", "api")->value = value_count(20 + index);
    }
    snapshot_sort(&bench.snapshot);
    const struct name *unit = name(&bench, "unit");
    const struct name *key = name(&bench, "coverage.line");
    assert_int_equal(snapshot_find(&bench.snapshot, key, NULL, NULL)->value.count, 1);
    assert_int_equal(snapshot_find(&bench.snapshot, key, unit, NULL)->value.count, 11);
    assert_int_equal(snapshot_find(&bench.snapshot, key, unit, name(&bench, "api"))->value.count,
                     21);
    assert_null(snapshot_find(&bench.snapshot, key, NULL, name(&bench, "api")));
    assert_null(snapshot_find(&bench.snapshot, name(&bench, "z"), NULL, NULL));
    bench_close(&bench);
}

/* ---- reading ---- */

static enum err read_text(struct bench *bench, struct span text)
{
    bench_open(bench);
    return snapshot_read(&bench->snapshot, text, &bench->fault);
}

/* Reads and writes again: the same bytes. */
static void reads_back(const char *text)
{
    struct bench bench;
    assert_int_equal(read_text(&bench, span_of(text)), ERR_NONE);
    snapshot_write(&bench.snapshot, &bench.text);
    assert_string_equal(buf_text(&bench.text), text);
    bench_close(&bench);
}

#define START   "{\n  \"schema\": \"tidegate/snapshot/1\",\n"
#define METRICS "  \"metrics\": [\n"
#define GOOD    "    {\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": 0, \"sources\": 1}"
#define END     "\n  ],\n  \"sources\": []\n}\n"
/* A document with one metric whose inner text is given; the metric stands in line 4. */
#define ONE(metric) START METRICS "    {" metric "}" END

static void canonical_text_reads_back(void **state)
{
    (void)state;
    reads_back(START METRICS GOOD END);
    reads_back(START
               "  \"commit\": \"" COMMIT "\",\n  \"tree\": \"" TREE "\",\n" METRICS GOOD
               ",\n    {\"key\": \"tests.failed\", \"group\": \"e2e\", \"state\": \"missing\", "
               "\"sources\": 0}" END);
    reads_back(ONE("\"key\": \"x.y\", \"state\": \"ok\", \"value\": \"-0.5\", \"sources\": 0"));
    reads_back(
        ONE("\"key\": \"x\", \"state\": \"stale\", \"value\": {\"covered\": 0, \"total\": 0}, "
            "\"sources\": 0"));
    reads_back(ONE("\"key\": \"tests.total\", \"state\": \"ok\", \"value\": 9007199254740992, "
                   "\"sources\": 4294967295"));
    reads_back(
        START METRICS GOOD
        "\n  ],\n  \"sources\": [\n    {\"path\": \"a\\u001b[2J\", \"group\": \"g\", "
        "\"format\": \"junit\", \"tool\": \"t\", \"tool_version\": \"1\", \"state\": \"ok\", "
        "\"bytes\": 5}\n  ]\n}\n");
}

static void accepts(const char *text)
{
    struct bench bench;
    assert_int_equal(read_text(&bench, span_of(text)), ERR_NONE);
    assert_int_equal(bench.snapshot.metrics.count, 1);
    const struct metric *found = vec_at(&bench.snapshot.metrics, 0);
    assert_int_equal(found->value.count, 0);
    assert_int_equal(found->state, STATE_OK);
    bench_close(&bench);
}

static void harmless_differences_are_accepted(void **state)
{
    (void)state;
    accepts("\xef\xbb\xbf" START METRICS GOOD END);
    accepts(START "\"future\": {\"deep\": [1, {\"x\": null}]},\n" METRICS GOOD END);
    accepts(ONE("\"key\": \"tests.failed\", \"new\": [0], \"state\": \"ok\", \"value\": 0"));
    accepts("{\"metrics\":[{\"value\":0,\"state\":\"ok\",\"key\":\"tests.failed\"}],"
            "\"schema\":\"tidegate/snapshot/1\"}");
}

struct refusal {
    const char *text;
    enum fault_kind kind;
    uint64_t line;      /* 0: any */
    const char *needle; /* in the fault's text */
};

static void refuses(const struct refusal *refusal, enum err expected)
{
    struct bench bench;
    enum err err = read_text(&bench, span_of(refusal->text));
    if (err != expected || bench.fault.kind != refusal->kind ||
        (refusal->line != 0 && bench.fault.line != refusal->line) ||
        strstr(bench.fault.text, refusal->needle) == NULL) {
        fail_msg("err %d, kind %d, %llu:%llu, \"%s\" for:\n%.300s", (int)err, (int)bench.fault.kind,
                 (unsigned long long)bench.fault.line, (unsigned long long)bench.fault.column,
                 bench.fault.text, refusal->text);
    }
    assert_int_equal(bench.snapshot.metrics.count, 0);
    assert_int_equal(bench.snapshot.sources.count, 0);
    assert_null(bench.snapshot.commit);
    bench_close(&bench);
}

static void broken_documents_are_refused(void **state)
{
    (void)state;
    static const struct refusal cases[] = {
        {"", FAULT_EMPTY, 0, ""},
        {"\n \n", FAULT_EMPTY, 0, ""},
        {START METRICS "    {\"key\": \"tests.fai", FAULT_TRUNCATED, 4, ""},
        {START METRICS GOOD "\n  ],\n  \"sources\": []\n", FAULT_TRUNCATED, 0, ""},
        {"null", FAULT_SYNTAX, 1, "object"},
        {"[]", FAULT_SYNTAX, 1, "object"},
        {"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", FAULT_SYNTAX, 1, "conflict"},
        {START METRICS "<<<<<<< HEAD\n" GOOD "\n=======\n" GOOD "\n>>>>>>> other\n" END,
         FAULT_SYNTAX, 4, ""},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:11\nsize 9\n", FAULT_SYNTAX, 1,
         "LFS"},
        {"../elsewhere/snapshot.json", FAULT_SYNTAX, 1, ""},
        {START METRICS GOOD END "{}", FAULT_SYNTAX, 8, ""},
        {START "\"schema\": \"tidegate/snapshot/1\",\n" METRICS GOOD END, FAULT_DUPLICATE, 3, ""},
        {"{\"metrics\": []}", FAULT_SYNTAX, 1, "schema"},
        {"{\"schema\": 1}", FAULT_SYNTAX, 1, "schema"},
        {"{\"schema\": \"tidegate/snapshot/0\"}", FAULT_SYNTAX, 1, "schema"},
        {"{\"schema\": \"tidegate/snapshot/1a\"}", FAULT_SYNTAX, 1, "schema"},
        {"{\"schema\": \"other/1\"}", FAULT_SYNTAX, 1, "schema"},
        {START "  \"sources\": []\n}\n", FAULT_SYNTAX, 0, "no \"metrics\""},
        {START "  \"metrics\": [],\n  \"sources\": []\n}\n", FAULT_SYNTAX, 0, "no metric"},
        {START "  \"metrics\": {\"tests.failed\": 0}\n}\n", FAULT_SYNTAX, 3, "array"},
        {START "  \"metrics\": null\n}\n", FAULT_SYNTAX, 3, "array"},
        {START METRICS "    7" END, FAULT_SYNTAX, 4, "object"},
        {START METRICS GOOD "\n  ],\n  \"sources\": 1\n}\n", FAULT_SYNTAX, 6, "array"},
        {START METRICS GOOD "\n  ],\n  \"sources\": [1]\n}\n", FAULT_SYNTAX, 6, "object"},
        {START METRICS GOOD "\n  ],\n  \"sources\": [{\"path\": \"a\"}]\n}\n", FAULT_SYNTAX, 6,
         "state"},
        {START METRICS GOOD "\n  ],\n  \"sources\": [{\"path\": \"\", \"state\": \"ok\"}]\n}\n",
         FAULT_SYNTAX, 6, "path"},
        {START "  \"commit\": \"HEAD; rm -rf x\",\n" METRICS GOOD END, FAULT_SYNTAX, 3, "id"},
        {START "  \"commit\": \"0000000000000000000000000000000000000000\",\n" METRICS GOOD END,
         FAULT_SYNTAX, 3, "zero"},
        {START "  \"tree\": \"ABCDEF1111111111111111111111111111111111\",\n" METRICS GOOD END,
         FAULT_SYNTAX, 3, "id"},
    };
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        refuses(&cases[index], ERR_FORMAT);
    }
}

static void broken_metrics_are_refused(void **state)
{
    (void)state;
    static const struct refusal cases[] = {
        {ONE("\"state\": \"ok\", \"value\": 0"), FAULT_SYNTAX, 4, "key"},
        {ONE("\"key\": 7, \"state\": \"ok\", \"value\": 0"), FAULT_SYNTAX, 4, "key"},
        {ONE("\"key\": \"a\\n::error::x\", \"state\": \"ok\", \"value\": 0"), FAULT_SYNTAX, 4,
         "key"},
        {ONE("\"key\": \"__proto__\", \"state\": \"ok\", \"value\": 0"), FAULT_SYNTAX, 4, "key"},
        {ONE("\"key\": \"tests.failed\", \"value\": 0"), FAULT_SYNTAX, 4, "state"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"fine\", \"value\": 0"), FAULT_SYNTAX, 4,
         "state"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\""), FAULT_SYNTAX, 4, "no value"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"missing\", \"value\": 0"), FAULT_SYNTAX, 4,
         "although"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": null"), FAULT_SYNTAX, 4,
         "value"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": -1"), FAULT_SYNTAX, 4,
         "integer"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": 1.0"), FAULT_SYNTAX, 4,
         "integer"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": 9007199254740993"),
         FAULT_SYNTAX, 4, "2^53"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": 1e999"), FAULT_SYNTAX, 4,
         "integer"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": \"0\""), FAULT_SYNTAX, 4,
         "kind"},
        {ONE("\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": 80"), FAULT_SYNTAX, 4,
         "kind"},
        {ONE("\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": \"NaN\""), FAULT_SYNTAX, 4,
         "decimal"},
        {ONE("\"key\": \"x\", \"state\": \"ok\", \"value\": \"Infinity\""), FAULT_SYNTAX, 4,
         "decimal"},
        {ONE("\"key\": \"x\", \"state\": \"ok\", \"value\": \"79.99999999999999999999\""),
         FAULT_SYNTAX, 4, "nine places"},
        {ONE("\"key\": \"tests.time\", \"state\": \"ok\", \"value\": \"-1\""), FAULT_SYNTAX, 4,
         "below zero"},
        {ONE("\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": {\"covered\": 101, "
             "\"total\": 100}"),
         FAULT_SYNTAX, 4, "more is covered"},
        {ONE("\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": {\"covered\": -1, "
             "\"total\": 100}"),
         FAULT_SYNTAX, 4, "integer"},
        {ONE("\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": {\"covered\": 0, "
             "\"total\": 0}"),
         FAULT_SYNTAX, 4, "0 of 0"},
        {ONE("\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": {\"covered\": 1}"),
         FAULT_SYNTAX, 4, "total"},
        {ONE("\"key\": \"tests.failed\", \"group\": \"\", \"state\": \"ok\", \"value\": 0"),
         FAULT_SYNTAX, 4, "group"},
        {ONE("\"key\": \"tests.failed\", \"component\": 1, \"state\": \"ok\", \"value\": 0"),
         FAULT_SYNTAX, 4, "component"},
        {ONE("\"key\": \"tests.failed\", \"state\": \"ok\", \"value\": 0, \"sources\": 4294967296"),
         FAULT_SYNTAX, 4, "2^32"},
        {ONE("\"key\": \"tests.failed\", \"key\": \"tests.total\", \"state\": \"ok\", \"value\": "
             "0"),
         FAULT_DUPLICATE, 4, ""},
        {START METRICS GOOD ",\n" GOOD END, FAULT_DUPLICATE, 5, "first in line 4"},
    };
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        refuses(&cases[index], ERR_FORMAT);
    }
}

static void newer_versions_are_called_newer(void **state)
{
    (void)state;
    static const struct refusal newer = {
        "{\"schema\": \"tidegate/snapshot/2\", \"metrics\": {\"other\": \"shape\"}}", FAULT_SYNTAX,
        1, "newer"};
    refuses(&newer, ERR_UNUSABLE);
}

static void ceilings_hold(void **state)
{
    (void)state;
    struct bench bench;
    struct buf text = {NULL, 0, 0};
    buf_add_text(&text, START METRICS);
    for (uint64_t index = 0; index <= LIMIT_SNAPSHOT_METRICS; index++) {
        buf_add_format(&text, "%s{\"key\": \"m%d\", \"state\": \"ok\", \"value\": 1}",
                       index > 0 ? ",\n" : "", (int)index);
    }
    buf_add_text(&text, END);
    assert_int_equal(read_text(&bench, buf_span(&text)), ERR_FORMAT);
    assert_int_equal(bench.fault.kind, FAULT_LIMIT);
    assert_int_equal(bench.fault.line, 4 + LIMIT_SNAPSHOT_METRICS);
    bench_close(&bench);

    buf_clear(&text);
    buf_add_text(&text, START "\"deep\": ");
    buf_add_repeat(&text, '[', LIMIT_JSON_DEPTH + 10);
    assert_int_equal(read_text(&bench, buf_span(&text)), ERR_FORMAT);
    assert_int_equal(bench.fault.kind, FAULT_LIMIT);
    assert_int_equal(bench.fault.line, 3);
    bench_close(&bench);
    buf_release(&text);

    static const char byte = '{';
    assert_int_equal(read_text(&bench, span_make(&byte, (size_t)LIMIT_SNAPSHOT_BYTES + 1)),
                     ERR_FORMAT); /* refused by its size, never looked at */
    assert_int_equal(bench.fault.kind, FAULT_LIMIT);
    bench_close(&bench);
}

static void matches_have_words(void **state)
{
    (void)state;
    assert_string_equal(baseline_match_text(MATCH_COMMIT), "commit");
    assert_string_equal(baseline_match_text(MATCH_TREE), "tree");
    assert_string_equal(baseline_match_text(MATCH_NEWEST), "newest");
    assert_string_equal(baseline_match_text(MATCH_FILE), "file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_canonical),
        cmocka_unit_test(order_of_adding_does_not_matter),
        cmocka_unit_test(metrics_are_found_by_labels),
        cmocka_unit_test(canonical_text_reads_back),
        cmocka_unit_test(harmless_differences_are_accepted),
        cmocka_unit_test(broken_documents_are_refused),
        cmocka_unit_test(broken_metrics_are_refused),
        cmocka_unit_test(newer_versions_are_called_newer),
        cmocka_unit_test(ceilings_hold),
        cmocka_unit_test(matches_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
