/* What stands where in the tree of a ledger commit, and the two small files at its top.
 *     format.json                          version of this layout, and the ledger's own id
 *     README.md                            for people who open the branch, with its branches
 *     branches/<branch>/policy             the policy file that was in force, as it was
 *     branches/<branch>/late/...           the same for an entry behind that of a newer commit
 *     branches/<branch>/bar.json           the bars of the branch; missing when it has none
 *     branches/<branch>/codeowners         the CODEOWNERS file of that commit
 *     branches/<branch>/snapshot.json      what was measured, of all groups
 *     rollup/<year>.jsonl                  what was compacted: see git_ledger_rollup.h
 *
 * <branch> is percent-encoded. One file holds all groups, and the README names no values: each
 * further file that changes with every entry costs 100 to 200 bytes of it, a fifth of what an entry
 * takes. */
#ifndef TIDEGATE_LEDGER_LEDGER_LAYOUT_H
#define TIDEGATE_LEDGER_LEDGER_LAYOUT_H

#include "base/err.h"
#include "base/vec.h"
#include "model/snapshot.h"

#define LAYOUT_FORMAT     "format.json"
#define LAYOUT_README     "README.md"
#define LAYOUT_BRANCHES   "branches"
#define LAYOUT_POLICY     "policy"
#define LAYOUT_CODEOWNERS "codeowners"
#define LAYOUT_BARS       "bar.json"
#define LAYOUT_SNAPSHOT   "snapshot.json"
#define LAYOUT_LATE       "late"

/* The text of format.json. */
void layout_write_format(struct buf *out, struct span id, const char *program_version);
/* Checks it and gives the ledger's id. ERR_FORMAT, or ERR_UNUSABLE for a newer version, with the
 * fault. */
enum err layout_read_format(struct names *names, struct span text, const struct name **id,
                            struct fault *fault);

/* The README of a ledger; `keys` are the names of all branch folders (const struct name *). */
void layout_write_readme(struct buf *out, const struct vec *keys);
/* One line for people: what was recorded. */
void layout_add_summary(struct buf *out, const struct snapshot *snapshot,
                        const struct name *branch);

#endif
