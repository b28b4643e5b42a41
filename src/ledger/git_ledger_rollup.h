/* The roll-up: one line of JSON for each day and branch, in one file for each year.
 *
 *     rollup/2026.jsonl
 *     {"day": "2026-11-20", "branch": "main", "commit": ..., "tree": ..., "time": 1795132800,
 *      "entries": "5d202829f319 fdae46233eca", "metrics": {"coverage.line": {"covered": 8, "total": 10}, ...}}
 *
 * The line tells of the day's last snapshot that is not late; `entries` begins the ids of all entries of the day. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_ROLLUP_H
#define TIDEGATE_LEDGER_GIT_LEDGER_ROLLUP_H

#include "ledger/git_ledger_inside.h"

#define LAYOUT_ROLLUP "rollup"

/* Makes the folder of a roll-up: that of `tip` (may be none) and lines for the commits `chain`[from ..], which
 * stand newest first. *entries counts them. ERR_WRITE or ERR_UNUSABLE with a diagnostic. */
enum err git_ledger_roll_up(struct git_ledger *ledger, const struct vec *chain, size_t from,
                            git_oid *folder, size_t *entries, struct diags *diags);

/* Reads a folder strictly: JSON, days of the file's year, ids well-formed. *found is
 * set when `anchor` (may be NULL) begins one of the entries. ERR_FORMAT with the fault and the file's name. */
enum err git_ledger_rollup_check(const struct git_ledger *ledger, const git_tree *folder,
                                 const char *anchor, size_t *entries, bool *found,
                                 struct fault *fault, struct diags *diags);

#endif
