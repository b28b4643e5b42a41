/* Making the private repository of a ledger. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_CREATE_H
#define TIDEGATE_LEDGER_GIT_LEDGER_CREATE_H

#include "ledger/git_ledger_inside.h"

/* Makes an empty bare repository at ledger->path, with the folder above it. Succeeds when
 * another process makes it at the same moment. ERR_WRITE with a diagnostic when it cannot be
 * made. */
enum err git_ledger_create(const struct git_ledger *ledger, struct diags *diags);

#endif
