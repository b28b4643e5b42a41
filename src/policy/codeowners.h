/* CODEOWNERS: who must approve a change of a path. */
#ifndef TIDEGATE_POLICY_CODEOWNERS_H
#define TIDEGATE_POLICY_CODEOWNERS_H

#include "base/buf.h"

/* Appends the owners of `path` (from the top of the repository) by the text of a CODEOWNERS file:
 * "@a, @b". False, with nothing appended, when nobody owns it. Lines that are not understood own
 * nothing. */
bool codeowners_find(struct span text, struct span path, struct buf *owners);

#endif
