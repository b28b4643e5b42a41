/* The baseline as a file on the code branch, for teams that let no machine push.
 *
 * It holds what was measured when it was last written, one metric a line and nothing that differs
 * in every run: two changes touch the same line only when both changed the same metric. It belongs
 * to the commit that holds it, so it names none. Canonical and versioned
 * ("tidegate/ledger-file/1"): equal content gives equal bytes. */
#ifndef TIDEGATE_LEDGER_FILE_LEDGER_H
#define TIDEGATE_LEDGER_FILE_LEDGER_H

#include "model/bars.h"

/* The format of the text; the version follows. */
#define FILE_LEDGER_SCHEMA "tidegate/ledger-file/"

struct file_ledger {
    struct snapshot snapshot; /* without commit and tree; sources without sizes and versions */
    struct bars bars;         /* without commits */
};

void file_ledger_init(struct file_ledger *file, struct names *names);
void file_ledger_release(struct file_ledger *file);

/* Fills an initialised, empty file with what was measured. Metrics with decimals, which differ in
 * every run, are taken only if a rule of the policy speaks of them. `roots`, NULL at the end, are
 * names of the repository's root: paths of reports begin behind them, wherever the program was
 * started. */
void file_ledger_take(struct file_ledger *file, const struct snapshot *snapshot,
                      const struct policy *policy, const char *const *roots);

/* Appends the canonical text. */
void file_ledger_write(const struct file_ledger *file, struct buf *out);
/* Does the text say that it is such a file, wherever it says so? */
bool file_ledger_likely(struct span text);
/* Reads it back strictly, like snapshot_read: ERR_FORMAT with the place in `fault`, which must be
 * zeroed before; ERR_CONFLICT when git left its conflict markers in it; ERR_UNUSABLE for a newer
 * version. The file must be initialised and empty; it stays empty on error. */
enum err file_ledger_read(struct file_ledger *file, struct span text, struct fault *fault);

/* The three-way merge of what two branches, `ours` and `theirs`, made of `base`: the changes of
 * both are added up, because what both add or remove is measured in the merged code too. Where that
 * is impossible the worse of the two counts, which both have reached. Symmetric in ours and theirs;
 * with one side unchanged the other one is the result.
 *
 * `base` may be empty: both sides made the file. `merged` must be initialised and empty. False with
 * the reason in `fault` when there is no answer: a value is of different kinds, or nothing is
 * left. */
bool file_ledger_merge(const struct file_ledger *base, const struct file_ledger *ours,
                       const struct file_ledger *theirs, struct file_ledger *merged,
                       struct fault *fault);

#endif
