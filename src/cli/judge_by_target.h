/* The second verdict on a change that edits the policy. */
#ifndef TIDEGATE_CLI_JUDGE_BY_TARGET_H
#define TIDEGATE_CLI_JUDGE_BY_TARGET_H

#include "cli/pipeline.h"

/* Judges by the target's policy, if target_policy_find has found a different one, and adds its
 * objections to the verdict: the worse of both stays. A target's policy that cannot be read blocks.
 * Its errors are told only when it objects. */
void judge_by_target(struct pipeline *pipeline);

#endif
