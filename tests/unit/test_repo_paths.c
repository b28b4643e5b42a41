/* From reported paths to tracked files: each rule, what is left open, and speed. */
#include "measure/repo_paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct fixture {
    struct arena arena;
    struct names names;
    struct vec tracked;
    struct vec roots;
    struct span work_tree; /* of the machine that read the report */
    struct repo_paths *paths;
};

static void add_name(struct fixture *fixture, struct vec *list, const char *text)
{
    *(const struct name **)vec_add(list) = names_add(&fixture->names, span_of(text));
}

/* A repository at /work/tree with these files; the list ends with NULL. */
static void open_with(struct fixture *fixture, const char *const *tracked)
{
    fixture->work_tree = SPAN("");
    arena_init(&fixture->arena);
    names_init(&fixture->names, &fixture->arena);
    vec_init(&fixture->tracked, sizeof(const struct name *));
    vec_init(&fixture->roots, sizeof(const struct name *));
    for (; tracked != NULL && *tracked != NULL; tracked++) {
        add_name(fixture, &fixture->tracked, *tracked);
    }
    fixture->paths = repo_paths_open(&fixture->names, tracked != NULL ? &fixture->tracked : NULL,
                                     SPAN("/work/tree"));
}

static void close_all(struct fixture *fixture)
{
    repo_paths_close(fixture->paths);
    vec_release(&fixture->tracked);
    vec_release(&fixture->roots);
    names_release(&fixture->names);
    arena_release(&fixture->arena);
}

/* The answer as text: the path, "ambiguous" or "unresolved". */
static const char *find_below(struct fixture *fixture, const char *reported, const char *prefix)
{
    const struct path_origin origin = {&fixture->roots, span_of(prefix), fixture->work_tree};
    struct path_found found =
        repo_paths_find(fixture->paths, names_add(&fixture->names, span_of(reported)), &origin);
    if (found.match == PATH_RESOLVED) {
        return name_text(found.resolved);
    }
    assert_null(found.resolved);
    return found.match == PATH_AMBIGUOUS ? "ambiguous" : "unresolved";
}

static const char *find(struct fixture *fixture, const char *reported)
{
    return find_below(fixture, reported, "");
}

static const char *const SMALL[] = {"src/a.c",
                                    "src/lib/a.c",
                                    "main.py",
                                    "sub/main.py",
                                    "sub/pkg/util.py",
                                    "web/src/index.ts",
                                    "web/src/view.ts",
                                    "App/Form.cs",
                                    "README.md",
                                    "src/only.h",
                                    NULL};

static void relative_paths(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    assert_string_equal(find(&fixture, "src/a.c"), "src/a.c");
    assert_string_equal(find(&fixture, "./src/lib/../a.c"), "src/a.c");
    assert_string_equal(find(&fixture, "src\\lib\\a.c"), "src/lib/a.c");
    assert_string_equal(find(&fixture, "main.py"), "main.py");
    assert_string_equal(find(&fixture, "../src/lib/a.c"), "src/lib/a.c");
    assert_string_equal(find(&fixture, "src/none.c"), "unresolved");
    assert_string_equal(find(&fixture, ""), "unresolved");
    assert_string_equal(find(&fixture, "."), "unresolved");
    assert_string_equal(find(&fixture, ".."), "unresolved");
    assert_string_equal(find(&fixture, "src"), "unresolved");
    close_all(&fixture);
}

static void absolute_paths(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    assert_string_equal(find(&fixture, "/work/tree/src/a.c"), "src/a.c");
    assert_string_equal(find(&fixture, "/work/tree/main.py"), "main.py");
    assert_string_equal(find(&fixture, "/work/treeless/main.py"), "unresolved");
    assert_string_equal(find(&fixture, "/home/runner/work/x/x/src/lib/a.c"), "src/lib/a.c");
    assert_string_equal(find(&fixture, "C:\\build\\x\\App\\Form.cs"), "App/Form.cs");
    assert_string_equal(find(&fixture, "/_/App/Form.cs"), "App/Form.cs");
    assert_string_equal(find(&fixture, "/_12/App/Form.cs"), "App/Form.cs");
    close_all(&fixture);
}

static void another_work_tree(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    assert_string_equal(find(&fixture, "/ci/x/main.py"), "unresolved");
    fixture.work_tree = SPAN("/ci/x/");
    assert_string_equal(find(&fixture, "/ci/x/main.py"), "main.py");
    assert_string_equal(find(&fixture, "/work/tree/main.py"), "main.py");
    add_name(&fixture, &fixture.roots, "/ci/x/sub");
    assert_string_equal(find(&fixture, "main.py"), "sub/main.py");
    close_all(&fixture);
    open_with(&fixture, NULL);
    fixture.work_tree = SPAN("/ci/x");
    assert_string_equal(find(&fixture, "/ci/x/a.c"), "a.c");
    close_all(&fixture);
}

static void tails(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    /* The whole relative path is a tail of one file. */
    assert_string_equal(find(&fixture, "view.ts"), "web/src/view.ts");
    assert_string_equal(find(&fixture, "pkg/util.py"), "sub/pkg/util.py");
    /* Two parts in common are enough, one is not: a compiler's own header is not ours. */
    assert_string_equal(find(&fixture, "/app/src/view.ts"), "web/src/view.ts");
    assert_string_equal(find(&fixture, "/usr/include/only.h"), "unresolved");
    assert_string_equal(find(&fixture, "vendor/only.h"), "unresolved");
    /* Whole parts only. */
    assert_string_equal(find(&fixture, "iew.ts"), "unresolved");
    /* Two files have the tail. */
    assert_string_equal(find(&fixture, "lib/x/a.c"), "unresolved");
    assert_string_equal(find(&fixture, "a.c"), "ambiguous");
    close_all(&fixture);
}

static void source_roots(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    /* Root first would send it to the wrong file. */
    add_name(&fixture, &fixture.roots, "/work/tree/sub");
    assert_string_equal(find(&fixture, "main.py"), "sub/main.py");
    assert_string_equal(find(&fixture, "README.md"), "README.md");
    /* Another machine's root: what is left of it inside the repository counts. */
    vec_clear(&fixture.roots);
    add_name(&fixture, &fixture.roots, "/home/ci/checkout/sub");
    assert_string_equal(find(&fixture, "main.py"), "sub/main.py");
    assert_string_equal(find(&fixture, "pkg/util.py"), "sub/pkg/util.py");
    vec_clear(&fixture.roots);
    add_name(&fixture, &fixture.roots, "/home/ci/checkout");
    assert_string_equal(find(&fixture, "main.py"), "main.py");
    /* A relative root, a file system root, and one that is a folder inside another of ours. */
    vec_clear(&fixture.roots);
    add_name(&fixture, &fixture.roots, "web/src");
    assert_string_equal(find(&fixture, "index.ts"), "web/src/index.ts");
    vec_clear(&fixture.roots);
    add_name(&fixture, &fixture.roots, "/");
    assert_string_equal(find(&fixture, "work/tree/sub/main.py"), "sub/main.py");
    vec_clear(&fixture.roots);
    add_name(&fixture, &fixture.roots, "D:\\ci\\src");
    assert_string_equal(find(&fixture, "view.ts"), "web/src/view.ts");
    /* Two roots have the file: nobody can know. */
    vec_clear(&fixture.roots);
    add_name(&fixture, &fixture.roots, "/work/tree/sub");
    add_name(&fixture, &fixture.roots, "/work/tree");
    assert_string_equal(find(&fixture, "main.py"), "ambiguous");
    close_all(&fixture);
}

static void policy_root(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    assert_string_equal(find_below(&fixture, "main.py", "sub"), "sub/main.py");
    assert_string_equal(find_below(&fixture, "src/index.ts", "web/"), "web/src/index.ts");
    assert_string_equal(find_below(&fixture, "src/a.c", "web"), "src/a.c");
    close_all(&fixture);
}

static void links(void **state)
{
    (void)state;
    struct fixture fixture;
    const char *const tracked[] = {"Program.cs", "src/My File.cs", "pkg/a.go", "x/pkg/a.go",
                                   "server.go",  "sub/main.go",    NULL};
    open_with(&fixture, tracked);
    assert_string_equal(find(&fixture, "https://raw.example.com/o/r/0123abcd/Program.cs"),
                        "Program.cs");
    assert_string_equal(find(&fixture, "https://raw.example.com/o/r/0123abcd/pkg/a.go?x=1"),
                        "pkg/a.go");
    assert_string_equal(
        find(&fixture, "https://dev.example.com/o/items?v=1&path=/src/My%20File.cs"),
        "src/My File.cs");
    assert_string_equal(find(&fixture, "file:///work/tree/src/My%20File.cs"), "src/My File.cs");
    assert_string_equal(find(&fixture, "file:///C:/ci/src/My%20File.cs"), "src/My File.cs");
    assert_string_equal(find(&fixture, "webpack://app/./sub/main.go"), "sub/main.go");
    /* Import paths name the repository and then the file. */
    assert_string_equal(find(&fixture, "example.com/o/r/pkg/a.go"), "pkg/a.go");
    assert_string_equal(find(&fixture, "example.com/o/r/v2/server.go"), "server.go");
    assert_string_equal(find(&fixture, "example.com/o/r/x/pkg/a.go"), "x/pkg/a.go");
    assert_string_equal(find(&fixture, "module/pkg/a.go"), "ambiguous");
    /* A longer tail beats what stands behind the host, and a host needs an owner and a
     * repository. */
    assert_string_equal(find(&fixture, "App.Core/a/b/sub/main.go"), "sub/main.go");
    assert_string_equal(find(&fixture, "App.Core/a/sub/main.go"), "sub/main.go");
    assert_string_equal(find(&fixture, "example.com/o/server.go"), "unresolved");
    assert_string_equal(find(&fixture, "100%/server.go"), "unresolved");
    close_all(&fixture);
}

static const char *clean(struct fixture *fixture, const char *reported)
{
    const struct path_origin origin = {&fixture->roots, span_make(NULL, 0), fixture->work_tree};
    return name_text(
        repo_paths_find(fixture->paths, names_add(&fixture->names, span_of(reported)), &origin)
            .clean);
}

static void what_is_taken_off(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    assert_string_equal(clean(&fixture, "https://host/a%2Fb%2fc%C3%A9.c#L1"), "host/a/b/cé.c");
    assert_string_equal(clean(&fixture, "http://host/a%zz%1g%00%4"), "host/a%zz%1g%00%4");
    assert_string_equal(clean(&fixture, "https://host/x?a=b&path=/y.c&c=d"), "y.c");
    assert_string_equal(clean(&fixture, "https://host/x?a=b&paths=/y.c"), "host/x");
    assert_string_equal(clean(&fixture, "file://host/x/y.c"), "/x/y.c");
    assert_string_equal(clean(&fixture, "FILE://x"), "x");
    assert_string_equal(clean(&fixture, "vscode-x+1.0://a/b.c"), "a/b.c");
    /* What only looks like a scheme. */
    assert_string_equal(clean(&fixture, "a_b://c/d.c"), "a_b:/c/d.c");
    assert_string_equal(clean(&fixture, "1a://c/d.c"), "1a:/c/d.c");
    assert_string_equal(clean(&fixture, "C://c/d.c"), "C:/c/d.c");
    /* What only looks like a deterministic build. */
    assert_string_equal(clean(&fixture, "/_x/a.c"), "/_x/a.c");
    assert_string_equal(clean(&fixture, "/_1"), "/_1");
    assert_string_equal(clean(&fixture, "/_/../_/a.c"), "a.c");
    /* What only looks like a host. */
    assert_string_equal(find(&fixture, ".ci/o/r/main.py"), "unresolved");
    assert_string_equal(find(&fixture, "ci./o/r/main.py"), "unresolved");
    assert_string_equal(find(&fixture, "c.i/o/r/main.py"), "main.py");
    close_all(&fixture);
}

/* Bytes that sort before a slash stand between the paths of one tail, if the order lets them. */
static void names_with_signs_before_the_slash(void **state)
{
    (void)state;
    struct fixture fixture;
    const char *const tracked[] = {"p/a.c",   "q-p/a.c", "q.p/a.c", "x/p/a.c",
                                   "sub/m.c", "m.c",     NULL};
    open_with(&fixture, tracked);
    assert_string_equal(find(&fixture, "/z/k/p/a.c"), "ambiguous");
    assert_string_equal(find(&fixture, "/z/q-p/a.c"), "q-p/a.c");
    assert_string_equal(find(&fixture, "c.d/z/z/sub/m.c"), "sub/m.c");
    assert_string_equal(find(&fixture, "c.d/z/sub/m.c"), "sub/m.c");
    close_all(&fixture);
}

static void letter_case(void **state)
{
    (void)state;
    struct fixture fixture;
    const char *const tracked[] = {"App/Form.cs", "lib/One.c", "lib/one.c", NULL};
    open_with(&fixture, tracked);
    assert_string_equal(find(&fixture, "app\\FORM.cs"), "App/Form.cs");
    assert_string_equal(find(&fixture, "/WORK/Tree/app/form.cs"), "App/Form.cs");
    assert_string_equal(find(&fixture, "lib/one.c"), "lib/one.c");
    assert_string_equal(find(&fixture, "lib/ONE.c"), "ambiguous");
    close_all(&fixture);
}

static void outside_a_repository(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, NULL);
    assert_false(repo_paths_known(fixture.paths));
    assert_string_equal(find(&fixture, "./src/../a.c"), "a.c");
    assert_string_equal(find_below(&fixture, "a.c", "web"), "web/a.c");
    assert_string_equal(find(&fixture, "/work/tree/a.c"), "a.c");
    assert_string_equal(find(&fixture, "/etc/a.c"), "unresolved");
    assert_string_equal(find(&fixture, "../a.c"), "unresolved");
    assert_false(repo_paths_any(fixture.paths, SPAN("**")));
    close_all(&fixture);
}

static void globs_and_whole_paths(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    assert_true(repo_paths_any(fixture.paths, SPAN("web/**")));
    assert_true(repo_paths_any(fixture.paths, SPAN("**/*.cs")));
    assert_true(repo_paths_any(fixture.paths, SPAN("src/lib/a.c")));
    assert_false(repo_paths_any(fixture.paths, SPAN("webb/**")));
    assert_false(repo_paths_any(fixture.paths, SPAN("src/*.ts")));
    assert_string_equal(name_text(repo_paths_tracked(fixture.paths, SPAN("src/a.c"))), "src/a.c");
    assert_null(repo_paths_tracked(fixture.paths, SPAN("a.c")));
    assert_string_equal(clean(&fixture, ".\\x/../y.c"), "y.c");
    close_all(&fixture);
}

static void hostile_paths(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, SMALL);
    char *deep = malloc(20001);
    for (size_t at = 0; at < 20000; at++) {
        deep[at] = at % 2 == 0 ? 'a' : '/';
    }
    deep[20000] = '\0';
    add_name(&fixture, &fixture.roots, deep);
    assert_string_equal(find(&fixture, deep), "unresolved");
    deep[0] = '/';
    add_name(&fixture, &fixture.roots, deep);
    assert_string_equal(find(&fixture, deep), "unresolved");
    free(deep);
    assert_string_equal(find(&fixture, "https://"), "unresolved");
    assert_string_equal(find(&fixture, "file://"), "unresolved");
    assert_string_equal(find(&fixture, "/_/"), "unresolved");
    assert_string_equal(find(&fixture, "C:"), "unresolved");
    close_all(&fixture);
}

static uint64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* 100,000 files with 500 different last parts; 20,000 searches from another machine. */
static void large_repositories(void **state)
{
    (void)state;
    enum { FILES = 100000, SEARCHES = 20000 };
    struct fixture fixture;
    char text[128];
    open_with(&fixture, NULL);
    repo_paths_close(fixture.paths);
    for (int at = 0; at < FILES; at++) {
        snprintf(text, sizeof(text), "packages/part%d/src/inner/file%d.ts", at / 500, at % 500);
        add_name(&fixture, &fixture.tracked, text);
    }
    fixture.paths = repo_paths_open(&fixture.names, &fixture.tracked, SPAN("/work/tree"));
    uint64_t start = milliseconds();
    for (int at = 0; at < SEARCHES; at++) {
        snprintf(text, sizeof(text), "/ci/job/packages/part%d/src/inner/file%d.ts", at % 200,
                 at % 500);
        assert_string_equal(find(&fixture, text), text + 8);
    }
    /* Generous: an instrumented build on a busy machine must pass too. A search by walking would
     * take minutes. */
    assert_true(milliseconds() - start < 2000);
    close_all(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relative_paths),
        cmocka_unit_test(absolute_paths),
        cmocka_unit_test(another_work_tree),
        cmocka_unit_test(tails),
        cmocka_unit_test(source_roots),
        cmocka_unit_test(policy_root),
        cmocka_unit_test(links),
        cmocka_unit_test(what_is_taken_off),
        cmocka_unit_test(names_with_signs_before_the_slash),
        cmocka_unit_test(letter_case),
        cmocka_unit_test(outside_a_repository),
        cmocka_unit_test(globs_and_whole_paths),
        cmocka_unit_test(hostile_paths),
        cmocka_unit_test(large_repositories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
