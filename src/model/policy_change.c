/* Words for how the target's policy stands to the change's. */
#include "model/policy_change.h"

const char *target_state_text(enum target_state state)
{
    static const char *const texts[] = {"not_asked", "unknown", "same",
                                        "different", "first",   "unreadable"};
    return texts[state];
}
