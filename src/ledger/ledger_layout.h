/* What stands where in the tree of a ledger commit, and the two small files at its top.
 *     format.json                          version of this layout, and the ledger's own id
 *     README.md                            a table for people who open the branch
 *     branches/<branch>/policy             the policy file that was in force, as it was
 *     branches/<branch>/late/...           the same for an entry behind that of a newer commit
 *     branches/<branch>/bar.json           the bars of the branch; missing when it has none
 *     branches/<branch>/codeowners         the CODEOWNERS file of that commit
 *     branches/<branch>/series/<s>.json    snapshots: one for each group, and all.json for the
 *                                          metrics that belong to no group
 *     rollup/<year>.jsonl                  what was compacted: see git_ledger_rollup.h
 *
 * <branch> and <s> are percent-encoded; the group "all" is written %61ll, so that it is not
 * all.json. */
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
#define LAYOUT_SERIES     "series"
#define LAYOUT_LATE       "late"

/* The file name of a series; NULL is the one without a group. */
void layout_add_series(struct buf *out, const struct name *group);
/* The group behind a file name, NULL for all.json. False when no group is written like that. */
bool layout_series_group(struct names *names, struct span file, const struct name **group);

/* The text of format.json. */
void layout_write_format(struct buf *out, struct span id, const char *program_version);
/* Checks it and gives the ledger's id. ERR_FORMAT, or ERR_UNUSABLE for a newer version, with the
 * fault. */
enum err layout_read_format(struct names *names, struct span text, const struct name **id,
                            struct fault *fault);

/* The README of a ledger whose newest entry is `snapshot` of `branch`; `keys` are the names of
 * all branch folders (const struct name *). */
void layout_write_readme(struct buf *out, const struct snapshot *snapshot,
                         const struct name *branch, const struct vec *keys);
/* One line for people: what was recorded. */
void layout_add_summary(struct buf *out, const struct snapshot *snapshot,
                        const struct name *branch);

#endif
