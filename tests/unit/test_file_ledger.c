/* The baseline file: what is kept of a measurement, what is refused, and the merge of two
 * versions. */
#include "check.h"

#include "ledger/file_ledger.h"

#define HEAD "{\"schema\": \"tidegate/ledger-file/1\", \"metrics\": ["
#define TAIL "], \"sources\": []}"
/* A file with one metric and these bars. */
#define BARS(bars)                                                                                 \
    HEAD "{\"key\": \"tests.total\", \"state\": \"ok\", \"value\": 7}], \"bars\": " bars "}"

struct desk {
    struct arena arena;
    struct names names;
    struct fault fault;
};

static void desk_open(struct desk *desk)
{
    memset(desk, 0, sizeof(*desk));
    arena_init(&desk->arena);
    names_init(&desk->names, &desk->arena);
}

static void desk_close(struct desk *desk)
{
    names_release(&desk->names);
    arena_release(&desk->arena);
}

static const struct name *name(struct desk *desk, const char *text)
{
    return text != NULL ? names_add(&desk->names, span_of(text)) : NULL;
}

static enum err try(struct desk *desk, struct file_ledger *file, const char *text)
{
    memset(&desk->fault, 0, sizeof(desk->fault));
    file_ledger_init(file, &desk->names);
    return file_ledger_read(file, span_of(text), &desk->fault);
}

/* ---- text ---- */

static void add_source(struct desk *desk, struct snapshot *snapshot, const char *path,
                       const char *version, uint64_t bytes)
{
    struct snapshot_source *source = vec_add(&snapshot->sources);
    source->path = name(desk, path);
    source->tool = name(desk, "gcov");
    source->tool_version = name(desk, version);
    source->bytes = bytes;
}

static void add_metric(struct desk *desk, struct snapshot *snapshot, const char *key,
                       struct value value)
{
    struct metric *metric = snapshot_add(snapshot);
    metric->key = name(desk, key);
    metric->value = value;
    metric->sources = 3;
}

/* Sizes, versions, commits and times differ in every run and would make every change a conflict. */
static void keeps_what_says_something(void **state)
{
    (void)state;
    struct desk desk;
    struct snapshot snapshot;
    struct policy policy;
    struct file_ledger file;
    struct buf text = {NULL, 0, 0};
    desk_open(&desk);
    snapshot_init(&snapshot, &desk.names);
    policy_init(&policy);
    file_ledger_init(&file, &desk.names);
    snapshot.commit = name(&desk, "1111111111111111111111111111111111111111");
    add_metric(&desk, &snapshot, "tests.time", value_decimal(decimal_make(1250, 3)));
    add_metric(&desk, &snapshot, "bundle.size", value_decimal(decimal_make(99, 0)));
    add_metric(&desk, &snapshot, "coverage.line", value_ratio(8, 10));
    add_source(&desk, &snapshot, "/work/b.info", "1.0", 10);
    add_source(&desk, &snapshot, "../../a.info", "1.0", 10);
    add_source(&desk, &snapshot, "a.info", "2.0", 11);
    struct rule *rule = vec_add(&policy.rules);
    rule->metric = name(&desk, "bundle.size");
    file_ledger_take(&file, &snapshot, &policy, (const char *const[]){"../..", "/work", NULL});
    file_ledger_write(&file, &text);
    check_text(&text, "{\n"
                      "  \"schema\": \"tidegate/ledger-file/1\",\n"
                      "  \"metrics\": [\n"
                      "    {\"key\": \"bundle.size\", \"state\": \"ok\", \"value\": \"99\"},\n"
                      "    {\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": "
                      "{\"covered\": 8, \"total\": 10}}\n"
                      "  ],\n"
                      "  \"sources\": [\n"
                      "    {\"path\": \"a.info\", \"tool\": \"gcov\", \"state\": \"ok\"},\n"
                      "    {\"path\": \"b.info\", \"tool\": \"gcov\", \"state\": \"ok\"}\n"
                      "  ]\n"
                      "}\n");
    file_ledger_release(&file);
    policy_release(&policy);
    snapshot_release(&snapshot);
    desk_close(&desk);
}

static void refuses_what_is_no_file(void **state)
{
    static const struct {
        const char *text;
        enum err err;
        uint64_t line;
    } cases[] = {
        {"", ERR_FORMAT, 1},
        {HEAD TAIL, ERR_FORMAT, 1}, /* no metric: an empty baseline would pass everything */
        {"{\"schema\": \"tidegate/snapshot/1\", \"metrics\": []}", ERR_FORMAT, 1},
        {"{\"schema\": \"tidegate/ledger-file/2\", \"metrics\": []}", ERR_UNUSABLE, 1},
        {HEAD "\n{\"key\": \"tests.total\", \"state\": \"ok\", \"value\": -1}" TAIL, ERR_FORMAT, 2},
        {HEAD "\n<<<<<<< ours\n" TAIL, ERR_CONFLICT, 2},
        {HEAD "\n\n=======\n" TAIL, ERR_CONFLICT, 3},
        {HEAD "\n||||||| base\n" TAIL, ERR_CONFLICT, 2},
        {HEAD TAIL "\n>>>>>>> theirs\n", ERR_CONFLICT, 2},
        {BARS("5"), ERR_FORMAT, 1},
        {BARS("[\n{\"key\": \"tests.total\"}]"), ERR_FORMAT, 2},
        {BARS("[{\"key\": \"coverage.files\", \"value\": 1}]"), ERR_FORMAT, 1},
        {BARS("[{\"key\": \"tests.total\", \"value\": 1, \"pending\": {\"entries\": 2}}]"),
         ERR_FORMAT, 1},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct desk desk;
        struct file_ledger file;
        desk_open(&desk);
        assert_int_equal(try(&desk, &file, cases[index].text), cases[index].err);
        assert_int_equal(desk.fault.line, cases[index].line);
        assert_int_equal(file.snapshot.metrics.count, 0);
        file_ledger_release(&file);
        desk_close(&desk);
    }
}

/* ---- merging ---- */

/* The text between the brackets of "metrics" after a merge of three such texts. */
static void check_merge(const char *base, const char *ours, const char *theirs, const char *wanted)
{
    const char *const texts[3] = {base, ours, theirs};
    struct desk desk;
    struct file_ledger files[3];
    struct file_ledger merged;
    struct file_ledger again;
    struct buf text = {NULL, 0, 0};
    struct buf other = {NULL, 0, 0};
    struct buf document = {NULL, 0, 0};
    desk_open(&desk);
    for (int side = 0; side < 3; side++) {
        file_ledger_init(&files[side], &desk.names);
        if (texts[side][0] != '\0') {
            buf_clear(&document);
            buf_add_format(&document, HEAD "%s" TAIL, texts[side]);
            assert_int_equal(file_ledger_read(&files[side], buf_span(&document), &desk.fault),
                             ERR_NONE);
        }
    }
    file_ledger_init(&merged, &desk.names);
    file_ledger_init(&again, &desk.names);
    bool done = file_ledger_merge(&files[0], &files[1], &files[2], &merged, &desk.fault);
    assert_int_equal(done, wanted != NULL);
    assert_int_equal(file_ledger_merge(&files[0], &files[2], &files[1], &again, &desk.fault), done);
    if (done) {
        file_ledger_write(&merged, &text);
        file_ledger_write(&again, &other);
        assert_string_equal(buf_text(&text), buf_text(&other));
        buf_clear(&document);
        file_ledger_release(&again);
        file_ledger_init(&again, &desk.names);
        buf_add_format(&document, HEAD "%s" TAIL, wanted);
        memset(&desk.fault, 0, sizeof(desk.fault));
        assert_int_equal(file_ledger_read(&again, buf_span(&document), &desk.fault), ERR_NONE);
        buf_clear(&other);
        file_ledger_write(&again, &other);
        assert_string_equal(buf_text(&text), buf_text(&other));
    }
    buf_release(&text);
    buf_release(&other);
    buf_release(&document);
    for (int side = 0; side < 3; side++) {
        file_ledger_release(&files[side]);
    }
    file_ledger_release(&merged);
    file_ledger_release(&again);
    desk_close(&desk);
}

#define LINE(covered, total)                                                                       \
    "{\"key\": \"coverage.line\", \"state\": \"ok\", \"value\": {\"covered\": " #covered           \
    ", \"total\": " #total "}}"
#define COUNT(key, value) "{\"key\": \"" key "\", \"state\": \"ok\", \"value\": " value "}"
#define TOTAL(value)      COUNT("tests.total", value)

static void adds_up(void **state)
{
    (void)state;
    check_merge(LINE(80, 100), LINE(90, 110), LINE(84, 105), LINE(94, 115));
    check_merge(LINE(80, 100), LINE(70, 90), LINE(80, 101), LINE(70, 91)); /* one side deletes */
    check_merge(TOTAL("10"), TOTAL("11"), TOTAL("11"), TOTAL("12"));       /* each adds a test */
    check_merge(COUNT("findings.error", "5"), COUNT("findings.error", "3"),
                COUNT("findings.error", "6"), COUNT("findings.error", "4"));
    check_merge(TOTAL("10"), TOTAL("10"), TOTAL("12"), TOTAL("12"));
}

/* Where a sum is impossible: what both sides have reached, which is the worse value. */
static void takes_the_worse(void **state)
{
    (void)state;
    check_merge(COUNT("findings.error", "5"), COUNT("findings.error", "1"),
                COUNT("findings.error", "2"), COUNT("findings.error", "2"));
    check_merge(TOTAL("10"), TOTAL("4"), TOTAL("5"), TOTAL("4"));
    check_merge(LINE(80, 100), LINE(10, 20), LINE(30, 90), LINE(30, 90));    /* -40 of 10 */
    check_merge(LINE(80, 100), LINE(90, 100), LINE(95, 100), LINE(90, 100)); /* 105 of 100 */
    check_merge(LINE(80, 100), LINE(4, 5), LINE(76, 95), LINE(76, 95)); /* nothing would be left */
    check_merge(COUNT("tests.time", "\"9\""), COUNT("tests.time", "\"8\""),
                COUNT("tests.time", "\"8.5\""), COUNT("tests.time", "\"8.5\""));
    check_merge(COUNT("own.size", "\"9\""), COUNT("own.size", "\"8\""), COUNT("own.size", "\"10\""),
                COUNT("own.size", "\"10\""));
    check_merge("", LINE(80, 100), LINE(90, 100), LINE(80, 100)); /* both made the file */
    check_merge("", LINE(8, 10), LINE(80, 100), LINE(80, 100));
    check_merge(TOTAL("9007199254740990"), TOTAL("9007199254740991"), TOTAL("9007199254740992"),
                TOTAL("9007199254740991")); /* 2^53 + 1 would be rounded by other readers */
}

static void comes_and_goes(void **state)
{
    (void)state;
    check_merge(TOTAL("1"), TOTAL("1") "," LINE(1, 2), TOTAL("2"), TOTAL("2") "," LINE(1, 2));
    check_merge(TOTAL("1") "," LINE(1, 2), TOTAL("1"), TOTAL("1") "," LINE(1, 2), TOTAL("1"));
    /* Taken away here, moved there: it stays, because somebody measures it. */
    check_merge(TOTAL("1") "," LINE(1, 2), TOTAL("1"), TOTAL("1") "," LINE(2, 3),
                TOTAL("1") "," LINE(2, 3));
    /* Metrics are told apart by their labels. */
    check_merge(TOTAL("1"),
                TOTAL("1") ",{\"key\": \"tests.total\", \"group\": \"e2e\", "
                           "\"state\": \"ok\", \"value\": 4}",
                TOTAL("3"),
                TOTAL("3") ",{\"key\": \"tests.total\", \"group\": \"e2e\", \"state\": \"ok\", "
                           "\"value\": 4}");
    /* A state without a value is worse than any value. */
    check_merge(TOTAL("1"), "{\"key\": \"tests.total\", \"state\": \"damaged\"}", TOTAL("3"),
                "{\"key\": \"tests.total\", \"state\": \"damaged\"}");
    check_merge(TOTAL("1"), "{\"key\": \"tests.total\", \"state\": \"partial\", \"value\": 2}",
                TOTAL("3"), "{\"key\": \"tests.total\", \"state\": \"partial\", \"value\": 2}");
    /* Numbers of one's own may change their kind; then a person has to look. */
    check_merge(COUNT("own.x", "1"), COUNT("own.x", "2"), COUNT("own.x", "\"3\""), NULL);
    /* Nothing left is no file. */
    check_merge(TOTAL("1") "," LINE(1, 2), TOTAL("1"), LINE(1, 2), NULL);
    check_merge(COUNT("own.x", "1"),
                "{\"key\": \"own.x\", \"state\": \"ok\", \"value\": 2, "
                "\"unit\": \"kB\"}",
                COUNT("own.x", "1"),
                "{\"key\": \"own.x\", \"state\": \"ok\", \"value\": 2, \"unit\": \"kB\"}");
    check_merge(COUNT("own.x", "1"),
                "{\"key\": \"own.x\", \"state\": \"ok\", \"value\": 1, \"unit\": \"kB\"}",
                "{\"key\": \"own.x\", \"state\": \"ok\", \"value\": 3, \"unit\": \"MB\"}",
                "{\"key\": \"own.x\", \"state\": \"ok\", \"value\": 3, \"unit\": \"MB\"}");
}

/* Reports are a set: what one side drops is dropped, what either adds is there. */
static void merges_the_reports(void **state)
{
    static const char *const texts[] = {"ab", "bc", "abd", "bcd"};
    struct desk desk;
    struct file_ledger files[5];
    (void)state;
    desk_open(&desk);
    for (int each = 0; each < 5; each++) {
        file_ledger_init(&files[each], &desk.names);
    }
    for (int each = 0; each < 4; each++) {
        for (const char *at = texts[each]; *at != '\0'; at++) {
            const char path[2] = {*at, '\0'};
            ((struct snapshot_source *)vec_add(&files[each].snapshot.sources))->path =
                name(&desk, path);
        }
        add_metric(&desk, &files[each].snapshot, "tests.total", value_count(1));
    }
    assert_true(file_ledger_merge(&files[0], &files[1], &files[2], &files[4], &desk.fault));
    assert_int_equal(files[4].snapshot.sources.count, 3);
    for (size_t index = 0; index < 3; index++) {
        const struct snapshot_source *source = vec_at(&files[4].snapshot.sources, index);
        assert_int_equal(name_text(source->path)[0], texts[3][index]);
    }
    for (int each = 0; each < 5; each++) {
        file_ledger_release(&files[each]);
    }
    desk_close(&desk);
}

/* ---- bars ---- */

/* The text between the brackets of "bars" after a merge of three such texts. */
static void check_bars(const char *base, const char *ours, const char *theirs, const char *wanted)
{
    const char *const texts[4] = {base, ours, theirs, wanted};
    struct desk desk;
    struct file_ledger files[6];
    struct buf written[3] = {{NULL, 0, 0}};
    desk_open(&desk);
    for (int each = 0; each < 4; each++) {
        struct buf document = {NULL, 0, 0};
        buf_add_format(&document, BARS("[%s]"), texts[each]);
        assert_int_equal(try(&desk, &files[each], buf_text(&document)), ERR_NONE);
        buf_release(&document);
    }
    file_ledger_init(&files[4], &desk.names);
    file_ledger_init(&files[5], &desk.names);
    assert_true(file_ledger_merge(&files[0], &files[1], &files[2], &files[4], &desk.fault));
    assert_true(file_ledger_merge(&files[0], &files[2], &files[1], &files[5], &desk.fault));
    for (int each = 0; each < 3; each++) {
        file_ledger_write(&files[3 + each], &written[each]);
        assert_string_equal(buf_text(&written[each]), buf_text(&written[0]));
    }
    for (int each = 0; each < 6; each++) {
        file_ledger_release(&files[each]);
    }
    for (int each = 0; each < 3; each++) {
        buf_release(&written[each]);
    }
    desk_close(&desk);
}

#define BAR(value)              "{\"key\": \"tests.total\", \"value\": " value "}"
#define BAR_OF(value, more)     "{\"key\": \"tests.total\", \"value\": " value ", " more "}"
#define PENDING(entries, value) "\"pending\": {\"entries\": " entries ", \"value\": " value "}"
#define OWN(value, more)                                                                           \
    "{\"key\": \"own.x\", \"better\": \"lower\", \"value\": " value ", " more "}"
#define WAIVER(day) "\"waiver\": {\"owner\": \"a\", \"until\": \"" day "\"}"
#define SHARE(covered, total)                                                                      \
    "{\"key\": \"coverage.line\", \"value\": {\"covered\": " #covered ", \"total\": " #total "}}"

static void bars_are_never_added_up(void **state)
{
    (void)state;
    check_bars(BAR("5"), BAR("6"), BAR("7"), BAR("7"));
    check_bars(BAR("5"), BAR("6"), BAR("6"), BAR("6"));
    check_bars(SHARE(8, 10), SHARE(9, 11), SHARE(10, 12), SHARE(10, 12));
    check_bars(SHARE(8, 10), SHARE(4, 5), SHARE(12, 15), SHARE(4, 5));
    check_bars(BAR("5"), BAR("5"), BAR_OF("3", WAIVER("2027-01-31")),
               BAR_OF("3", WAIVER("2027-01-31"))); /* a waiver on one side is heard */
    check_bars(BAR("5"), BAR("6"), BAR_OF("3", WAIVER("2027-01-31")), BAR("6"));
    check_bars(BAR("5"), BAR_OF("4", WAIVER("2027-01-31")), BAR_OF("4", WAIVER("2026-12-31")),
               BAR_OF("4", WAIVER("2026-12-31")));
    check_bars("", BAR("6"), BAR("7"), BAR("7"));
    check_bars("", BAR("6"), SHARE(1, 2), SHARE(1, 2) "," BAR("6"));
    check_bars(BAR("5"), "", BAR("7"), BAR("7")); /* taken away here, raised there */
    check_bars(BAR("5"), "", BAR("5"), "");
    check_bars(BAR("5"), BAR_OF("5", PENDING("2", "9")), BAR_OF("5", PENDING("1", "8")),
               BAR_OF("5", PENDING("1", "8")));
    check_bars(BAR("5"), BAR_OF("5", PENDING("2", "9")), BAR_OF("5", PENDING("2", "8")),
               BAR_OF("5", PENDING("2", "8")));
    check_bars(BAR("5"), BAR_OF("5", PENDING("2", "9")), BAR("8"), BAR("8"));
    check_bars("", "{\"key\": \"own.x\", \"better\": \"lower\", \"value\": 4}",
               "{\"key\": \"own.x\", \"better\": \"lower\", \"value\": 3}",
               "{\"key\": \"own.x\", \"better\": \"lower\", \"value\": 3}");
    check_bars(
        "", OWN("{\"covered\": 8, \"total\": 9}", PENDING("2", "{\"covered\": 2, \"total\": 4}")),
        OWN("{\"covered\": 8, \"total\": 9}", PENDING("2", "{\"covered\": 1, \"total\": 2}")),
        OWN("{\"covered\": 8, \"total\": 9}", PENDING("2", "{\"covered\": 1, \"total\": 2}")));
    /* Of different kinds: one of the two bars, with what is pending for that one. */
    check_bars(
        "", OWN("\"4.5\"", PENDING("2", "\"3.5\"")),
        OWN("{\"covered\": 2, \"total\": 9}", PENDING("2", "{\"covered\": 1, \"total\": 9}")),
        OWN("{\"covered\": 2, \"total\": 9}", PENDING("2", "{\"covered\": 1, \"total\": 9}")));
    check_bars("", "{\"key\": \"own.x\", \"better\": \"lower\", \"value\": 4}",
               "{\"key\": \"own.x\", \"better\": \"higher\", \"value\": 3}",
               "{\"key\": \"own.x\", \"better\": \"higher\", \"value\": 3}");
}

/* ---- for any three files ---- */

/* Numbers from a fixed seed (xorshift). */
static uint64_t random_below(uint64_t *seed, uint64_t most)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed % most;
}

static void fill(struct desk *desk, struct file_ledger *file, uint64_t *seed)
{
    static const char *const counts[] = {"tests.total", "findings.error", "coverage.files"};
    for (int each = 0; each < 3; each++) {
        if (random_below(seed, 4) > 0) {
            add_metric(desk, &file->snapshot, counts[each], value_count(random_below(seed, 5)));
        }
    }
    if (random_below(seed, 4) > 0) {
        uint64_t total = 1 + random_below(seed, 5);
        add_metric(desk, &file->snapshot, "coverage.line",
                   value_ratio(random_below(seed, total + 1), total));
    }
    add_metric(desk, &file->snapshot, "tests.time",
               value_decimal(decimal_make((int64_t)random_below(seed, 30), 1)));
    for (const char *path = "abc"; *path != '\0'; path++) {
        const char text[2] = {*path, '\0'};
        if (random_below(seed, 2) == 0) {
            ((struct snapshot_source *)vec_add(&file->snapshot.sources))->path = name(desk, text);
        }
    }
    snapshot_sort(&file->snapshot);
    if (random_below(seed, 4) > 0) {
        struct bar *bar = bars_put(&file->bars, name(desk, "tests.total"), NULL, NULL);
        bar->direction = DIRECTION_UP;
        bar->value = value_count(random_below(seed, 3));
        if (random_below(seed, 3) == 0) {
            bar->pending.entries = 1 + (uint32_t)random_below(seed, 2);
            bar->pending.value = value_count(bar->value.count + 1 + random_below(seed, 2));
        }
        if (random_below(seed, 3) == 0) {
            bar->waiver_owner = name(desk, random_below(seed, 2) == 0 ? "a" : "b");
            bar->waiver_until = 20270101 + (uint32_t)random_below(seed, 2);
        }
    }
}

static void merged_text(struct desk *desk, const struct file_ledger *base,
                        const struct file_ledger *ours, const struct file_ledger *theirs,
                        struct buf *out)
{
    struct file_ledger merged;
    file_ledger_init(&merged, &desk->names);
    assert_true(file_ledger_merge(base, ours, theirs, &merged, &desk->fault));
    file_ledger_write(&merged, out);
    file_ledger_release(&merged);
}

/* The sides may change places; a side that changed nothing leaves the other one as it is; and what
 * comes out can be read. */
static void holds_for_any_files(void **state)
{
    uint64_t seed = 20261120;
    (void)state;
    for (int turn = 0; turn < 3000; turn++) {
        struct desk desk;
        struct file_ledger files[3];
        struct file_ledger again;
        struct buf texts[5] = {{NULL, 0, 0}};
        desk_open(&desk);
        for (int side = 0; side < 3; side++) {
            file_ledger_init(&files[side], &desk.names);
            fill(&desk, &files[side], &seed);
        }
        merged_text(&desk, &files[0], &files[1], &files[2], &texts[0]);
        merged_text(&desk, &files[0], &files[2], &files[1], &texts[1]);
        assert_string_equal(buf_text(&texts[0]), buf_text(&texts[1]));
        merged_text(&desk, &files[0], &files[1], &files[0], &texts[2]);
        merged_text(&desk, &files[0], &files[0], &files[1], &texts[3]);
        file_ledger_write(&files[1], &texts[4]);
        assert_string_equal(buf_text(&texts[2]), buf_text(&texts[4]));
        assert_string_equal(buf_text(&texts[3]), buf_text(&texts[4]));
        assert_int_equal(try(&desk, &again, buf_text(&texts[0])), ERR_NONE);
        file_ledger_release(&again);
        for (int each = 0; each < 5; each++) {
            buf_release(&texts[each]);
        }
        for (int side = 0; side < 3; side++) {
            file_ledger_release(&files[side]);
        }
        desk_close(&desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_says_something),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(adds_up),
        cmocka_unit_test(takes_the_worse),
        cmocka_unit_test(comes_and_goes),
        cmocka_unit_test(merges_the_reports),
        cmocka_unit_test(bars_are_never_added_up),
        cmocka_unit_test(holds_for_any_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
