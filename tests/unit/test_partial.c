/* Partial snapshots: what is written comes back as it was, and nothing else comes back. */
#include "base/gzip_write.h"
#include "base/hash.h"
#include "collectors/collectors.h"
#include "measure/measure.h"
#include "measure/partial_write.h"
#include "model/part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* ---- a run ---- */

struct fixture {
    struct arena arena;
    struct names names;
    struct vec reports; /* struct report * */
    struct sink sink;
};

static void set_up(struct fixture *fixture)
{
    arena_init(&fixture->arena);
    names_init(&fixture->names, &fixture->arena);
    vec_init(&fixture->reports, sizeof(struct report *));
}

static void close_reports(struct vec *reports)
{
    for (size_t at = 0; at < reports->count; at++) {
        report_close(*(struct report **)vec_at(reports, at));
    }
    vec_release(reports);
}

static void tear_down(struct fixture *fixture)
{
    close_reports(&fixture->reports);
    names_release(&fixture->names);
    arena_release(&fixture->arena);
}

static struct sink *begin(struct fixture *fixture, const char *path, const char *group)
{
    struct report *report = report_open(&fixture->names, span_of(path));
    report->group = group != NULL ? names_add(&fixture->names, span_of(group)) : NULL;
    report->format = "lcov";
    report->possible = FAMILY_COVERAGE;
    report->bytes = 1234;
    report->digest = (struct hash128){5, 1000 + fixture->reports.count};
    report->modified = 1790000000;
    *(struct report **)vec_add(&fixture->reports) = report;
    sink_init(&fixture->sink, report, &fixture->names);
    return &fixture->sink;
}

static void take_lines(void *self, struct span lines)
{
    buf_add(self, lines);
}

static void write_all(const struct vec *reports, struct buf *out)
{
    buf_clear(out);
    const struct partial_origin origin = {.work_tree = SPAN("/work/tree")};
    partial_write(reports, &origin, (struct partial_out){take_lines, out});
}

static struct report *read_as(struct fixture *fixture, struct span text, const char *format)
{
    struct input *input = input_open_memory(text);
    const struct collector *collector = collectors_find(span_of(format));
    struct report *report = collectors_read(&fixture->names, SPAN("all.partial"), input, collector);
    input_close(input);
    return report;
}

/* By its content. */
static struct report *read_back(struct fixture *fixture, struct span text)
{
    return read_as(fixture, text, "");
}

static void result_of(struct fixture *fixture, const struct vec *reports, struct buf *out)
{
    struct snapshot snapshot;
    struct measure_paths paths;
    struct policy policy;
    struct diags diags;
    struct vec tracked;
    vec_init(&tracked, sizeof(const struct name *));
    *(const struct name **)vec_add(&tracked) = names_add(&fixture->names, SPAN("src/a.c"));
    struct repo_paths *index = repo_paths_open(&fixture->names, &tracked, SPAN("/work/tree"));
    snapshot_init(&snapshot, &fixture->names);
    policy_init(&policy);
    diags_init(&diags, &fixture->names);
    measure_reports(reports, NULL, &policy, index, &snapshot, &paths, &diags);
    buf_clear(out);
    snapshot_write(&snapshot, out);
    size_t errors = 0;
    size_t warnings = 0;
    for (size_t at = 0; at < reports->count; at++) {
        const struct report *report = *(struct report *const *)vec_at(reports, at);
        errors += report->diags.errors;
        warnings += report->diags.warnings;
    }
    buf_add_format(out, "%zu errors, %zu warnings\n", errors, warnings);
    measure_paths_release(&paths);
    diags_release(&diags);
    policy_release(&policy);
    snapshot_release(&snapshot);
    repo_paths_close(index);
    vec_release(&tracked);
}

/* Writes, reads, compares all results, and writes again. */
static void assert_round_trip(struct fixture *fixture)
{
    struct buf first;
    struct buf again;
    struct buf wanted;
    struct buf found;
    struct vec parts;
    buf_init(&first);
    buf_init(&again);
    buf_init(&wanted);
    buf_init(&found);
    vec_init(&parts, sizeof(struct report *));
    write_all(&fixture->reports, &first);
    struct report *whole = read_back(fixture, buf_span(&first));
    assert_int_equal(diags_count(&whole->diags), 0);
    assert_int_equal(whole->state, STATE_OK);
    assert_string_equal(whole->format, "partial");
    assert_int_equal(report_add_to(whole, &parts), fixture->reports.count);
    result_of(fixture, &fixture->reports, &wanted);
    result_of(fixture, &parts, &found);
    assert_string_equal(buf_text(&found), buf_text(&wanted));
    write_all(&parts, &again);
    assert_string_equal(buf_text(&again), buf_text(&first));
    close_reports(&parts);
    buf_release(&first);
    buf_release(&again);
    buf_release(&wanted);
    buf_release(&found);
}

/* ---- coverage as text ---- */

static const char *text_of(const struct coverage *coverage, enum coverage_text kind,
                           struct buf *out)
{
    uint64_t from = 0;
    buf_clear(out);
    coverage_text_write(coverage, kind, &from, out);
    return buf_text(out);
}

static void coverage_texts(void **state)
{
    (void)state;
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out);
    struct coverage *coverage = coverage_new(&arena);
    coverage_add_line(coverage, 0, true);
    coverage_add_line(coverage, 3, true);
    coverage_add_line(coverage, 4, true);
    coverage_add_line(coverage, 5, false);
    coverage_add_line(coverage, 2000, false);
    coverage_add_branch(coverage, 12, 0, 0, true);
    coverage_add_branch(coverage, 12, 0, 1, false);
    coverage_add_branch(coverage, 15, 1, 2, false);
    coverage_add_hashed(coverage, 7, 0xab, true);
    coverage_add_branches(coverage, 9, 1, 2);
    coverage_add_branches(coverage, 11, 0, 4);
    coverage_add_function_word(coverage, UINT64_C(0x10) << FUNCTION_SHIFT);
    coverage_add_function_word(coverage, UINT64_C(0x21) << FUNCTION_SHIFT | 1);
    coverage_settle(coverage);
    assert_string_equal(text_of(coverage, COVERAGE_TEXT_LINES, &out),
                        "EFIkDAAAAAAAAA6AAgAAAAAAAg1A");
    assert_string_equal(text_of(coverage, COVERAGE_TEXT_BRANCHES, &out), "BFINAzCgE");
    assert_string_equal(text_of(coverage, COVERAGE_TEXT_HASHED, &out), "CDwtKAAAAAB");
    assert_string_equal(text_of(coverage, COVERAGE_TEXT_COUNTS, &out), "BFgTW0A");
    assert_string_equal(text_of(coverage, COVERAGE_TEXT_FUNCTIONS, &out), "EFQABB");
    buf_release(&out);
    arena_release(&arena);
}

static bool readable(enum coverage_text kind, const char *text, struct coverage_room room)
{
    struct arena arena;
    arena_init(&arena);
    struct coverage *coverage = coverage_new(&arena);
    bool fine = coverage_text_read(coverage, kind, span_of(text), &room);
    coverage_settle(coverage);
    arena_release(&arena);
    return fine;
}

static void coverage_texts_that_are_none(void **state)
{
    (void)state;
    static const struct {
        enum coverage_text kind;
        const char *good, *bad[8];
    } cases[] = {
        /* beyond the last line, a word without code, runs that are too long or too short, text
         * behind the end, no row, an order that is too high, cut */
        {COVERAGE_TEXT_LINES,
         "RDw__PAAAAAAAAAAcA",
         {"RDQAAwAAAAAAAAAAYA", "ADIAAAAAAAAAAMA", "ADoBAAAAAAAAAsA", "ADoBAAAAAAAAAMA",
          "ADoBAAAAAAAAAcAAA", "ABA", "xDYAAAAAAAgAAAAAAAAAAYA", "ADoBAAAAAAAA"}},
        {COVERAGE_TEXT_LINES,
         "ADoBAAAAAAAAAcA",
         {"ADoBAAAAAAAAAcC", "ADoBAAAAAAAA=cA", " ADoBAAAAAAAAAcA", "ADoBAAAAAAAAAcA\n", "A", "AD",
          "A.", "="}},
        {COVERAGE_TEXT_BRANCHES,
         "XDo___f_7BAA",
         {"XDgAAAgB", "AFgC", "XDo___f_7BA", "XDo___f_7BAAA", "XDo___f_7B", "X", "XD",
          "XDo+__f_7BAA"}},
        {COVERAGE_TEXT_HASHED,
         "XDw___v______P",
         {"XDQAAAwAAAAAAI", "ADQBAAAAA", "XDw___v______", "XDw___v______f", "ABA", "!", "AD",
          "ADQ"}},
        {COVERAGE_TEXT_COUNTS,
         "AFQVAAAAADAAAAAAAAAwAAAAAA",
         {"ADQL", "ADQAAAAAKAAAAQ", "XDQAAAQJ", "AFQVAAAAADAAAAAAAAAwAAAAA", "AFQV", "ABA", "AF",
          "A"}},
        {COVERAGE_TEXT_FUNCTIONS,
         "nDw______L",
         {"nDQAAAAAAM", "wF4________________B", "nDw______", "nDw______LA", "nDw______b", "ABA",
          "nD", "n"}},
    };
    const struct coverage_room room = {512, 2};
    for (size_t at = 0; at < sizeof(cases) / sizeof(cases[0]); at++) {
        assert_true(readable(cases[at].kind, cases[at].good, room));
        for (size_t bad = 0; bad < sizeof(cases[0].bad) / sizeof(cases[0].bad[0]); bad++) {
            assert_false(readable(cases[at].kind, cases[at].bad[bad], room));
        }
        /* A few bytes cannot ask for any amount of memory. */
        assert_false(readable(cases[at].kind, cases[at].good, (struct coverage_room){511, 0}));
    }
}

/* ---- whole snapshots ---- */

static void every_fact_comes_back(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct sink *sink = begin(&fixture, "cov/lcov.info", "unit");
    sink_tool(sink, SPAN("gcov"), SPAN("12.2"));
    sink_source_root(sink, SPAN("/work/tree/src"));
    sink_file(sink, SPAN("a.c"));
    for (uint64_t line = 1; line < 3000; line++) {
        sink_line(sink, line, line % 7 == 0);
        sink_branch(sink, line, line % 3, line % 5, line % 2);
    }
    sink_branch(sink, 5, 1000, 0, 1);
    sink_branch_named(sink, 6, SPAN("jump to exit"), 0);
    sink_branches(sink, 8, 1, 2);
    sink_function(sink, SPAN("main"), 1);
    sink_function(sink, SPAN("other"), 0);
    sink_file(sink, SPAN("bad\xff\x00name.c"));
    sink_line(sink, 1, 1);
    sink_file(sink, SPAN(""));
    sink_note(sink, DIAG_REPORT_VALUE, 4, SPAN("odd"));
    sink_close(sink);
    sink = begin(&fixture, "junit.xml", NULL);
    sink_test(sink, &(struct test_in){.name = SPAN("one"), .time = decimal_make(125, 2)});
    sink_test(sink, &(struct test_in){.suite = SPAN("s"),
                                      .class_name = SPAN("c\nd"),
                                      .name = SPAN("two"),
                                      .file = SPAN("t.py"),
                                      .message = SPAN("was \"1\""),
                                      .outcome = TEST_FAILED | TEST_ERROR,
                                      .line = 9});
    sink_suite_error(sink, SPAN("s"), SPAN("set-up broke"), 3);
    sink_close(sink);
    sink = begin(&fixture, "scan.sarif", "unit");
    for (int repeat = 0; repeat < 3; repeat++) {
        sink_finding(sink, &(struct finding_in){.path = SPAN("src/a.c"),
                                                .rule = SPAN("r"),
                                                .message = SPAN("m"),
                                                .package = SPAN("p"),
                                                .version = SPAN("1"),
                                                .fixed_version = SPAN("2"),
                                                .line = 3,
                                                .column = 4,
                                                .level = LEVEL_ERROR,
                                                .band = BAND_HIGH});
    }
    sink_finding(sink, &(struct finding_in){.level = LEVEL_NOTE, .suppressed = true});
    for (int repeat = 0; repeat < 25; repeat++) {
        sink_drop(sink, DIAG_REPORT_VALUE, 4, SPAN("odd"));
    }
    sink_close(sink);
    sink = begin(&fixture, "size.json", NULL);
    sink_number(sink, SPAN("bundle.size"), decimal_make(-1250, 2), SPAN("kB"));
    sink_close(sink);
    sink = begin(&fixture, "cut.xml", "e2e");
    sink_refuse(sink, DIAG_INPUT_TRUNCATED, 7, 8, SPAN("cut"));
    sink_close(sink);
    sink_families(begin(&fixture, "empty.txt", NULL), FAMILY_FINDINGS, false);
    sink_close(&fixture.sink);
    sink = begin(&fixture, "gone/*.xml", NULL);
    sink_close(sink);
    sink->report->state = STATE_MISSING;
    sink->report->format = NULL;
    assert_round_trip(&fixture);

    /* And some of what no metric shows. */
    struct buf text;
    buf_init(&text);
    write_all(&fixture.reports, &text);
    struct report *whole = read_back(&fixture, buf_span(&text));
    const struct report *cut = *(struct report **)vec_at(&whole->parts, 1);
    assert_string_equal(name_text(cut->path), "cut.xml");
    assert_string_equal(name_text(cut->work_tree), "/work/tree");
    assert_int_equal(cut->state, STATE_DAMAGED);
    assert_int_equal(cut->modified, 1790000000);
    assert_int_equal(diags_at(&cut->diags, 0)->column, 8);
    const struct report *junit = *(struct report **)vec_at(&whole->parts, 4);
    const struct test_detail *two = vec_at(&junit->tests.details, 0);
    assert_string_equal(name_text(two->class_name), "c\nd");
    assert_string_equal(name_text(two->message), "was \"1\"");
    assert_int_equal(two->outcome, TEST_FAILED | TEST_ERROR);
    report_close(whole);
    buf_release(&text);
    tear_down(&fixture);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static void random_reports_come_back(void **state)
{
    (void)state;
    struct fixture fixture;
    for (uint32_t seed = 1; seed < 30; seed++) {
        uint32_t random = seed;
        set_up(&fixture);
        for (uint32_t count = next_random(&random) % 4; count < 4; count++) {
            char path[16] = "0.info";
            path[0] = (char)('a' + next_random(&random) % 4);
            struct sink *sink = begin(&fixture, path, count % 2 == 0 ? "unit" : NULL);
            sink_file(sink, SPAN("/work/tree/src/a.c"));
            uint64_t line = 0;
            for (uint32_t rows = next_random(&random) % 2000; rows > 0; rows--) {
                line += next_random(&random) % 9 == 0 ? next_random(&random) % 5000 : 1;
                sink_line(sink, line, next_random(&random) % 2);
                sink_branch(sink, line, next_random(&random) % 300, next_random(&random) % 20,
                            next_random(&random) % 2);
                sink_function(sink, span_make((const char *)&random, 2), next_random(&random) % 2);
            }
            sink_close(sink);
        }
        assert_round_trip(&fixture);
        tear_down(&fixture);
    }
}

/* One file large enough for several records. */
static void long_files_are_cut_into_records(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf text;
    set_up(&fixture);
    buf_init(&text);
    struct sink *sink = begin(&fixture, "big.info", NULL);
    sink_file(sink, SPAN("src/a.c"));
    for (uint32_t line = 1; line < 400000; line++) {
        sink_line(sink, line, line % 2);
        sink_function(sink, span_make((const char *)&line, 4), line % 2);
    }
    sink_close(sink);
    for (uint64_t at = 0; at < 9000; at++) {
        sink_test(&fixture.sink, &(struct test_in){.name = span_make((const char *)&at, 8)});
    }
    assert_round_trip(&fixture);
    write_all(&fixture.reports, &text);
    size_t more = 0;
    for (struct span rest = buf_span(&text); rest.size > 0;) {
        struct span line = span_cut(&rest, '\n');
        assert_true(line.size < 1 << 19);
        more += span_starts(line, "{\"file_more\"");
    }
    assert_int_equal(more, 49); /* lines, then functions of 8192 rows each */
    buf_release(&text);
    tear_down(&fixture);
}

/* ---- what is refused ---- */

static enum diag_code refusal_of(struct fixture *fixture, struct span text)
{
    struct report *report = read_as(fixture, text, "partial");
    enum diag_code code = DIAG_CODE_COUNT;
    if (report->state == STATE_DAMAGED) {
        assert_int_equal(report->parts.count, 0);
        assert_int_equal(report->files.count, 0);
        code = diags_at(&report->diags, 0)->code;
    }
    report_close(report);
    return code;
}

static void small_snapshot(struct fixture *fixture, struct buf *text)
{
    struct sink *sink = begin(fixture, "a.info", NULL);
    sink_file(sink, SPAN("src/a.c"));
    sink_line(sink, 1, 1);
    sink_line(sink, 2, 0);
    sink_close(sink);
    write_all(&fixture->reports, text);
}

static void cut_and_changed_snapshots(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf text;
    set_up(&fixture);
    buf_init(&text);
    small_snapshot(&fixture, &text);
    assert_int_equal(refusal_of(&fixture, buf_span(&text)), DIAG_CODE_COUNT);
    /* Without the last line feed it is still whole. */
    assert_int_equal(refusal_of(&fixture, span_until(buf_span(&text), text.size - 1)),
                     DIAG_CODE_COUNT);
    for (size_t size = 60; size + 1 < text.size; size++) {
        assert_int_not_equal(refusal_of(&fixture, span_until(buf_span(&text), size)),
                             DIAG_CODE_COUNT);
    }
    for (size_t at = 0; at + 1 < text.size; at++) {
        char kept = text.data[at];
        text.data[at] = kept == '1' ? '2' : '1';
        assert_int_not_equal(refusal_of(&fixture, buf_span(&text)), DIAG_CODE_COUNT);
        text.data[at] = kept;
    }
    size_t size = text.size;
    buf_add_text(&text, "{\"end\": {}}\n");
    assert_int_equal(refusal_of(&fixture, buf_span(&text)), DIAG_PARTIAL_REFUSED);
    text.size = size;
    assert_int_equal(refusal_of(&fixture, buf_span(&text)), DIAG_CODE_COUNT);
    buf_release(&text);
    tear_down(&fixture);
}

/* Refused, or the very facts: some bytes of a gzip header mean nothing. */
static void assert_no_other_facts(struct fixture *fixture, struct span packed)
{
    struct report *report = read_as(fixture, packed, "partial");
    if (report->state != STATE_DAMAGED) {
        const struct report *part = *(struct report **)vec_at(&report->parts, 0);
        const struct file_coverage *file = vec_at(&part->files, 0);
        struct ratio lines = coverage_lines(file->coverage);
        assert_int_equal(report->state, STATE_OK);
        assert_int_equal(lines.covered, 1);
        assert_int_equal(lines.total, 2);
    }
    report_close(report);
}

static void cut_and_changed_packed_snapshots(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf text;
    struct buf packed;
    set_up(&fixture);
    buf_init(&text);
    buf_init(&packed);
    small_snapshot(&fixture, &text);
    struct gzip_writer *writer = gzip_open((struct gzip_out){take_lines, &packed});
    gzip_add(writer, buf_span(&text));
    gzip_close(writer);
    assert_int_equal(refusal_of(&fixture, buf_span(&packed)), DIAG_CODE_COUNT);
    for (size_t size = 1; size < packed.size; size++) {
        assert_int_not_equal(refusal_of(&fixture, span_until(buf_span(&packed), size)),
                             DIAG_CODE_COUNT);
    }
    for (size_t at = 0; at < packed.size * 8; at++) {
        packed.data[at / 8] ^= (char)(1 << at % 8);
        assert_no_other_facts(&fixture, buf_span(&packed));
        packed.data[at / 8] ^= (char)(1 << at % 8);
    }
    /* Twice the same file in one is a record behind the end. */
    buf_clear(&text);
    buf_add(&text, buf_span(&packed));
    buf_add(&text, buf_span(&packed));
    assert_int_equal(refusal_of(&fixture, buf_span(&text)), DIAG_PARTIAL_REFUSED);
    buf_release(&text);
    buf_release(&packed);
    tear_down(&fixture);
}

/* Adds header and end with the right hash. */
static enum diag_code refusal_of_body(struct fixture *fixture, const char *header, const char *body)
{
    struct buf text;
    char digits[17];
    uint64_t hash = 0;
    uint64_t lines = 0;
    buf_init(&text);
    buf_add_format(&text, "%s\n%s", header, body);
    for (struct span rest = buf_span(&text); rest.size > 0; lines++) {
        size_t size = span_find(rest, '\n') + 1;
        hash = hash64(span_until(rest, size), hash);
        rest = span_from(rest, size);
    }
    hash64_text(hash, digits);
    buf_add_format(&text, "{\"end\": {\"lines\": %u, \"hash\": \"%s\"}}\n", (unsigned)lines,
                   digits);
    enum diag_code code = refusal_of(fixture, buf_span(&text));
    buf_release(&text);
    return code;
}

#define SOURCE "{\"source\": {\"path\": \"a\", \"state\": \"ok\"}}\n"
#define FILE_A SOURCE "{\"file\": {\"path\": \"a.c\"}}\n"

static void wrong_records(void **state)
{
    (void)state;
    static const char *const good[] = {
        SOURCE,
        FILE_A,
        FILE_A "{\"file_more\": {\"lines\": \"ADIAAADAAAAAAcA\"}}\n",
        SOURCE "{\"file\": {\"path_hex\": \"ff00\", \"lines\": \"ADIAAADAAAAAAcA\"}}\n",
        SOURCE "{\"cases\": {\"outcome\": [\"failed\", \"flaky\"], \"count\": 1000000000}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"count\": 1000000000}}\n",
        SOURCE "{\"number\": {\"key\": \"a.b\", \"value\": \"1.5\"}}\n",
        SOURCE "{\"diagnostic\": {\"code\": \"report/bad-value\", \"text\": \"x\"}}\n",
    };
    static const char *const bad[] = {
        "",
        "[]\n",
        "{}\n",
        "{\"source\": 1}\n",
        "{\"source\": {\"state\": \"ok\"}}\n",
        "{\"source\": {\"path\": \"a\", \"state\": \"good\"}}\n",
        "{\"source\": {\"path\": \"a\", \"families\": [\"coverages\"]}}\n",
        "{\"source\": {\"path\": \"a\", \"families\": \"coverage\"}}\n",
        "{\"source\": {\"path\": \"a\", \"digest\": \"0\"}}\n",
        "{\"source\": {\"path\": \"a\", \"colour\": \"red\"}}\n",
        "{\"source\": {\"path\": \"a\"}, \"more\": {}}\n",
        "{\"sauce\": {\"path\": \"a\"}}\n",
        "{\"file\": {\"path\": \"a.c\"}}\n" SOURCE,
        SOURCE "{\"file\": {\"lines\": \"ADIAAADAAAAAAcA\"}}\n",
        SOURCE "{\"file_more\": {\"lines\": \"ADIAAADAAAAAAcA\"}}\n",
        SOURCE "{\"file\": {\"path\": \"a.c\", \"lines\": \"?\"}}\n",
        SOURCE "{\"file\": {\"path\": \"a.c\", \"lines_hex\": \"2b\"}}\n",
        SOURCE "{\"file\": {\"path_hex\": \"fg\"}}\n",
        SOURCE "{\"file\": {\"path_hex\": \"f\"}}\n",
        SOURCE "{\"cases\": {\"outcome\": [\"passed\"], \"count\": 1}}\n",
        SOURCE "{\"cases\": {\"outcome\": [\"failed\"]}}\n",
        SOURCE "{\"cases\": {\"count\": 1000000001}}\n",
        SOURCE "{\"tests\": {\"suite_errors\": 1000000001}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"count\": 1000000001}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\"}}\n",
        SOURCE "{\"finding\": {\"level\": \"high\", \"count\": 1}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"band\": \"error\", \"count\": 1}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"count\": -1}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"count\": 0}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"count\": 4294967296}}\n",
        SOURCE "{\"finding\": {\"level\": \"error\", \"count\": 1, \"suppressed\": 1}}\n",
        SOURCE "{\"number\": {\"value\": \"1\"}}\n",
        SOURCE "{\"number\": {\"key\": \"a.b\", \"value\": 1.5}}\n",
        SOURCE "{\"number\": {\"key\": \"a.b\", \"value\": \"1.0000000001\"}}\n",
        SOURCE "{\"diagnostic\": {\"code\": \"no/such\", \"text\": \"x\"}}\n",
        SOURCE "{\"diagnostic\": {\"code\": \"report/bad-value\"}}\n",
        SOURCE "{\"schema\": \"tidegate/partial/2\", \"sources\": 1}\n",
        SOURCE "1\n",
        SOURCE SOURCE,
        "{\"source\": {\"path\": \"a\", \"state\": \"damaged\"}}\n{\"tests\": {}}\n",
        "{\"source\": {\"path\": \"a\"}}\n{\"tests\": {}}\n",
    };
    struct fixture fixture;
    const char *header = "{\"schema\": \"tidegate/partial/2\", \"sources\": 1}";
    set_up(&fixture);
    for (size_t at = 0; at < sizeof(good) / sizeof(good[0]); at++) {
        assert_int_equal(refusal_of_body(&fixture, header, good[at]), DIAG_CODE_COUNT);
    }
    for (size_t at = 0; at < sizeof(bad) / sizeof(bad[0]); at++) {
        assert_int_equal(refusal_of_body(&fixture, header, bad[at]), DIAG_PARTIAL_REFUSED);
    }
    assert_int_equal(refusal_of_body(&fixture, "{\"schema\": \"tidegate/partial/3\"}", SOURCE),
                     DIAG_FORMAT_VERSION);
    assert_int_equal(refusal_of_body(&fixture,
                                     "{\"schema\": \"tidegate/partial/2\", \"sources\": 200000}",
                                     SOURCE),
                     DIAG_PARTIAL_REFUSED);
    assert_int_equal(refusal_of_body(&fixture, header, SOURCE "{\"tests\": {,}}\n"),
                     DIAG_INPUT_SYNTAX);
    tear_down(&fixture);
}

static void source_roots_have_a_ceiling(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf body;
    set_up(&fixture);
    buf_init(&body);
    buf_add_text(&body, SOURCE);
    for (unsigned at = 0; at < 1001; at++) {
        buf_add_format(&body, "{\"source_root\": {\"path\": \"%u\"}}\n", at);
    }
    assert_int_equal(refusal_of_body(&fixture,
                                     "{\"schema\": \"tidegate/partial/2\", \"sources\": 1}",
                                     buf_text(&body)),
                     DIAG_PARTIAL_REFUSED);
    buf_release(&body);
    tear_down(&fixture);
}

static void snapshots_of_nothing(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf text;
    struct vec reports;
    set_up(&fixture);
    buf_init(&text);
    vec_init(&reports, sizeof(struct report *));
    write_all(&fixture.reports, &text);
    struct report *whole = read_back(&fixture, buf_span(&text));
    assert_int_equal(whole->state, STATE_EMPTY);
    assert_int_equal(report_add_to(whole, &reports), 1);
    assert_ptr_equal(*(struct report **)vec_at(&reports, 0), whole);
    close_reports(&reports);
    buf_release(&text);
    tear_down(&fixture);
}

static void parts_take_the_group_of_the_whole(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf text;
    struct vec reports;
    set_up(&fixture);
    buf_init(&text);
    vec_init(&reports, sizeof(struct report *));
    sink_close(begin(&fixture, "a.info", NULL));
    sink_close(begin(&fixture, "b.info", "unit"));
    write_all(&fixture.reports, &text);
    struct report *whole = read_back(&fixture, buf_span(&text));
    whole->group = names_add(&fixture.names, SPAN("shards"));
    assert_int_equal(report_add_to(whole, &reports), 2);
    assert_string_equal(name_text((*(struct report **)vec_at(&reports, 0))->group), "shards");
    assert_string_equal(name_text((*(struct report **)vec_at(&reports, 1))->group), "unit");
    close_reports(&reports);
    buf_release(&text);
    tear_down(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coverage_texts),
        cmocka_unit_test(coverage_texts_that_are_none),
        cmocka_unit_test(every_fact_comes_back),
        cmocka_unit_test(random_reports_come_back),
        cmocka_unit_test(long_files_are_cut_into_records),
        cmocka_unit_test(cut_and_changed_snapshots),
        cmocka_unit_test(cut_and_changed_packed_snapshots),
        cmocka_unit_test(wrong_records),
        cmocka_unit_test(source_roots_have_a_ceiling),
        cmocka_unit_test(snapshots_of_nothing),
        cmocka_unit_test(parts_take_the_group_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
