/* The ledger: one orphan branch in a private bare repository, one commit for each recorded snapshot.
 *
 * Lives in `<common git dir>/tidegate/ledger.git`. Entries are built as objects, read back after writing, and
 * become visible by moving the branch with a compare-and-swap. Fetching and pushing will be a separate file
 * that moves the same branch; nothing here knows remotes. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_H
#define TIDEGATE_LEDGER_GIT_LEDGER_H

#include "base/err.h"
#include "base/vec.h"
#include "model/baseline.h"
#include "model/diag.h"

#define LEDGER_BRANCH "refs/heads/tidegate/ledger"

struct git_ledger;

/* One entry as its commit message tells. */
struct ledger_entry {
    const struct name *id;      /* ledger commit */
    const struct name *summary; /* first line of the message */
    const struct name *commit, *tree, *parent, *branch, *policy,
        *key;     /* trailers; NULL if absent */
    int64_t time; /* of the ledger commit */
};

/* Opens the ledger below `common_dir`; with `create` it is made when missing. ERR_MISSING: no ledger yet, and
 * none was asked for. ERR_UNUSABLE: it is there but damaged or newer, with a diagnostic. */
enum err git_ledger_open(struct git_ledger **ledger, struct names *names, const char *common_dir,
                         bool create, struct diags *diags);
void git_ledger_close(struct git_ledger *ledger);

/* What to write down. */
struct ledger_record {
    const struct snapshot *snapshot; /* with commit and tree */
    const struct name *branch;       /* of the code: "main" */
    const struct name *parent;       /* first parent of the commit; NULL if none */
    const struct name *run_url;      /* NULL if none */
    struct span policy;              /* verbatim text of the policy file; empty if none */
    const char *program_version;
    int64_t time; /* seconds since 1970, given by the caller */
};

/* Appends one entry. Recording the same commit, branch and content again changes nothing and succeeds
 * (*already set). Retries on a moved branch. On success *entry is the ledger commit's id. Errors have a
 * diagnostic and leave the branch where it was. */
enum err git_ledger_append(struct git_ledger *ledger, const struct ledger_record *record,
                           const struct name **entry, bool *already, struct diags *diags);

/* Newest first, at most `most` entries (0: all): struct ledger_entry. */
enum err git_ledger_list(struct git_ledger *ledger, size_t most, struct vec *entries,
                         struct diags *diags);

/* Reads the snapshot of `branch` in entry `id` into an initialised, empty snapshot. */
enum err git_ledger_read(struct git_ledger *ledger, const struct name *id,
                         const struct name *branch, struct snapshot *snapshot, struct diags *diags);

/* Chooses the baseline of `branch`: an entry for `base` (commit id, may be NULL), else for its tree (may be
 * NULL), else the newest entry of the branch. `own` is the commit under test: its own entry is only used when
 * it is the base. Fills `baseline`, whose snapshot must be initialised. ERR_NONE also for "none yet". */
enum err git_ledger_choose(struct git_ledger *ledger, const struct name *branch,
                           const struct name *base, const struct name *base_tree,
                           struct baseline *baseline, struct diags *diags);

#endif
