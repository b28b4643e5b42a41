/* Reports and metrics that several renderer tests show. */
#ifndef TIDEGATE_TESTS_RENDER_SCENES_H
#define TIDEGATE_TESTS_RENDER_SCENES_H

#include "render_stage.h"

static inline void add_closed_reports(struct stage *stage)
{
    struct report *lcov = stage_report(stage, "coverage/lcov.info", "lcov", STATE_OK, 482113);
    diags_add(&lcov->diags, DIAG_REPORT_TOTALS, lcov->path, 812, 0,
              SPAN("LF says 120, the rows hold 121"));

    struct report *junit = stage_report(stage, "build/junit/unit.xml", "junit", STATE_OK, 90412);
    stage_test(stage, junit, "ParserTest", "reads an empty file", "expected 0 but was 1",
               TEST_FAILED);
    stage_test(stage, junit, "LedgerTest", "survives a lost push", "NullPointerException: tip",
               TEST_ERROR);
    stage_test(
        stage, junit, "ParserTest", "keeps the last line",
        "expected \"end\" but the reader stopped at the first blank line of the second block",
        TEST_FAILED);

    struct report *lint = stage_report(stage, "build/lint.txt", "lint", STATE_OK, 100231);
    stage_finding(stage, lint, "src/parse.c", 88, "unused-variable", "unused variable 'rest'",
                  LEVEL_WARNING);
    stage_finding(stage, lint, "src/parse.c", 12, "bugprone-branch-clone",
                  "repeated branch body in conditional chain", LEVEL_ERROR);
    struct finding_detail *vulnerability = stage_finding(
        stage, lint, "package-lock.json", 0, "CVE-2026-0001", "prototype pollution", LEVEL_ERROR);
    vulnerability->band = BAND_CRITICAL;
    vulnerability->package = stage_name(stage, "left-pad");
    vulnerability->version = stage_name(stage, "1.2.0");
    vulnerability->fixed_version = stage_name(stage, "1.3.1");
    stage_finding(stage, lint, "src/old.c", 1, "hidden", "suppressed", LEVEL_ERROR)->suppressed =
        true;
    ((struct finding_row *)vec_at(&lint->findings.rows, 3))->suppressed = true;
    ((struct finding_row *)vec_at(&lint->findings.rows, 0))->count = 1241;

    struct report *sarif = stage_report(stage, "build/trivy.sarif", "sarif", STATE_DAMAGED, 4096);
    diags_add(&sarif->diags, DIAG_INPUT_TRUNCATED, sarif->path, 117, 23,
              SPAN("the text ends inside a string"));
}

static inline void add_closed_metrics(struct stage *stage)
{
    struct snapshot *snapshot = &stage->snapshot;
    stage_metric(stage, snapshot, "coverage.line", value_ratio(7021, 8679));
    stage_metric(stage, snapshot, "coverage.branch", value_ratio(12, 20))->component =
        stage_name(stage, "api");
    stage_metric(stage, snapshot, "coverage.function", value_ratio(900, 1000))->group =
        stage_name(stage, "unit");
    stage_metric(stage, snapshot, "tests.total", value_count(1204));
    stage_metric(stage, snapshot, "tests.failed", value_count(3));
    stage_metric(stage, snapshot, "tests.time", value_decimal(decimal_make(121250, 3)));
    stage_metric(stage, snapshot, "findings.warning", value_count(1243));
    stage_metric(stage, snapshot, "security.high", value_count(0))->state = STATE_DAMAGED;
    stage_metric(stage, snapshot, "binary.size", value_decimal(decimal_make(18432, 1)))->unit =
        stage_name(stage, "kB");
    snapshot_sort(snapshot);
    snapshot->commit = stage_name(stage, "def5678def5678def5678def5678def5678def56");
}

static inline void add_scarce_reports(struct stage *stage)
{
    struct report *unknown = stage_report(stage, "notes.txt", NULL, STATE_DAMAGED, 0);
    diags_add(&unknown->diags, DIAG_FORMAT_UNKNOWN, NULL, 0, 0, SPAN(""));
    struct report *junit = stage_report(stage, "unit.xml", "junit", STATE_PARTIAL, 1234567);
    for (unsigned i = 0; i < 25; i++) {
        diags_add_format(&junit->diags, DIAG_REPORT_VALUE, junit->path, i + 1, 9, "time=\"x%u\"",
                         i);
    }
    stage_test(stage, junit, NULL, NULL, NULL, TEST_ERROR);
    stage_test(stage, junit, "cart", "cart", "", TEST_FAILED);
    stage_test(stage, junit, "cart", "slow but fine", "passed when run again", TEST_FLAKY);
    struct test_detail *test = vec_at(&junit->tests.details, 1);
    test->file = stage_name(stage, "tests/cart.c");
    junit->tests.suite_errors = 2;
    struct report *sarif = stage_report(stage, "a.sarif", "sarif", STATE_OK, 10);
    struct finding_detail *finding = stage_finding(stage, sarif, "b.c", 3, NULL, NULL, LEVEL_NONE);
    finding->column = 7;
    finding = stage_finding(stage, sarif, NULL, 0, NULL, "same place, later rule", LEVEL_NOTE);
    finding = stage_finding(stage, sarif, "b.c", 3, "z", "m", LEVEL_NOTE);
    finding = stage_finding(stage, sarif, "b.c", 3, "a", "m", LEVEL_NOTE);
    finding->package = stage_name(stage, "zlib");
    finding = stage_finding(stage, sarif, "b.c", 2, "z", "m", LEVEL_NOTE);
    finding->band = BAND_LOW;
    sarif->tool = stage_name(stage, "scanner");
    sarif->tool_version = stage_name(stage, "2.0");
}

#endif
