/* The baseline: what a change is compared with, and how it was found.
 * "None yet" and "cannot be read" are different states and are never confused. */
#ifndef TIDEGATE_MODEL_BASELINE_H
#define TIDEGATE_MODEL_BASELINE_H

#include "model/bars.h"

enum baseline_state {
    BASELINE_FOUND,    /* snapshot holds it */
    BASELINE_NONE_YET, /* proven: there is no ledger, or it has no entry for the branch */
    BASELINE_UNUSABLE, /* it should be there but cannot be read */
    BASELINE_NOT_ASKED /* outside a repository, or the user said so */
};

enum baseline_match {
    MATCH_COMMIT,     /* the entry of the base commit itself */
    MATCH_TREE,       /* an entry with the same tree id: the same content under another commit */
    MATCH_COVERED,    /* an entry that speaks also for the base commit, which came with it */
    MATCH_REVERT,     /* the change goes back to what this entry measured */
    MATCH_ANCESTOR,   /* the nearest ancestor of the base commit that was recorded: approximate */
    MATCH_NEWEST,     /* the newest entry of the branch: approximate when a base commit is known */
    MATCH_FILE,       /* a snapshot file that the user named */
    MATCH_LEDGER_FILE /* the baseline file of the base commit (`ledger: file`) */
};

/* What a ratchet judges by. */
enum yardstick {
    YARDSTICK_BASE, /* a change, a laptop: the base, and not beyond the total slack below the bar */
    YARDSTICK_BAR,  /* a push to the recorded branch, a merge queue: the bar */
    YARDSTICK_NONE  /* a tag, a scheduled run: thresholds alone; a ratchet only informs */
};

struct baseline {
    enum baseline_state state;
    enum baseline_match match; /* BASELINE_FOUND */
    enum yardstick yardstick;
    struct snapshot snapshot;  /* BASELINE_FOUND */
    struct bars bars;          /* of the branch, from its newest entry; none: empty */
    struct vec recent;         /* struct snapshot: the branch's last entries, newest first, as many
                                  as some rule asks for */
    struct vec recent_times;   /* int64_t: of their commits, as `time` */
    const struct name *branch; /* whose ledger entries were searched, NULL if none */
    const struct name *entry_branch; /* that the entry was recorded for; NULL: `branch` */
    int64_t time;              /* of the snapshot's commit, seconds since 1970; 0 if unknown */
    const struct name *entry;  /* ledger commit id, NULL if none */
    const struct name *wanted; /* base commit that was looked for, NULL if none */
    const struct name *reason; /* one sentence: why this one, or why there is none */
    struct span policy; /* the policy file recorded with it, lives like names; empty: none was */
    struct span codeowners; /* likewise the file that names owners of paths */
};

/* In state BASELINE_NOT_ASKED, compared with the base. */
void baseline_init(struct baseline *baseline, struct names *names);
void baseline_release(struct baseline *baseline);

const char *baseline_match_text(enum baseline_match match);
const char *yardstick_text(enum yardstick yardstick); /* "base", "bar", "nothing" */

#endif
