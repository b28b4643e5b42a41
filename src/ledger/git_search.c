/* The search for a repository (gitrepository-layout), as git does it: the first folder with a
 * .git in it, or one that is a repository itself.
 *
 * libgit2 walks past a .git that it does not like and opens an outer repository instead, which
 * would compare with a stranger's history. Here the nearest one is taken, and opening it may
 * fail with its reason. */
#include "ledger/git_search.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_entry(const char *folder, const char *entry)
{
    struct buf path = {NULL, 0, 0};
    struct stat status;
    buf_add_format(&path, "%s/%s", folder, entry);
    bool there = lstat(buf_text(&path), &status) == 0;
    buf_release(&path);
    return there;
}

/* A folder that holds anything git would have put there, or that we may not look into. An empty
 * .git is nobody's repository. */
static bool looks_like_git(const char *folder)
{
    return access(folder, X_OK) != 0 || has_entry(folder, "HEAD") || has_entry(folder, "objects") ||
           has_entry(folder, "refs") || has_entry(folder, "config");
}

/* Is there a repository, sound or not, in `folder` itself? Then *git is what to open. */
static bool find_here(const char *folder, struct buf *git, bool *bare)
{
    struct stat status;
    buf_clear(git);
    buf_add_format(git, "%s/.git", folder);
    *bare = false;
    if (stat(buf_text(git), &status) == 0) {
        if (!S_ISDIR(status.st_mode) || looks_like_git(buf_text(git))) {
            return true;
        }
    } else if (has_entry(folder, ".git")) {
        return true; /* a link that leads nowhere, or a folder we may not enter */
    }
    buf_clear(git);
    buf_add_text(git, folder);
    *bare = has_entry(folder, "HEAD") && has_entry(folder, "objects") && has_entry(folder, "refs");
    return *bare;
}

bool git_search(char *folder, struct buf *git, bool *bare)
{
    while (!find_here(folder, git, bare)) {
        char *slash = strrchr(folder, '/');
        if (slash == NULL || folder[1] == '\0') {
            return false;
        }
        slash[slash == folder ? 1 : 0] = '\0';
    }
    return true;
}
