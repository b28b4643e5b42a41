/* Making, and for temporary ones removing, the private repository of a ledger. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_CREATE_H
#define TIDEGATE_LEDGER_GIT_LEDGER_CREATE_H

#include "ledger/git_ledger_inside.h"

/* Makes an empty bare repository at ledger->path, with the folder above it. Succeeds when
 * another process makes it at the same moment. ERR_WRITE with a diagnostic when it cannot be
 * made. */
enum err git_ledger_create(const struct git_ledger *ledger, struct diags *diags);
/* Removes a temporary private repository with the folder that was made for it. */
void git_ledger_remove(const struct git_ledger *ledger);

#endif
