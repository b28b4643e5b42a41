/* Starting libgit2 with our settings.
 *
 * Memory: libgit2 1.5 crashes or changes its answers when an allocation fails, so it gets an
 * allocator that ends the process instead, as everywhere in this program. Configuration: system,
 * global and XDG files are not searched, because a home directory that is not ours can make
 * opening fail and because nothing in them may change what we read. Owner: the check is off; it
 * exists to protect programs that run what a repository's configuration tells them to, and we
 * run nothing. Extensions: those are allowed that change nothing in how refs and objects are
 * stored; objectformat and refstorage must stay refused, since libgit2 would open such
 * repositories and read them wrongly. Starting Debian's libgit2 costs 4 to 5 ms, nearly all of
 * it for parsing the system's list of certificate authorities, whose path is compiled in and which
 * no option prevents: hence only at the first use. A static build has no TLS and starts at once. */
#include "ledger/git_library.h"

#include "base/mem.h"

#include <git2.h>
#include <git2/sys/alloc.h>
#include <stdlib.h>
#include <string.h>

static void *take(size_t size)
{
    return mem_resize(NULL, size > 0 ? size : 1);
}

static void *library_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return take(size);
}

static void *library_realloc(void *block, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return mem_resize(block, size > 0 ? size : 1);
}

static void library_free(void *block)
{
    free(block);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
static void *library_calloc(size_t count, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    size_t bytes = mem_product(count, size);
    return mem_alloc(bytes > 0 ? bytes : 1);
}

static char *library_substrdup(const char *text, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    char *copy = take(size + 1);
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

static char *library_strndup(const char *text, size_t most, const char *file, int line)
{
    return library_substrdup(text, strnlen(text, most), file, line);
}

static char *library_strdup(const char *text, const char *file, int line)
{
    return library_substrdup(text, strlen(text), file, line);
}

static void *library_reallocarray(void *block, size_t count, size_t size, const char *file,
                                  int line)
{
    return library_realloc(block, mem_product(count, size), file, line);
}

static void *library_mallocarray(size_t count, size_t size, const char *file, int line)
{
    return library_malloc(mem_product(count, size), file, line);
}
#endif

static int set_allocator(void)
{
    git_allocator allocator = {
        .gmalloc = library_malloc,
        .grealloc = library_realloc,
        .gfree = library_free,
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
        .gcalloc = library_calloc,
        .gstrdup = library_strdup,
        .gstrndup = library_strndup,
        .gsubstrdup = library_substrdup,
        .greallocarray = library_reallocarray,
        .gmallocarray = library_mallocarray,
#endif
    };
    return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}

static int set_options(void)
{
    static const int levels[] = {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
                                 GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_PROGRAMDATA};
    const char *extensions[] = {"worktreeconfig", "partialclone", "relativeworktrees",
                                "preciousobjects"};
    int failed = 0;
    for (size_t index = 0; index < sizeof(levels) / sizeof(levels[0]); index++) {
        failed |= git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[index], "");
    }
    failed |= git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
                               sizeof(extensions) / sizeof(extensions[0]));
    failed |= git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    failed |= git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
    failed |= git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    return failed;
}

const char *git_library_said(void)
{
    const git_error *error = git_error_last();
    return error != NULL && error->message != NULL ? error->message : "no reason given";
}

enum err git_library_start(struct diags *diags)
{
    if (set_allocator() != 0 || git_libgit2_init() < 1) {
        diags_add_format(diags, DIAG_GIT_UNREADABLE, NULL, 0, 0, "libgit2 does not start: %s",
                         git_library_said());
        return ERR_UNUSABLE;
    }
    if (set_options() != 0) {
        diags_add_format(diags, DIAG_GIT_UNREADABLE, NULL, 0, 0,
                         "libgit2 refuses the settings that make it safe: %s", git_library_said());
        git_library_stop();
        return ERR_UNUSABLE;
    }
    return ERR_NONE;
}

void git_library_stop(void)
{
    git_libgit2_shutdown();
}

#ifdef TIDEGATE_ARENA_SHARP
/* libgit2 1.5 loses what PCRE2 allocates for each match while it checks the extensions of a
 * repository: some kilobytes for each opening. LeakSanitizer asks what to leave out, and whether to
 * talk about it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libpcre2";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif
