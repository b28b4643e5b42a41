/* Bars in the ledger: written with each entry, handed out with a baseline, and never taken for
 * missing when they are damaged. git is the second witness. */
#include "git_scratch.h"

#include "gates/gates.h"
#include "ledger/git_ledger.h"
#include "policy/policy_read.h"

#define LEDGER "git/tidegate/ledger.git"

/* A scratch folder whose `git` stands for the git folder of a repository, and a policy. */
struct bench {
    struct scratch scratch;
    struct git_ledger *ledger;
    struct policy policy;
};

static const char rules[] = "version: 1\n"
                            "gates:\n"
                            "  - tests.total: {ratchet: true}\n"
                            "waivers:\n"
                            "  - {gate: tests.total, reason: r, owner: ada, until: 2026-06-15}\n";

static void bench_open(struct bench *bench)
{
    static const char *const formats[] = {NULL};
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct scratch *scratch = &bench->scratch;
    memset(bench, 0, sizeof(*bench));
    scratch_open(scratch);
    scratch_run(scratch, "mkdir git");
    policy_init(&bench->policy);
    assert_int_equal(policy_read(&bench->policy, &scratch->names, span_of(rules), NULL, &vocabulary,
                                 &scratch->diags),
                     ERR_NONE);
    const struct ledger_place place = {.common_dir = scratch_path(scratch, "git"), .create = true};
    assert_int_equal(git_ledger_open(&bench->ledger, &scratch->names, &place, &scratch->diags),
                     ERR_NONE);
}

static void bench_close(struct bench *bench)
{
    policy_release(&bench->policy);
    git_ledger_close(bench->ledger);
    scratch_close(&bench->scratch);
}

/* The id of code commit n, or of its tree. */
static const struct name *id(struct bench *bench, unsigned number)
{
    char text[41];
    snprintf(text, sizeof(text), "%040x", number);
    return scratch_name(&bench->scratch, text);
}

/* Records tests.total of commit `number`, whose tree is number + 1000; by the policy, or not. */
static enum err record(struct bench *bench, const char *branch, unsigned number, unsigned parent,
                       uint64_t total, const struct policy *policy)
{
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = false;
    struct names *names = &bench->scratch.names;
    snapshot_init(&snapshot, names);
    snapshot.commit = id(bench, number);
    snapshot.tree = id(bench, number + 1000);
    struct metric *metric = snapshot_add(&snapshot);
    metric->key = scratch_name(&bench->scratch, "tests.total");
    metric->value = value_count(total);
    metric->sources = 1;
    /* Code commits count up, but for those from 50 on, which come from elsewhere. */
    struct vec ancestors;
    vec_init(&ancestors, sizeof(const struct name *));
    for (unsigned ancestor = parent < 50 ? parent : 0; ancestor > 0; ancestor--) {
        *(const struct name **)vec_add(&ancestors) = id(bench, ancestor);
    }
    const struct ledger_record record = {
        .snapshot = &snapshot,
        .ancestors = &ancestors,
        .branch = scratch_name(&bench->scratch, branch),
        .parent = parent != 0 ? id(bench, parent) : NULL,
        .policy = SPAN("version: 1\n"),
        .rules = policy,
        .today = 20260701,
        .program_version = "0.1.0",
        .time = 1700000000,
    };
    enum err err =
        git_ledger_append(bench->ledger, &record, &entry, &already, &bench->scratch.diags);
    snapshot_release(&snapshot);
    vec_release(&ancestors);
    return err;
}

/* What a run of commit `own` (0: a laptop) with this base gets. */
static enum err choose(struct bench *bench, const char *branch, unsigned base, unsigned own,
                       size_t recent, struct baseline *baseline)
{
    const struct ledger_wanted wanted = {.branch = scratch_name(&bench->scratch, branch),
                                         .base = base != 0 ? id(bench, base) : NULL,
                                         .own = own != 0 ? id(bench, own) : NULL,
                                         .recent = recent};
    baseline_init(baseline, &bench->scratch.names);
    return git_ledger_choose(bench->ledger, &wanted, baseline, &bench->scratch.diags);
}

/* The bar that is handed out, and the commit that it came from. */
static void expect(struct bench *bench, const char *branch, unsigned base, unsigned own,
                   uint64_t total, unsigned from)
{
    struct baseline baseline;
    assert_int_equal(choose(bench, branch, base, own, 0, &baseline), ERR_NONE);
    assert_int_equal(baseline.state, BASELINE_FOUND);
    assert_int_equal(baseline.bars.all.count, 1);
    const struct bar *bar = vec_at(&baseline.bars.all, 0);
    assert_int_equal(bar->value.count, total);
    assert_ptr_equal(bar->commit, id(bench, from));
    baseline_release(&baseline);
}

static void test_bar_of_the_branch(void **state)
{
    struct bench bench;
    (void)state;
    bench_open(&bench);
    assert_int_equal(record(&bench, "main", 1, 0, 10, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 2, 1, 12, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 3, 2, 11, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "side", 9, 0, 99, &bench.policy), ERR_NONE);
    expect(&bench, "main", 1, 0, 12, 2); /* of the branch, not of the base commit */
    expect(&bench, "main", 0, 0, 12, 2);
    expect(&bench, "main", 1, 3, 12, 2);
    assert_int_equal(record(&bench, "main", 4, 3, 13, &bench.policy), ERR_NONE);
    expect(&bench, "main", 3, 4, 12, 2); /* without the run's own entry */
    expect(&bench, "main", 3, 5, 13, 4);
    assert_int_equal(record(&bench, "main", 5, 4, 20, NULL), ERR_NONE); /* without rules */
    expect(&bench, "main", 0, 0, 13, 4);
    scratch_run(&bench.scratch, "cd " LEDGER " && git fsck --strict --no-dangling && "
                                "git show tidegate/ledger:branches/main/bar.json | "
                                "grep -c '\"tests.total\", \"value\": 13, \"commit\": \"0*4\"'");
    assert_int_equal(diags_count(&bench.scratch.diags), 0);
    bench_close(&bench);
}

/* A new branch goes on from the bar of where it began. */
static void test_new_branch(void **state)
{
    struct bench bench;
    (void)state;
    bench_open(&bench);
    assert_int_equal(record(&bench, "main", 1, 0, 12, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 2, 1, 11, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 3, 2, 20, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "release/1", 7, 2, 10, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "release/2", 3, 2, 20, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "elsewhere", 8, 77, 5, &bench.policy), ERR_NONE);
    /* its first commits, 4 to 6, have no entry; 3 is the nearest that has one */
    assert_int_equal(record(&bench, "release/4", 9, 6, 10, &bench.policy), ERR_NONE);
    expect(&bench, "release/4", 0, 0, 20, 3);
    expect(&bench, "release/1", 0, 0, 12, 1);
    expect(&bench, "release/2", 0, 0, 20, 3);
    expect(&bench, "elsewhere", 0, 0, 5, 8);
    expect(&bench, "release/3", 2, 0, 12, 1); /* not recorded yet: the bars of its base's branch */
    bench_close(&bench);
}

/* Entries of a program that knew no bars: the newest one is where they start. */
static void test_entries_without_bars(void **state)
{
    struct bench bench;
    struct baseline baseline;
    (void)state;
    bench_open(&bench);
    assert_int_equal(record(&bench, "main", 1, 0, 15, NULL), ERR_NONE);
    assert_int_equal(record(&bench, "main", 2, 1, 12, NULL), ERR_NONE);
    assert_int_equal(choose(&bench, "main", 1, 0, 0, &baseline), ERR_NONE);
    assert_int_equal(baseline.bars.all.count, 0);
    baseline_release(&baseline);
    scratch_run(&bench.scratch,
                "cd " LEDGER " && ! git cat-file -e tidegate/ledger:branches/main/bar.json");
    assert_int_equal(record(&bench, "main", 3, 2, 10, &bench.policy), ERR_NONE);
    expect(&bench, "main", 0, 0, 12, 2);
    bench_close(&bench);
}

static void test_recent_entries(void **state)
{
    struct bench bench;
    struct baseline baseline;
    (void)state;
    bench_open(&bench);
    for (unsigned number = 1; number <= 5; number++) {
        assert_int_equal(record(&bench, "main", number, number - 1, number, &bench.policy),
                         ERR_NONE);
        assert_int_equal(record(&bench, "side", number + 10, 0, 50, &bench.policy), ERR_NONE);
    }
    assert_int_equal(choose(&bench, "main", 4, 5, 3, &baseline), ERR_NONE);
    assert_int_equal(baseline.match, MATCH_COMMIT);
    assert_int_equal(baseline.recent.count, 3);
    for (size_t index = 0; index < 3; index++) {
        const struct snapshot *snapshot = vec_at(&baseline.recent, index);
        assert_ptr_equal(snapshot->commit, id(&bench, 4 - (unsigned)index));
    }
    baseline_release(&baseline);
    assert_int_equal(choose(&bench, "main", 4, 0, 50, &baseline), ERR_NONE);
    assert_int_equal(baseline.recent.count, 5);
    baseline_release(&baseline);
    assert_int_equal(choose(&bench, "main", 4, 0, 0, &baseline), ERR_NONE);
    assert_int_equal(baseline.recent.count, 0);
    baseline_release(&baseline);
    bench_close(&bench);
}

/* An entry behind that of a newer commit moves no bar, and does not hide the bars either. */
static void test_late_entry(void **state)
{
    struct bench bench;
    (void)state;
    bench_open(&bench);
    assert_int_equal(record(&bench, "main", 1, 0, 10, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 2, 1, 12, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 4, 3, 11, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 3, 2, 50, &bench.policy), ERR_NONE);
    scratch_run(&bench.scratch, "cd " LEDGER " && git log -1 --format=%%B tidegate/ledger | "
                                "grep '^Tidegate-Late'");
    expect(&bench, "main", 0, 0, 12, 2);
    expect(&bench, "main", 4, 0, 12, 2);
    assert_int_equal(record(&bench, "main", 5, 4, 13, &bench.policy), ERR_NONE);
    expect(&bench, "main", 0, 0, 13, 5);
    bench_close(&bench);
}

/* Puts other text in the place of main's bar.json, in a commit with the same message. */
/* Commit 2 was below the bar, 3 has undone it. Who does 2 again is compared with 3; who goes back
 * to 1, which was accepted, with 1. */
static void test_only_accepted_states_are_gone_back_to(void **state)
{
    static const struct {
        unsigned tree, base, compared_with;
        enum baseline_match match;
    } cases[] = {{1002, 3, 3, MATCH_COMMIT}, {1001, 2, 1, MATCH_REVERT}};
    struct bench bench;
    (void)state;
    bench_open(&bench);
    assert_int_equal(record(&bench, "main", 1, 0, 10, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 2, 1, 4, &bench.policy), ERR_NONE);
    assert_int_equal(record(&bench, "main", 3, 2, 10, &bench.policy), ERR_NONE);
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        const struct ledger_wanted wanted = {
            .branch = scratch_name(&bench.scratch, "main"),
            .base = id(&bench, cases[index].base),
            .own = id(&bench, 9),
            .own_tree = id(&bench, cases[index].tree),
        };
        struct baseline baseline;
        baseline_init(&baseline, &bench.scratch.names);
        assert_int_equal(git_ledger_choose(bench.ledger, &wanted, &baseline, &bench.scratch.diags),
                         ERR_NONE);
        assert_int_equal(baseline.match, cases[index].match);
        assert_ptr_equal(baseline.snapshot.commit, id(&bench, cases[index].compared_with));
        baseline_release(&baseline);
    }
    bench_close(&bench);
}

static void replace_bars(struct bench *bench, const char *text)
{
    scratch_run(&bench->scratch,
                "cd " LEDGER " && export GIT_INDEX_FILE=$PWD/index && "
                "blob=$(printf '%%s' '%s' | git hash-object -w --stdin) && "
                "git read-tree tidegate/ledger && "
                "git update-index --add --cacheinfo 100644,$blob,branches/main/bar.json && "
                "tree=$(git write-tree) && "
                "new=$(git log -1 --format=%%B tidegate/ledger | "
                "git commit-tree $tree -p tidegate/ledger) && "
                "git update-ref refs/heads/tidegate/ledger $new",
                text);
}

static void test_damaged_bars(void **state)
{
    static const struct {
        const char *text;
        enum diag_code code;
    } cases[] = {{"", DIAG_LEDGER_DAMAGED},
                 {"{}", DIAG_LEDGER_DAMAGED},
                 {"{\"schema\": \"tidegate/bars/1\", \"bars\": []}", DIAG_LEDGER_DAMAGED},
                 {"{\"schema\": \"tidegate/bars/2\", \"bars\": []}", DIAG_LEDGER_NEWER}};
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct bench bench;
        struct baseline baseline;
        bench_open(&bench);
        assert_int_equal(record(&bench, "main", 1, 0, 10, &bench.policy), ERR_NONE);
        replace_bars(&bench, cases[index].text);
        assert_int_equal(choose(&bench, "main", 1, 0, 0, &baseline), ERR_UNUSABLE);
        assert_int_equal(baseline.state, BASELINE_UNUSABLE);
        baseline_release(&baseline);
        scratch_expect(&bench.scratch, cases[index].code, "bar.json");
        assert_int_equal(record(&bench, "main", 2, 1, 5, &bench.policy), ERR_UNUSABLE);
        scratch_expect(&bench.scratch, cases[index].code, "bar.json");
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bar_of_the_branch),
                                       cmocka_unit_test(test_new_branch),
                                       cmocka_unit_test(test_entries_without_bars),
                                       cmocka_unit_test(test_recent_entries),
                                       cmocka_unit_test(test_only_accepted_states_are_gone_back_to),
                                       cmocka_unit_test(test_late_entry),
                                       cmocka_unit_test(test_damaged_bars)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
