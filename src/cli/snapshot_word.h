/* Snapshots as people name them: a ledger entry, a code commit, a branch, or a file. */
#ifndef TIDEGATE_CLI_SNAPSHOT_WORD_H
#define TIDEGATE_CLI_SNAPSHOT_WORD_H

#include "cli/session.h"
#include "ledger/git_ledger.h"

/* Is there something of this name that could be read as one? A folder called like a branch is not
 * meant. */
bool snapshot_is_file(const char *word);

/* Reads a snapshot document from a file into an initialised, empty snapshot. */
enum err snapshot_of_file(struct session *session, const char *path, struct snapshot *snapshot);

/* The newest entry whose own id, code commit (four digits or more of either) or branch is `word`;
 * the newest of all with NULL. NULL if there is none. */
const struct ledger_entry *snapshot_entry(const struct vec *entries, const char *word);

/* Opens this repository's ledger for reading; NULL with a diagnostic when that is not possible. */
struct git_ledger *snapshot_ledger(struct session *session);
/* What it means when a ledger or snapshot could not be read: EXIT_USAGE where the policy has
 * mistakes, else EXIT_BASELINE. */
enum exit_code snapshot_exit(const struct session *session);

/* Whatever `word` names, into an initialised, empty snapshot. Files go first when they exist.
 * Errors have a diagnostic. */
enum err snapshot_of_word(struct session *session, const char *word, struct snapshot *snapshot);

#endif
