/* The commit that a change is compared with, from what the CI has told and what this checkout
 * knows. */
#ifndef TIDEGATE_CLI_RUN_BASE_H
#define TIDEGATE_CLI_RUN_BASE_H

#include "cli/session.h"

/* Reads the event file and makes session->ci.base_commit as exact as this checkout allows: the
 * target's parent of a merge commit that the platform has made, the whole id of an abbreviated one.
 * What cannot be used is a diagnostic. The session has a repository. */
void run_base_settle(struct session *session);

/* Is this the run of a change, or of a group of them in a merge queue? */
bool run_base_is_change(const struct session *session);
/* ERR_UNUSABLE, with a diagnostic, when such a run has come into a submodule. */
enum err run_base_check_repo(struct session *session);

/* The branch that a change goes into: the CI's word, else the remote's default branch. Never the
 * word of the policy, which the change brings along. NULL if unknown. */
const struct name *run_base_target(const struct session *session);
/* The tip of the remote's copy of a branch, and where HEAD has left it. NULL where the checkout
 * does not tell. */
const struct name *run_base_tip(struct session *session, const struct name *branch);
const struct name *run_base_left(struct session *session, const struct name *branch);

/* With what a change, or a group of a merge queue, is compared: the target's commit in it, else
 * where it began. NULL if that is unknown. */
const struct name *run_base_of_change(struct session *session);
/* The platform says the base of such a run as a rule, and has not done so. */
bool run_base_is_lost(const struct session *session);
/* It has said something that is no commit of this checkout. */
bool run_base_is_unclear(const struct session *session);

#endif
