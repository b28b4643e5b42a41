/* Which ledger entry a run is compared with. */
#ifndef TIDEGATE_CLI_CHOOSE_BASELINE_H
#define TIDEGATE_CLI_CHOOSE_BASELINE_H

#include "cli/session.h"
#include "ledger/git_ledger.h"
#include "model/baseline.h"

/* The code branch whose entries count: that of `policy`, else the CI's, else the remote's default
 * branch, else the one that is checked out or was recorded last. NULL if none is known. `ledger`
 * may be NULL; the session has a repository. */
const struct name *choose_branch_of(struct session *session, const struct policy *policy,
                                    struct git_ledger *ledger);
/* By the session's policy. */
const struct name *choose_branch(struct session *session, struct git_ledger *ledger);

/* How many of the branch's last entries some rule looks at. */
size_t choose_recent(const struct policy *policy);
/* What a recording takes over groups from: the newest entry of the branch. Where that is known to
 * be of no ancestor of this commit, the last entry of the commit itself, or of its nearest recorded
 * ancestor; then *newest is false. */
void choose_carried(struct session *session, const struct name *branch, struct baseline *baseline,
                    bool *newest);

/* The newest entry that the ledger of `policy` has for the branch, but for one of HEAD. */
void choose_newest(struct session *session, const struct policy *policy, const struct name *branch,
                   struct baseline *baseline);

/* Fills `baseline` with what `policy` wants to be compared with (its snapshot must be initialised
 * and empty). --base may name a commit or a snapshot file. */
void choose_baseline(struct session *session, const struct policy *policy,
                     struct baseline *baseline);

#endif
