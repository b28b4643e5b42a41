/* The policy of the branch that a change goes into. */
#ifndef TIDEGATE_CLI_TARGET_POLICY_H
#define TIDEGATE_CLI_TARGET_POLICY_H

#include "cli/session.h"
#include "model/baseline.h"
#include "model/policy_change.h"

/* Life cycle: target_policy_init, target_policy_find once, target_policy_release after the verdict
 * was shown, because its checks point to rules and waivers here. */
struct target_policy {
    struct session *session; /* borrowed */
    const struct name *path; /* of the policy file, from the top of the repository; NULL: outside */
    struct policy_change change;
    struct policy policy; /* TARGET_DIFFERENT: with the waivers of the change that count */
    bool broken_only; /* the built-in rules, replaced by the first file: no data is no objection */
    const struct name *origin; /* "the policy of main" */
    const char *remedy;        /* TARGET_UNREADABLE: what to do */
    const struct waiver
        *waiver;        /* for the policy as a whole, in this change and accepted; NULL: none */
    struct diags diags; /* of judging by it; only of interest when it objects */
};

void target_policy_init(struct target_policy *target, struct session *session);
void target_policy_release(struct target_policy *target);

/* Finds it, compares it with the session's and says which waivers of the session's policy are new;
 * `baseline` is the one that the session's policy chose. Never fails: what cannot be found out is a
 * state. */
void target_policy_find(struct target_policy *target, const struct baseline *baseline);

#endif
