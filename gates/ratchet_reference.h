/* Finds what a ratchet compares its metric with. */
#ifndef TIDEGATE_GATES_RATCHET_REFERENCE_H
#define TIDEGATE_GATES_RATCHET_REFERENCE_H

#include "gates/ratchet_contest.h"

/* Fills in the references of a contest: the branch's bar, unless the rule goes by a median, and the
 * value of the base or that median. False when the outcome is settled without them and stands in
 * `out`. */
bool ratchet_find_references(struct contest *contest, struct check *out);

#endif
