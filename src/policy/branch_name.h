/* What may be a branch name. */
#ifndef TIDEGATE_POLICY_BRANCH_NAME_H
#define TIDEGATE_POLICY_BRANCH_NAME_H

#include "base/span.h"

/* A branch name as git allows it (git-check-ref-format), without refs/heads/, at most 200 bytes. */
bool branch_name_valid(struct span name);

#endif
