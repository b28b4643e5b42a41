/* The bars of a branch: for each metric under a ratchet the best accepted value, where it came
 * from, and what may raise it soon.
 *
 * A bar belongs to the branch and not to a commit. It never becomes worse, except to a value that a
 * waiver accepts; then it names the waiver. Its text form is JSON with one bar a line, sorted and
 * versioned ("tidegate/bars/1"): equal content gives equal bytes. */
#ifndef TIDEGATE_MODEL_BARS_H
#define TIDEGATE_MODEL_BARS_H

#include "base/err.h"
#include "base/fault.h"
#include "model/policy.h"
#include "model/snapshot.h"

/* The format of the text; the version follows. */
#define BARS_SCHEMA "tidegate/bars/"

/* Entries in a row that are better than the bar, while a rule wants more of them before it
 * rises. */
struct bar_pending {
    uint32_t entries;          /* 0: none */
    struct value value;        /* the worst of them */
    const struct name *commit; /* whose value that is */
    const struct name *last;   /* commit of the newest one: recording it again counts once */
};

struct bar {
    const struct name *key, *group, *component; /* labels as in struct metric */
    enum direction direction;                   /* of its metric; never neutral */
    struct value value;
    const struct name *commit; /* of the code, at which the value was measured */
    struct bar_pending pending;
    /* The waiver that lowered it to this value; NULL when it did not come down. */
    const struct name *waiver_owner;
    uint32_t waiver_until; /* last day of that waiver: 20270131 */
};

struct bars {
    struct names *names; /* borrowed; all names live there */
    struct vec all;      /* struct bar, sorted by labels, no two equal in them */
};

void bars_init(struct bars *bars, struct names *names);
void bars_release(struct bars *bars);

/* The bar of a metric with these labels, or NULL. */
const struct bar *bars_find(const struct bars *bars, const struct name *key,
                            const struct name *group, const struct name *component);

/* The same; made, empty but for its labels, when there is none. Moves the others. */
struct bar *bars_put(struct bars *bars, const struct name *key, const struct name *group,
                     const struct name *component);

/* Which snapshot moves the bars, by which rules. */
struct bars_change {
    const struct snapshot *snapshot; /* the new entry; with its commit */
    const struct snapshot *seed; /* the entry before it: where a metric that has no bar starts from;
                                    NULL if there is none */
    const struct policy *policy; /* in force for this entry: rules and waivers */
    uint32_t today;              /* 20270131; 0: unknown, then no waiver holds */
};

/* Moves the bars of all metrics that the policy's rules keep under one:
 *
 * - no bar yet: it starts at the seed's value, else at the new one;
 * - not worse (see value_worse): the bar moves to the new value, for a better number as `raise`
 *   allows: at once, after that many better entries in a row to the worst of them, or never;
 * - worse than `total_slack` (else `slack`) allows, and a waiver for it holds: the bar comes down
 *   to the new value and names the waiver;
 * - else it stays.
 *
 * Only values in state ok count. Bars without a rule stay as they are, so that a rule that is taken
 * out and put back finds its bar where it was. Of several rules for one metric the one that raises
 * soonest counts. */
void bars_update(struct bars *bars, const struct bars_change *change);

/* May a bar be `after` in an entry of `commit` when it was `before` in the one before it? True when
 * it is not worse or when a waiver lowered it in this very entry; false when it is worse or gone
 * (`after` is NULL). For checking a ledger's chain step by step. */
bool bar_step_allowed(const struct bar *before, const struct bar *after, const struct name *commit);

/* How far below its bar a rule lets a value be: `total_slack`, else `slack`. */
struct decimal bar_slack(const struct rule *rule);
/* Does the rule judge by a bar? Those with a `median` do not: it takes the bar's place. */
bool bar_wanted(const struct rule *rule);

/* Appends the canonical text. */
void bars_write(const struct bars *bars, struct buf *out);
/* The member "bars" of a document that holds more than bars. `lean` leaves the commits out. */
void bars_write_members(const struct bars *bars, struct json_writer *json, bool lean);
/* Reads it back strictly, like snapshot_read: ERR_FORMAT with the place in `fault`, which must be
 * zeroed before, or ERR_UNUSABLE for a newer version. The bars must be initialised and empty; they
 * stay empty on error. */
enum err bars_read(struct bars *bars, struct span text, struct fault *fault);
/* The same for the lean bars of such a document, which may hold none; `schema` is its name up to
 * the version. */
enum err bars_read_lean(struct bars *bars, struct span text, const char *schema,
                        struct fault *fault);

#endif
