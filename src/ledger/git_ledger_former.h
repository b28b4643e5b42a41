/* What a commit of a compacted ledger was before: the same people and nearly the same message, on
 * another parent and with another roll-up.
 *
 * Compacting writes the new commits by it, and verifying makes the old ones again from the new
 * ones: the id that comes out must be the one that the trailer `Tidegate-Was` names. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_FORMER_H
#define TIDEGATE_LEDGER_GIT_LEDGER_FORMER_H

#include "ledger/git_ledger_inside.h"

struct former_commit {
    const git_oid *tree, *parent;
    struct span commit;  /* raw text, whose lines of author and committer are taken */
    struct span message; /* of any age */
    struct span was;     /* ids that its trailer shall name; empty: it has no such trailer */
};

/* Appends the commit's text. */
void git_ledger_former_write(struct buf *out, const struct former_commit *former);
/* The id of the tree with another folder as its roll-up; NULL: with none. Nothing is written. */
bool git_ledger_former_tree(const git_tree *tree, const git_oid *rollup, git_oid *id);

#endif
