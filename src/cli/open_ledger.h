/* The ledger of this run: which remote holds it, and what may be done with it. */
#ifndef TIDEGATE_CLI_OPEN_LEDGER_H
#define TIDEGATE_CLI_OPEN_LEDGER_H

#include "cli/session.h"
#include "ledger/git_ledger.h"

/* The options of every command that reads the ledger. */
#define OFFLINE_OPTION                                                                             \
    {                                                                                              \
        "offline", 0, NULL, "take the copy of the ledger that was fetched last"                    \
    }
#define DEADLINE_OPTION                                                                            \
    {                                                                                              \
        "deadline", 0, "SECONDS", "how long the ledger's remote may take in all (60; record: 120)" \
    }

/* Is the value of --deadline, if there is one, a number of seconds that can be waited? */
bool ledger_deadline_fits(const struct options *options);

/* The remote that holds the ledger: the policy's, else origin, else the only one; NULL when the
 * ledger stays here. ERR_POLICY with a diagnostic when the policy names one that is not there. */
enum err ledger_remote_of(struct session *session, const struct policy *policy,
                          const struct name **remote);
/* The session's policy's. */
enum err ledger_remote(struct session *session, const struct name **remote);

/* "nothing was recorded at origin yet": where it was looked for, and found that there is none. */
const struct name *ledger_none_text(struct session *session, const struct policy *policy);

/* Opens the one that `policy` means, for reading or to append. The session has a repository.
 * ERR_MISSING without a diagnostic: nothing was recorded yet. */
enum err open_ledger_of(struct session *session, const struct policy *policy, bool to_append,
                        struct git_ledger **ledger);
/* The same for reading, once for all who ask for the same one: it belongs to the session. Who
 * judges by two policies then fetches once, and both see the same entries. */
enum err shared_ledger(struct session *session, const struct policy *policy,
                       struct git_ledger **ledger);
/* The one that the session's policy means. */
enum err open_ledger(struct session *session, bool to_append, struct git_ledger **ledger);

/* On a laptop, writing to a branch that the whole team reads should not happen by the way: false,
 * with all that is to be said, unless --push is given. */
bool ledger_may_push(struct session *session);

#endif
