/* Waivers that a change adds for itself. */
#ifndef TIDEGATE_CLI_CHANGE_WAIVERS_H
#define TIDEGATE_CLI_CHANGE_WAIVERS_H

#include "cli/target_policy.h"

/* Marks the waivers of the session's policy that the target's policy does not have, adds those that
 * count to the target's policy, and says so in a line of target->change. `codeowners` is the
 * target's text of that file. */
void change_waivers_sort(struct target_policy *target, struct span codeowners);

#endif
