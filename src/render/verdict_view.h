/* The verdict, its baseline and its policy in one line each, the same for every renderer. What is
 * appended may hold foreign text (branches, reasons) and must be escaped for the target. */
#ifndef TIDEGATE_RENDER_VERDICT_VIEW_H
#define TIDEGATE_RENDER_VERDICT_VIEW_H

#include "model/scene.h"

/* How many checks ended so. */
size_t verdict_view_count(const struct verdict *verdict, enum outcome outcome);
/* Is the gate open? Recording or publishing that failed afterwards does not close it. */
bool verdict_view_open(const struct verdict *verdict);
/* "2 of 14 rules broken, 1 warning", "all 14 rules passed" */
void verdict_view_headline(struct buf *out, const struct verdict *verdict);
/* "2 failed, 1 warned, 11 passed" */
void verdict_view_counts(struct buf *out, const struct verdict *verdict);

/* "1a2b3c4d5e, on main 9f8e7d6c5b (commit 5d6e7f8091): why"; that there is no policy file; or
 * nothing when there is nothing to say beyond the policy itself, which may be NULL. */
void verdict_view_policy(struct buf *out, const struct policy *policy,
                         const struct policy_change *change);

/* "commit 1a2b3c4d5e of main, ledger entry 9f8e7d6c5b: why this one" */
void verdict_view_baseline(struct buf *out, const struct baseline *baseline);

/* The next group from the source at `index` on that this run did not measure, in one line: "group
 * web, from commit 1a2b3c4d5e of 2027-01-31"; moves `index` behind it. False when there is none. */
bool verdict_view_carried(struct buf *out, const struct snapshot *snapshot, size_t *index);

#endif
