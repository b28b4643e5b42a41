/* What the files of the git ledger share: the open ledger, its tip, its entries one by one, and
 * its errors. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_INSIDE_H
#define TIDEGATE_LEDGER_GIT_LEDGER_INSIDE_H

#include "base/buf.h"
#include "ledger/commit_text.h"
#include "ledger/entry_text.h"
#include "ledger/git_ledger.h"
#include "ledger/git_server.h"

#include <git2.h>
#include <time.h>

/* The bars of the file that was read last. Along a chain of entries it is read again and again. */
struct bars_memo {
    bool filled;
    git_oid file;
    struct bars bars;
};

struct git_ledger {
    git_repository *handle;
    git_odb *database;
    struct names *names;     /* borrowed */
    const struct name *path; /* of the private repository */
    const struct name *id;   /* from format.json; NULL before the first entry */
    const struct name *ref; /* that the ledger stands on: LEDGER_BRANCH or the copy of a remote's */
    struct git_server *server; /* NULL: none, or offline */
    struct timespec deadline;  /* of all talk with the remote, by CLOCK_MONOTONIC */
    struct vec cut;            /* git_oid: commits whose parents were not fetched */
    bool temporary;            /* the private repository dies with the run */
    struct bars_memo *memo;    /* borrowed; NULL: files of bars are read each time */
};

/* The ref for a ledger without remote, or for the copy of this remote's. */
const struct name *git_ledger_ref(struct names *names, const struct name *remote);
/* Where the copy cannot be kept in the git directory, a temporary folder is made for it. */
void git_ledger_find_room(struct git_ledger *ledger, const char *common_dir);
/* Opens what was fetched from the remote: fetches, or takes the last copy when offline. ERR_MISSING
 * when the remote has proven that it has no ledger. */
enum err git_ledger_open_copy(struct git_ledger *ledger, const struct ledger_place *place,
                              struct diags *diags);
/* Milliseconds until the deadline of the remote, 0 when it has passed. */
unsigned git_ledger_time_left(const struct git_ledger *ledger);
/* Fetches, tells libgit2 of the new objects, and learns where the copy ends. */
enum server_answer git_ledger_fetch(struct git_ledger *ledger, unsigned depth, struct buf *why);
/* Looks at what the ref stands on: whose ledger it is and whether it can be read. */
enum err git_ledger_recognise(struct git_ledger *ledger, bool *found, struct diags *diags);

/* Adds a diagnostic about the ledger and returns `err`. */
enum err git_ledger_refuse(const struct git_ledger *ledger, enum err err, enum diag_code code,
                           const char *what, struct diags *diags);
/* For a file of an entry: what snapshot_read or bars_read has found wrong with it. Returns
 * ERR_UNUSABLE. */
enum err git_ledger_refuse_file(const struct git_ledger *ledger, const char *file, enum err err,
                                const struct fault *fault, struct diags *diags);
/* For an object that should be there: says why it cannot be read, as damage. Releases *why. */
enum err git_ledger_damaged(const struct git_ledger *ledger, struct buf *why, struct diags *diags);

/* The commit that the branch stands on. *found is false when there is no such branch, which is
 * not an error. */
enum err git_ledger_tip(const struct git_ledger *ledger, git_oid *tip, bool *found,
                        struct diags *diags);

/* Reads a commit; the spans of `commit` live as long as *object. */
enum err git_ledger_commit(const struct git_ledger *ledger, const git_oid *id,
                           git_odb_object **object, struct commit_text *commit,
                           struct diags *diags);
/* The tree of a ledger commit. The caller frees *tree. */
enum err git_ledger_tree_of(const struct git_ledger *ledger, const git_oid *commit, git_tree **tree,
                            struct diags *diags);
/* Reads the file behind a tree entry. The caller releases *object. */
enum err git_ledger_file(const struct git_ledger *ledger, const git_tree_entry *entry,
                         git_odb_object **object, struct diags *diags);
/* Reads what `tree` calls `name` as a file. *found is false when the tree has no such name. The
 * caller releases *object. */
enum err git_ledger_blob(const struct git_ledger *ledger, const git_tree *tree, const char *name,
                         git_odb_object **object, bool *found, struct diags *diags);
/* The folder of that name, NULL when the tree has none. The caller frees *folder. */
enum err git_ledger_folder(const struct git_ledger *ledger, const git_tree *tree, const char *name,
                           git_tree **folder, struct diags *diags);
/* The folder of a code branch in a commit of the ledger, NULL when it has none. */
enum err git_ledger_branch_folder(const struct git_ledger *ledger, const git_oid *commit,
                                  const struct name *branch, git_tree **folder,
                                  struct diags *diags);
/* The folder with what an entry has measured: the branch's own, or what stands beside it when the
 * entry is late. NULL when there is none. The caller frees *folder. */
enum err git_ledger_entry_folder(const struct git_ledger *ledger, const git_oid *commit,
                                 const struct name *branch, git_tree **folder, struct diags *diags);
/* The snapshot of a code branch in a commit of the ledger: see git_ledger_read. */
enum err git_ledger_read_at(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, struct snapshot *snapshot,
                            struct diags *diags);

/* The same, and the file itself, which the caller releases. */
enum err git_ledger_read_file(const struct git_ledger *ledger, const git_oid *commit,
                              const struct name *branch, struct snapshot *snapshot,
                              git_odb_object **file, struct diags *diags);

/* The bars of a code branch in a commit of the ledger, into initialised, empty bars; they stay
 * empty when it has none. */
enum err git_ledger_bars_at(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, struct bars *bars, struct diags *diags);

/* The file of that name in the branch's folder, whole, in `arena`; empty when there is none. */
enum err git_ledger_text_at(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, const char *name, struct arena *arena,
                            struct span *text, struct diags *diags);

/* Entries from the newest to the oldest.
 *
 *     struct ledger_walk walk;
 *     err = git_ledger_walk_start(&walk, ledger, diags);
 *     while (err == ERR_NONE && git_ledger_walk_next(&walk, &err)) { walk.entry … }
 *     git_ledger_walk_end(&walk);
 *
 * Commits that are no entries are passed over; a damaged one ends the walk with an error. */
struct ledger_walk {
    const struct git_ledger *ledger;
    struct diags *diags;
    git_oid next;
    bool more;
    bool cut; /* ended where the copy of the remote's branch ends, not at the first entry */
    git_odb_object *object; /* of the current commit; the spans below point into it */
    git_oid id;
    struct commit_text commit;
    struct entry_text entry;
};

enum err git_ledger_walk_start(struct ledger_walk *walk, const struct git_ledger *ledger,
                               struct diags *diags);
/* The same from any commit on. */
void git_ledger_walk_from(struct ledger_walk *walk, const struct git_ledger *ledger,
                          const git_oid *commit, struct diags *diags);
bool git_ledger_walk_next(struct ledger_walk *walk, enum err *err);
void git_ledger_walk_end(struct ledger_walk *walk);

#endif
