/* Verifying the ledger: every entry is read again as it was written, and the bars are moved again
 * from the first entry to the newest. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_VERIFY_H
#define TIDEGATE_LEDGER_GIT_LEDGER_VERIFY_H

#include "ledger/git_ledger.h"
#include "ledger/git_repo.h"
#include "ledger/ledger_audit.h"

struct verify_wanted {
    const char *anchor;    /* beginning of the id of an entry that must be there; NULL: none */
    size_t newest;         /* how many entries are checked; 0: all */
    bool allow_foreign;    /* commits that are no entries are passed over */
    struct git_repo *repo; /* whose history tells which commits have no entry; NULL: none */
    /* Reads a policy copy (empty: the built-in rules) into an initialised policy; false when that
     * is not possible. */
    bool (*read_policy)(void *self, struct span text, struct policy *policy);
    void *self;
};

/* Fills an initialised audit. ERR_UNUSABLE with a diagnostic when the chain of commits itself
 * cannot be followed or fetched; what is wrong with an entry is a finding. */
enum err git_ledger_verify(struct git_ledger *ledger, const struct verify_wanted *wanted,
                           struct ledger_audit *audit, struct diags *diags);

#endif
