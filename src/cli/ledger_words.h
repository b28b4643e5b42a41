/* The words of `tidegate ledger` that have a file of their own: ledger_WORD.c. */
#ifndef TIDEGATE_CLI_LEDGER_WORDS_H
#define TIDEGATE_CLI_LEDGER_WORDS_H

#include "cli/session.h"

/* Each says what went wrong by itself and returns the exit code. */
enum exit_code ledger_accept(struct session *session);
enum exit_code ledger_import(struct session *session);
enum exit_code ledger_compact(struct session *session);
enum exit_code ledger_verify(struct session *session);

#endif
