/* The renderers against reviewed pages. Each scene is built by hand, so that a page changes only
 * when a renderer does. */
#include "render/markdown_parts.h"
#include "render/render.h"
#include "render/terminal.h"
#include "render_page.h"
#include "render_scenes.h"

static void expect_pages(const struct stage *stage, const char *test_case)
{
    static const char *const names[] = {"text", "markdown", "json"};
    static const char *const pages[] = {"txt", "md", "json"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct buf text = {0};
        renderers_find(span_of(names[i]))->render(&stage->scene, &text);
        expect_page(test_case, pages[i], &text);
        buf_release(&text);
    }
}

static struct value percent(int64_t digits, uint8_t scale)
{
    return value_decimal(decimal_make(digits, scale));
}

/* ---- a closed gate: something of everything ---- */

static void add_closed_checks(struct stage *stage)
{
    struct check *check =
        stage_check(stage, &stage_threshold, "tests.failed", OUTCOME_FAIL,
                    "tests.failed is 3, 3 more than the 0 that is allowed.", "Mend all 3 tests.");
    stage_now(check, value_count(3));
    stage_base(check, value_count(0));
    stage_bar(check, STAGE_AT_MOST, value_count(0));
    check->short_of_bar = 3;

    check = stage_check(stage, &stage_threshold, "coverage.branch", OUTCOME_WARN,
                        "60.00 % = 12 of 20 branches, 2 fewer than the bar of 70 % needs.",
                        "Cover at least 2 more of the 8 uncovered branches.");
    stage_rule(check)->component = stage_name(stage, "api");
    stage_rule(check)->severity = GATE_WARN;
    stage_now(check, value_ratio(12, 20));
    stage_bar(check, STAGE_AT_LEAST, percent(70, 0));
    check->short_of_bar = 2;

    check =
        stage_check(stage, &stage_ratchet, "coverage.line", OUTCOME_FAIL,
                    "Line coverage fell from 81.19 % = 7,047 of 8,679 lines to 80.89 % = 7,021 of "
                    "8,679 lines; 26 more must be covered.",
                    "Cover at least 26 more of the 1,658 uncovered lines.");
    stage_now(check, value_ratio(7021, 8679));
    stage_base(check, value_ratio(7047, 8679));
    stage_bar(check, STAGE_RATCHET, percent(8119, 2));
    check->short_of_bar = 26;

    stage->waiver = (struct waiver){.gate = stage_name(stage, "findings.warning"),
                                    .reason = stage_name(stage, "generated parser, replaced in Q3"),
                                    .owner = stage_name(stage, "@team-core"),
                                    .until = 20270131,
                                    .line = 17};
    check =
        stage_check(stage, &stage_ratchet, "findings.warning", OUTCOME_WAIVED,
                    "findings.warning rose from 1,240 to 1,243.", "Resolve at least 3 findings.");
    check->waiver = &stage->waiver;
    stage_now(check, value_count(1243));
    stage_base(check, value_count(1240));
    stage_bar(check, STAGE_RATCHET, value_count(1240));
    check->short_of_bar = 3;

    check =
        stage_check(stage, &stage_threshold, "tests.time", OUTCOME_INFO,
                    "tests.time is 121.250 seconds, 1.25 more than the 120 that is allowed.", NULL);
    stage_now(check, value_decimal(decimal_make(121250, 3)));
    stage_base(check, value_decimal(decimal_make(92000, 3)));
    stage_bar(check, STAGE_AT_MOST, percent(120, 0));
}

/* Three rules that lack the same report share one remedy. */
static void add_missing_checks(struct stage *stage)
{
    static const char *const metrics[] = {"security.critical", "security.high", "security.high"};
    for (size_t i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++) {
        struct buf why = {0};
        buf_add_format(&why, "%s is unknown: a report behind it is damaged.", metrics[i]);
        struct check *check = stage_check(
            stage, i < 2 ? &stage_threshold : &stage_ratchet, metrics[i], OUTCOME_NO_DATA,
            buf_text(&why),
            "See the diagnostics of the reports; `partial: ok` accepts incomplete ones.");
        check->no_data = NO_DATA_REPORT;
        check->now_state = STATE_DAMAGED;
        buf_release(&why);
    }
}

static void add_passed_checks(struct stage *stage)
{
    struct check *check = stage_check(stage, &stage_threshold, "tests.total", OUTCOME_PASS,
                                      "tests.total is 1204; at least 1000 is demanded.", NULL);
    stage_now(check, value_count(1204));
    stage_base(check, value_count(1201));
    stage_bar(check, STAGE_AT_LEAST, value_count(1000));

    check = stage_check(stage, &stage_threshold, "coverage.function", OUTCOME_PASS,
                        "90.00 % = 900 of 1000 functions; at least 85.5 % is demanded.", NULL);
    stage_rule(check)->group = stage_name(stage, "unit");
    stage_now(check, value_ratio(900, 1000));
    stage_base(check, value_ratio(900, 1000));
    stage_bar(check, STAGE_AT_LEAST, percent(855, 1));
}

static void closed_gate(struct stage *stage)
{
    stage_open(stage);
    add_closed_checks(stage);
    add_missing_checks(stage);
    add_passed_checks(stage);
    add_closed_reports(stage);
    add_closed_metrics(stage);
    stage->verdict.outcome = OUTCOME_FAIL;
    stage->verdict.exit_code = EXIT_CLOSED;
    stage->verdict.summary = stage_name(stage, "2 of 10 rules are broken.");
    stage->baseline.state = BASELINE_FOUND;
    stage->baseline.match = MATCH_COMMIT;
    stage->baseline.branch = stage_name(stage, "main");
    stage->baseline.entry = stage_name(stage, "9f8e7d6c5b4a9f8e7d6c5b4a9f8e7d6c5b4a9f8e");
    stage->baseline.wanted = stage_name(stage, "1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b");
    stage->baseline.snapshot.commit = stage->baseline.wanted;
    stage->baseline.reason = stage_name(stage, "the merge base has an entry.");
    stage->scene.baseline = &stage->baseline;
    stage->scene.unresolved =
        stage_name(stage, "2 of 214 report paths match no file, for example gen/parser.c.");
    diags_add(&stage->run.diags, DIAG_REPORT_TOOL_FAILED, NULL, 0, 0,
              SPAN("the scanner says that it could not read 3 files"));
}

static void a_closed_gate_says_why(void **state)
{
    (void)state;
    struct stage stage;
    closed_gate(&stage);
    expect_pages(&stage, "closed");
    stage_close(&stage);
}

static void verbose_shows_everything(void **state)
{
    (void)state;
    struct stage stage;
    struct buf text = {0};
    closed_gate(&stage);
    stage.scene.verbose = true;
    stage.scene.colour = true;
    stage.scene.width = 0;
    renderers_find(SPAN("text"))->render(&stage.scene, &text);
    expect_page("verbose", "txt", &text);
    buf_release(&text);
    stage_close(&stage);
}

/* ---- an open gate is short ---- */

static void an_open_gate_is_short(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage);
    add_passed_checks(&stage);
    stage.verdict.outcome = OUTCOME_PASS;
    stage.verdict.exit_code = EXIT_OPEN;
    stage.verdict.summary = stage_name(&stage, "All 2 rules hold.");
    stage.baseline.state = BASELINE_NONE_YET;
    stage.baseline.reason =
        stage_name(&stage, "there is no ledger; the first recording starts it.");
    stage.scene.baseline = &stage.baseline;
    stage.scene.reports = NULL;
    expect_pages(&stage, "open");
    stage_close(&stage);
}

/* ---- text that attacks whoever reads it ---- */

/* ---- bars of the branch, and goals ---- */

static void bars_and_goals(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    const struct name *commit = stage_name(&stage, "1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b");
    const struct bar line = {.value = value_ratio(9010, 10000),
                             .commit = commit,
                             .waiver_owner = stage_name(&stage, "@team-core"),
                             .waiver_until = 20270131};
    struct check *check = stage_check(&stage, &stage_ratchet, "coverage.line", OUTCOME_WARN,
                                      "The branch was already below its bar.", "It may pass.");
    stage_now(check, value_ratio(8800, 10000));
    stage_base(check, value_ratio(8800, 10000));
    stage_bar(check, STAGE_RATCHET, percent(88, 0));
    check->branch_bar = &line;
    check->inherited = true;

    const struct bar errors = {.value = value_count(2), .commit = commit};
    check = stage_check(&stage, &stage_ratchet, "findings.error", OUTCOME_FAIL,
                        "findings.error is 6, 4 more than the bar of 2.", "Resolve 4 findings.");
    stage_now(check, value_count(6));
    stage_bar(check, STAGE_RATCHET, value_count(2));
    check->short_of_bar = 4;
    check->branch_bar = &errors;

    check = stage_check(&stage, &stage_threshold, "coverage.branch", OUTCOME_FAIL,
                        "84.00 % is less than 85 %. From 2027-03-01 on it is 90 %.", "Cover more.");
    stage_now(check, value_ratio(84, 100));
    stage_bar(check, STAGE_AT_LEAST, percent(85, 0));
    check->short_of_bar = 1;
    check->goal = (struct goal){.day = 20270301, .bar = percent(90, 0), .short_of = 6};

    check = stage_check(&stage, &stage_threshold, "tests.skipped", OUTCOME_PASS,
                        "tests.skipped is 4. From 2027-03-01 on it is at most 2.", NULL);
    stage_now(check, value_count(4));
    stage_bar(check, STAGE_AT_MOST, value_count(5));
    check->goal =
        (struct goal){.day = 20270301, .bar = value_count(2), .upper = true, .short_of = 2};

    check = stage_check(&stage, &stage_threshold, "tests.time", OUTCOME_INFO,
                        "tests.time is 9. From 2027-03-01 on it is at most 10.5.", NULL);
    stage_now(check, percent(9, 0));
    check->goal =
        (struct goal){.day = 20270301, .bar = percent(105, 1), .upper = true, .met = true};

    stage.verdict.outcome = OUTCOME_FAIL;
    stage.verdict.exit_code = EXIT_CLOSED;
    stage.baseline.state = BASELINE_NONE_YET;
    stage.baseline.yardstick = YARDSTICK_BAR;
    stage.scene.baseline = &stage.baseline;
    expect_pages(&stage, "bars");
    stage_close(&stage);
}

static void hostile_gate(struct stage *stage)
{
    struct check *check = stage_check(stage, &stage_threshold, "tests.failed", OUTCOME_FAIL,
                                      "::error::forged | **bold** @octocat fixes #1 <img src=x>",
                                      "/approve\n::set-env name=x::y ##[error]z");
    stage_rule(check)->group = stage_name(stage, "a|b`c``d\x1b[31m");
    stage_now(check, value_count(1));
    struct report *junit = stage_report(stage, "::error file=x::p.xml", "junit", STATE_PARTIAL, 1);
    stage_test(stage, junit, "::warning::suite", "\xE3\x80\x80::add-mask::a", "##[error]f",
               TEST_FAILED);
    stage_test(stage, junit, NULL, "</details><script>z</script>", "a\r::stop-commands::t",
               TEST_FAILED);
    stage_test(stage, junit, "", "safe \xE2\x80\xAEtxt.exe\xE2\x80\xAC", "section_start:1:x\r",
               TEST_ERROR);
    stage_finding(stage, junit, "a\nb.c", 1, "<!-- tidegate:comment v1 -->",
                  "see [ok](https://e.invalid/) ![i](https://e.invalid/t.png)", LEVEL_ERROR);
    stage_finding(stage, junit, ":", 7, "r|s", "| a | b |", LEVEL_NOTE);
    check = stage_check(stage, &stage_threshold, "findings.total", OUTCOME_NO_DATA, "", NULL);
    check->no_data = NO_DATA_BASELINE;
    diags_add(&junit->diags, DIAG_INPUT_SYNTAX, junit->path, 3, 0, SPAN("::error::diag"));
    stage->scene.unresolved = stage_name(stage, "@octocat/a.c");
    stage->verdict.exit_code = EXIT_CLOSED;
    stage->verdict.outcome = OUTCOME_FAIL;
}

static void hostile_text_stays_text(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage);
    hostile_gate(&stage);
    expect_pages(&stage, "hostile");
    stage_close(&stage);
}

/* ---- little is known ---- */

static void little_is_known_and_said(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage);
    add_scarce_reports(&stage);
    struct check *check =
        stage_check(&stage, &stage_ratchet, "findings.total", OUTCOME_NO_DATA,
                    "There is no baseline to compare with.", "Record one on the protected branch.");
    check->no_data = NO_DATA_BASELINE;
    stage_now(check, value_count(1));
    stage_rule(check)->line = 12;
    check = stage_check(&stage, &stage_threshold, "bundle.size", OUTCOME_WARN,
                        "bundle.size is 1.5 kB, 0.5 more than the 1 that is allowed.", NULL);
    stage_now(check, value_decimal(decimal_make(15, 1)));
    stage_bar(check, STAGE_AT_MOST, percent(1, 0));
    stage_metric(&stage, &stage.snapshot, "bundle.size", check->now)->unit =
        stage_name(&stage, "kB");
    stage_metric(&stage, &stage.snapshot, "coverage.line", value_ratio(0, 0));
    stage.verdict.outcome = OUTCOME_NO_DATA;
    stage.verdict.exit_code = EXIT_BASELINE;
    stage.baseline.state = BASELINE_UNUSABLE;
    stage.baseline.reason = stage_name(&stage, "the ledger cannot be read.");
    stage.scene.baseline = &stage.baseline;
    expect_pages(&stage, "scarce");
    stage_close(&stage);
}

/* ---- nothing was judged ---- */

static void without_a_verdict_there_are_metrics(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage);
    stage.scene.verdict = NULL;
    stage.scene.reports = NULL;
    stage.scene.unresolved = stage_name(&stage, "1 path is ambiguous.");
    add_closed_metrics(&stage);
    expect_pages(&stage, "unjudged");
    stage_close(&stage);
}

/* ---- ceilings ---- */

static void many_rows_are_counted(void **state)
{
    (void)state;
    struct stage stage;
    struct buf text = {0};
    stage_open(&stage);
    struct report *junit = stage_report(&stage, "unit.xml", "junit", STATE_OK, 1);
    for (unsigned i = 0; i < 500; i++) {
        char name[300];
        snprintf(name, sizeof(name), "rule_%03u|%0250u", i, i);
        stage_test(&stage, junit, "suite", name, name, TEST_FAILED);
        stage_finding(&stage, junit, name, i, name, name, LEVEL_ERROR);
        stage_check(&stage, &stage_threshold, name, i % 3 ? OUTCOME_FAIL : OUTCOME_PASS, name,
                    name);
        stage_metric(&stage, &stage.snapshot, name, value_count(i));
        diags_add(&stage.run.diags, (enum diag_code)(i % DIAG_CODE_COUNT), NULL, i, 0,
                  span_of(name));
    }
    snapshot_sort(&stage.snapshot);
    stage.verdict.exit_code = EXIT_CLOSED;
    renderers_find(SPAN("markdown"))->render(&stage.scene, &text);
    assert_true(text.size <= 60000);
    assert_true(text.size > 20000);
    const char *page = buf_text(&text);
    assert_non_null(strstr(page, "Sections were left out to keep this page short"));
    assert_non_null(strstr(page, "### \xE2\x9C\x97 Gate closed: 333 of 500 rules broken\n"));
    const char *open = page;
    size_t opened = 0;
    size_t closed = 0;
    for (; (open = strstr(open, "<details>")) != NULL; open++) {
        opened++;
    }
    for (open = page; (open = strstr(open, "</details>")) != NULL; open++) {
        closed++;
    }
    assert_true(opened > 0);
    assert_int_equal(opened, closed);
    buf_clear(&text);
    renderers_find(SPAN("text"))->render(&stage.scene, &text);
    assert_non_null(strstr(buf_text(&text), "Failed tests (500)\n"));
    assert_non_null(strstr(buf_text(&text), "  and 490 more\n"));
    buf_release(&text);
    stage_close(&stage);
}

static void lists_stop_at_the_first_item_left_out(void **state)
{
    (void)state;
    struct buf out = {0};
    struct markdown_list list;
    markdown_list_open(&list, &out, 9, 10);
    buf_add_text(&list.item, "- a\n");
    markdown_list_take(&list);
    buf_add_text(&list.item, "- too long\n");
    markdown_list_take(&list);
    buf_add_text(&list.item, "- b\n"); /* would fit */
    markdown_list_take(&list);
    markdown_list_close(&list, 1000, "- ");
    assert_string_equal(buf_text(&out), "- a\n- and 999 more\n");
    buf_release(&out);
}

static void sentences_wrap_at_the_width(void **state)
{
    (void)state;
    struct buf out = {0};
    struct terminal terminal = {&out, false, 14};
    terminal_sentence(&terminal, 2, "> ", SPAN("aaaa bbbbb"));
    assert_string_equal(buf_text(&out), "  > aaaa bbbbb\n");
    buf_clear(&out);
    terminal.width = 13;
    terminal_sentence(&terminal, 2, "> ", SPAN("aaaa bbbbb"));
    assert_string_equal(buf_text(&out), "  > aaaa\n    bbbbb\n");
    buf_clear(&out);
    terminal.width = 0;
    char endless[1000];
    memset(endless, 'x', sizeof(endless));
    terminal_sentence(&terminal, 0, "", span_make(endless, sizeof(endless)));
    assert_int_equal(out.size, TERMINAL_SENTENCE + 1);
    assert_true(span_ends(buf_span(&out), "xxx...\n"));
    buf_release(&out);
}

static void every_renderer_is_listed(void **state)
{
    (void)state;
    assert_string_equal(renderers_find(SPAN("json"))->name, "json");
    assert_null(renderers_find(SPAN("jso")));
    for (const struct renderer *const *at = renderers_all(); *at != NULL; at++) {
        assert_ptr_equal(renderers_find(span_of((*at)->name)), *at);
        assert_non_null((*at)->title);
        assert_non_null((*at)->media_type);
        assert_non_null((*at)->file_name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_gate_says_why),
        cmocka_unit_test(bars_and_goals),
        cmocka_unit_test(verbose_shows_everything),
        cmocka_unit_test(an_open_gate_is_short),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(little_is_known_and_said),
        cmocka_unit_test(without_a_verdict_there_are_metrics),

        cmocka_unit_test(lists_stop_at_the_first_item_left_out),
        cmocka_unit_test(sentences_wrap_at_the_width),
        cmocka_unit_test(many_rows_are_counted),

        cmocka_unit_test(every_renderer_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
