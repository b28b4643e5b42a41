/* One recording on its way into the ledger. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_BUILD_H
#define TIDEGATE_LEDGER_GIT_LEDGER_BUILD_H

#include "ledger/git_ledger_inside.h"

/* One recording, and what is built for it. */
struct appending {
    struct git_ledger *ledger;
    const struct ledger_record *record;
    struct diags *diags;
    struct snapshot snapshot; /* as it reads back from its text */
    struct buf text;          /* canonical */
    struct buf key;           /* branch as a file name */
    struct bars bars;         /* of the branch with this entry; made anew on each tip */
    char digest[33];
    git_oid tip;
    bool has_tip;
    git_oid commit; /* the new one */
    /* From git_ledger_order: */
    bool late;                /* the branch's newest entry is of a later commit */
    bool guessed;             /* by the times of the commits */
    bool rewritten;           /* the branch was moved to another history */
    const struct name *since; /* NULL if the commits in between are known */
    struct buf covers;        /* their ids */
};

/* Writes the objects of the new entry on top of the tip; add->commit is the new commit then.
 * Nothing points to it yet. ERR_WRITE or ERR_UNUSABLE with a diagnostic. */
enum err git_ledger_build(struct appending *add);
/* Finds out where the entry stands among those of its branch; ERR_OUTDATED as in
 * git_ledger_append. */
enum err git_ledger_order(struct appending *add);
/* Builds on the tip of this moment and compares what reads back. Errors as in git_ledger_build. */
enum err git_ledger_try(struct appending *add);
/* Is the newest entry of this commit and branch equal to what should be recorded? Then add->commit
 * is that entry. */
enum err git_ledger_find_equal(struct appending *add, bool *equal);
/* Checks the record, and takes its snapshot as its text says it. ERR_FORMAT with a diagnostic. */
enum err git_ledger_prepare(struct appending *add);
void git_ledger_appending_release(struct appending *add);
/* Tries and moves the branch of the private repository until it is done or hopeless: ERR_CONFLICT,
 * ERR_WRITE or ERR_UNUSABLE with a diagnostic. */
enum err git_ledger_move(struct appending *add);
/* The same for the branch of the remote, until the ledger's deadline. */
enum err git_ledger_push(struct appending *add);
/* Sleeps about so long, half to one and a half times. */
void git_ledger_wait(uint64_t milliseconds);
/* Equal recordings have equal digests: add->digest from the key, the text and the record. */
void git_ledger_digest(struct appending *add);
/* The bars of the branch on add->tip, moved by the new snapshot. */
enum err git_ledger_bars_make(struct appending *add);
/* Do the bars of add->commit read as they were written? */
enum err git_ledger_bars_read_back(const struct appending *add);
/* A diagnostic from libgit2's last words; returns ERR_WRITE. */
enum err git_ledger_refuse_write(const struct appending *add, const char *what);

#endif
