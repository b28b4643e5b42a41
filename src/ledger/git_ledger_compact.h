/* Compacting: older entries become one line a day and branch, the newest ones stay as they are. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_COMPACT_H
#define TIDEGATE_LEDGER_GIT_LEDGER_COMPACT_H

#include "ledger/git_ledger.h"

struct compacted {
    const struct name *before, *after; /* newest commit; equal when there was nothing to do */
    size_t kept, rolled_up;            /* entries */
};

/* Rolls up all but the newest `keep` entries (at least 1). A new first commit holds the roll-up;
 * the kept entries follow it in their order, with the same trees and messages but for the roll-up
 * and a trailer that names what their ids were. The branch is moved only from where it was read,
 * here and at the remote; when somebody records meanwhile, all of it is done again on top of that.
 * `time` is now, in seconds since 1970. Errors have a diagnostic and leave the branch where it was:
 * ERR_WRITE, ERR_CONFLICT, ERR_UNUSABLE. */
enum err git_ledger_compact(struct git_ledger *ledger, size_t keep, int64_t time,
                            struct compacted *result, struct diags *diags);

#endif
