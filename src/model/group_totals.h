/* Totals of groups that are measured one by one: what they are sums of, and what is left of them
 * when a group is retired.
 *
 * Where a group may be carried or is retired, the rows of all reports are not at hand, and totals
 * are sums over the groups. */
#ifndef TIDEGATE_MODEL_GROUP_TOTALS_H
#define TIDEGATE_MODEL_GROUP_TOTALS_H

#include "model/bars.h"
#include "model/policy.h"
#include "model/snapshot.h"

/* Makes the totals of all groups anew, as sums: for ratios of covered and total, never of
 * percentages. A total is as good as the worst part of it. */
void group_totals_make(struct snapshot *snapshot);

/* Takes the groups that the policy retires off a baseline; true when there was one. Its totals are
 * as they were. */
bool group_totals_retire(const struct policy *policy, struct snapshot *baseline);

/* Takes the last values of those groups, as the entry `before` holds them, off the bars of totals:
 * how far the branch is from its bar stays the same. A bar that cannot hold such a part is dropped
 * and starts again. Nothing happens when `before` knows none of the groups, so doing it entry by
 * entry does it once. */
void group_totals_retire_bars(struct bars *bars, const struct policy *policy,
                              const struct snapshot *before);

#endif
