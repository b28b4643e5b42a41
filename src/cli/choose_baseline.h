/* Which ledger entry a run is compared with. */
#ifndef TIDEGATE_CLI_CHOOSE_BASELINE_H
#define TIDEGATE_CLI_CHOOSE_BASELINE_H

#include "cli/session.h"
#include "model/baseline.h"

/* The code branch whose entries count: the policy's, else the CI's target, else the remote's default branch,
 * else the branch that is checked out, else NULL. */
const struct name *choose_branch(const struct session *session);

/* Fills `baseline` (its snapshot must be initialised and empty). --base may name a commit or a snapshot file. */
void choose_baseline(struct session *session, struct baseline *baseline);

#endif
