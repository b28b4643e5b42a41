/* The roll-up: one line of JSON for each day and branch, in one file for each year.
 *
 *     rollup/2026.jsonl
 *     {"day": "2026-11-20", "branch": "main", "commit": ..., "tree": ..., "time": 1795132800,
 *      "entries": "5d202829f319 fdae46233eca",
 *      "metrics": {"coverage.line": {"covered": 8, "total": 10}, ...}}
 *
 * The line tells of the day's last snapshot that is not late; `entries` begins the ids of all
 * entries of the day, as `record` has printed them. Days never go back. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_ROLLUP_H
#define TIDEGATE_LEDGER_GIT_LEDGER_ROLLUP_H

#include "base/map.h"
#include "ledger/git_ledger_inside.h"

#define LAYOUT_ROLLUP     "rollup"
#define LAYOUT_ROLLUP_END ".jsonl"

/* In the trailer of the folders that entries had before: it had none. */
#define ROLLUP_NONE "none"

enum { ROLLUP_ID_KEPT = 12 };

struct rollup_line {
    uint32_t date; /* 20261120 */
    const struct name *branch;
    int64_t time;    /* of the entry whose snapshot it is, seconds since 1970 */
    struct span ids; /* with blanks between them */
    const struct snapshot *snapshot;
};

/* Appends the line, with those metrics of the snapshot that are worth one in years. */
void git_ledger_rollup_write(struct buf *out, const struct rollup_line *line);

struct rolled_up {
    git_oid folder, folder_before;
    bool had_folder; /* folder_before is one */
    size_t entries;
};

/* Makes the folder of a roll-up: that of the newest commit (may be none) and lines for the commits
 * `chain`[from ..], which stand newest first. ERR_WRITE or ERR_UNUSABLE with a diagnostic. */
enum err git_ledger_roll_up(struct git_ledger *ledger, const struct vec *chain, size_t from,
                            struct rolled_up *result, struct diags *diags);

/* What the check of a roll-up is about, and what it has found. */
struct rollup_check {
    const git_oid *commit; /* whose branches hold the state that the roll-up stands for */
    const git_tree *tree;  /* of that commit */
    const char *anchor;    /* beginning of an id that is looked for; NULL: none */
    bool anchor_found;
    /* Of all entries: the first ROLLUP_ID_KEPT digits as a number; the caller releases it. */
    struct map ids;
    struct fault fault;
};

/* Is the roll-up as it would be written again, line by line? Are its days in order, its ids all
 * different, and does a line tell of the newest values of each branch, as the commit holds them?
 * ERR_FORMAT with the fault when not; ERR_UNUSABLE with a diagnostic when it cannot be read. */
enum err git_ledger_rollup_check(const struct git_ledger *ledger, struct rollup_check *check,
                                 struct diags *diags);

#endif
