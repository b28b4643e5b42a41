/* From reports to metrics: counting, labels, paths, trust, repetitions, and any order. */
#include "measure/measure.h"
#include "model/sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a run with reports that are written by hand ---- */

struct fixture {
    struct arena arena;
    struct names names;
    struct diags diags;
    struct policy policy;
    struct vec tracked; /* const struct name * */
    struct repo_paths *paths;
    struct vec reports; /* struct report * */
    const struct report_spec *specs[16];
    struct sink sink; /* of the report begun last */
    struct snapshot snapshot;
    struct measure_paths path_result;
    bool measured;
    char text[64];
};

static const struct name *name_in(struct fixture *fixture, const char *text)
{
    return text != NULL ? names_add(&fixture->names, span_of(text)) : NULL;
}

static void add_to(struct fixture *fixture, struct vec *list, const char *text)
{
    *(const struct name **)vec_add(list) = name_in(fixture, text);
}

static void set_up(struct fixture *fixture)
{
    static const char *const files[] = {"src/api/a.c", "src/api/b.c", "src/web/c.c", "main.c"};
    memset(fixture, 0, sizeof(*fixture));
    arena_init(&fixture->arena);
    names_init(&fixture->names, &fixture->arena);
    diags_init(&fixture->diags, &fixture->names);
    policy_init(&fixture->policy);
    fixture->policy.path = name_in(fixture, ".tidegate.yml");
    vec_init(&fixture->tracked, sizeof(const struct name *));
    for (size_t at = 0; at < sizeof(files) / sizeof(files[0]); at++) {
        add_to(fixture, &fixture->tracked, files[at]);
    }
    fixture->paths = repo_paths_open(&fixture->names, &fixture->tracked, SPAN("/work/tree"));
    vec_init(&fixture->reports, sizeof(struct report *));
}

static void forget_result(struct fixture *fixture)
{
    if (fixture->measured) {
        snapshot_release(&fixture->snapshot);
        measure_paths_release(&fixture->path_result);
        diags_release(&fixture->diags);
        diags_init(&fixture->diags, &fixture->names);
        fixture->measured = false;
    }
}

static void tear_down(struct fixture *fixture)
{
    forget_result(fixture);
    for (size_t at = 0; at < fixture->reports.count; at++) {
        report_close(*(struct report **)vec_at(&fixture->reports, at));
    }
    vec_release(&fixture->reports);
    vec_release(&fixture->tracked);
    repo_paths_close(fixture->paths);
    policy_release(&fixture->policy);
    diags_release(&fixture->diags);
    names_release(&fixture->names);
    arena_release(&fixture->arena);
}

static struct sink *begin(struct fixture *fixture, const char *path, const char *group)
{
    struct report *report = report_open(&fixture->names, span_of(path));
    report->group = name_in(fixture, group);
    report->format = "format";
    *(struct report **)vec_add(&fixture->reports) = report;
    sink_init(&fixture->sink, report, &fixture->names);
    return &fixture->sink;
}

/* The digest stands for the content: 0 gives each report its own. */
static struct report *end(struct fixture *fixture, uint64_t digest)
{
    struct report *report = fixture->sink.report;
    sink_close(&fixture->sink);
    report->digest.low = digest != 0 ? digest : 1000 + fixture->reports.count;
    return report;
}

/* Lines as text: "+" ran, "-" was missed, "." is no code; the first is line 1. */
static void add_lines(struct sink *sink, const char *path, const char *lines)
{
    sink_file(sink, span_of(path));
    for (uint64_t at = 0; lines[at] != '\0'; at++) {
        if (lines[at] != '.') {
            assert_true(sink_line(sink, at + 1, lines[at] == '+'));
        }
    }
}

static void add_finding(struct sink *sink, const char *path, enum level level, enum band band)
{
    sink_finding(sink,
                 &(struct finding_in){
                     .path = span_of(path), .rule = SPAN("rule"), .level = level, .band = band});
}

static void add_test(struct sink *sink, const char *name, uint32_t outcome, int64_t milliseconds)
{
    sink_test(sink, &(struct test_in){.name = span_of(name),
                                      .outcome = outcome,
                                      .time = decimal_make(milliseconds, 3)});
}

static struct report *lines_report(struct fixture *fixture, const char *path, const char *group,
                                   const char *file, const char *lines)
{
    add_lines(begin(fixture, path, group), file, lines);
    return end(fixture, 0);
}

static struct component *add_component(struct fixture *fixture, const char *name, const char *glob)
{
    struct component *component = vec_add(&fixture->policy.components);
    component->name = name_in(fixture, name);
    component->line = 7;
    component->column = 3;
    vec_init(&component->patterns, sizeof(const struct name *));
    add_to(fixture, &component->patterns, glob);
    return component;
}

static void measure(struct fixture *fixture)
{
    forget_result(fixture);
    snapshot_init(&fixture->snapshot, &fixture->names);
    measure_reports(&fixture->reports, fixture->specs, &fixture->policy, fixture->paths,
                    &fixture->snapshot, &fixture->path_result, &fixture->diags);
    fixture->measured = true;
}

/* ---- what came out, as text ---- */

static const char *text_of(struct fixture *fixture, const struct metric *metric)
{
    struct buf text;
    if (metric == NULL) {
        return "absent";
    }
    buf_init(&text);
    if (!state_has_value(metric->state)) {
        buf_add_text(&text, state_text(metric->state));
    } else {
        if (metric->state != STATE_OK) {
            buf_add_format(&text, "%s ", state_text(metric->state));
        }
        switch (metric->value.kind) {
        case VALUE_RATIO:
            buf_add_format(&text, "%llu/%llu", (unsigned long long)metric->value.ratio.covered,
                           (unsigned long long)metric->value.ratio.total);
            break;
        case VALUE_COUNT: buf_add_u64(&text, metric->value.count); break;
        case VALUE_DECIMAL: decimal_add_text(&text, metric->value.decimal); break;
        }
    }
    assert_true(text.size < sizeof(fixture->text));
    memcpy(fixture->text, buf_text(&text), text.size + 1);
    buf_release(&text);
    return fixture->text;
}

static const char *value(struct fixture *fixture, const char *key, const char *group,
                         const char *component)
{
    return text_of(fixture, snapshot_find(&fixture->snapshot, name_in(fixture, key),
                                          name_in(fixture, group), name_in(fixture, component)));
}

#define assert_value(fixture, expected, key, group, component)                                     \
    assert_string_equal(value(&(fixture), key, group, component), expected)

static const struct diag *diag_of(const struct fixture *fixture, enum diag_code code)
{
    for (size_t at = 0; at < diags_count(&fixture->diags); at++) {
        const struct diag *diag = diags_at(&fixture->diags, at);
        if (diag->code == code) {
            return diag;
        }
    }
    return NULL;
}

/* ---- one report ---- */

static const char *alone(struct fixture *fixture, const struct report *report, const char *key)
{
    struct snapshot snapshot;
    snapshot_init(&snapshot, &fixture->names);
    measure_report(report, &snapshot);
    const char *text =
        text_of(fixture, snapshot_find(&snapshot, name_in(fixture, key), NULL, NULL));
    snapshot_release(&snapshot);
    return text;
}

static void one_coverage_report(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct sink *sink = begin(&fixture, "a.info", NULL);
    add_lines(sink, "a.c", "++-.+");
    add_lines(sink, "/b.c", "--");
    add_lines(sink, "nothing.c", "..");
    sink_function(sink, SPAN("main"), 2);
    const struct report *report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "coverage.line"), "3/6");
    assert_string_equal(alone(&fixture, report, "coverage.function"), "1/1");
    assert_string_equal(alone(&fixture, report, "coverage.branch"), "absent");
    assert_string_equal(alone(&fixture, report, "coverage.files"), "2");
    assert_string_equal(alone(&fixture, report, "coverage.uncovered"), "3");
    assert_string_equal(alone(&fixture, report, "coverage.unresolved"), "absent");
    assert_string_equal(alone(&fixture, report, "tests.total"), "absent");
    add_lines(begin(&fixture, "b.info", NULL), "nothing.c", "");
    report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "coverage.line"), "absent");
    assert_string_equal(alone(&fixture, report, "coverage.uncovered"), "absent");
    assert_string_equal(alone(&fixture, report, "coverage.files"), "0");
    tear_down(&fixture);
}

static void one_test_report(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct sink *sink = begin(&fixture, "junit.xml", NULL);
    add_test(sink, "one", TEST_PASSED, 1250);
    add_test(sink, "two", TEST_FAILED | TEST_ERROR, 500);
    add_test(sink, "three", TEST_SKIPPED, 0);
    add_test(sink, "four", TEST_DISABLED, 0);
    sink_test(sink, &(struct test_in){.name = SPAN("five"),
                                      .outcome = TEST_FLAKY,
                                      .time = decimal_make(1999, 6)});
    const struct report *report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "tests.total"), "5");
    assert_string_equal(alone(&fixture, report, "tests.passed"), "2");
    assert_string_equal(alone(&fixture, report, "tests.failed"), "1");
    assert_string_equal(alone(&fixture, report, "tests.errors"), "1");
    assert_string_equal(alone(&fixture, report, "tests.skipped"), "1");
    assert_string_equal(alone(&fixture, report, "tests.disabled"), "1");
    assert_string_equal(alone(&fixture, report, "tests.flaky"), "1");
    assert_string_equal(alone(&fixture, report, "tests.time"), "1.751");
    assert_string_equal(alone(&fixture, report, "coverage.files"), "absent");
    /* A suite that broke is no case: what it makes is a partial report. */
    sink = begin(&fixture, "broken.xml", NULL);
    add_test(sink, "one", TEST_ERROR, 0);
    sink_suite_error(sink, SPAN("suite"), SPAN("broke"), 1);
    report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "tests.errors"), "partial 1");
    assert_string_equal(alone(&fixture, report, "tests.total"), "partial 1");
    tear_down(&fixture);
}

static void one_finding_report(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct sink *sink = begin(&fixture, "lint.txt", NULL);
    add_finding(sink, "a.c", LEVEL_ERROR, BAND_NONE);
    add_finding(sink, "a.c", LEVEL_ERROR, BAND_NONE);
    add_finding(sink, "", LEVEL_WARNING, BAND_NONE);
    add_finding(sink, "a.c", LEVEL_NONE, BAND_NONE);
    sink_finding(sink, &(struct finding_in){.level = LEVEL_ERROR, .suppressed = true});
    const struct report *report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "findings.total"), "4");
    assert_string_equal(alone(&fixture, report, "findings.error"), "2");
    assert_string_equal(alone(&fixture, report, "findings.warning"), "1");
    assert_string_equal(alone(&fixture, report, "findings.note"), "0");
    assert_string_equal(alone(&fixture, report, "findings.none"), "1");
    assert_string_equal(alone(&fixture, report, "findings.suppressed"), "1");
    assert_string_equal(alone(&fixture, report, "security.high"), "absent");
    sink = begin(&fixture, "scan.sarif", NULL);
    add_finding(sink, "a.c", LEVEL_ERROR, BAND_HIGH);
    add_finding(sink, "a.c", LEVEL_WARNING, BAND_LOW);
    report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "security.critical"), "0");
    assert_string_equal(alone(&fixture, report, "security.high"), "1");
    assert_string_equal(alone(&fixture, report, "security.medium"), "0");
    assert_string_equal(alone(&fixture, report, "security.low"), "1");
    tear_down(&fixture);
}

/* A count may come from a file that somebody wrote by hand: a sum must not come out small. */
static void counts_add_up_beyond_their_own_size(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct sink *sink = begin(&fixture, "lint.txt", NULL);
    add_finding(sink, "a.c", LEVEL_ERROR, BAND_NONE);
    add_finding(sink, "b.c", LEVEL_ERROR, BAND_NONE);
    struct report *report = end(&fixture, 0);
    for (size_t at = 0; at < 2; at++) {
        struct finding_row *row = vec_at(&report->findings.rows, at);
        row->count = UINT32_MAX;
    }
    assert_string_equal(alone(&fixture, report, "findings.error"), "8589934590");
    assert_string_equal(alone(&fixture, report, "findings.total"), "8589934590");
    tear_down(&fixture);
}

static void reports_without_rows(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    sink_families(begin(&fixture, "lint.txt", NULL), FAMILY_FINDINGS, false);
    const struct report *report = end(&fixture, 0);
    assert_int_equal(report->state, STATE_EMPTY);
    assert_string_equal(alone(&fixture, report, "findings.total"), "0");
    sink_families(begin(&fixture, "junit.xml", NULL), FAMILY_TESTS, false);
    report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "tests.total"), "0");
    assert_string_equal(alone(&fixture, report, "tests.time"), "0.000");
    struct sink *sink = begin(&fixture, "cut.xml", NULL);
    add_test(sink, "one", TEST_PASSED, 0);
    sink_refuse(sink, DIAG_INPUT_TRUNCATED, 1, 1, SPAN("cut"));
    report = end(&fixture, 0);
    assert_int_equal(report->state, STATE_DAMAGED);
    assert_string_equal(alone(&fixture, report, "tests.total"), "absent");
    tear_down(&fixture);
}

/* ---- uniting ---- */

static void coverage_is_a_union(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    lines_report(&fixture, "1.info", NULL, "src/api/a.c", "+--.");
    /* Not mentioning the misses of the first report does not take them away. */
    lines_report(&fixture, "2.info", NULL, "/work/tree/src/api/a.c", "-..+");
    lines_report(&fixture, "3.info", NULL, "main.c", "+");
    measure(&fixture);
    assert_value(fixture, "3/5", "coverage.line", NULL, NULL);
    assert_value(fixture, "2", "coverage.files", NULL, NULL);
    assert_value(fixture, "2", "coverage.uncovered", NULL, NULL);
    assert_value(fixture, "0", "coverage.unresolved", NULL, NULL);
    assert_value(fixture, "absent", "coverage.branch", NULL, NULL);
    const struct metric *line =
        snapshot_find(&fixture.snapshot, name_in(&fixture, "coverage.line"), NULL, NULL);
    assert_int_equal(line->sources, 3);
    assert_int_equal(fixture.snapshot.sources.count, 3);
    tear_down(&fixture);
}

static void one_report_with_one_file_under_two_names(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct sink *sink = begin(&fixture, "1.info", NULL);
    add_lines(sink, "src/api/a.c", "+-");
    add_lines(sink, "./src/api/a.c", "-+");
    end(&fixture, 0);
    measure(&fixture);
    assert_value(fixture, "2/2", "coverage.line", NULL, NULL);
    assert_int_equal(fixture.path_result.resolved, 1);
    tear_down(&fixture);
}

static void groups_and_components(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_component(&fixture, "api", "src/api/**");
    add_component(&fixture, "code", "src/**");
    lines_report(&fixture, "1.info", "unit", "src/api/a.c", "+--");
    lines_report(&fixture, "2.info", "e2e", "src/api/a.c", "-+.");
    lines_report(&fixture, "3.info", "e2e", "src/web/c.c", "--");
    lines_report(&fixture, "4.info", NULL, "src/api/a.c", "..+");
    add_finding(begin(&fixture, "lint.txt", "unit"), "src/api/b.c", LEVEL_ERROR, BAND_HIGH);
    end(&fixture, 0);
    add_test(begin(&fixture, "junit.xml", "unit"), "one", TEST_PASSED, 1);
    end(&fixture, 0);
    add_test(begin(&fixture, "junit2.xml", "e2e"), "one", TEST_FAILED, 1);
    end(&fixture, 0);
    measure(&fixture);
    assert_value(fixture, "3/5", "coverage.line", NULL, NULL);
    assert_value(fixture, "3/3", "coverage.line", NULL, "api");
    assert_value(fixture, "3/5", "coverage.line", NULL, "code");
    assert_value(fixture, "1/3", "coverage.line", "unit", NULL);
    assert_value(fixture, "1/4", "coverage.line", "e2e", NULL);
    assert_value(fixture, "1/2", "coverage.line", "e2e", "api");
    assert_value(fixture, "1/4", "coverage.line", "e2e", "code");
    assert_value(fixture, "1", "findings.error", NULL, "api");
    assert_value(fixture, "1", "findings.error", "unit", "code");
    assert_value(fixture, "1", "security.high", "unit", "api");
    assert_value(fixture, "absent", "findings.error", "e2e", NULL);
    assert_value(fixture, "2", "tests.total", NULL, NULL);
    assert_value(fixture, "1", "tests.failed", "e2e", NULL);
    assert_value(fixture, "0", "tests.failed", "unit", NULL);
    assert_value(fixture, "absent", "tests.total", NULL, "api");
    assert_value(fixture, "absent", "coverage.unresolved", NULL, "api");
    tear_down(&fixture);
}

/* ---- paths ---- */

static void unresolved_paths_count_in_the_total_only(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_component(&fixture, "all", "**");
    struct sink *sink = begin(&fixture, "1.info", NULL);
    add_lines(sink, "src/api/a.c", "++");
    add_lines(sink, "gen\\x.c", "--");
    add_lines(sink, "/elsewhere/c.h", "-");
    add_finding(sink, "gen/x.c", LEVEL_ERROR, BAND_NONE);
    add_finding(sink, "", LEVEL_ERROR, BAND_NONE);
    end(&fixture, 0);
    measure(&fixture);
    assert_value(fixture, "2/5", "coverage.line", NULL, NULL);
    assert_value(fixture, "2/2", "coverage.line", NULL, "all");
    assert_value(fixture, "2", "coverage.unresolved", NULL, NULL);
    assert_value(fixture, "2", "findings.total", NULL, NULL);
    assert_value(fixture, "0", "findings.total", NULL, "all");
    assert_int_equal(fixture.path_result.resolved, 1);
    assert_int_equal(fixture.path_result.unresolved, 2);
    assert_int_equal(fixture.path_result.examples.count, 2);
    const struct measure_path *first = vec_at(&fixture.path_result.examples, 0);
    assert_string_equal(name_text(first->path), "/elsewhere/c.h");
    assert_false(first->ambiguous);
    assert_null(diag_of(&fixture, DIAG_MEASURE_NO_PATH));
    tear_down(&fixture);
}

static void include_and_exclude(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_to(&fixture, &fixture.policy.include, "src/**");
    add_to(&fixture, &fixture.policy.exclude, "**/web/**");
    add_to(&fixture, &fixture.policy.exclude, "/usr/**");
    struct sink *sink = begin(&fixture, "1.info", NULL);
    add_lines(sink, "src/api/a.c", "+-");
    add_lines(sink, "src/web/c.c", "-");
    add_lines(sink, "main.c", "-");
    add_lines(sink, "/usr/include/x.h", "-");
    add_lines(sink, "/broken/path/z.c", "-");
    add_finding(sink, "main.c", LEVEL_ERROR, BAND_NONE);
    add_finding(sink, "src/api/b.c", LEVEL_ERROR, BAND_NONE);
    end(&fixture, 0);
    measure(&fixture);
    /* A path that does not resolve is not dropped for want of an `include`: that would raise
     * coverage. */
    assert_value(fixture, "1/3", "coverage.line", NULL, NULL);
    assert_value(fixture, "1", "coverage.unresolved", NULL, NULL);
    assert_value(fixture, "1", "findings.total", NULL, NULL);
    assert_int_equal(fixture.path_result.excluded, 3);
    assert_int_equal(fixture.path_result.resolved, 2);
    tear_down(&fixture);
}

static void a_report_without_any_known_path(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    lines_report(&fixture, "1.info", NULL, "nowhere/x.c", "+");
    measure(&fixture);
    const struct diag *diag = diag_of(&fixture, DIAG_MEASURE_NO_PATH);
    assert_non_null(diag);
    assert_string_equal(name_text(diag->file), "1.info");
    tear_down(&fixture);
}

static void paths_that_resolve_help_the_others(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_component(&fixture, "top", "main.c");
    struct sink *sink = begin(&fixture, "1.info", NULL);
    add_lines(sink, "/ci/x/src/api/b.c", "+");
    add_lines(sink, "/ci/x/main.c", "+-");
    add_lines(sink, "/usr/include/main.c", "-");
    end(&fixture, 0);
    measure(&fixture);
    assert_value(fixture, "1/2", "coverage.line", NULL, "top");
    assert_value(fixture, "1", "coverage.unresolved", NULL, NULL);
    /* One path that says otherwise takes the hint away. */
    add_to(&fixture, &fixture.tracked, "deep/src/web/d.c");
    repo_paths_close(fixture.paths);
    fixture.paths = repo_paths_open(&fixture.names, &fixture.tracked, SPAN("/work/tree"));
    sink = begin(&fixture, "2.info", NULL);
    add_lines(sink, "/cj/x/src/api/b.c", "+");
    add_lines(sink, "/cj/x/src/web/d.c", "+");
    add_lines(sink, "/cj/x/main.c", "-+");
    end(&fixture, 0);
    measure(&fixture);
    assert_value(fixture, "1/2", "coverage.line", NULL, "top");
    assert_value(fixture, "2", "coverage.unresolved", NULL, NULL);
    tear_down(&fixture);
}

/* Two source roots have the file: that the others were all in one of them proves nothing. */
static void several_source_roots_stay_ambiguous(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_to(&fixture, &fixture.tracked, "src/web/b.c");
    repo_paths_close(fixture.paths);
    fixture.paths = repo_paths_open(&fixture.names, &fixture.tracked, SPAN("/work/tree"));
    struct sink *sink = begin(&fixture, "1.xml", NULL);
    sink_source_root(sink, SPAN("/work/tree/src/api"));
    sink_source_root(sink, SPAN("/work/tree/src/web"));
    add_lines(sink, "a.c", "+");
    add_lines(sink, "b.c", "-");
    end(&fixture, 0);
    measure(&fixture);
    assert_int_equal(fixture.path_result.resolved, 1);
    assert_int_equal(fixture.path_result.ambiguous, 1);
    const struct measure_path *example = vec_at(&fixture.path_result.examples, 0);
    assert_true(example->ambiguous);
    tear_down(&fixture);
}

static void component_patterns_without_files(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    struct component *component = add_component(&fixture, "api", "src/api/**");
    add_to(&fixture, &component->patterns, "src/apl/**");
    lines_report(&fixture, "1.info", NULL, "main.c", "+");
    measure(&fixture);
    const struct diag *diag = diag_of(&fixture, DIAG_MEASURE_COMPONENT_EMPTY);
    assert_non_null(diag);
    assert_int_equal(diag->severity, SEVERITY_ERROR);
    assert_int_equal(diag->line, 7);
    assert_int_equal(diag->column, 3);
    assert_string_equal(name_text(diag->file), ".tidegate.yml");
    assert_non_null(strstr(name_text(diag->text), "src/apl/**"));
    assert_int_equal(fixture.diags.errors, 1);
    /* Coverage of a component without a file is absent, not 0 % and not 100 %. */
    assert_value(fixture, "absent", "coverage.line", NULL, "api");
    assert_value(fixture, "absent", "coverage.files", NULL, "api");
    /* Outside a repository the reports' own paths are all that is known. */
    repo_paths_close(fixture.paths);
    fixture.paths = repo_paths_open(&fixture.names, NULL, SPAN(""));
    component->patterns.count = 1;
    measure(&fixture);
    assert_non_null(diag_of(&fixture, DIAG_MEASURE_COMPONENT_EMPTY));
    lines_report(&fixture, "2.info", NULL, "src/api/new.c", "+");
    measure(&fixture);
    assert_null(diag_of(&fixture, DIAG_MEASURE_COMPONENT_EMPTY));
    assert_value(fixture, "1/1", "coverage.line", NULL, "api");
    tear_down(&fixture);
}

static void more_metrics_than_a_snapshot_holds(void **state)
{
    (void)state;
    struct fixture fixture;
    char name[16];
    set_up(&fixture);
    for (unsigned at = 0; at < 2000; at++) {
        snprintf(name, sizeof(name), "part%u", at);
        add_component(&fixture, name, "**");
    }
    add_finding(begin(&fixture, "lint.txt", NULL), "main.c", LEVEL_ERROR, BAND_NONE);
    end(&fixture, 0);
    measure(&fixture);
    assert_non_null(diag_of(&fixture, DIAG_MEASURE_METRICS));
    tear_down(&fixture);
}

/* ---- trust ---- */

static void partial_and_empty_reports(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_spec spec = {.line = 1};
    set_up(&fixture);
    lines_report(&fixture, "1.info", "unit", "main.c", "+-");
    lines_report(&fixture, "2.info", "e2e", "main.c", "++")->state = STATE_PARTIAL;
    fixture.specs[1] = &spec;
    measure(&fixture);
    assert_value(fixture, "partial 2/2", "coverage.line", NULL, NULL);
    assert_value(fixture, "partial 2/2", "coverage.line", "e2e", NULL);
    assert_value(fixture, "1/2", "coverage.line", "unit", NULL);
    spec.partial = TRUST_WARN;
    measure(&fixture);
    assert_value(fixture, "2/2", "coverage.line", NULL, NULL);
    assert_non_null(diag_of(&fixture, DIAG_MEASURE_TRUSTED));
    spec.partial = TRUST_OK;
    measure(&fixture);
    assert_value(fixture, "2/2", "coverage.line", NULL, NULL);
    assert_int_equal(diags_count(&fixture.diags), 0);
    tear_down(&fixture);

    set_up(&fixture);
    fixture.specs[0] = &spec;
    sink_families(begin(&fixture, "lint.txt", NULL), FAMILY_FINDINGS, false);
    end(&fixture, 0);
    lines_report(&fixture, "1.info", NULL, "main.c", "+-");
    measure(&fixture);
    assert_value(fixture, "empty", "findings.total", NULL, NULL);
    assert_value(fixture, "1/2", "coverage.line", NULL, NULL);
    spec.empty = TRUST_OK;
    measure(&fixture);
    assert_value(fixture, "0", "findings.total", NULL, NULL);
    assert_value(fixture, "absent", "security.high", NULL, NULL);
    (*(struct report **)vec_at(&fixture.reports, 0))->possible = FAMILY_FINDINGS | FAMILY_SECURITY;
    measure(&fixture);
    assert_value(fixture, "0", "security.high", NULL, NULL);
    tear_down(&fixture);
}

static void damaged_and_missing_reports_spoil_their_families(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_component(&fixture, "api", "src/api/**");
    lines_report(&fixture, "1.info", "unit", "src/api/a.c", "+-");
    add_test(begin(&fixture, "junit.xml", "unit"), "one", TEST_PASSED, 1);
    end(&fixture, 0);
    struct report *damaged = lines_report(&fixture, "2.info", "e2e", "src/api/a.c", "++");
    report_roll_back(damaged);
    damaged->state = STATE_DAMAGED;
    damaged->families = 0;
    damaged->possible = FAMILY_COVERAGE;
    measure(&fixture);
    assert_value(fixture, "damaged", "coverage.line", NULL, NULL);
    assert_value(fixture, "damaged", "coverage.line", NULL, "api");
    assert_value(fixture, "damaged", "coverage.branch", NULL, NULL);
    assert_value(fixture, "damaged", "coverage.uncovered", NULL, NULL);
    assert_value(fixture, "damaged", "coverage.line", "e2e", NULL);
    assert_value(fixture, "1/2", "coverage.line", "unit", "api");
    assert_value(fixture, "1", "tests.passed", NULL, NULL);
    assert_value(fixture, "absent", "tests.passed", "e2e", NULL);

    /* Of unknown format: everything that somebody speaks of is spoilt. */
    damaged->state = STATE_MISSING;
    damaged->possible = 0;
    measure(&fixture);
    assert_value(fixture, "missing", "coverage.line", NULL, NULL);
    assert_value(fixture, "missing", "tests.passed", NULL, NULL);
    assert_value(fixture, "missing", "tests.passed", "e2e", NULL);
    assert_value(fixture, "1", "tests.passed", "unit", NULL);
    assert_value(fixture, "absent", "findings.total", NULL, NULL);

    /* A rule speaks too, so the answer to it is "missing" and not "never measured". */
    struct rule *rule = vec_add(&fixture.policy.rules);
    rule->metric = name_in(&fixture, "findings.error");
    measure(&fixture);
    assert_value(fixture, "missing", "findings.error", NULL, NULL);
    tear_down(&fixture);
}

static void security_is_trusted_like_what_could_state_it(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_finding(begin(&fixture, "scan.sarif", NULL), "main.c", LEVEL_ERROR, BAND_LOW);
    end(&fixture, 0);
    add_finding(begin(&fixture, "cut.sarif", NULL), "main.c", LEVEL_ERROR, BAND_NONE);
    struct report *partial = end(&fixture, 0);
    partial->state = STATE_PARTIAL;
    measure(&fixture);
    assert_value(fixture, "partial 2", "findings.error", NULL, NULL);
    assert_value(fixture, "1", "security.low", NULL, NULL);
    partial->possible =
        FAMILY_FINDINGS | FAMILY_SECURITY; /* what is missing may have been a security finding */
    measure(&fixture);
    assert_value(fixture, "partial 1", "security.low", NULL, NULL);
    tear_down(&fixture);
}

/* ---- repetitions ---- */

static void equal_reports_count_once(void **state)
{
    (void)state;
    struct fixture fixture;
    struct report_spec web = {.root = NULL};
    set_up(&fixture);
    web.root = name_in(&fixture, "web");
    const char *const paths[] = {"a/junit.xml", "b/junit.xml", "a/junit.xml", "c/junit.xml",
                                 "d/junit.xml"};
    const char *const groups[] = {"unit", "unit", "e2e", "other", "unit"};
    for (size_t at = 0; at < 5; at++) {
        add_test(begin(&fixture, paths[at], groups[at]), "one", TEST_PASSED, 1);
        end(&fixture, 7);
    }
    fixture.specs[4] = &web;
    measure(&fixture);
    /* a and b are one in `unit`; d starts elsewhere, so it speaks of other files. */
    assert_value(fixture, "2", "tests.total", "unit", NULL);
    assert_value(fixture, "1", "tests.total", "e2e", NULL);
    assert_value(fixture, "1", "tests.total", "other", NULL);
    /* a counts once although two groups have it; c is another file, so it counts. */
    assert_value(fixture, "3", "tests.total", NULL, NULL);
    const struct diag *diag = diag_of(&fixture, DIAG_MEASURE_REPEATED);
    assert_non_null(diag);
    assert_string_equal(name_text(diag->file), "b/junit.xml");
    assert_non_null(strstr(name_text(diag->text), "a/junit.xml"));
    assert_int_equal(diags_count(&fixture.diags), 1);
    assert_int_equal(fixture.snapshot.sources.count, 4);
    tear_down(&fixture);

    /* The worse trust of two equal reports holds. */
    struct report_spec open = {.partial = TRUST_OK, .line = 1};
    struct report_spec strict = {.line = 2};
    set_up(&fixture);
    for (size_t at = 0; at < 2; at++) {
        add_test(begin(&fixture, "junit.xml", NULL), "one", TEST_PASSED, 1);
        end(&fixture, 7)->state = STATE_PARTIAL;
        fixture.specs[at] = at == 0 ? &open : &strict;
    }
    measure(&fixture);
    assert_value(fixture, "partial 1", "tests.total", NULL, NULL);
    tear_down(&fixture);
}

/* ---- numbers ---- */

static void rules_report(struct fixture *fixture, const char *path, const char *group,
                         const char *tool, const char *rules)
{
    struct sink *sink = begin(fixture, path, group);
    struct span rest = span_of(rules);
    sink_families(sink, FAMILY_FINDINGS, true);
    while (rest.size > 0) {
        sink_rule(sink, span_of(tool), span_cut(&rest, ' '));
    }
    end(fixture, 0);
}

/* A rule counts once for each tool, however many runs have looked for it. */
static void rules_of_several_reports(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    add_component(&fixture, "api", "src/api/**");
    rules_report(&fixture, "1.sarif", "web", "CodeQL", "a b c");
    rules_report(&fixture, "2.sarif", "api", "CodeQL", "c d");
    rules_report(&fixture, "3.sarif", "api", "Semgrep", "a");
    rules_report(&fixture, "4.sarif", "lint", "ESLint", "");
    measure(&fixture);
    assert_value(fixture, "5", "findings.rules", NULL, NULL);
    assert_value(fixture, "3", "findings.rules", "web", NULL);
    assert_value(fixture, "3", "findings.rules", "api", NULL);
    assert_value(fixture, "absent", "findings.rules", "lint", NULL);
    assert_value(fixture, "absent", "findings.rules", NULL, "api");
    sink_refuse(begin(&fixture, "5.sarif", "api"), DIAG_INPUT_TRUNCATED, 1, 1, SPAN("cut"));
    end(&fixture, 0);
    measure(&fixture);
    assert_value(fixture, "damaged", "findings.rules", NULL, NULL);
    assert_value(fixture, "3", "findings.rules", "web", NULL);
    tear_down(&fixture);
}

static void number_report(struct fixture *fixture, const char *path, const char *group,
                          const char *key, int64_t digits, uint8_t scale)
{
    sink_number(begin(fixture, path, group), span_of(key), decimal_make(digits, scale), SPAN("kB"));
    end(fixture, 0);
}

static void numbers(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    number_report(&fixture, "1.json", "web", "bundle.size", 1250, 2);
    number_report(&fixture, "2.json", "web", "bundle.size", 125, 1);
    number_report(&fixture, "3.json", "api", "bundle.size", 90, 0);
    number_report(&fixture, "4.json", "api", "start.time", 3, 0);
    number_report(&fixture, "5.json", "api", "tests.failed", 0, 0);
    measure(&fixture);
    assert_value(fixture, "12.5", "bundle.size", "web", NULL);
    assert_value(fixture, "90", "bundle.size", "api", NULL);
    assert_value(fixture, "absent", "bundle.size", NULL, NULL);
    assert_value(fixture, "3", "start.time", NULL, NULL);
    /* A number cannot pose as a metric that is counted here. */
    assert_value(fixture, "absent", "tests.failed", NULL, NULL);
    assert_non_null(diag_of(&fixture, DIAG_MEASURE_NUMBER_KEY));
    assert_non_null(diag_of(&fixture, DIAG_MEASURE_NUMBER_GROUPS));
    assert_null(diag_of(&fixture, DIAG_MEASURE_NUMBER_CONFLICT));
    number_report(&fixture, "6.json", "api", "bundle.size", 91, 0);
    measure(&fixture);
    assert_value(fixture, "damaged", "bundle.size", "api", NULL);
    assert_value(fixture, "12.5", "bundle.size", "web", NULL);
    assert_value(fixture, "damaged", "bundle.size", NULL, NULL);
    assert_non_null(diag_of(&fixture, DIAG_MEASURE_NUMBER_CONFLICT));
    tear_down(&fixture);

    /* A report without a group speaks for all, so it must not differ from a group. */
    set_up(&fixture);
    number_report(&fixture, "1.json", "web", "bundle.size", 1, 0);
    number_report(&fixture, "2.json", NULL, "bundle.size", 2, 0);
    measure(&fixture);
    assert_value(fixture, "damaged", "bundle.size", NULL, NULL);
    assert_value(fixture, "1", "bundle.size", "web", NULL);
    tear_down(&fixture);

    set_up(&fixture);
    struct sink *sink = begin(&fixture, "1.json", NULL);
    sink_number(sink, SPAN("x.y"), decimal_make(1, 0), SPAN(""));
    sink_number(sink, SPAN("x.y"), decimal_make(2, 0), SPAN(""));
    sink_number(sink, SPAN("z"), decimal_make(2, 0), SPAN(""));
    const struct report *report = end(&fixture, 0);
    assert_string_equal(alone(&fixture, report, "z"), "2");
    assert_string_equal(alone(&fixture, report, "x.y"), "absent");
    tear_down(&fixture);
}

/* ---- order ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 16;
}

/* Random facts, equal for equal numbers. */
static void random_facts(struct sink *sink, uint32_t number)
{
    static const char *const files[] = {"src/api/a.c", "/work/tree/src/api/b.c", "c.c", "/x/main.c",
                                        "gen/y.c",     "/z/src/web/c.c"};
    uint32_t seed = number;
    for (uint32_t at = next_random(&seed) % 4; at > 0; at--) {
        sink_file(sink, span_of(files[next_random(&seed) % 6]));
        sink_line(sink, next_random(&seed) % 9 + 1, next_random(&seed) % 2);
        sink_branches(sink, next_random(&seed) % 9 + 1, next_random(&seed) % 2, 2);
        sink_function(sink, span_of(files[next_random(&seed) % 6]), next_random(&seed) % 2);
    }
    for (uint32_t at = next_random(&seed) % 4; at > 0; at--) {
        add_finding(sink, files[next_random(&seed) % 6], LEVEL_ERROR,
                    next_random(&seed) % 5 == 0 ? BAND_HIGH : BAND_NONE);
        add_test(sink, "one", next_random(&seed) % 4, (int64_t)next_random(&seed));
    }
    sink_number(sink, SPAN("x.y"), decimal_make(next_random(&seed) % 2, 0), SPAN(""));
}

static void random_report(struct fixture *fixture, uint32_t *seed)
{
    static const char *const groups[] = {NULL, "unit", "e2e"};
    static const char *const paths[] = {"1.x", "2.x", "3.x"};
    const char *path = paths[next_random(seed) % 3];
    uint32_t number = next_random(seed) % 30 + 1;
    random_facts(begin(fixture, path, groups[next_random(seed) % 3]), number);
    struct report *report = end(fixture, number);
    if (next_random(seed) % 20 == 0) {
        report_roll_back(report);
        report->state = STATE_DAMAGED;
    }
}

static void result_text(struct fixture *fixture, struct buf *text)
{
    buf_clear(text);
    measure(fixture);
    snapshot_write(&fixture->snapshot, text);
    for (size_t at = 0; at < diags_count(&fixture->diags); at++) {
        const struct diag *diag = diags_at(&fixture->diags, at);
        buf_add_format(text, "%s %s\n", name_text(diag->file), name_text(diag->text));
    }
    buf_add_format(text, "%u", (unsigned)fixture->path_result.examples.count);
}

static void any_order_gives_the_same_bytes(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf first;
    struct buf other;
    buf_init(&first);
    buf_init(&other);
    for (uint32_t round = 1; round <= 40; round++) {
        uint32_t seed = round;
        set_up(&fixture);
        add_component(&fixture, "api", "src/api/**");
        for (uint32_t at = 0; at < 8; at++) {
            random_report(&fixture, &seed);
        }
        result_text(&fixture, &first);
        struct report **reports = fixture.reports.items;
        for (uint32_t shuffle = 0; shuffle < 6; shuffle++) {
            for (uint32_t at = 7; at > 0; at--) {
                uint32_t with = next_random(&seed) % (at + 1);
                struct report *kept = reports[at];
                reports[at] = reports[with];
                reports[with] = kept;
            }
            result_text(&fixture, &other);
            assert_string_equal(buf_text(&other), buf_text(&first));
        }
        tear_down(&fixture);
    }
    buf_release(&first);
    buf_release(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_coverage_report),
        cmocka_unit_test(one_test_report),
        cmocka_unit_test(one_finding_report),
        cmocka_unit_test(rules_of_several_reports),
        cmocka_unit_test(counts_add_up_beyond_their_own_size),
        cmocka_unit_test(reports_without_rows),
        cmocka_unit_test(coverage_is_a_union),
        cmocka_unit_test(one_report_with_one_file_under_two_names),
        cmocka_unit_test(groups_and_components),
        cmocka_unit_test(unresolved_paths_count_in_the_total_only),
        cmocka_unit_test(include_and_exclude),
        cmocka_unit_test(a_report_without_any_known_path),
        cmocka_unit_test(paths_that_resolve_help_the_others),
        cmocka_unit_test(several_source_roots_stay_ambiguous),
        cmocka_unit_test(component_patterns_without_files),
        cmocka_unit_test(more_metrics_than_a_snapshot_holds),
        cmocka_unit_test(partial_and_empty_reports),
        cmocka_unit_test(damaged_and_missing_reports_spoil_their_families),
        cmocka_unit_test(security_is_trusted_like_what_could_state_it),
        cmocka_unit_test(equal_reports_count_once),
        cmocka_unit_test(numbers),
        cmocka_unit_test(any_order_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
