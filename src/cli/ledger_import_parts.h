/* What the parts of `tidegate ledger import` share. */
#ifndef TIDEGATE_CLI_LEDGER_IMPORT_PARTS_H
#define TIDEGATE_CLI_LEDGER_IMPORT_PARTS_H

#include "cli/session.h"
#include "ledger/imported.h"

/* One import on its way. */
struct import {
    struct session *session;
    const struct import_format *format;
    const struct name *branch;
    struct imported imported;
    struct buf origin;    /* "git-perf refs/notes/perf-v3" */
    struct vec snapshots; /* struct snapshot: what is new */
    struct vec wanted;    /* size_t: the entries of `imported` that they belong to */
    size_t there, later;  /* entries that are left out: recorded already, or after tidegate's own */
};

/* A complaint; `file` may be NULL. */
void import_say(struct session *session, enum diag_code code, const char *file, const char *what);

/* Reads the files or notes that the command line names into import->imported, and where they come
 * from into import->origin. ERR_USAGE and ERR_FORMAT with a diagnostic. */
enum err import_read(struct import *import);

/* Prints what was recorded or, for a dry run, what would be, and what was left out. */
enum exit_code import_tell(const struct import *import, size_t appended, bool dry);

#endif
