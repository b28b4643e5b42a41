/* libgit2, switched on when it is needed and set to do nothing that we did not ask for. */
#ifndef TIDEGATE_LEDGER_GIT_LIBRARY_H
#define TIDEGATE_LEDGER_GIT_LIBRARY_H

#include "base/err.h"
#include "model/diag.h"

/* Each success needs one git_library_stop. ERR_UNUSABLE with a diagnostic when it cannot be
 * started. */
enum err git_library_start(struct diags *diags);
void git_library_stop(void);

/* What libgit2 said last, never NULL; valid until the next call into it. */
const char *git_library_said(void);

#endif
