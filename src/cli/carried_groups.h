/* Groups of reports that a run takes over from the baseline instead of measuring them
 * (measure/carry.h). */
#ifndef TIDEGATE_CLI_CARRIED_GROUPS_H
#define TIDEGATE_CLI_CARRIED_GROUPS_H

#include "cli/pipeline.h"

/* Before the reports are measured: takes the missing reports of groups that can be carried off the
 * pipeline, and adds those groups (const struct name *) to `groups`. Groups that should be carried
 * and cannot be get a diagnostic. Nothing happens unless the pipeline has chosen its baseline and
 * the policy adds groups up. */
void carried_groups_take(struct pipeline *pipeline, struct vec *groups);

/* Behind that: adds the last values of these groups to the snapshot, and makes the totals of groups
 * on both sides, without those that the policy retires. */
void carried_groups_add(struct pipeline *pipeline, const struct vec *groups);

#endif
