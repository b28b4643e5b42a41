/* What the parts of verifying share: the step that is looked at, and the branches seen so far. */
#ifndef TIDEGATE_LEDGER_GIT_LEDGER_VERIFY_INSIDE_H
#define TIDEGATE_LEDGER_GIT_LEDGER_VERIFY_INSIDE_H

#include "base/map.h"
#include "ledger/git_ledger_build.h"
#include "ledger/git_ledger_verify.h"

/* A branch of the code, as its entries tell of it. */
struct branch_line {
    const struct name *branch;
    const struct name *newest; /* commit of its newest entry that is not late */
    struct map
        parents;       /* commit with an entry, or covered by one -> its first parent; 0: unknown */
    struct vec doubts; /* struct doubt */
};

/* An entry that does not say how it follows from the one before it. */
struct doubt {
    const struct name *entry, *commit, *former;
};

struct verifying {
    struct git_ledger *ledger;
    const struct verify_wanted *wanted;
    struct ledger_audit *audit;
    struct diags *diags;
    struct map policies; /* blob id -> struct policy *, or 0 where it cannot be read */
    struct vec lines;    /* struct branch_line */
    bool anchor_found;
    /* Only the roll-up names it, or an entry whose former ids cannot be followed. */
    bool anchor_listed;
    struct bars_memo *memo;
    /* The file of bars that was last found to be as it would be written again. */
    git_oid sound_bars;
};

/* One commit of the chain on top of the one before it. */
struct verify_step {
    const git_oid *id, *former; /* former: NULL for the first one, or when it is not here */
    bool starts;                /* nothing before it is here, although there was something */
    struct audit_place place;
    struct commit_text commit;
    struct entry_text entry;
    git_tree *tree, *former_tree; /* former_tree: NULL as former */
};

/* The parts of an entry, one after the other. ERR_UNUSABLE when objects are missing or damaged; the
 * caller makes a finding of that. `diags` are those of this entry. */
enum err verify_entry(struct verifying *verifying, struct verify_step *step, struct diags *diags);
/* Is the message what is written for what it says? */
void verify_message(struct verifying *verifying, const struct verify_step *step);
/* The ids that entries had before the ledger was compacted, along all commits, newest first. */
void verify_former(struct verifying *verifying, const struct vec *commits);
/* Moves the bars again. `add` holds snapshot, `record` and tip of the entry, and `ancestors` are
 * the record's: they are filled in. */
enum err verify_bars(struct verifying *verifying, const struct verify_step *step,
                     struct appending *add, struct vec *ancestors, struct diags *diags);
/* Notes what an entry tells of the order of commits; afterwards says which have none. */
void verify_order(struct verifying *verifying, const struct verify_step *step);
void verify_gaps(struct verifying *verifying);
void verify_lines_release(struct verifying *verifying);

#endif
