/* What git_repo.c and git_repo_files.c share. */
#ifndef TIDEGATE_LEDGER_GIT_REPO_INSIDE_H
#define TIDEGATE_LEDGER_GIT_REPO_INSIDE_H

#include "base/buf.h"
#include "ledger/commit_text.h"
#include "ledger/git_repo.h"

#include <git2.h>

struct git_repo {
    git_repository *handle;
    git_odb *database;
    struct names *names; /* borrowed */
    char *root;          /* of the work tree */
    char *common;
    const struct name *commit, *tree, *branch;
    int64_t time;
    struct vec parents;
    bool shallow;
};

/* Reads a commit; the spans of `commit` live as long as *object. Errors as in git_objects_read. */
enum err git_repo_commit_at(const struct git_repo *repo, const git_oid *id, git_odb_object **object,
                            struct commit_text *commit, struct buf *why);
/* Turns an error of git_objects_read or git_repo_commit_at into a diagnostic; returns
 * ERR_UNUSABLE. */
enum err git_repo_refuse(const struct git_repo *repo, enum err err, struct buf *why,
                         struct diags *diags);

#endif
