/* Git notes: texts that hang on commits, in trees of their own. Only read. */
#ifndef TIDEGATE_LEDGER_GIT_NOTES_H
#define TIDEGATE_LEDGER_GIT_NOTES_H

#include "base/span.h"
#include "ledger/git_repo.h"

/* Adds the refs that match the pattern (`*` as in git), sorted: const struct name *. */
void git_notes_refs(const struct git_repo *repo, const char *pattern, struct vec *refs);

/* Calls `take` with every note of the ref: the full id it hangs on, and its text, which lives for
 * the call. ERR_MISSING without a diagnostic: there is no such ref. ERR_UNUSABLE with a
 * diagnostic. */
enum err git_notes_each(const struct git_repo *repo, const struct name *ref,
                        void (*take)(void *self, struct span commit, struct span text), void *self,
                        struct diags *diags);

#endif
