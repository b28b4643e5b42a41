/* Whether a recording would lose what the newest entry, or the baseline file, knows. */
#ifndef TIDEGATE_CLI_LOST_FAMILIES_H
#define TIDEGATE_CLI_LOST_FAMILIES_H

#include "cli/session.h"
#include "ledger/git_ledger.h"

/* Compares the families of metrics (coverage, tests, findings, security, numbers) with those of the
 * newest entry of `branch`. What is gone is a warning if the policy lists its reports or
 * --accept-loss is given; else ERR_MISSING with a diagnostic. ERR_UNUSABLE when the newest entry
 * cannot be read. */
enum err lost_families_check(struct session *session, struct git_ledger *ledger,
                             const struct name *branch, const struct snapshot *now);
/* The same for the snapshot of the baseline file; `holder` names it in a sentence. */
enum err lost_families_compare(struct session *session, const struct snapshot *before,
                               struct span holder, const struct snapshot *now);

#endif
