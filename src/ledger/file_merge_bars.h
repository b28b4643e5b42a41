/* The bars of merged baseline files. */
#ifndef TIDEGATE_LEDGER_FILE_MERGE_BARS_H
#define TIDEGATE_LEDGER_FILE_MERGE_BARS_H

#include "model/bars.h"

/* Fills `merged`, which is empty: a bar that one side moved is taken from there; of two that moved
 * the better one. Symmetric in ours and theirs. */
void file_merge_bars(const struct bars *base, const struct bars *ours, const struct bars *theirs,
                     struct bars *merged);

#endif
