/* Verifying small histories: what is right follows from the history that each case describes in
 * words. The forged ledgers are in tests/cli/verify. */
#include "check.h"
#include "git_scratch.h"

#include "base/date.h"
#include "ledger/git_ledger_verify.h"

#include <stdio.h>

#define ID(digit) digit digit digit digit digit digit digit digit digit digit
#define A         ID("aaaa")
#define B         ID("bbbb")
#define C         ID("cccc")
#define D         ID("dddd")

struct stage {
    struct scratch scratch;
    struct git_ledger *ledger;
    struct ledger_audit audit;
};

static void stage_open(struct stage *stage)
{
    scratch_open(&stage->scratch);
    const struct ledger_place place = {.common_dir = stage->scratch.folder, .create = true};
    assert_int_equal(
        git_ledger_open(&stage->ledger, &stage->scratch.names, &place, &stage->scratch.diags),
        ERR_NONE);
    ledger_audit_init(&stage->audit, &stage->scratch.names);
}

static void stage_close(struct stage *stage)
{
    ledger_audit_release(&stage->audit);
    git_ledger_close(stage->ledger);
    scratch_close(&stage->scratch);
}

struct told {
    const char *commit, *ancestors, *before;
    int64_t time;
    bool forced;
};

static void record(struct stage *stage, const struct told *told)
{
    struct names *names = &stage->scratch.names;
    struct snapshot snapshot;
    struct vec ancestors;
    const struct name *entry = NULL;
    bool already = false;
    struct span rest = span_of(told->ancestors);
    snapshot_init(&snapshot, names);
    snapshot.commit = names_add(names, span_of(told->commit));
    snapshot.tree = snapshot.commit;
    struct metric *metric = snapshot_add(&snapshot);
    metric->key = names_add(names, SPAN("tests.total"));
    metric->value = value_count(3);
    vec_init(&ancestors, sizeof(const struct name *));
    while (rest.size > 0) {
        *(const struct name **)vec_add(&ancestors) = names_add(names, span_cut(&rest, ' '));
    }
    const struct ledger_record wanted = {
        .snapshot = &snapshot,
        .branch = names_add(names, SPAN("main")),
        .parent = ancestors.count > 0 ? *(const struct name **)vec_at(&ancestors, 0) : NULL,
        .ancestors = &ancestors,
        .before = told->before != NULL ? names_add(names, span_of(told->before)) : NULL,
        .forced = told->forced,
        .commit_time = told->time,
        .program_version = "test",
        .time = 1700000000,
    };
    assert_int_equal(
        git_ledger_append(stage->ledger, &wanted, &entry, &already, &stage->scratch.diags),
        ERR_NONE);
    vec_release(&ancestors);
    snapshot_release(&snapshot);
}

static bool no_rules(void *self, struct span text, struct policy *policy)
{
    (void)self;
    (void)text;
    (void)policy;
    return true; /* a policy without rules */
}

static bool unreadable(void *self, struct span text, struct policy *policy)
{
    (void)self;
    (void)text;
    (void)policy;
    return false;
}

/* Verifies; the codes of all findings must be these. */
static void finds(struct stage *stage, const enum diag_code *codes, size_t count)
{
    const struct verify_wanted wanted = {.read_policy = no_rules};
    assert_int_equal(
        git_ledger_verify(stage->ledger, &wanted, &stage->audit, &stage->scratch.diags), ERR_NONE);
    for (size_t index = 0; index < stage->audit.findings.count; index++) {
        const struct ledger_finding *finding = vec_at(&stage->audit.findings, index);
        print_message("%s %s\n", diag_kind(finding->code)->code, name_text(finding->text));
    }
    assert_int_equal(stage->audit.findings.count, count);
    for (size_t index = 0; index < count; index++) {
        const struct ledger_finding *finding = vec_at(&stage->audit.findings, index);
        assert_int_equal(finding->code, codes[index]);
    }
    assert_true(stage->audit.whole);
    assert_false(stage->audit.unreadable);
}

/* a <- b <- c, all recorded; d came with c's push. */
static void parents_and_covered_commits_close_the_chain(void **state)
{
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, "", NULL, 100, false});
    record(&stage, &(struct told){B, A, NULL, 200, false});
    record(&stage, &(struct told){C, D " " B " " A, NULL, 300, false});
    finds(&stage, NULL, 0);
    assert_int_equal(stage.audit.entries, 3);
    stage_close(&stage);
}

/* a <- b <- c; the run of b failed, and c's checkout had a depth of 1. */
static void a_run_that_failed_is_a_gap(void **state)
{
    static const enum diag_code codes[] = {DIAG_VERIFY_GAP};
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, "", NULL, 100, false});
    record(&stage, &(struct told){C, B, NULL, 300, false});
    finds(&stage, codes, 1);
    assert_int_equal(stage.audit.warnings, 1);
    assert_int_equal(stage.audit.errors, 0);
    stage_close(&stage);
}

/* The same, and b's run ended last. */
static void a_late_entry_fills_the_gap(void **state)
{
    static const enum diag_code codes[] = {DIAG_VERIFY_LATE};
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, "", NULL, 100, false});
    record(&stage, &(struct told){C, B, NULL, 300, false});
    record(&stage, &(struct told){B, A, NULL, 200, false});
    finds(&stage, codes, 1);
    stage_close(&stage);
}

/* a <- b, then the branch is moved back to a. */
static void a_forced_push_is_told(void **state)
{
    static const enum diag_code codes[] = {DIAG_VERIFY_REWRITTEN};
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, "", NULL, 100, false});
    record(&stage, &(struct told){B, A, NULL, 200, false});
    record(&stage, &(struct told){C, D, B, 150, true});
    finds(&stage, codes, 1);
    stage_close(&stage);
}

static void policies_that_cannot_be_read_are_told(void **state)
{
    const struct verify_wanted wanted = {.read_policy = unreadable};
    struct stage stage;
    (void)state;
    stage_open(&stage);
    record(&stage, &(struct told){A, "", NULL, 100, false});
    assert_int_equal(git_ledger_verify(stage.ledger, &wanted, &stage.audit, &stage.scratch.diags),
                     ERR_NONE);
    assert_int_equal(stage.audit.warnings, 1);
    assert_int_equal(stage.audit.replayed, 0);
    stage_close(&stage);
}

/* A long chain, of which each commit is followed once. tests/bench/ledger measures longer ones. */
static void a_long_chain(void **state)
{
    enum { ENTRIES = 300 };
    struct stage stage;
    char commit[41];
    char parent[41] = "";
    (void)state;
    stage_open(&stage);
    for (unsigned index = 1; index <= ENTRIES; index++) {
        snprintf(commit, sizeof(commit), "%040x", index);
        record(&stage, &(struct told){commit, parent, NULL, (int64_t)index, false});
        memcpy(parent, commit, sizeof(parent));
    }
    finds(&stage, NULL, 0);
    assert_int_equal(stage.audit.entries, ENTRIES);
    assert_int_equal(stage.audit.replayed, ENTRIES);
    stage_close(&stage);
}

/* Days around the ends of months, as `date -u -d @SECONDS +%F` (GNU coreutils 9.1) prints them. */
static void moments_have_days(void **state)
{
    (void)state;
    assert_int_equal(date_of_seconds(0), 19700101);
    assert_int_equal(date_of_seconds(951782399), 20000228);
    assert_int_equal(date_of_seconds(951782400), 20000229);
    assert_int_equal(date_of_seconds(1709251199), 20240229);
    assert_int_equal(date_of_seconds(1709251200), 20240301);
    assert_int_equal(date_of_seconds(4107542399), 21000228);
    assert_int_equal(date_of_seconds(4107542400), 21000301);
    assert_int_equal(date_of_seconds(1798761599), 20261231);
    assert_int_equal(date_of_seconds(1798761600), 20270101);
    assert_int_equal(date_of_seconds(INT64_C(253402300799)), 99991231);
    assert_int_equal(date_of_seconds(INT64_C(253402300800)), 0);
    assert_int_equal(date_of_seconds(-1), 0);
}

/* The same by `date -u -d @SECONDS "+%F %H:%M"`. */
static void moments_have_hours(void **state)
{
    (void)state;
    struct buf text = {NULL, 0, 0};
    date_add_moment(&text, 951782399);
    date_add_moment(&text, 1709251200);
    date_add_moment(&text, 4107542461);
    date_add_moment(&text, -1);
    assert_string_equal(buf_text(&text),
                        "2000-02-28 23:592024-03-01 00:002100-03-01 00:01unknown time");
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parents_and_covered_commits_close_the_chain),
        cmocka_unit_test(a_run_that_failed_is_a_gap),
        cmocka_unit_test(a_late_entry_fills_the_gap),
        cmocka_unit_test(a_forced_push_is_told),
        cmocka_unit_test(policies_that_cannot_be_read_are_told),
        cmocka_unit_test(a_long_chain),
        cmocka_unit_test(moments_have_days),
        cmocka_unit_test(moments_have_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
