/* Where the repository is: the nearest one at or above a folder, sound or not. */
#ifndef TIDEGATE_LEDGER_GIT_SEARCH_H
#define TIDEGATE_LEDGER_GIT_SEARCH_H

#include "base/buf.h"

/* Walks up from `folder`, an absolute path without links, to the root. On success `folder` is
 * cut to where the repository was found, *git is what to open, and *bare tells whether that is
 * the folder itself. */
bool git_search(char *folder, struct buf *git, bool *bare);

#endif
