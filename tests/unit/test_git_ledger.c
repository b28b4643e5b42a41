/* The ledger: recording, reading back, choosing a baseline, and what may damage it.
 *
 * git is the second witness: it reads what was written, and it writes what must be refused. */
#include "git_scratch.h"
#include "ledger/commit_text.h"
#include "ledger/entry_text.h"
#include "ledger/git_ledger.h"
#include "ledger/git_repo.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"

#include <git2.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Code commits A to E, and trees, that only have to look like ids. */
#define ID(digit)                                                                                  \
    digit digit digit digit digit digit digit digit digit digit digit digit digit digit digit      \
        digit digit digit digit digit digit digit digit digit digit digit digit digit digit digit  \
            digit digit digit digit digit digit digit digit digit digit
#define LEDGER "git/tidegate/ledger.git"

/* A scratch folder whose `git` stands for the git folder of a repository. */
/* A ledger without a remote. */
#define local_place(folder, to_append)                                                             \
    (&(const struct ledger_place){.common_dir = (folder), .create = (to_append)})

struct bench {
    struct scratch scratch;
    struct git_ledger *ledger;
};

static void bench_open(struct bench *bench)
{
    memset(bench, 0, sizeof(*bench));
    scratch_open(&bench->scratch);
    scratch_run(&bench->scratch, "mkdir git");
    assert_int_equal(git_ledger_open(&bench->ledger, &bench->scratch.names,
                                     local_place(scratch_path(&bench->scratch, "git"), true),
                                     &bench->scratch.diags),
                     ERR_NONE);
}

static void bench_reopen(struct bench *bench)
{
    git_ledger_close(bench->ledger);
    assert_int_equal(git_ledger_open(&bench->ledger, &bench->scratch.names,
                                     local_place(scratch_path(&bench->scratch, "git"), false),
                                     &bench->scratch.diags),
                     ERR_NONE);
}

static void bench_close(struct bench *bench)
{
    assert_int_equal(diags_count(&bench->scratch.diags), 0);
    git_ledger_close(bench->ledger);
    scratch_close(&bench->scratch);
}

static const struct name *name(struct bench *bench, const char *text)
{
    return scratch_name(&bench->scratch, text);
}

static struct metric *add_metric(struct bench *bench, struct snapshot *snapshot, const char *key,
                                 const char *group)
{
    struct metric *metric = snapshot_add(snapshot);
    metric->key = name(bench, key);
    metric->group = name(bench, group);
    metric->sources = 1;
    return metric;
}

static void add_source(struct bench *bench, struct snapshot *snapshot, const char *path,
                       const char *group)
{
    struct snapshot_source *source = vec_add(&snapshot->sources);
    source->path = name(bench, path);
    source->group = name(bench, group);
    source->bytes = 10;
}

/* A snapshot of `commit` with one metric, tests.total = `total`. */
static void simple(struct bench *bench, struct snapshot *snapshot, const char *commit,
                   const char *tree, uint64_t total)
{
    snapshot_init(snapshot, &bench->scratch.names);
    snapshot->commit = name(bench, commit);
    snapshot->tree = name(bench, tree);
    add_metric(bench, snapshot, "tests.total", NULL)->value = value_count(total);
}

static enum err append(struct bench *bench, const struct snapshot *snapshot, const char *branch,
                       const char *parent, const struct name **entry, bool *already)
{
    const struct ledger_record record = {
        .snapshot = snapshot,
        .branch = name(bench, branch),
        .parent = name(bench, parent),
        .policy = SPAN("version: 1\n"),
        .program_version = "0.1.0",
        .time = 1700000000,
    };
    return git_ledger_append(bench->ledger, &record, entry, already, &bench->scratch.diags);
}

/* Records a simple snapshot and returns the entry. */
static const struct name *record(struct bench *bench, const char *branch, const char *commit,
                                 const char *tree, const char *parent, uint64_t total)
{
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = true;
    simple(bench, &snapshot, commit, tree, total);
    assert_int_equal(append(bench, &snapshot, branch, parent, &entry, &already), ERR_NONE);
    assert_false(already);
    snapshot_release(&snapshot);
    return entry;
}

static size_t entries(struct bench *bench)
{
    struct vec list;
    vec_init(&list, sizeof(struct ledger_entry));
    assert_int_equal(git_ledger_list(bench->ledger, 0, &list, &bench->scratch.diags), ERR_NONE);
    size_t count = list.count;
    vec_release(&list);
    return count;
}

/* ---- text ---- */

static void encodes_file(const char *plain, const char *encoded)
{
    struct buf out = {NULL, 0, 0};
    percent_add_file_name(&out, span_of(plain));
    assert_string_equal(buf_text(&out), encoded);
    buf_clear(&out);
    assert_true(percent_decode(&out, span_of(encoded)));
    assert_string_equal(buf_text(&out), plain);
    buf_release(&out);
}

static void names_cannot_escape_or_collide(void **state)
{
    (void)state;
    encodes_file("main", "main");
    encodes_file("release/1.2", "release%2F1.2");
    encodes_file("release%2F1.2", "release%252F1.2");
    encodes_file("..", "%2E.");
    encodes_file(".git", "%2Egit");
    encodes_file("a\nb ~\xc3\xa9", "a%0Ab%20%7E%C3%A9");
    struct buf out = {NULL, 0, 0};
    percent_add_line(&out, SPAN("a\nTidegate-Commit: b\x7f%\xff\xc3\xa9\xe2"));
    assert_string_equal(buf_text(&out), "a%0ATidegate-Commit: b%7F%25%FF\xc3\xa9%E2");
    buf_clear(&out);
    percent_add_plain(&out, SPAN("a|`<b>"));
    assert_string_equal(buf_text(&out), "a%7C%60%3Cb%3E");
    assert_false(percent_decode(&out, SPAN("%4")));
    assert_false(percent_decode(&out, SPAN("%")));
    assert_false(percent_decode(&out, SPAN("%2g")));
    assert_false(percent_decode(&out, SPAN("%2f")));
    buf_release(&out);
}

static void messages_read_back(void **state)
{
    (void)state;
    struct buf out = {NULL, 0, 0};
    const struct entry_text entry = {.summary = SPAN("record x\nTidegate-Commit: y"),
                                     .commit = SPAN(ID("a")),
                                     .tree = SPAN(ID("b")),
                                     .branch = SPAN("feature\nTidegate-Key: forged"),
                                     .run = SPAN("https://ci.example.invalid/1"),
                                     .key = SPAN("k")};
    struct entry_text again;
    entry_text_write(&out, &entry);
    assert_int_equal(entry_text_read(buf_span(&out), &again), ENTRY_RECORD);
    assert_true(span_is(again.summary, "record x%0ATidegate-Commit: y"));
    assert_true(span_is(again.commit, ID("a")));
    assert_true(span_is(again.tree, ID("b")));
    assert_int_equal(again.parent.size, 0);
    assert_int_equal(again.policy.size, 0);
    assert_true(span_is(again.branch, "feature%0ATidegate-Key: forged"));
    assert_true(span_is(again.run, "https://ci.example.invalid/1"));
    assert_true(span_is(again.key, "k"));
    buf_release(&out);
}

#define TRAILERS "Tidegate-Commit: " ID("a") "\nTidegate-Tree: " ID("b") "\nTidegate-Branch: main\n"

static void odd_messages_are_told_apart(void **state)
{
    (void)state;
    struct entry_text entry;
    static const struct {
        const char *text;
        enum entry_kind kind;
    } cases[] = {
        {"", ENTRY_FOREIGN},
        {"edit the README", ENTRY_FOREIGN},
        {"x\n\nSigned-off-by: Tidegate-Commit\n", ENTRY_FOREIGN},
        {"x\n\n" TRAILERS "Tidegate-Key: k\n", ENTRY_RECORD},
        {"x\n\n" TRAILERS "Tidegate-Key: k\nTidegate-Later: z\n", ENTRY_RECORD},
        {"x\n\n" TRAILERS, ENTRY_DAMAGED},
        {"x\n\n" TRAILERS "Tidegate-Key: k\nTidegate-Key: k\n", ENTRY_DAMAGED},
        {"x\n\n" TRAILERS "Tidegate-Key: k\nTidegate-Parent: HEAD\n", ENTRY_DAMAGED},
        {"x\n\n" TRAILERS "Tidegate-Key:\n", ENTRY_DAMAGED},
        {"x\n\nTidegate-Commit: " ID("0") "\nTidegate-Tree: " ID(
             "b") "\nTidegate-Branch: m\nTidegate-Key: k\n",
         ENTRY_DAMAGED},
    };
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        if (entry_text_read(span_of(cases[index].text), &entry) != cases[index].kind) {
            fail_msg("%s", cases[index].text);
        }
    }
}

static void raw_commits_are_read(void **state)
{
    (void)state;
    struct commit_text commit;
    struct span id;
    assert_true(commit_text_read(
        SPAN("tree " ID("a") "\nparent " ID("b") "\nparent " ID(
            "c") "\nauthor A <a@b> 5 +0000\n"
                 "committer Odd > Name <c@d> 1700000001 -0730\ngpgsig x\n y\n\ntext\nmore"),
        &commit));
    assert_true(span_is(commit.tree, ID("a")));
    assert_true(commit_text_parent(&commit.parents, &id));
    assert_true(span_is(id, ID("b")));
    assert_true(commit_text_parent(&commit.parents, &id));
    assert_true(span_is(id, ID("c")));
    assert_false(commit_text_parent(&commit.parents, &id));
    assert_int_equal(commit.time, 1700000001);
    assert_true(span_is(commit.message, "text\nmore"));
    assert_true(commit_text_read(SPAN("tree " ID("a") "\n"), &commit));
    assert_int_equal(commit.time, 0);
    assert_true(commit_text_read(SPAN("tree " ID("a") "\ncommitter none\n"), &commit));
    assert_false(commit_text_read(SPAN("tree abc\n"), &commit));
    assert_false(commit_text_read(SPAN("parent " ID("a") "\n"), &commit));
    assert_false(commit_text_read(SPAN("tree " ID("a") "\nparent x\n"), &commit));
}

/* ---- recording ---- */

static void all_kinds(struct bench *bench, struct snapshot *snapshot)
{
    simple(bench, snapshot, ID("a"), ID("b"), 7);
    add_metric(bench, snapshot, "coverage.line", NULL)->value = value_ratio(8, 10);
    add_metric(bench, snapshot, "coverage.line", "all")->value = value_ratio(1, 3);
    add_metric(bench, snapshot, "coverage.line", "../unit")->value = value_ratio(0, 3);
    add_metric(bench, snapshot, "coverage.line", "unit")->state = STATE_DAMAGED;
    struct metric *metric = add_metric(bench, snapshot, "size", "unit");
    metric->component = name(bench, "a|b");
    metric->unit = name(bench, "kB");
    metric->state = STATE_PARTIAL;
    metric->value = value_decimal(decimal_make(-1250, 3));
    add_source(bench, snapshot, "b.xml", "unit");
    add_source(bench, snapshot, "a.xml", "nobody");
    add_source(bench, snapshot, "a.xml", NULL);
    snapshot_sort(snapshot);
}

static void same_text(const struct snapshot *left, const struct snapshot *right)
{
    struct buf texts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    snapshot_write(left, &texts[0]);
    snapshot_write(right, &texts[1]);
    assert_string_equal(buf_text(&texts[0]), buf_text(&texts[1]));
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

static void an_entry_reads_back_equal(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    struct snapshot again;
    const struct name *entry = NULL;
    bool already = true;
    struct baseline baseline;
    bench_open(&bench);
    all_kinds(&bench, &snapshot);
    const struct ledger_record full = {.snapshot = &snapshot,
                                       .branch = name(&bench, "release/1.2"),
                                       .parent = name(&bench, ID("c")),
                                       .run_url = name(&bench, "https://ci.example.invalid/7"),
                                       .policy = SPAN("version: 1\r\n\xff"),
                                       .program_version = "0.1.0",
                                       .time = 1700000000};
    assert_int_equal(git_ledger_append(bench.ledger, &full, &entry, &already, &bench.scratch.diags),
                     ERR_NONE);
    assert_false(already);
    bench_reopen(&bench);
    snapshot_init(&again, &bench.scratch.names);
    assert_int_equal(
        git_ledger_read(bench.ledger, entry, full.branch, &again, &bench.scratch.diags), ERR_NONE);
    same_text(&snapshot, &again);
    const struct ledger_wanted wanted = {.branch = full.branch, .base = snapshot.commit};
    baseline_init(&baseline, &bench.scratch.names);
    assert_int_equal(git_ledger_choose(bench.ledger, &wanted, &baseline, &bench.scratch.diags),
                     ERR_NONE);
    assert_true(span_is(baseline.policy, "version: 1\r\n\xff"));
    baseline_release(&baseline);
    snapshot_release(&again);

    struct vec list;
    vec_init(&list, sizeof(struct ledger_entry));
    assert_int_equal(git_ledger_list(bench.ledger, 5, &list, &bench.scratch.diags), ERR_NONE);
    assert_int_equal(list.count, 1);
    const struct ledger_entry *first = vec_at(&list, 0);
    assert_ptr_equal(first->id, entry);
    assert_string_equal(name_text(first->summary),
                        "record release/1.2 aaaaaaa: coverage.line 80.00 %, tests.total 7");
    assert_ptr_equal(first->commit, snapshot.commit);
    assert_ptr_equal(first->tree, snapshot.tree);
    assert_ptr_equal(first->parent, full.parent);
    assert_ptr_equal(first->branch, full.branch);
    assert_ptr_equal(first->run, full.run_url);
    assert_string_equal(
        name_text(first->policy),
        scratch_run(&bench.scratch, "printf 'version: 1\\r\\n\\377' | git hash-object --stdin"));
    assert_int_equal(first->time, 1700000000);
    vec_release(&list);
    snapshot_release(&snapshot);
    bench_close(&bench);
}

/* What git sees: a sound repository, one root commit, exactly the files that something reads. */
static void git_agrees(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = true;
    bench_open(&bench);
    all_kinds(&bench, &snapshot);
    assert_int_equal(append(&bench, &snapshot, "release/1.2", NULL, &entry, &already), ERR_NONE);
    record(&bench, "main", ID("d"), ID("e"), ID("c"), 1);
    struct scratch *scratch = &bench.scratch;
    scratch_run(scratch, "cd " LEDGER " && git fsck --strict --no-dangling && "
                         "test $(git rev-list --count tidegate/ledger) = 2 && "
                         "test $(git rev-list --max-parents=0 --count HEAD) = 1");
    assert_string_equal(
        scratch_run(scratch, "cd " LEDGER " && git ls-tree -r --name-only HEAD | LC_ALL=C sort | "
                             "tr '\\n' ' '"),
        "README.md branches/main/policy branches/main/snapshot.json "
        "branches/release%2F1.2/policy branches/release%2F1.2/snapshot.json format.json ");
    assert_string_equal(scratch_run(scratch, "cd " LEDGER " && git log -1 --format=%%an/%%ae/%%ct"),
                        "tidegate/tidegate@localhost/1700000000");
    assert_string_equal(
        scratch_run(scratch,
                    "cd " LEDGER " && git log -1 --format='%%(trailers:only,separator=|)' | "
                    "sed 's/Key: .*/Key: K/'"),
        "Tidegate-Commit: " ID("d") "|Tidegate-Tree: " ID("e") "|Tidegate-Parent: " ID(
            "c") "|Tidegate-Branch: main|Tidegate-Policy: b82551848c644f63b8517a7bdf8be9a992e6f4da"
                 "|Tidegate-Key: K");
    scratch_run(scratch, "cd " LEDGER " && git show HEAD:README.md > README && "
                         "grep -q '^- release/1.2$' README && grep -q '^- main$' README");
    scratch_run(scratch, "cd " LEDGER " && test $(git rev-parse HEAD:README.md) != "
                         "$(git rev-parse HEAD~1:README.md)"); /* a branch has joined */
    scratch_run(scratch, "cd " LEDGER " && git show HEAD:format.json | python3 -c \""
                         "import json, sys; d = json.load(sys.stdin); "
                         "assert d['schema'] == 'tidegate/ledger/1' and len(d['ledger']) == 32 and "
                         "d['created_by'] == '0.1.0'\"");
    snapshot_release(&snapshot);
    bench_close(&bench);
}

static void recording_again_changes_nothing(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    const struct name *first = NULL;
    const struct name *second = NULL;
    bool already = true;
    bench_open(&bench);
    simple(&bench, &snapshot, ID("a"), ID("b"), 1);
    assert_int_equal(append(&bench, &snapshot, "main", ID("c"), &first, &already), ERR_NONE);
    assert_false(already);
    assert_int_equal(append(&bench, &snapshot, "main", ID("c"), &second, &already), ERR_NONE);
    assert_true(already);
    assert_ptr_equal(first, second);
    record(&bench, "main", ID("d"), ID("b"), ID("a"), 1); /* others in between do not matter */
    assert_int_equal(append(&bench, &snapshot, "main", ID("c"), &second, &already), ERR_NONE);
    assert_true(already);
    assert_int_equal(append(&bench, &snapshot, "other", ID("c"), &second, &already), ERR_NONE);
    assert_false(already);
    record(&bench, "main", ID("a"), ID("b"), ID("c"), 2); /* measured anew, with another result */
    assert_int_equal(append(&bench, &snapshot, "main", ID("c"), &second, &already), ERR_NONE);
    assert_false(already); /* the newest entry of this commit says something else */
    assert_int_equal(entries(&bench), 5);
    snapshot_release(&snapshot);
    bench_close(&bench);
}

static void a_branch_folder_keeps_nothing_old(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    struct snapshot again;
    const struct name *old = NULL;
    bool already = true;
    bench_open(&bench);
    all_kinds(&bench, &snapshot);
    assert_int_equal(append(&bench, &snapshot, "main", NULL, &old, &already), ERR_NONE);
    const struct name *entry = record(&bench, "main", ID("c"), ID("d"), NULL, 3);
    snapshot_init(&again, &bench.scratch.names);
    assert_int_equal(
        git_ledger_read(bench.ledger, entry, name(&bench, "main"), &again, &bench.scratch.diags),
        ERR_NONE);
    assert_int_equal(again.metrics.count, 1);
    snapshot_release(&again);
    snapshot_init(&again, &bench.scratch.names);
    assert_int_equal(
        git_ledger_read(bench.ledger, old, name(&bench, "main"), &again, &bench.scratch.diags),
        ERR_NONE);
    same_text(&snapshot, &again);
    snapshot_release(&again);
    snapshot_release(&snapshot);
    bench_close(&bench);
}

static void refuses_record(struct bench *bench, const struct ledger_record *record,
                           const char *needle)
{
    const struct name *entry = NULL;
    bool already = true;
    assert_int_equal(
        git_ledger_append(bench->ledger, record, &entry, &already, &bench->scratch.diags),
        ERR_FORMAT);
    assert_null(entry);
    scratch_expect(&bench->scratch, DIAG_LEDGER_RECORD, needle);
    assert_int_equal(entries(bench), 0);
}

static void incomplete_records_are_refused(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    char longest[2100];
    bench_open(&bench);
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    simple(&bench, &snapshot, ID("a"), ID("b"), 1);
    const struct ledger_record good = {
        .snapshot = &snapshot, .branch = name(&bench, "main"), .program_version = "0.1.0"};
    struct ledger_record bad = good;
    bad.branch = name(&bench, "");
    refuses_record(&bench, &bad, "branch");
    bad.branch = NULL;
    refuses_record(&bench, &bad, "branch");
    bad.branch = name(&bench, longest);
    refuses_record(&bench, &bad, "branch");
    bad = good;
    bad.parent = name(&bench, "HEAD~1");
    refuses_record(&bench, &bad, "parent");
    bad = good;
    bad.run_url = name(&bench, longest);
    refuses_record(&bench, &bad, "run");
    bad = good;
    bad.policy = span_make(longest, 2000000); /* refused by its size, never looked at */
    refuses_record(&bench, &bad, "LIMIT_POLICY_BYTES");
    snapshot.commit = NULL;
    refuses_record(&bench, &good, "commit");
    snapshot.commit = name(&bench, ID("a"));
    snapshot.tree = name(&bench, "HEAD");
    refuses_record(&bench, &good, "commit");
    snapshot.tree = name(&bench, ID("b"));
    add_metric(&bench, &snapshot, "coverage.line", NULL)->value = value_ratio(0, 0);
    refuses_record(&bench, &good, "0 of 0");
    snapshot.metrics.count = 0;
    refuses_record(&bench, &good, "no metric");
    snapshot_release(&snapshot);
    bench_close(&bench);
}

static void strange_names_stay_what_they_are(void **state)
{
    (void)state;
    static const char *const branches[] = {
        "a b\nTidegate-Commit: x", "..", "%2E.", "-x", "ünï/\xff", "con.lock", ".git"};
    struct bench bench;
    bench_open(&bench);
    for (size_t index = 0; index < sizeof(branches) / sizeof(branches[0]); index++) {
        record(&bench, branches[index], ID("a"), ID("b"), NULL, index);
    }
    scratch_run(&bench.scratch, "cd " LEDGER " && git fsck --strict --no-dangling");
    for (size_t index = 0; index < sizeof(branches) / sizeof(branches[0]); index++) {
        struct baseline baseline = {.state = BASELINE_NOT_ASKED};
        const struct ledger_wanted wanted = {.branch = name(&bench, branches[index])};
        snapshot_init(&baseline.snapshot, &bench.scratch.names);
        assert_int_equal(git_ledger_choose(bench.ledger, &wanted, &baseline, &bench.scratch.diags),
                         ERR_NONE);
        assert_int_equal(baseline.state, BASELINE_FOUND);
        const struct metric *metric = vec_at(&baseline.snapshot.metrics, 0);
        assert_int_equal(metric->value.count, index);
        snapshot_release(&baseline.snapshot);
    }
    bench_close(&bench);
}

/* ---- the user's repository ---- */

static void the_repository_is_not_touched(void **state)
{
    (void)state;
    struct bench bench = {.ledger = NULL};
    struct git_repo *repo = NULL;
    struct vec paths;
    struct scratch *scratch = &bench.scratch;
    const char *hash = "cd repo && { find . -path ./.git/tidegate -prune -o -type f -print | "
                       "LC_ALL=C sort | xargs sha256sum; git for-each-ref; } | sha256sum";
    scratch_open(scratch);
    scratch_run(scratch, "git init -q repo && cd repo && echo x > a && git add a && "
                         "git commit -qm one && git worktree add -q ../linked -b two");
    const char *before = scratch_run(scratch, "%s", hash);
    assert_int_equal(
        git_repo_open(&repo, &scratch->names, scratch_path(scratch, "linked"), &scratch->diags),
        ERR_NONE);
    vec_init(&paths, sizeof(const struct name *));
    assert_int_equal(git_repo_tracked(repo, &paths, &scratch->diags), ERR_NONE);
    vec_release(&paths);
    assert_int_equal(git_ledger_open(&bench.ledger, &scratch->names,
                                     local_place(git_repo_common_dir(repo), true), &scratch->diags),
                     ERR_NONE);
    record(&bench, "main", name_text(git_repo_commit(repo)), name_text(git_repo_tree(repo)), NULL,
           1);
    git_repo_close(repo);
    assert_string_equal(scratch_run(scratch, "%s", hash), before);
    scratch_run(scratch, "test -d repo/.git/tidegate/ledger.git && ! test -e linked/tidegate && "
                         "test -z \"$(git -C repo status --porcelain)\"");
    bench_close(&bench);
}

static enum err open_at(struct scratch *scratch, const char *below, bool create)
{
    struct git_ledger *ledger = NULL;
    enum err err =
        git_ledger_open(&ledger, &scratch->names, local_place(scratch_path(scratch, below), create),
                        &scratch->diags);
    assert_true((err == ERR_NONE) == (ledger != NULL));
    git_ledger_close(ledger);
    return err;
}

static void no_ledger_is_not_a_broken_one(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_open(&scratch);
    scratch_run(&scratch, "mkdir -p none file/tidegate half/tidegate/ledger.git occupied && "
                          "touch file/tidegate/ledger.git occupied/tidegate");
    assert_int_equal(open_at(&scratch, "none", false), ERR_MISSING);
    assert_int_equal(open_at(&scratch, "occupied", false), ERR_MISSING);
    assert_int_equal(diags_count(&scratch.diags), 0);
    assert_int_equal(open_at(&scratch, "file", false), ERR_UNUSABLE);
    scratch_expect(&scratch, DIAG_LEDGER_DAMAGED, "");
    assert_int_equal(open_at(&scratch, "file", true), ERR_UNUSABLE);
    scratch_expect(&scratch, DIAG_LEDGER_DAMAGED, "");
    assert_int_equal(open_at(&scratch, "half", true), ERR_UNUSABLE);
    scratch_expect(&scratch, DIAG_LEDGER_DAMAGED, "");
    assert_int_equal(open_at(&scratch, "occupied", true), ERR_WRITE);
    scratch_expect(&scratch, DIAG_LEDGER_WRITE, "occupied/tidegate");
    assert_int_equal(open_at(&scratch, "nowhere", true), ERR_WRITE);
    scratch_expect(&scratch, DIAG_LEDGER_WRITE, "nowhere/tidegate");
    assert_int_equal(open_at(&scratch, "none", true), ERR_NONE);
    assert_int_equal(open_at(&scratch, "none", false), ERR_NONE);
    assert_string_equal(scratch_run(&scratch, "ls none/tidegate"), "ledger.git");
    scratch_close(&scratch);
}

/* ---- trouble while writing ---- */

/* Files may not grow beyond `most` bytes: what a full disk does, at a chosen moment. */
static void limit_files(rlim_t most)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = most;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_moves_nothing(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = true;
    bench_open(&bench);
    signal(SIGXFSZ, SIG_IGN);
    const struct name *good = record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    simple(&bench, &snapshot, ID("c"), ID("d"), 2);
    unsigned failed = 0;
    for (rlim_t most = 0; most < 700; most += 25) {
        limit_files(most);
        enum err err = append(&bench, &snapshot, "main", ID("a"), &entry, &already);
        limit_files(RLIM_INFINITY);
        if (err == ERR_NONE) {
            break;
        }
        assert_int_equal(err, ERR_WRITE);
        scratch_expect(&bench.scratch, DIAG_LEDGER_WRITE, "");
        assert_string_equal(
            scratch_run(&bench.scratch,
                        "cd " LEDGER " && git fsck --no-dangling && git rev-parse tidegate/ledger"),
            name_text(good));
        failed++;
    }
    assert_in_range(failed, 5, 27); /* it failed at several stages, and worked in the end */
    assert_int_equal(entries(&bench), 2);
    snapshot_release(&snapshot);
    signal(SIGXFSZ, SIG_DFL);
    bench_close(&bench);
}

static void a_stale_lock_is_named(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = true;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    scratch_run(&bench.scratch, "touch -d '1 hour ago' " LEDGER "/refs/heads/tidegate/ledger.lock");
    simple(&bench, &snapshot, ID("c"), ID("d"), 2);
    assert_int_equal(append(&bench, &snapshot, "main", ID("a"), &entry, &already), ERR_CONFLICT);
    scratch_expect(&bench.scratch, DIAG_LEDGER_LOCKED,
                   "ledger.git/refs/heads/tidegate/ledger.lock is there for 36");
    assert_int_equal(entries(&bench), 1);
    scratch_run(&bench.scratch, "rm " LEDGER "/refs/heads/tidegate/ledger.lock && "
                                "touch " LEDGER "/packed-refs.lock " LEDGER "/config.lock");
    signal(SIGXFSZ, SIG_IGN);
    limit_files(10); /* the objects are there from the first try: only the ref needs space */
    enum err err = append(&bench, &snapshot, "main", ID("a"), &entry, &already);
    limit_files(RLIM_INFINITY);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(err, ERR_WRITE);
    scratch_expect(&bench.scratch, DIAG_LEDGER_WRITE, "the branch cannot be moved");
    assert_int_equal(entries(&bench), 1);
    assert_int_equal(append(&bench, &snapshot, "main", ID("a"), &entry, &already), ERR_NONE);
    snapshot_release(&snapshot);
    bench_close(&bench);
}

static void a_ledger_without_write_access_is_read(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = true;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    scratch_run(&bench.scratch, "chmod -R a-w git/tidegate");
    bench_reopen(&bench);
    assert_int_equal(entries(&bench), 1);
    if (geteuid() != 0) { /* root may write everywhere */
        simple(&bench, &snapshot, ID("c"), ID("d"), 2);
        assert_int_equal(append(&bench, &snapshot, "main", ID("a"), &entry, &already), ERR_WRITE);
        scratch_expect(&bench.scratch, DIAG_LEDGER_WRITE, "Permission denied");
        assert_int_equal(entries(&bench), 1);
        snapshot_release(&snapshot);
    }
    bench_close(&bench);
}

enum { WRITERS = 5, EACH = 6 };

/* One of several processes that record at once, from the creation of the ledger on. */
static int write_many(struct bench *bench, unsigned writer)
{
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = true;
    if (git_ledger_open(&bench->ledger, &bench->scratch.names,
                        local_place(scratch_path(&bench->scratch, "git"), true),
                        &bench->scratch.diags) != ERR_NONE) {
        return 1;
    }
    for (unsigned index = 0; index < EACH; index++) {
        char commit[41];
        snprintf(commit, sizeof(commit), "%036x%02x%02x", 1, writer, index);
        simple(bench, &snapshot, commit, ID("b"), index);
        if (append(bench, &snapshot, "main", NULL, &entry, &already) != ERR_NONE || already) {
            return 2;
        }
        snapshot_release(&snapshot);
    }
    git_ledger_close(bench->ledger);
    return 0;
}

static void writers_at_once_lose_nothing(void **state)
{
    (void)state;
    struct bench bench = {.ledger = NULL};
    pid_t children[WRITERS];
    scratch_open(&bench.scratch);
    scratch_run(&bench.scratch, "mkdir git");
    fflush(NULL);
    for (unsigned writer = 0; writer < WRITERS; writer++) {
        children[writer] = fork();
        assert_int_not_equal(children[writer], -1);
        if (children[writer] == 0) {
            exit(write_many(&bench, writer));
        }
    }
    for (unsigned writer = 0; writer < WRITERS; writer++) {
        int status = -1;
        assert_int_equal(waitpid(children[writer], &status, 0), children[writer]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(git_ledger_open(&bench.ledger, &bench.scratch.names,
                                     local_place(scratch_path(&bench.scratch, "git"), false),
                                     &bench.scratch.diags),
                     ERR_NONE);
    assert_int_equal(entries(&bench), WRITERS * EACH);
    scratch_run(&bench.scratch,
                "cd git/tidegate && test \"$(ls)\" = ledger.git && cd ledger.git && "
                "git fsck --no-dangling && ! find . -name '*.lock' | grep .");
    bench_close(&bench);
}

/* ---- choosing ---- */

/* Chooses and checks match, commit and words of the reason. */
static void chooses(struct bench *bench, const struct ledger_wanted *wanted,
                    enum baseline_match match, const char *commit, const char *needle)
{
    struct baseline baseline = {.state = BASELINE_NOT_ASKED};
    snapshot_init(&baseline.snapshot, &bench->scratch.names);
    assert_int_equal(git_ledger_choose(bench->ledger, wanted, &baseline, &bench->scratch.diags),
                     ERR_NONE);
    assert_int_equal(baseline.state, BASELINE_FOUND);
    assert_int_equal(baseline.match, match);
    assert_string_equal(name_text(baseline.snapshot.commit), commit);
    assert_ptr_equal(baseline.wanted, wanted->base);
    assert_ptr_equal(baseline.branch, wanted->branch);
    assert_non_null(baseline.entry);
    if (strstr(name_text(baseline.reason), needle) == NULL) {
        fail_msg("%s", name_text(baseline.reason));
    }
    snapshot_release(&baseline.snapshot);
}

static void has_none(struct bench *bench, const struct ledger_wanted *wanted, const char *needle)
{
    struct baseline baseline = {.state = BASELINE_NOT_ASKED};
    snapshot_init(&baseline.snapshot, &bench->scratch.names);
    assert_int_equal(git_ledger_choose(bench->ledger, wanted, &baseline, &bench->scratch.diags),
                     ERR_NONE);
    assert_int_equal(baseline.state, BASELINE_NONE_YET);
    assert_null(baseline.entry);
    assert_non_null(strstr(name_text(baseline.reason), needle));
    snapshot_release(&baseline.snapshot);
}

static void commit_then_tree_then_newest(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("1"), NULL, 1);
    record(&bench, "main", ID("b"), ID("2"), ID("a"), 2);
    record(&bench, "side", ID("c"), ID("3"), ID("b"), 3);
    record(&bench, "main", ID("d"), ID("4"), ID("c"), 4);
    struct ledger_wanted wanted = {.branch = name(&bench, "main"), .base = name(&bench, ID("a"))};
    chooses(&bench, &wanted, MATCH_COMMIT, ID("a"), "the entry of the base commit aaaaaaaaaa");
    wanted.tree = name(&bench, ID("4")); /* the commit counts more than the tree */
    chooses(&bench, &wanted, MATCH_COMMIT, ID("a"), "base commit");
    wanted.base = name(&bench, ID("f"));
    wanted.tree = name(&bench, ID("2"));
    chooses(&bench, &wanted, MATCH_TREE, ID("b"), "same files as the base commit ffffffffff");
    wanted.tree = name(&bench, ID("9"));
    chooses(&bench, &wanted, MATCH_NEWEST, ID("d"),
            "approximate: the newest entry of the branch, commit dddddddddd, because the ledger "
            "has none for the base commit ffffffffff");
    wanted = (struct ledger_wanted){.branch = name(&bench, "main")};
    chooses(&bench, &wanted, MATCH_NEWEST, ID("d"), "the newest entry of the branch, commit ");

    /* the very commit, recorded for another branch, is better than an approximation */
    wanted.base = name(&bench, ID("c"));
    chooses(&bench, &wanted, MATCH_COMMIT, ID("c"), "recorded for branch side");
    wanted.base = name(&bench, ID("f"));
    wanted.tree = name(&bench, ID("3"));
    chooses(&bench, &wanted, MATCH_TREE, ID("c"), "recorded for branch side");
    record(&bench, "main", ID("c"), ID("3"), ID("b"), 5);
    wanted.base = name(&bench, ID("c"));
    chooses(&bench, &wanted, MATCH_COMMIT, ID("c"), "base commit cccccccccc");

    wanted = (struct ledger_wanted){.branch = name(&bench, "new")};
    has_none(&bench, &wanted, "no entry for branch new yet");
    wanted.base = name(&bench, ID("f"));
    has_none(&bench, &wanted, "no entry for branch new yet");
    bench_close(&bench);
}

static void own_entry_counts_only_as_base(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct ledger_wanted wanted = {.branch = name(&bench, "main"), .own = name(&bench, ID("b"))};
    has_none(&bench, &wanted, "no entry for branch main");
    record(&bench, "main", ID("b"), ID("2"), ID("a"), 2);
    has_none(&bench, &wanted, "only the entry of the commit under test");
    wanted.base = name(&bench, ID("a"));
    wanted.tree = name(&bench, ID("2")); /* nothing changed, still it would be its own entry */
    has_none(&bench, &wanted, "only the entry of the commit under test");
    wanted.base = name(&bench, ID("b"));
    chooses(&bench, &wanted, MATCH_COMMIT, ID("b"), "base commit");
    wanted.base = NULL;
    wanted.tree = NULL;
    record(&bench, "main", ID("a"), ID("1"), NULL, 1);
    chooses(&bench, &wanted, MATCH_NEWEST, ID("a"), "the newest entry of the branch");
    bench_close(&bench);
}

static void newest_follows_the_code(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    struct ledger_wanted wanted = {.branch = name(&bench, "main")};
    record(&bench, "main", ID("b"), ID("2"), ID("a"), 2);
    record(&bench, "main", ID("c"), ID("3"), ID("b"), 3);
    record(&bench, "main", ID("a"), ID("1"), NULL, 1); /* its job took longest */
    chooses(&bench, &wanted, MATCH_NEWEST, ID("c"), "the newest entry of the branch");
    record(&bench, "main", ID("e"), ID("5"), ID("d"), 5); /* d was never recorded */
    chooses(&bench, &wanted, MATCH_NEWEST, ID("e"), "the newest entry of the branch");
    record(&bench, "main", ID("d"), ID("4"), ID("e"), 5); /* no history goes round */
    wanted.own = name(&bench, ID("9"));
    struct baseline baseline = {.state = BASELINE_NOT_ASKED};
    snapshot_init(&baseline.snapshot, &bench.scratch.names);
    assert_int_equal(git_ledger_choose(bench.ledger, &wanted, &baseline, &bench.scratch.diags),
                     ERR_NONE);
    assert_int_equal(baseline.state, BASELINE_FOUND);
    snapshot_release(&baseline.snapshot);
    bench_close(&bench);
}

/* ---- damage ---- */

static void is_unusable(struct bench *bench, enum diag_code code, const char *needle)
{
    struct baseline baseline = {.state = BASELINE_NOT_ASKED};
    const struct ledger_wanted wanted = {.branch = name(bench, "main")};
    snapshot_init(&baseline.snapshot, &bench->scratch.names);
    assert_int_equal(git_ledger_choose(bench->ledger, &wanted, &baseline, &bench->scratch.diags),
                     ERR_UNUSABLE);
    assert_int_equal(baseline.state, BASELINE_UNUSABLE);
    assert_int_equal(baseline.snapshot.metrics.count, 0);
    assert_non_null(strstr(name_text(baseline.reason), "cannot be read"));
    scratch_expect(&bench->scratch, code, needle);
    snapshot_release(&baseline.snapshot);
}

/* Replaces the tip by a commit that git makes from the tip's tree after `change`. */
static void tamper(struct bench *bench, const char *change)
{
    scratch_run(
        &bench->scratch,
        "export GIT_DIR=$PWD/" LEDGER " GIT_INDEX_FILE=$PWD/index && rm -f index && "
        "git update-ref refs/heads/tidegate/ledger good && git read-tree good && "
        "put() { git update-index --add --cacheinfo $1,$(git hash-object -w --stdin),$2; } && "
        "message() { git log -1 --format=%%B good; } && "
        "{ %s\n} && "
        "git update-ref refs/heads/tidegate/ledger "
        "$(message | git commit-tree $(git write-tree) -p good~1)",
        change);
    bench_reopen(bench);
}

static void tampered_entries_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *change;
        enum diag_code code;
        const char *needle;
    } cases[] = {
        {"echo '{}' | put 100644 branches/main/snapshot.json", DIAG_LEDGER_DAMAGED,
         "snapshot.json:1:"},
        {": | put 100644 branches/main/snapshot.json", DIAG_LEDGER_DAMAGED, "snapshot.json"},
        {"git show good:branches/main/snapshot.json | sed s,shot/1,shot/2, | "
         "put 100644 branches/main/snapshot.json",
         DIAG_LEDGER_NEWER, "version 2"},
        {"printf ../../x | put 120000 branches/main/snapshot.json", DIAG_LEDGER_DAMAGED, "120000"},
        {"git rm -q --cached branches/main/snapshot.json && echo x | "
         "put 100644 branches/main/snapshot.json/x",
         DIAG_LEDGER_DAMAGED, "040000"},
        {"git show good:branches/main/snapshot.json | sed s,cccc,abcd,g | "
         "put 100644 branches/main/snapshot.json",
         DIAG_LEDGER_DAMAGED, "different commits"},
        {"git rm -q --cached branches/main/snapshot.json", DIAG_LEDGER_ENTRY,
         "no snapshot of branch main"},
        {"git rm -rq --cached branches && echo x | put 100644 branches", DIAG_LEDGER_DAMAGED,
         "100644"},
        {"message() { git log -1 --format=%%B good | grep -v Tidegate-Tree; }", DIAG_LEDGER_DAMAGED,
         "not as it was written"},
    };
    struct bench bench;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    record(&bench, "main", ID("c"), ID("d"), ID("a"), 2);
    scratch_run(&bench.scratch, "cd " LEDGER " && git tag good tidegate/ledger");
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        char change[400];
        snprintf(change, sizeof(change), "%s", cases[index].change);
        for (char *at = strstr(change, "%%"); at != NULL; at = strstr(change, "%%")) {
            memmove(at, at + 1, strlen(at));
        }
        tamper(&bench, change);
        is_unusable(&bench, cases[index].code, cases[index].needle);
    }
    tamper(&bench, "true"); /* the harness itself damages nothing */
    const struct ledger_wanted wanted = {.branch = name(&bench, "main")};
    chooses(&bench, &wanted, MATCH_NEWEST, ID("c"), "");
    tamper(&bench, "echo hello | put 100644 NOTES"); /* what nobody asked for does no harm */
    chooses(&bench, &wanted, MATCH_NEWEST, ID("c"), "");
    scratch_run(&bench.scratch, "cd " LEDGER " && git update-ref refs/heads/tidegate/ledger "
                                "$(git commit-tree -p good -m 'by hand' good^{tree})");
    chooses(&bench, &wanted, MATCH_NEWEST, ID("c"), ""); /* not an entry: passed over */
    bench_close(&bench);
}

static void refuses_open(struct bench *bench, enum diag_code code, const char *needle)
{
    assert_int_equal(open_at(&bench->scratch, "git", false), ERR_UNUSABLE);
    scratch_expect(&bench->scratch, code, needle);
    assert_int_equal(open_at(&bench->scratch, "git", true), ERR_UNUSABLE);
    scratch_expect(&bench->scratch, code, needle);
}

static void damaged_stores_are_refused(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    struct scratch *scratch = &bench.scratch;
    const char *tip = scratch_run(scratch, "git -C " LEDGER " rev-parse HEAD");
    const char *object = scratch_run(scratch, "echo " LEDGER "/objects/%.2s/%s", tip, tip + 2);
    scratch_run(scratch, "cp -r git sound && chmod u+w %s && truncate -s 40 %s", object, object);
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "cut short");
    scratch_run(scratch, "rm %s", object);
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "is not there");
    scratch_run(scratch,
                "rm -rf git && cp -r sound git && : > " LEDGER "/refs/heads/tidegate/ledger");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "corrupted");
    scratch_run(scratch, "head -c 41 /dev/zero > " LEDGER "/refs/heads/tidegate/ledger");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "corrupted");
    scratch_run(scratch, "git -C " LEDGER " symbolic-ref refs/heads/tidegate/ledger refs/heads/x");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "symbolic");
    scratch_run(scratch, "rm -rf git && cp -r sound git && printf '[core\\n' > " LEDGER "/config");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "config");
    scratch_run(scratch, "rm -rf git && cp -r sound git && cd " LEDGER
                         " && git config core.repositoryformatversion 1 && "
                         "git config extensions.refStorage reftable");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "refstorage");
    scratch_run(scratch, "rm -rf git && cp -r sound git && cd " LEDGER
                         " && echo x | git hash-object -t commit -w --stdin --literally "
                         "> refs/heads/tidegate/ledger");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "no well-formed header");
    static const char *const lost[] = {"HEAD:branches/main/snapshot.json", "HEAD:branches/main"};
    for (size_t index = 0; index < 2; index++) {
        scratch_run(scratch,
                    "rm -rf git && cp -r sound git && cd " LEDGER
                    " && rm $(git rev-parse %s | sed 's,^..,objects/&/,')",
                    lost[index]);
        bench_reopen(&bench);
        is_unusable(&bench, DIAG_LEDGER_DAMAGED, "is not there");
    }
    scratch_run(scratch, "rm -rf git && cp -r sound git");
    bench_reopen(&bench);
    assert_int_equal(entries(&bench), 1);
    bench_close(&bench);
}

static void foreign_and_newer_ledgers_are_refused(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    struct scratch *scratch = &bench.scratch;
    static const struct {
        const char *format;
        enum diag_code code;
        const char *needle;
    } cases[] = {
        {"{\"schema\": \"tidegate/ledger/2\"}", DIAG_LEDGER_NEWER, "newer"},
        {"{\"schema\": \"tidegate/ledger/1\"}", DIAG_LEDGER_DAMAGED, "id is missing"},
        {"{\"schema\": \"other/1\"}", DIAG_LEDGER_DAMAGED, "schema"},
        {"[]", DIAG_LEDGER_DAMAGED, "schema"},
        {"{", DIAG_LEDGER_DAMAGED, "format.json"},
    };
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        scratch_run(scratch,
                    "cd " LEDGER " && echo '%s' > x && git update-ref refs/heads/tidegate/ledger "
                    "$(git commit-tree -m x $(printf '100644 blob %%s\\tformat.json\\n' "
                    "$(git hash-object -w x) | git mktree))",
                    cases[index].format);
        refuses_open(&bench, cases[index].code, cases[index].needle);
    }
    scratch_run(scratch, "cd " LEDGER " && git update-ref refs/heads/tidegate/ledger "
                         "$(git commit-tree -m x $(git mktree </dev/null))");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "no ledger");
    scratch_run(scratch, "cd " LEDGER " && git update-ref -d refs/heads/tidegate/ledger");
    bench_reopen(&bench); /* commits without parents: a first recording may have been cut off */
    const struct ledger_wanted wanted = {.branch = name(&bench, "main")};
    has_none(&bench, &wanted, "no entry");
    bench_close(&bench);
}

/* Who record just before the ledger looks for history; NULL: nobody. */
static struct scratch *others;

int __real_git_odb_foreach(git_odb *database, git_odb_foreach_cb visit, void *payload);
int __wrap_git_odb_foreach(git_odb *database, git_odb_foreach_cb visit, void *payload);

int __wrap_git_odb_foreach(git_odb *database, git_odb_foreach_cb visit, void *payload)
{
    if (others != NULL) {
        scratch_run(others, "mv aside " LEDGER "/refs/heads/tidegate/ledger");
        others = NULL;
    }
    return __real_git_odb_foreach(database, visit, payload);
}

static void first_entries_of_others_are_no_loss(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    record(&bench, "main", ID("c"), ID("d"), NULL, 1);
    scratch_run(&bench.scratch, "mv " LEDGER "/refs/heads/tidegate/ledger aside");
    others = &bench.scratch;
    bench_reopen(&bench);
    assert_int_equal(entries(&bench), 2);
    bench_close(&bench);
}

static void a_lost_branch_is_no_first_run(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    record(&bench, "main", ID("c"), ID("d"), NULL, 1);
    scratch_run(&bench.scratch, "rm " LEDGER "/refs/heads/tidegate/ledger");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "the branch is gone");
    scratch_run(&bench.scratch,
                "cd " LEDGER " && git update-ref refs/heads/tidegate/ledger "
                "$(git fsck --lost-found 2>/dev/null | sed -n 's/dangling commit //p')");
    bench_reopen(&bench);
    assert_int_equal(entries(&bench), 2);
    scratch_run(&bench.scratch, "cd " LEDGER " && git gc -q && : > packed-refs && "
                                "mkdir -p refs/heads && ! ls objects/??");
    refuses_open(&bench, DIAG_LEDGER_DAMAGED, "the branch is gone");
    bench_close(&bench);
}

/* An older entry is lost: what is nearer is found, what lies behind is not said to be missing. */
static void a_broken_chain_is_no_first_run(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench);
    const struct name *first = record(&bench, "old", ID("a"), ID("1"), NULL, 1);
    record(&bench, "main", ID("b"), ID("2"), ID("a"), 2);
    scratch_run(&bench.scratch, "rm " LEDGER "/objects/%.2s/%s", name_text(first),
                name_text(first) + 2);
    struct ledger_wanted wanted = {.branch = name(&bench, "main"), .base = name(&bench, ID("b"))};
    bench_reopen(&bench);
    chooses(&bench, &wanted, MATCH_COMMIT, ID("b"), "base commit");
    struct baseline baseline = {.state = BASELINE_NOT_ASKED};
    snapshot_init(&baseline.snapshot, &bench.scratch.names);
    wanted.branch = name(&bench, "old");
    wanted.base = NULL;
    assert_int_equal(git_ledger_choose(bench.ledger, &wanted, &baseline, &bench.scratch.diags),
                     ERR_UNUSABLE);
    assert_int_equal(baseline.state, BASELINE_UNUSABLE);
    scratch_expect(&bench.scratch, DIAG_LEDGER_DAMAGED, "is not there");
    snapshot_release(&baseline.snapshot);
    bench_close(&bench);
}

static void entries_that_are_not_there(void **state)
{
    (void)state;
    struct bench bench;
    struct snapshot snapshot;
    bench_open(&bench);
    const struct name *entry = record(&bench, "main", ID("a"), ID("b"), NULL, 1);
    struct diags *diags = &bench.scratch.diags;
    snapshot_init(&snapshot, &bench.scratch.names);
    assert_int_equal(git_ledger_read(bench.ledger, name(&bench, ID("9")), name(&bench, "main"),
                                     &snapshot, diags),
                     ERR_MISSING);
    scratch_expect(&bench.scratch, DIAG_LEDGER_ENTRY, "999");
    assert_int_equal(
        git_ledger_read(bench.ledger, name(&bench, "HEAD"), name(&bench, "main"), &snapshot, diags),
        ERR_MISSING);
    scratch_expect(&bench.scratch, DIAG_LEDGER_ENTRY, "HEAD");
    assert_int_equal(git_ledger_read(bench.ledger, entry, name(&bench, "other"), &snapshot, diags),
                     ERR_MISSING);
    scratch_expect(&bench.scratch, DIAG_LEDGER_ENTRY, "branch other");
    snapshot_release(&snapshot);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_cannot_escape_or_collide),
        cmocka_unit_test(messages_read_back),
        cmocka_unit_test(odd_messages_are_told_apart),
        cmocka_unit_test(raw_commits_are_read),
        cmocka_unit_test(an_entry_reads_back_equal),
        cmocka_unit_test(git_agrees),
        cmocka_unit_test(recording_again_changes_nothing),
        cmocka_unit_test(a_branch_folder_keeps_nothing_old),
        cmocka_unit_test(incomplete_records_are_refused),
        cmocka_unit_test(strange_names_stay_what_they_are),
        cmocka_unit_test(the_repository_is_not_touched),
        cmocka_unit_test(no_ledger_is_not_a_broken_one),
        cmocka_unit_test(a_full_disk_moves_nothing),
        cmocka_unit_test(a_stale_lock_is_named),
        cmocka_unit_test(a_ledger_without_write_access_is_read),
        cmocka_unit_test(writers_at_once_lose_nothing),
        cmocka_unit_test(commit_then_tree_then_newest),
        cmocka_unit_test(own_entry_counts_only_as_base),
        cmocka_unit_test(newest_follows_the_code),
        cmocka_unit_test(tampered_entries_are_refused),
        cmocka_unit_test(damaged_stores_are_refused),
        cmocka_unit_test(foreign_and_newer_ledgers_are_refused),
        cmocka_unit_test(first_entries_of_others_are_no_loss),
        cmocka_unit_test(a_lost_branch_is_no_first_run),
        cmocka_unit_test(a_broken_chain_is_no_first_run),
        cmocka_unit_test(entries_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
