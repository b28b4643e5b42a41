/* The user's repository in the shapes that CI and accidents give it, each built with git. */
#include "git_scratch.h"
#include "ledger/git_repo.h"

#include <sys/stat.h>

/* A repository `one` with two commits on main: a.txt, src/b.c, a link and a submodule entry. */
static void build(struct scratch *scratch)
{
    scratch_open(scratch);
    scratch_run(scratch, "git init -q one && cd one && echo first > a.txt && git add . && "
                         "git commit -qm one && mkdir src && echo second > src/b.c && "
                         "ln -s ../../etc/passwd src/link && git add . && "
                         "git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),lib && "
                         "git commit -qm two && mkdir -p src/deep");
}

static struct git_repo *opens(struct scratch *scratch, const char *below)
{
    struct git_repo *repo = NULL;
    enum err err =
        git_repo_open(&repo, &scratch->names, scratch_path(scratch, below), &scratch->diags);
    if (err != ERR_NONE) {
        fail_msg("%s: error %d, %s", below, (int)err,
                 diags_count(&scratch->diags) > 0 ? name_text(diags_at(&scratch->diags, 0)->text)
                                                  : "");
    }
    return repo;
}

static void refuses(struct scratch *scratch, const char *below, enum diag_code code,
                    const char *needle)
{
    struct git_repo *repo = NULL;
    assert_int_equal(
        git_repo_open(&repo, &scratch->names, scratch_path(scratch, below), &scratch->diags),
        ERR_UNUSABLE);
    assert_null(repo);
    scratch_expect(scratch, code, needle);
}

static bool has_path(const struct vec *paths, const char *path)
{
    for (size_t index = 0; index < paths->count; index++) {
        if (strcmp(name_text(*(const struct name **)vec_at(paths, index)), path) == 0) {
            return true;
        }
    }
    return false;
}

/* The tracked files of `one`, wherever they are listed. */
static void lists_one(struct scratch *scratch, struct git_repo *repo)
{
    struct vec paths;
    vec_init(&paths, sizeof(const struct name *));
    assert_int_equal(git_repo_tracked(repo, &paths, &scratch->diags), ERR_NONE);
    assert_int_equal(paths.count, 3);
    assert_true(has_path(&paths, "a.txt"));
    assert_true(has_path(&paths, "src/b.c"));
    assert_true(has_path(&paths, "src/link"));
    vec_release(&paths);
}

static void reads_file(struct scratch *scratch, struct git_repo *repo, const char *path,
                       const char *content)
{
    struct span text;
    assert_int_equal(git_repo_file(repo, NULL, path, &scratch->arena, &text, &scratch->diags),
                     ERR_NONE);
    assert_true(span_is(text, content));
}

static void refuses_file(struct scratch *scratch, struct git_repo *repo, const char *path,
                         enum diag_code code, const char *needle)
{
    struct span text;
    assert_int_equal(git_repo_file(repo, NULL, path, &scratch->arena, &text, &scratch->diags),
                     ERR_UNUSABLE);
    scratch_expect(scratch, code, needle);
}

/* Everything that holds for a good checkout of `one`. */
static void is_one(struct scratch *scratch, const char *below)
{
    struct git_repo *repo = opens(scratch, below);
    struct span text;
    assert_string_equal(name_text(git_repo_commit(repo)),
                        scratch_run(scratch, "git -C one rev-parse main"));
    assert_string_equal(name_text(git_repo_tree(repo)),
                        scratch_run(scratch, "git -C one rev-parse main^{tree}"));
    assert_int_equal(git_repo_parents(repo)->count, 1);
    assert_string_equal(name_text(*(const struct name **)vec_at(git_repo_parents(repo), 0)),
                        scratch_run(scratch, "git -C one rev-parse main~1"));
    assert_int_equal(git_repo_commit_time(repo), 1700000000);
    assert_ptr_equal(git_repo_tree_of(repo, git_repo_commit(repo)), git_repo_tree(repo));
    lists_one(scratch, repo);
    reads_file(scratch, repo, "a.txt", "first\n");
    reads_file(scratch, repo, "src/b.c", "second\n");
    assert_int_equal(git_repo_file(repo, NULL, "src/c.c", &scratch->arena, &text, &scratch->diags),
                     ERR_MISSING);
    assert_int_equal(diags_count(&scratch->diags), 0);
    git_repo_close(repo);
}

/* ---- good ones ---- */

static void plain_repository(void **state)
{
    (void)state;
    struct scratch scratch;
    struct span text;
    build(&scratch);
    is_one(&scratch, "one");
    is_one(&scratch, "one/src/deep");
    struct git_repo *repo = opens(&scratch, "one/src");
    assert_string_equal(git_repo_root(repo), scratch_path(&scratch, "one"));
    assert_string_equal(git_repo_common_dir(repo), scratch_path(&scratch, "one/.git"));
    assert_string_equal(name_text(git_repo_branch(repo)), "main");
    assert_null(git_repo_default_branch(repo));
    assert_false(git_repo_is_shallow(repo));

    const struct name *first =
        scratch_name(&scratch, scratch_run(&scratch, "git -C one rev-parse main~1"));
    assert_int_equal(git_repo_file(repo, first, "src/b.c", &scratch.arena, &text, &scratch.diags),
                     ERR_MISSING);
    assert_int_equal(git_repo_file(repo, first, "a.txt", &scratch.arena, &text, &scratch.diags),
                     ERR_NONE);
    assert_null(
        git_repo_tree_of(repo, scratch_name(&scratch, "00000000000000000000000000000000000000aa")));
    assert_null(git_repo_tree_of(repo, scratch_name(&scratch, "main")));
    refuses_file(&scratch, repo, "src/link", DIAG_GIT_NOT_A_FILE, "120000");
    refuses_file(&scratch, repo, "lib", DIAG_GIT_NOT_A_FILE, "160000");
    refuses_file(&scratch, repo, "src", DIAG_GIT_NOT_A_FILE, "040000");
    refuses_file(&scratch, repo, "a.txt/b", DIAG_GIT_NOT_A_FILE, "100644");
    assert_int_equal(git_repo_file(repo, scratch_name(&scratch, "HEAD"), "a.txt", &scratch.arena,
                                   &text, &scratch.diags),
                     ERR_UNUSABLE);
    scratch_expect(&scratch, DIAG_GIT_DAMAGED, "not a commit id");
    git_repo_close(repo);
    scratch_close(&scratch);
}

static void merge_commit_at_depth_one(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "cd one && git checkout -q -b side main~1 && "
                          "git commit -q --allow-empty -m side && git checkout -q main && "
                          "git merge -q --no-ff -m merge side && cd .. && "
                          "git clone -q --depth 1 file://$PWD/one shallow && "
                          "git -C shallow checkout -q --detach");
    struct git_repo *repo = opens(&scratch, "shallow");
    assert_true(git_repo_is_shallow(repo));
    assert_null(git_repo_branch(repo));
    assert_string_equal(name_text(git_repo_default_branch(repo)), "main");
    assert_int_equal(git_repo_parents(repo)->count, 2);
    assert_string_equal(name_text(*(const struct name **)vec_at(git_repo_parents(repo), 1)),
                        scratch_run(&scratch, "git -C one rev-parse side"));
    assert_null(git_repo_tree_of(repo, *(const struct name **)vec_at(git_repo_parents(repo), 0)));
    lists_one(&scratch, repo);
    reads_file(&scratch, repo, "a.txt", "first\n");
    git_repo_close(repo);
    scratch_close(&scratch);
}

static void odd_but_good_repositories(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "git clone -q --shared one shared");
    scratch_run(&scratch, "git -C one worktree add -q --detach ../linked");
    scratch_run(&scratch, "git clone -q one packed && git -C packed gc -q");
    scratch_run(&scratch, "git clone -q one split && git -C split update-index --split-index");
    scratch_run(&scratch, "git clone -q one sparse && cd sparse && "
                          "git sparse-checkout init --cone --sparse-index && "
                          "git sparse-checkout set nothing");
    scratch_run(&scratch, "git clone -q --no-checkout one noindex");
    scratch_run(&scratch, "git clone -q one extended && cd extended && "
                          "git config core.repositoryformatversion 1 && "
                          "git config extensions.worktreeConfig true && "
                          "git config extensions.preciousObjects true && "
                          "git config extensions.relativeWorktrees true");
    scratch_run(&scratch, "cp -r one borrowed && rm -rf borrowed/.git/objects/?? && "
                          "printf '# others\\n\\n../../../one/.git/objects' "
                          "> borrowed/.git/objects/info/alternates");
    scratch_run(&scratch, "ln -s one/src symlinked");
    static const char *const good[] = {"shared",  "linked",   "packed",   "split",    "sparse",
                                       "noindex", "extended", "borrowed", "symlinked"};
    for (size_t index = 0; index < sizeof(good) / sizeof(good[0]); index++) {
        is_one(&scratch, good[index]);
    }
    struct git_repo *repo = opens(&scratch, "linked");
    assert_string_equal(git_repo_root(repo), scratch_path(&scratch, "linked"));
    assert_string_equal(git_repo_common_dir(repo), scratch_path(&scratch, "one/.git"));
    git_repo_close(repo);
    scratch_close(&scratch);
}

/* A change can commit the files of one to the folder in which the job runs. */
static void bare_repositories_are_refused(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "git clone -q --bare one bare.git && cp -R bare.git one/src/planted");
    refuses(&scratch, "bare.git", DIAG_GIT_BARE, "bare");
    refuses(&scratch, "one/src/planted/refs", DIAG_GIT_BARE, "bare");
    scratch_close(&scratch);
}

static void a_conflict_lists_each_path_once(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "cd one && git checkout -q -b side main~1 && echo x > a.txt && "
                          "git commit -qam x && git checkout -q main && echo y > a.txt && "
                          "git commit -qam y && ! git merge -q side");
    struct git_repo *repo = opens(&scratch, "one");
    lists_one(&scratch, repo);
    git_repo_close(repo);
    scratch_close(&scratch);
}

static void foreign_owner_and_hostile_surroundings(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "mkdir home && printf '[broken' > home/.gitconfig");
    setenv("HOME", scratch_path(&scratch, "home"), 1);
    setenv("GIT_DIR", "/nowhere", 1);
    struct git_repo *repo = opens(&scratch, "one");
    lists_one(&scratch, repo);
    git_repo_close(repo);
    unsetenv("GIT_DIR");
    setenv("HOME", scratch.folder, 1);
    if (geteuid() == 0) {
        scratch_run(&scratch, "chown -R 12345:12345 one");
    }
    is_one(&scratch, "one");
    scratch_close(&scratch);
}

/* Nothing that a hostile .git names is run, and nothing in it changes. */
static void planted_commands_do_not_run(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch,
                "for key in core.fsmonitor core.sshCommand core.pager core.editor core.askPass "
                "diff.external; do git config -f one/.git/config $key \"touch $PWD/RAN\"; done && "
                "git config -f one/.git/config credential.helper \"!touch $PWD/RAN\" && "
                "git config -f one/.git/config filter.x.clean \"touch $PWD/RAN\" && "
                "echo '* filter=x' > one/.gitattributes && "
                "for hook in post-checkout reference-transaction post-index-change; do "
                "printf '#!/bin/sh\\ntouch \"%%s\"\\n' $PWD/RAN > one/.git/hooks/$hook && "
                "chmod +x one/.git/hooks/$hook; done");
    const char *hash = "cd one && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum";
    const char *before = scratch_run(&scratch, "%s", hash);
    is_one(&scratch, "one/src");
    assert_string_equal(scratch_run(&scratch, "%s", hash), before);
    struct stat status;
    assert_int_not_equal(stat(scratch_path(&scratch, "RAN"), &status), 0);
    scratch_close(&scratch);
}

static void before_the_first_commit(void **state)
{
    (void)state;
    struct scratch scratch;
    struct vec paths;
    struct span text;
    scratch_open(&scratch);
    scratch_run(&scratch, "git init -q new");
    struct git_repo *repo = opens(&scratch, "new");
    assert_null(git_repo_commit(repo));
    assert_null(git_repo_tree(repo));
    assert_string_equal(name_text(git_repo_branch(repo)), "main");
    vec_init(&paths, sizeof(const struct name *));
    assert_int_equal(git_repo_tracked(repo, &paths, &scratch.diags), ERR_NONE);
    assert_int_equal(paths.count, 0);
    vec_release(&paths);
    assert_int_equal(git_repo_file(repo, NULL, "a.txt", &scratch.arena, &text, &scratch.diags),
                     ERR_MISSING);
    git_repo_close(repo);
    scratch_close(&scratch);
}

static void outside_any_repository(void **state)
{
    (void)state;
    struct scratch scratch;
    struct git_repo *repo = NULL;
    scratch_open(&scratch);
    scratch_run(&scratch,
                "mkdir -p empty/.git/x deep && git init -q outer && mkdir outer/.git/y && "
                "mkdir -p outer/inner/.git");
    static const char *const places[] = {"deep", "empty", "nowhere"};
    for (size_t index = 0; index < 3; index++) {
        assert_int_equal(git_repo_open(&repo, &scratch.names, scratch_path(&scratch, places[index]),
                                       &scratch.diags),
                         ERR_MISSING);
        assert_int_equal(diags_count(&scratch.diags), 0);
    }
    repo = opens(&scratch, "outer/inner"); /* an empty .git is nobody's */
    assert_string_equal(git_repo_root(repo), scratch_path(&scratch, "outer"));
    git_repo_close(repo);
    scratch_close(&scratch);
}

/* ---- partial clones ---- */

static void partial_clones_say_what_is_not_fetched(void **state)
{
    (void)state;
    struct scratch scratch;
    struct vec paths;
    build(&scratch);
    scratch_run(&scratch, "git -C one config uploadpack.allowFilter true && "
                          "git clone -q --filter=blob:none --no-checkout file://$PWD/one noblobs");
    scratch_run(&scratch, "git clone -q --filter=tree:0 --no-checkout file://$PWD/one notrees");
    scratch_run(&scratch, "git -C noblobs config core.repositoryformatversion 1 && "
                          "git -C noblobs config extensions.partialClone origin");
    struct git_repo *repo = opens(&scratch, "noblobs");
    lists_one(&scratch, repo);
    refuses_file(&scratch, repo, "a.txt", DIAG_GIT_NOT_FETCHED, "blob");
    git_repo_close(repo);

    repo = opens(&scratch, "notrees");
    vec_init(&paths, sizeof(const struct name *));
    assert_int_equal(git_repo_tracked(repo, &paths, &scratch.diags), ERR_UNUSABLE);
    scratch_expect(&scratch, DIAG_GIT_NOT_FETCHED, "tree");
    vec_release(&paths);
    refuses_file(&scratch, repo, "a.txt", DIAG_GIT_NOT_FETCHED, "tree");
    git_repo_close(repo);
    scratch_close(&scratch);
}

/* ---- bad ones ---- */

static void kinds_that_are_not_read(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "git init -q --object-format=sha256 sha && cp -r one table && "
                          "git -C table config core.repositoryformatversion 1 && "
                          "cp -r table unknown && "
                          "git -C table config extensions.refStorage reftable && "
                          "git -C unknown config extensions.madeUp true");
    refuses(&scratch, "sha", DIAG_GIT_UNSUPPORTED, "SHA-256");
    refuses(&scratch, "table", DIAG_GIT_UNSUPPORTED, "reftable");
    refuses(&scratch, "unknown", DIAG_GIT_UNSUPPORTED, "madeup");
    scratch_close(&scratch);
}

static void broken_places(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "cp -r one config && printf '[core\\n' >> config/.git/config && "
                          "cp -r one loop && git -C loop config include.path ../.git/config && "
                          "mkdir gone && echo 'gitdir: /nowhere/at/all' > gone/.git && "
                          "mkdir -p one/inner/.git one/dangling && echo x > one/inner/.git/HEAD && "
                          "ln -s nowhere one/dangling/.git");
    refuses(&scratch, "config", DIAG_GIT_CONFIG, "config/.git/config:");
    refuses(&scratch, "loop", DIAG_GIT_CONFIG, "include");
    refuses(&scratch, "gone", DIAG_GIT_UNREADABLE, "nowhere");
    refuses(&scratch, "one/inner", DIAG_GIT_UNREADABLE, "");
    refuses(&scratch, "one/dangling", DIAG_GIT_UNREADABLE, "");
    scratch_close(&scratch);
}

/* The file of a loose object of `one`. */
static const char *object_of(struct scratch *scratch, const char *revision)
{
    return scratch_run(scratch, "git -C one rev-parse %s | sed 's,^..,one/.git/objects/&/,'",
                       revision);
}

static void damaged_refs_and_commits(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    const char *commit = object_of(&scratch, "main");
    const char *blob = object_of(&scratch, "main:a.txt");
    scratch_run(&scratch, "chmod u+w %s && cp %s keep && : > %s", commit, commit, commit);
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "cut short");
    scratch_run(&scratch, "printf 'not zlib at all' > %s", commit);
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "no zlib data");
    scratch_run(&scratch, "rm %s && mkfifo %s", commit, commit);
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "no regular file");
    scratch_run(&scratch, "rm %s", commit);
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "is not there");
    scratch_run(&scratch, "cp %s %s", blob, commit);
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "mismatch");
    scratch_run(&scratch, "rm %s && cp keep %s && git -C one cat-file -e main", commit, commit);
    scratch_run(&scratch, "cp -r one wrong && "
                          "git -C one rev-parse main:a.txt > wrong/.git/refs/heads/main");
    refuses(&scratch, "wrong", DIAG_GIT_DAMAGED, "is a blob where a commit should be");
    scratch_run(&scratch, "cd wrong && blob=$(git -C ../one rev-parse main:a.txt) && "
                          "git -C ../one cat-file commit main | sed \"1s/.*/tree $blob/\" | "
                          "git hash-object -t commit -w --stdin --literally "
                          "> .git/refs/heads/main && rm .git/index");
    struct git_repo *repo = opens(&scratch, "wrong");
    refuses_file(&scratch, repo, "a.txt", DIAG_GIT_DAMAGED, "is a blob where a tree should be");
    git_repo_close(repo);
    scratch_run(&scratch, "echo hello | git -C wrong hash-object -t commit -w --stdin --literally "
                          "> wrong/.git/refs/heads/main");
    refuses(&scratch, "wrong", DIAG_GIT_DAMAGED, "no well-formed header");
    scratch_run(&scratch, "head -c 41 /dev/zero > one/.git/refs/heads/main");
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "corrupted");
    scratch_run(&scratch, ": > one/.git/refs/heads/main");
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "corrupted");
    scratch_run(&scratch, ": > one/.git/HEAD");
    refuses(&scratch, "one", DIAG_GIT_DAMAGED, "corrupted");
    scratch_close(&scratch);
}

/* Writes a loose object: zlib of `head`, a NUL and `body`, cut to `keep` bytes if that is not 0,
 * with `tail` behind it. */
static void plant(struct scratch *scratch, const char *file, const char *head, const char *body,
                  int keep, const char *tail)
{
    scratch_run(scratch,
                "python3 -c \"import zlib; d = zlib.compress(b'%s' + bytes([0]) + b'%s'); "
                "open('planted', 'wb').write((d[:%d] if %d else d) + b'%s')\" && "
                "rm -f %s && cp planted %s",
                head, body, keep, keep, tail, file, file);
}

static void damaged_blobs(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    const char *blob = object_of(&scratch, "main:a.txt");
    struct git_repo *repo = opens(&scratch, "one");
    static const struct {
        const char *head, *body;
        int keep;
        const char *tail, *needle;
    } cases[] = {
        {"blob 6", "first\\n", 12, "", "cut short"},
        {"blob 5", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 0, "", "longer"},
        {"blob 30", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 0, "", "longer"},
        {"blob 500", "first\\n", 0, "", "shorter"},
        {"blob 99999999999999999999999999999999", "x", 0, "", "no end"},
        {"blob 18446744073709551615", "x", 0, "", "LIMIT_GIT_OBJECT_BYTES"},
        {"blob -6", "first\\n", 0, "", "header is wrong"},
        {"file 6", "first\\n", 0, "", "header is wrong"},
        {"blob", "", 0, "", "header is wrong"},
        {"blob 6", "first\\n", 0, "more", "behind its end"},
        {"blob 6", "other\\n", 0, "", "mismatch"},
        {"commit 6", "first\\n", 0, "", "mismatch"},
    };
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        plant(&scratch, blob, cases[index].head, cases[index].body, cases[index].keep,
              cases[index].tail);
        struct span text;
        assert_int_equal(git_repo_file(repo, NULL, "a.txt", &scratch.arena, &text, &scratch.diags),
                         ERR_UNUSABLE);
        bool large = strstr(cases[index].needle, "LIMIT") != NULL;
        scratch_expect(&scratch, large ? DIAG_GIT_LIMIT : DIAG_GIT_DAMAGED, cases[index].needle);
    }
    plant(&scratch, blob, "blob 6", "first\\n", 0, "");
    reads_file(&scratch, repo, "a.txt", "first\n");
    scratch_run(&scratch, "rm %s", blob);
    refuses_file(&scratch, repo, "a.txt", DIAG_GIT_DAMAGED, "is not there");
    scratch_run(&scratch, "rm %s", object_of(&scratch, "main:src"));
    refuses_file(&scratch, repo, "src/none", DIAG_GIT_DAMAGED, "is not there");
    git_repo_close(repo);
    scratch_close(&scratch);
}

static void a_huge_blob_is_not_loaded(void **state)
{
    (void)state;
    struct scratch scratch;
    build(&scratch);
    scratch_run(&scratch, "cd one && head -c 80000000 /dev/zero > huge && git add huge && "
                          "git commit -qm huge && git gc -q");
    struct git_repo *repo = opens(&scratch, "one");
    refuses_file(&scratch, repo, "huge", DIAG_GIT_LIMIT, "80000000");
    git_repo_close(repo);
    scratch_close(&scratch);
}

/* Folders nested 300 deep: a walk that calls itself must stop before its stack does. */
static void nested_trees_end_at_a_ceiling(void **state)
{
    (void)state;
    struct scratch scratch;
    struct vec paths;
    scratch_open(&scratch);
    scratch_run(&scratch,
                "git init -q bomb && cd bomb && id=$(echo x | git hash-object -w --stdin) && "
                "tree=$(printf '100644 blob %%s\\tf\\n' $id | git mktree) && "
                "for level in $(seq 300); do "
                "tree=$(printf '040000 tree %%s\\td\\n' $tree | git mktree); done && "
                "git update-ref refs/heads/main $(git commit-tree -m deep $tree)");
    struct git_repo *repo = opens(&scratch, "bomb");
    vec_init(&paths, sizeof(const struct name *));
    assert_int_equal(git_repo_tracked(repo, &paths, &scratch.diags), ERR_UNUSABLE);
    scratch_expect(&scratch, DIAG_GIT_LIMIT, "too deep");
    vec_release(&paths);
    git_repo_close(repo);
    scratch_close(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_repository),
        cmocka_unit_test(merge_commit_at_depth_one),
        cmocka_unit_test(odd_but_good_repositories),
        cmocka_unit_test(bare_repositories_are_refused),
        cmocka_unit_test(a_conflict_lists_each_path_once),
        cmocka_unit_test(foreign_owner_and_hostile_surroundings),
        cmocka_unit_test(planted_commands_do_not_run),
        cmocka_unit_test(before_the_first_commit),
        cmocka_unit_test(outside_any_repository),
        cmocka_unit_test(partial_clones_say_what_is_not_fetched),
        cmocka_unit_test(kinds_that_are_not_read),
        cmocka_unit_test(broken_places),
        cmocka_unit_test(damaged_refs_and_commits),
        cmocka_unit_test(damaged_blobs),
        cmocka_unit_test(a_huge_blob_is_not_loaded),
        cmocka_unit_test(nested_trees_end_at_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
