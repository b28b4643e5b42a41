/* The user's repository, looked at and never touched.
 *
 * Opened with libgit2 for HEAD, its tree and the tracked paths; refs, index and work tree are
 * never written and nothing in its configuration is executed. Works in shallow, partial and
 * sparse clones, linked worktrees and checkouts that another user owns. A bare repository is
 * refused: it has no work tree, and a change can commit the files of one to a folder.
 * libgit2 is started by the first open.
 *
 * "Not there" is said only on positive evidence: what is listed and cannot be read is an error. */
#ifndef TIDEGATE_LEDGER_GIT_REPO_H
#define TIDEGATE_LEDGER_GIT_REPO_H

#include "base/err.h"
#include "base/vec.h"
#include "model/diag.h"

#include <sys/stat.h>

struct git_repo;

/* Finds the repository at or above `folder`: the nearest one, readable or not. ERR_MISSING:
 * there is none (no diagnostic). ERR_UNUSABLE: there is one that cannot be read; a diagnostic
 * says why and what to do. `names` must outlive the repository. */
enum err git_repo_open(struct git_repo **repo, struct names *names, const char *folder,
                       struct diags *diags);
void git_repo_close(struct git_repo *repo);

const char *git_repo_root(const struct git_repo *repo); /* absolute work tree, no final slash */
const char *
git_repo_common_dir(const struct git_repo *repo); /* absolute git directory shared by worktrees */
/* HEAD; all NULL or 0 when there is no commit yet. */
const struct name *git_repo_commit(const struct git_repo *repo); /* hexadecimal id */
const struct name *git_repo_tree(const struct git_repo *repo);
const struct name *
git_repo_branch(const struct git_repo *repo);              /* short name; NULL when detached */
int64_t git_repo_commit_time(const struct git_repo *repo); /* seconds since 1970 */
/* Parents from the raw commit header, so that a depth-1 checkout still has them: `struct name *`
 * items. */
const struct vec *git_repo_parents(const struct git_repo *repo);
bool git_repo_is_shallow(const struct git_repo *repo);
/* Is it a submodule by the word of the commit that is checked out in the repository around it? */
bool git_repo_is_submodule(const struct git_repo *repo);
/* The tree id of any commit that is here, or NULL. */
const struct name *git_repo_tree_of(struct git_repo *repo, const struct name *commit);
/* The id of the commit that a word names as git names commits (a branch, a tag, HEAD~1, the first
 * digits of an id); NULL when it names none here, or several. */
const struct name *git_repo_commit_named(const struct git_repo *repo, const char *word);
/* What a commit's own header says. */
struct git_repo_fact {
    const struct name *tree, *parent; /* parent NULL: none */
    int64_t time;                     /* of the committer, seconds since 1970 */
};
/* False when the commit is not here or cannot be read. */
bool git_repo_look(const struct git_repo *repo, const struct name *commit,
                   struct git_repo_fact *fact);
/* The remote's default branch (refs/remotes/origin/HEAD), else NULL. */
const struct name *git_repo_default_branch(const struct git_repo *repo);
/* Adds the first parent of `commit`, its first parent, and so on: at most `most`, as far as the
 * checkout reaches; the last one may itself be missing here. `const struct name *` items. */
void git_repo_first_parents(struct git_repo *repo, const struct name *commit, size_t most,
                            struct vec *commits);
/* The tip of the remote's copy of a branch; NULL when it is not here. */
const struct name *git_repo_remote_tip(const struct git_repo *repo, const struct name *remote,
                                       const struct name *branch);
/* Where HEAD has left the branch: the merge base with the remote's copy of it (`remote` may be
 * NULL), else with the branch here. NULL when either is unknown or the history is not here. */
const struct name *git_repo_branched_from(struct git_repo *repo, const struct name *remote,
                                          const struct name *branch);
/* The commit that HEAD says to revert, NULL if it says nothing of the kind. */
const struct name *git_repo_reverted(struct git_repo *repo);
/* Adds the names of the remotes: `const struct name *` items, in order of their names. */
void git_repo_remotes(const struct git_repo *repo, struct vec *remotes);
/* Tracked files (`const struct name *` items, no order): from the index when libgit2 can read it
 * and it lists something, otherwise from HEAD's tree. Submodules are left out. None before the
 * first commit. ERR_UNUSABLE with a diagnostic when neither can be read. */
enum err git_repo_tracked(struct git_repo *repo, struct vec *paths, struct diags *diags);
/* Is the file, known by its path in the work tree, what git wrote there when it was checked out?
 * By its time and size, as git itself tells; false where the index cannot be read. */
bool git_repo_is_as_checked_out(struct git_repo *repo, const char *path, const struct stat *file);
/* The content of a file in the tree of `commit` (NULL: HEAD), as it is in git: no filter or
 * line-end conversion is applied. Owned by the caller's arena. ERR_MISSING, without a
 * diagnostic, only when the commit's trees were read and do not list it. ERR_UNUSABLE with a
 * diagnostic: the commit is not here, an object is damaged, too large or not fetched, or the
 * path is a link, a folder or a submodule. */
enum err git_repo_file(struct git_repo *repo, const struct name *commit, const char *path,
                       struct arena *arena, struct span *content, struct diags *diags);

/* The id that git gives to a file of this content. NULL if it cannot be computed. */
const struct name *git_repo_blob_id(const struct git_repo *repo, struct span content);

#endif
