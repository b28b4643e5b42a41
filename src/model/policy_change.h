/* What a change does to the policy that it is judged by, seen from the target that it will be
 * merged into. */
#ifndef TIDEGATE_MODEL_POLICY_CHANGE_H
#define TIDEGATE_MODEL_POLICY_CHANGE_H

#include "base/vec.h"
#include "model/policy.h"

enum target_state {
    TARGET_NOT_ASKED, /* no change into a target: a push, a tag; or outside a repository */
    TARGET_UNKNOWN,   /* nothing here tells what holds on the target */
    TARGET_SAME,      /* the very same text */
    TARGET_DIFFERENT, /* judged by both */
    /* The target has no policy file and nothing recorded: the built-in rules are no promise yet. */
    TARGET_FIRST,
    TARGET_UNREADABLE /* there is one, and it cannot be read: blocks */
};

struct policy_change {
    enum target_state state;
    const struct name *branch; /* of the target; NULL if unknown */
    const struct name *commit; /* whose file it is; NULL if it is the ledger's copy */
    const struct name *entry;  /* ledger entry whose copy it is; NULL if it is a commit's file */
    const struct name *own_id; /* blob id of the change's policy file; NULL: the built-in rules */
    const struct name *target_id; /* of the target's; NULL: the built-in rules, or not known */
    const struct name *reason; /* one sentence: where the target's was found, or why it was not */
    struct vec lines;          /* const struct name *: what is different, a sentence each */
};

const char *target_state_text(enum target_state state); /* "same", "different", … */

#endif
