/* The proof that an edit of a policy file did what it was meant to do. */
#ifndef TIDEGATE_POLICY_POLICY_EDIT_PROOF_H
#define TIDEGATE_POLICY_POLICY_EDIT_PROOF_H

#include "model/policy.h"
#include "policy/yaml.h"

/* Is `after` (NULL: it could not be read) the map `before` with this waiver as the first or last
 * item of its waivers, which may be new? */
bool policy_edit_is_proven(const struct yaml_node *before, const struct yaml_node *after,
                           const struct waiver *waiver);

#endif
