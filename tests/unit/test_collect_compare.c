/* What collect and compare show, against reviewed pages. */
#include "render/collect.h"
#include "render/compare.h"
#include "render_page.h"
#include "render_scenes.h"

static void collect_shows_each_report(void **state)
{
    (void)state;
    struct stage stage;
    struct snapshot each[4];
    struct buf text = {0};
    stage_open(&stage);
    add_closed_reports(&stage);
    add_closed_metrics(&stage);
    for (size_t i = 0; i < 4; i++) {
        snapshot_init(&each[i], &stage.run.names);
    }
    stage_metric(&stage, &each[0], "coverage.branch", value_ratio(0, 0));
    stage_metric(&stage, &each[0], "coverage.line", value_ratio(7021, 8679));
    stage_metric(&stage, &each[1], "tests.errors", value_count(1));
    stage_metric(&stage, &each[1], "tests.failed", value_count(2));
    stage_metric(&stage, &each[1], "tests.time", value_decimal(decimal_make(121250, 3)));
    stage_metric(&stage, &each[1], "tests.total", value_count(1204));
    stage_metric(&stage, &each[2], "findings.total", value_count(1243));
    stage_metric(&stage, &each[3], "findings.total", value_count(7))->state = STATE_DAMAGED;
    struct collection collection = {.reports = &stage.reports,
                                    .each = each,
                                    .overall = &stage.snapshot,
                                    .diags = &stage.run.diags,
                                    .width = 80};
    collect_json(&collection, &text);
    expect_page("collect", "json", &text);
    collect_text(&collection, &text);
    expect_page("collect", "txt", &text);
    for (size_t i = 0; i < 4; i++) {
        snapshot_release(&each[i]);
    }
    buf_release(&text);
    stage_close(&stage);
}

static void collect_shows_what_little_there_is(void **state)
{
    (void)state;
    struct stage stage;
    struct snapshot each[3];
    struct buf text = {0};
    stage_open(&stage);
    add_scarce_reports(&stage);
    for (size_t i = 0; i < 3; i++) {
        snapshot_init(&each[i], &stage.run.names);
    }
    stage_metric(&stage, &each[1], "coverage.branch", value_ratio(1, 3));
    stage_metric(&stage, &each[2], "bundle.size", value_decimal(decimal_make(15, 1)));
    diags_add(&stage.run.diags, DIAG_FORMAT_TIE, stage_name(&stage, "a.xml"), 0, 0, SPAN(""));
    struct collection collection = {.reports = &stage.reports,
                                    .each = each,
                                    .overall = &stage.snapshot,
                                    .diags = &stage.run.diags,
                                    .unresolved = stage_name(&stage, "1 path is ambiguous."),
                                    .verbose = true,
                                    .width = 80};
    collect_json(&collection, &text);
    expect_page("collect-scarce", "json", &text);
    collect_text(&collection, &text);
    expect_page("collect-scarce", "txt", &text);
    for (size_t i = 0; i < 3; i++) {
        snapshot_release(&each[i]);
    }
    struct vec none;
    vec_init(&none, sizeof(struct report *));
    collection = (struct collection){.reports = &none};
    collect_text(&collection, &text);
    assert_string_equal(buf_text(&text), "No report was read.\n");
    buf_release(&text);
    stage_close(&stage);
}

static void compare_puts_side_by_side(void **state)
{
    (void)state;
    struct stage stage;
    struct buf text = {0};
    stage_open(&stage);
    struct snapshot *base = &stage.baseline.snapshot;
    stage_metric(&stage, base, "coverage.line", value_ratio(999998, 1000000));
    stage_metric(&stage, base, "coverage.function", value_ratio(900, 1000))->group =
        stage_name(&stage, "unit");
    stage_metric(&stage, base, "tests.failed", value_count(0));
    stage_metric(&stage, base, "tests.total", value_count(12000));
    stage_metric(&stage, base, "tests.time", value_decimal(decimal_make(92, 0)));
    stage_metric(&stage, base, "findings.total", value_count(12));
    stage_metric(&stage, base, "binary.size", value_decimal(decimal_make(18000, 1)));
    stage_metric(&stage, base, "coverage.branch", value_ratio(10, 20));
    stage_metric(&stage, base, "tests.flaky", value_count(1));
    stage_metric(&stage, base, "tests.skipped", value_count(1))->state = STATE_DAMAGED;
    stage_metric(&stage, base, "tests.errors", value_count(1));
    snapshot_sort(base);
    add_closed_metrics(&stage);
    ((struct metric *)vec_at(&stage.snapshot.metrics, 3))->value = value_ratio(999997, 1000000);
    stage_metric(&stage, &stage.snapshot, "coverage.branch", value_ratio(20, 30));
    stage_metric(&stage, &stage.snapshot, "tests.flaky", value_count(1))->state = STATE_PARTIAL;
    stage_metric(&stage, &stage.snapshot, "tests.skipped", value_count(2));
    stage_metric(&stage, &stage.snapshot, "tests.errors", value_decimal(decimal_make(1, 0)));
    stage_metric(&stage, &stage.snapshot, "tests.disabled", value_count(1))->state = STATE_MISSING;
    stage_metric(&stage, base, "tests.disabled", value_count(1));
    snapshot_sort(&stage.snapshot);
    snapshot_sort(base);
    struct comparison comparison = {.base = base,
                                    .now = &stage.snapshot,
                                    .base_label = "main",
                                    .now_label = "HEAD | x",
                                    .width = 80};
    compare_text(&comparison, &text);
    expect_page("compare", "txt", &text);
    compare_markdown(&comparison, &text);
    expect_page("compare", "md", &text);
    compare_json(&comparison, &text);
    expect_page("compare", "json", &text);
    comparison.all = true;
    comparison.colour = true;
    compare_text(&comparison, &text);
    expect_page("compare-all", "txt", &text);
    comparison.base = comparison.now;
    comparison.all = false;
    compare_text(&comparison, &text);
    assert_non_null(strstr(buf_text(&text), "\n\n14 metrics did not change\n"));
    buf_release(&text);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collect_shows_each_report),
        cmocka_unit_test(collect_shows_what_little_there_is),
        cmocka_unit_test(compare_puts_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
