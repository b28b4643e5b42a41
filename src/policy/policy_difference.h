/* What one policy demands and another does not, in words. */
#ifndef TIDEGATE_POLICY_POLICY_DIFFERENCE_H
#define TIDEGATE_POLICY_POLICY_DIFFERENCE_H

#include "model/policy.h"

/* Adds a sentence (const struct name *) to `lines` for everything of `before` that is gone or
 * different in `after`, and for what `after` leaves out or excuses anew. What `after` only demands
 * in addition is not listed. */
void policy_difference(const struct policy *before, const struct policy *after, struct names *names,
                       struct vec *lines);

/* Does `policy` have a waiver that excuses as much for at least as long? */
bool policy_has_waiver(const struct policy *policy, const struct waiver *waiver);

#endif
