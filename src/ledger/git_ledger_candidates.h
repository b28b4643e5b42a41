/* Candidates for the baseline: the entries of the ledger that a change may be compared with. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_CANDIDATES_H
#define TIDEGATE_LEDGER_GIT_LEDGER_CANDIDATES_H

#include "base/map.h"
#include "ledger/git_ledger_inside.h"

/* So many entries are looked at; what is older is found as an ancestor or not at all. */
enum { CANDIDATES_SEARCHED = 2000 };

/* From best to worst. */
enum rank {
    RANK_COMMIT,
    RANK_COMMIT_ELSEWHERE,
    RANK_TREE,
    RANK_TREE_ELSEWHERE,
    RANK_COVERED,
    RANK_ANCESTOR,
    RANK_NEWEST,
    RANK_LATE, /* recorded behind the entry of the commit under test */
    RANK_NONE
};

/* What is kept of an entry. */
struct candidate {
    git_oid id;
    const struct name *commit, *branch;
    int64_t time; /* of the code commit */
    bool there;
};

/* The best entry of each kind, and what the walk has learned on its way.
 *
 * Life cycle: git_ledger_candidates_init, git_ledger_candidates_find once, then read;
 * git_ledger_candidates_release. */
struct ledger_candidates {
    struct git_ledger *ledger;          /* borrowed */
    const struct ledger_wanted *wanted; /* borrowed */
    struct buf branch;                  /* as trailers write it */
    struct map ancestors;               /* of the base: place + 1 */
    struct vec recent; /* struct candidate: the last entries of the branch, newest first */
    struct candidate best[RANK_NONE];
    struct candidate goes_back;  /* to the entry with the tree of the commit under test, */
    struct candidate before_bad; /* or to the one before the commit that it reverts */
    bool after_bad;              /* the walk has passed the reverted commit's entry */
    uint64_t distance;           /* of best[RANK_ANCESTOR] from the base, in commits */
    size_t seen;                 /* entries */
    bool own_only;               /* the branch has entries, all of the commit under test */
    bool cut;                    /* the walk has ended where the copy ends */
    bool known;                  /* the newest entry has a folder of the branch */
};

/* Ledger and wish are borrowed until the release. */
void git_ledger_candidates_init(struct ledger_candidates *candidates, struct git_ledger *ledger,
                                const struct ledger_wanted *wanted);
/* Walks the ledger as deep as it takes, and fetches what is missing for that. Errors come with a
 * diagnostic: an entry that cannot be read, or a remote that gives no more. */
enum err git_ledger_candidates_find(struct ledger_candidates *candidates, struct diags *diags);
void git_ledger_candidates_release(struct ledger_candidates *candidates);

#endif
