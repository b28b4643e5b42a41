/* Where two lines of history parted, as far as this checkout knows it. */
#ifndef TIDEGATE_LEDGER_GIT_ANCESTOR_H
#define TIDEGATE_LEDGER_GIT_ANCESTOR_H

#include "ledger/git_repo.h"

/* The best common ancestor of HEAD and `other`, a full commit id or a full ref name. NULL when it
 * is not known: there is no such commit or ref, the checkout is too shallow, or there is no git
 * program. */
const struct name *git_ancestor(const struct git_repo *repo, struct names *names,
                                const char *other);

/* Is `older` in the history of `newer`, or the same? False also when that is not known. */
bool git_ancestor_is(const struct git_repo *repo, const struct name *older,
                     const struct name *newer);

#endif
