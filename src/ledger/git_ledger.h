/* The ledger: one orphan branch, one commit for each recorded snapshot, kept in a private bare
 * repository.
 *
 * That repository lives in `<common git dir>/tidegate/ledger.git`. Without a remote its branch is
 * the ledger. With one the remote's branch is, and the private repository holds a copy of it:
 * fetched before it is read, and pushed to by a plain push, which the server takes only if nobody
 * was faster. Entries are built as objects, read back after writing, and become visible by moving
 * the branch, which is a compare-and-swap in both cases. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_H
#define TIDEGATE_LEDGER_GIT_LEDGER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/baseline.h"
#include "model/diag.h"

#define LEDGER_BRANCH "refs/heads/tidegate/ledger"
#define LEDGER_COPY   "refs/tidegate/" /* and the name of the remote that it was fetched from */

struct git_ledger;

/* One entry as its commit message tells. */
struct ledger_entry {
    const struct name *id;      /* ledger commit */
    const struct name *summary; /* first line of the message */
    const struct name *commit;  /* of the code */
    const struct name *tree;    /* of that commit */
    const struct name *parent;  /* of that commit, the first one; NULL if absent */
    const struct name *branch;  /* of the code: "main" */
    const struct name *policy;  /* blob id of the policy file; NULL if absent */
    const struct name *run;     /* where it was recorded; NULL if absent */
    const struct name *key;     /* equal for equal recordings */
    const struct name *origin;  /* what it was imported from; NULL: it was measured */
    bool late;                  /* recorded behind the entry of a newer commit */
    bool rewritten;             /* the branch was moved to another history before */
    int64_t time;               /* of the ledger commit, seconds since 1970 */
};

/* Where the ledger is, and what is wanted of it. */
struct ledger_place {
    const char *common_dir;    /* of the user's repository */
    const char *root;          /* its work tree; only needed with a remote */
    const char *workspace;     /* folder that the CI checks out into; NULL outside CI */
    const struct name *remote; /* NULL: the ledger stays in this repository */
    const struct name *id;     /* that the ledger must have; NULL: any */
    bool offline;              /* take the copy that was fetched last */
    bool create;               /* make it when missing, because an entry will be appended */
    unsigned seconds;          /* for all talk with the remote */
};

/* Opens the ledger; with a remote its newest entry is fetched. ERR_MISSING: there is none yet,
 * which is proven (no local branch; or the remote lists none and never had one). ERR_UNUSABLE with
 * a diagnostic: it is damaged, newer, gone, replaced by another, or cannot be reached. */
enum err git_ledger_open(struct git_ledger **ledger, struct names *names,
                         const struct ledger_place *place, struct diags *diags);
void git_ledger_close(struct git_ledger *ledger);
/* Makes sure that at least the newest `depth` entries can be read, all for 0. ERR_UNUSABLE with a
 * diagnostic when the remote does not deliver them. */
enum err git_ledger_deepen(struct git_ledger *ledger, unsigned depth, struct diags *diags);
/* How many objects lie in files of their own, about. Recording packs them when they are some
 * thousands. */
size_t git_ledger_loose(const struct git_ledger *ledger);

/* What to write down. */
struct ledger_record {
    const struct snapshot *snapshot; /* with commit and tree */
    const struct name *branch;       /* of the code: "main" */
    const struct name *parent;       /* first parent of the commit; NULL if none */
    const struct vec *ancestors; /* first parents, nearest first, as far as known; NULL: unknown */
    const struct name *before;   /* commit that the branch stood on before; NULL if unknown */
    bool forced;                 /* the branch was moved by force */
    int64_t commit_time;         /* of the commit, seconds since 1970; 0 if unknown */
    const struct name *run_url;  /* NULL if none */
    struct span policy;          /* verbatim text of the policy file; empty if none */
    struct span codeowners;      /* verbatim text of CODEOWNERS; empty if none */
    const struct policy *rules;  /* what moves the bars; NULL: they stay as they are */
    uint32_t today;              /* 20270131, for waivers; 0: unknown, none holds */
    const struct name *origin;   /* what it was imported from; NULL: it was measured */
    const struct name
        *carried_from;   /* id of the entry that groups were taken over from; NULL: none */
    bool carried_newest; /* it was the branch's newest; else this commit is an older one */
    const char *program_version;
    int64_t time; /* seconds since 1970, given by the caller */
};

/* Appends one entry. Recording again what the newest entry of this commit and branch holds, metrics
 * and policy, changes nothing and succeeds (*already set), so a retry is harmless. Retries when
 * others record at the same time. On success *entry is the ledger commit's id. Errors have a
 * diagnostic and leave the branch where it was: ERR_FORMAT (the record is not complete), ERR_WRITE,
 * ERR_CONFLICT (lock or others, try again), ERR_UNUSABLE. ERR_OUTDATED, without a diagnostic:
 * record->carried_from is not the branch's newest entry any more, or not the last one of its older
 * commit, so measure again. */
enum err git_ledger_append(struct git_ledger *ledger, const struct ledger_record *record,
                           const struct name **entry, bool *already, struct diags *diags);

/* Appends many, in this order; at a remote they are pushed together, once. All or, at a remote,
 * none: ERR_CONFLICT when others recorded meanwhile, and the errors of git_ledger_append; *appended
 * tells how many are in the ledger then. */
enum err git_ledger_append_all(struct git_ledger *ledger, const struct ledger_record *records,
                               size_t count, size_t *appended, struct diags *diags);

/* Newest first, at most `most` entries (0: all): struct ledger_entry. None is no error. */
enum err git_ledger_list(struct git_ledger *ledger, size_t most, struct vec *entries,
                         struct diags *diags);

/* Was the branch ever recorded? */
enum err git_ledger_knows(struct git_ledger *ledger, const struct name *branch, bool *known,
                          struct diags *diags);

/* Reads the snapshot of `branch` in entry `id` (full id) into an initialised, empty snapshot.
 * Equal, byte by byte in its text, to what was recorded. ERR_MISSING: no such entry, or it knows
 * no such branch. */
enum err git_ledger_read(struct git_ledger *ledger, const struct name *id,
                         const struct name *branch, struct snapshot *snapshot, struct diags *diags);
/* Reads the bars of `branch` in entry `id` into initialised, empty bars; they stay empty when it
 * has none. Errors as in git_ledger_read. */
enum err git_ledger_bars(struct git_ledger *ledger, const struct name *id,
                         const struct name *branch, struct bars *bars, struct diags *diags);

/* What to look for. */
struct ledger_wanted {
    const struct name *branch; /* of the code, whose entries count */
    const struct name *base;   /* commit to compare with; NULL if not known */
    const struct name *tree;   /* its tree; NULL if not known */
    const struct name *own;    /* commit under test; NULL if none. Counts only if it is the base */
    const struct name *own_tree; /* its tree, to recognise a revert; NULL: do not */
    const struct name *reverts;  /* commit that it says to revert; NULL if none */
    const struct vec *ancestors; /* of the base, nearest first; NULL: unknown */
    size_t recent; /* how many of the branch's last entries a rule looks at; at most 50 */
};

/* Chooses the baseline, the best of: an entry for the base commit (of this branch, else of any);
 * one for its tree (likewise); one that covers it; for a revert the entry that it goes back to; the
 * nearest recorded ancestor of the base; the newest entry of the branch. An entry that was recorded
 * late, behind that of a newer commit, is never the newest. The remote's history is fetched only as
 * deep as the search needs, and not searched beyond CANDIDATES_SEARCHED entries.
 *
 * Fills `baseline`, whose snapshot must be initialised and empty; its reason says in one
 * sentence which entry was taken and why. The bars and the last entries are those of the branch,
 * without entries of the commit under test; when it has no entry yet, the bars are those of the
 * chosen entry's branch. ERR_NONE for BASELINE_FOUND and for BASELINE_NONE_YET,
 * which is said only when the whole ledger was read. Otherwise BASELINE_UNUSABLE with a
 * diagnostic: an entry that was chosen and cannot be read is never replaced by the next best. */
enum err git_ledger_choose(struct git_ledger *ledger, const struct ledger_wanted *wanted,
                           struct baseline *baseline, struct diags *diags);

#endif
