/* The order of entries and what is chosen from them, told by small histories. Which entry is right
 * follows from the history that each case describes in words, not from the program. */
#include "check.h"
#include "git_scratch.h"

#include "ledger/git_ledger.h"

/* 40 times the same digit: commits; trees are the same with another digit. */
#define ID(digit) digit digit digit digit digit digit digit digit digit digit
#define A         ID("aaaa")
#define B         ID("bbbb")
#define C         ID("cccc")
#define D         ID("dddd")
#define E         ID("eeee")

struct stage {
    struct scratch scratch;
    struct git_ledger *ledger;
};

static const struct name *name(struct stage *stage, const char *text)
{
    return text != NULL ? scratch_name(&stage->scratch, text) : NULL;
}

static void stage_open(struct stage *stage)
{
    scratch_open(&stage->scratch);
    const struct ledger_place place = {.common_dir = stage->scratch.folder, .create = true};
    assert_int_equal(
        git_ledger_open(&stage->ledger, &stage->scratch.names, &place, &stage->scratch.diags),
        ERR_NONE);
}

static void stage_close(struct stage *stage)
{
    git_ledger_close(stage->ledger);
    scratch_close(&stage->scratch);
}

/* One recording; its ancestors are a blank-separated list. */
struct told {
    const char *commit, *tree, *ancestors, *before;
    int64_t time;
    bool forced;
    uint64_t tests;
};

static void split(struct stage *stage, const char *list, struct vec *names)
{
    struct span rest = span_of(list);
    vec_init(names, sizeof(const struct name *));
    while (rest.size > 0) {
        *(const struct name **)vec_add(names) =
            names_add(&stage->scratch.names, span_cut(&rest, ' '));
    }
}

static const struct name *record(struct stage *stage, const struct told *told)
{
    struct snapshot snapshot;
    struct vec ancestors;
    const struct name *entry = NULL;
    bool already = false;
    snapshot_init(&snapshot, &stage->scratch.names);
    snapshot.commit = name(stage, told->commit);
    snapshot.tree = name(stage, told->tree);
    struct metric *metric = snapshot_add(&snapshot);
    metric->key = name(stage, "tests.total");
    metric->state = STATE_OK;
    metric->value = value_count(told->tests);
    split(stage, told->ancestors, &ancestors);
    const struct ledger_record record = {
        .snapshot = &snapshot,
        .branch = name(stage, "main"),
        .parent = ancestors.count > 0 ? *(const struct name **)vec_at(&ancestors, 0) : NULL,
        .ancestors = &ancestors,
        .before = name(stage, told->before),
        .forced = told->forced,
        .commit_time = told->time,
        .program_version = "test",
        .time = 1700000000,
    };
    assert_int_equal(
        git_ledger_append(stage->ledger, &record, &entry, &already, &stage->scratch.diags),
        ERR_NONE);
    assert_false(already);
    vec_release(&ancestors);
    snapshot_release(&snapshot);
    return entry;
}

static void message_is(struct stage *stage, const char *needle, bool there)
{
    struct buf command = {NULL, 0, 0};
    buf_add_format(&command, "git -C %s log -1 --format=%%B tidegate/ledger | grep -q '%s'",
                   scratch_path(&stage->scratch, "tidegate/ledger.git"), needle);
    assert_int_equal(system(buf_text(&command)) == 0, there);
    buf_release(&command);
}

static void chosen(struct stage *stage, const struct ledger_wanted *wanted,
                   enum baseline_match match, const char *commit, uint64_t tests)
{
    struct baseline baseline = {.state = BASELINE_NOT_ASKED};
    snapshot_init(&baseline.snapshot, &stage->scratch.names);
    assert_int_equal(git_ledger_choose(stage->ledger, wanted, &baseline, &stage->scratch.diags),
                     ERR_NONE);
    print_message("%s\n", name_text(baseline.reason));
    assert_int_equal(baseline.state, BASELINE_FOUND);
    assert_int_equal(baseline.match, match);
    assert_string_equal(name_text(baseline.snapshot.commit), commit);
    const struct metric *metric =
        snapshot_find(&baseline.snapshot, name(stage, "tests.total"), NULL, NULL);
    assert_non_null(metric);
    assert_int_equal(metric->value.count, tests);
    snapshot_release(&baseline.snapshot);
}

/* a <- b <- c; the job of b ends last. */
static void a_late_entry_is_kept_but_is_not_the_newest(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, ID("1111"), "", NULL, 100, false, 1});
    record(&stage, &(struct told){C, ID("3333"), B " " A, NULL, 300, false, 3});
    message_is(&stage, "^Tidegate-Covers: " B "$", true);
    record(&stage, &(struct told){B, ID("2222"), A, NULL, 200, false, 2});
    message_is(&stage, "^Tidegate-Late: yes$", true);
    struct ledger_wanted wanted = {.branch = name(&stage, "main")};
    chosen(&stage, &wanted, MATCH_NEWEST, C, 3);
    wanted.base = name(&stage, B);
    chosen(&stage, &wanted, MATCH_COMMIT, B, 2);
    record(&stage, &(struct told){D, ID("4444"), C " " B " " A, NULL, 400, false, 4});
    message_is(&stage, "^Tidegate-Late", false);
    wanted.base = NULL;
    chosen(&stage, &wanted, MATCH_NEWEST, D, 4);
    stage_close(&stage);
}

/* Nothing but the times tells that b is older than c. */
static void times_decide_last_and_with_a_warning(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){C, ID("3333"), "", NULL, 300, false, 3});
    record(&stage, &(struct told){B, ID("2222"), "", NULL, 200, false, 2});
    message_is(&stage, "^Tidegate-Late: yes$", true);
    scratch_expect(&stage.scratch, DIAG_LEDGER_LATE, "by its time alone");
    record(&stage, &(struct told){D, ID("4444"), "", NULL, 400, false, 4});
    message_is(&stage, "^Tidegate-Late", false);
    stage_close(&stage);
}

/* The clock of c's author ran ahead; b was made after c had been recorded. */
static void a_commit_is_not_newer_than_its_entry(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){C, ID("3333"), "", NULL, 4070908800, false, 3});
    record(&stage, &(struct told){B, ID("2222"), "", NULL, 1700000100, false, 2});
    message_is(&stage, "^Tidegate-Late", false);
    stage_close(&stage);
}

/* a <- b <- c, then the branch is moved back to a and d is put on it. */
static void a_forced_push_is_no_late_run(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, ID("1111"), "", NULL, 100, false, 1});
    record(&stage, &(struct told){B, ID("2222"), A, NULL, 200, false, 2});
    record(&stage, &(struct told){A, ID("1111"), "", B, 100, true, 7});
    message_is(&stage, "^Tidegate-Event: history-rewritten$", true);
    message_is(&stage, "^Tidegate-Late", false);
    record(&stage, &(struct told){C, ID("3333"), A, NULL, 150, false, 3});
    message_is(&stage, "^Tidegate-Event", false);
    /* Without the event, the checkout's history shows it: a is known, b is not among the
     * ancestors. */
    record(&stage, &(struct told){D, ID("4444"), A, NULL, 120, false, 4});
    message_is(&stage, "^Tidegate-Event: history-rewritten$", true);
    stage_close(&stage);
}

/* b came with c and has no entry; e is on top of d, which never was recorded. */
static void covered_commits_and_ancestors_serve(void **state)
{
    struct stage stage;
    struct vec ancestors;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, ID("1111"), "", NULL, 100, false, 1});
    record(&stage, &(struct told){C, ID("3333"), B " " A, NULL, 300, false, 3});
    struct ledger_wanted wanted = {.branch = name(&stage, "main"), .base = name(&stage, B)};
    chosen(&stage, &wanted, MATCH_COVERED, C, 3);
    split(&stage, D " " A, &ancestors); /* a side line that left at a */
    wanted.base = name(&stage, E);
    wanted.ancestors = &ancestors;
    chosen(&stage, &wanted, MATCH_ANCESTOR, A, 1);
    wanted.ancestors = NULL;
    chosen(&stage, &wanted, MATCH_NEWEST, C, 3);
    vec_release(&ancestors);
    stage_close(&stage);
}

/* a <- b <- c, where c restores what a was; and d, which says that it reverts b. */
static void a_revert_is_compared_with_what_it_restores(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, ID("1111"), "", NULL, 100, false, 1});
    record(&stage, &(struct told){B, ID("2222"), A, NULL, 200, false, 2});
    struct ledger_wanted wanted = {.branch = name(&stage, "main"),
                                   .base = name(&stage, B),
                                   .own = name(&stage, C),
                                   .own_tree = name(&stage, ID("1111"))};
    chosen(&stage, &wanted, MATCH_REVERT, A, 1);
    wanted.own_tree = name(&stage, ID("9999"));
    chosen(&stage, &wanted, MATCH_COMMIT, B, 2);
    wanted.reverts = name(&stage, B);
    chosen(&stage, &wanted, MATCH_REVERT, A, 1);
    /* Of an older commit the message proves nothing: what has come since would be undone with
     * it. */
    record(&stage, &(struct told){D, ID("4444"), B " " A, NULL, 300, false, 4});
    wanted.base = name(&stage, D);
    chosen(&stage, &wanted, MATCH_COMMIT, D, 4);
    stage_close(&stage);
}

/* An entry far behind the newest 2,000 of other branches is found, because the branch is known to
 * have one. */
static void a_branch_without_entries_is_told_from_a_quiet_one(void **state)
{
    struct stage stage;
    bool known = true;
    (void)state;
    stage_open(&stage);
    assert_int_equal(
        git_ledger_knows(stage.ledger, name(&stage, "main"), &known, &stage.scratch.diags),
        ERR_NONE);
    assert_false(known);
    record(&stage, &(struct told){A, ID("1111"), "", NULL, 100, false, 1});
    git_ledger_knows(stage.ledger, name(&stage, "main"), &known, &stage.scratch.diags);
    assert_true(known);
    git_ledger_knows(stage.ledger, name(&stage, "other"), &known, &stage.scratch.diags);
    assert_false(known);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_late_entry_is_kept_but_is_not_the_newest),
        cmocka_unit_test(times_decide_last_and_with_a_warning),
        cmocka_unit_test(a_commit_is_not_newer_than_its_entry),
        cmocka_unit_test(a_forced_push_is_no_late_run),
        cmocka_unit_test(covered_commits_and_ancestors_serve),
        cmocka_unit_test(a_revert_is_compared_with_what_it_restores),
        cmocka_unit_test(a_branch_without_entries_is_told_from_a_quiet_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
