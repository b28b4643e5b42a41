/* Keeping the private repository small. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_TIDY_H
#define TIDEGATE_LEDGER_GIT_LEDGER_TIDY_H

#include "ledger/git_ledger_inside.h"

/* Packs the objects when many of them lie about in files of their own. What was recorded is safe
 * before and after, so nothing is said when it does not work: git is not there, somebody else
 * packs, the disk is full. */
void git_ledger_tidy(const struct git_ledger *ledger);

#endif
