/* The policy: which reports there are, how files are grouped, what the gate demands. */
#ifndef TIDEGATE_MODEL_POLICY_H
#define TIDEGATE_MODEL_POLICY_H

#include "base/vec.h"
#include "model/report.h"
#include "model/rule.h"
#include "model/state.h"

/* What to do with a report that is not fully usable. */
enum trust { TRUST_BLOCK, TRUST_WARN, TRUST_OK };

struct report_spec {
    const struct name *pattern; /* path glob below the repository root */
    const struct name *group;   /* NULL if none */
    const struct name *format;  /* collector name; NULL: by content */
    const struct name *root;    /* prefix for relative paths in the report; NULL if none */
    uint64_t expect;            /* how many files must match; 0: at least one */
    bool optional;              /* may be missing */
    uint64_t max_age;           /* seconds that its group's last recorded values may serve when the
                                   run has not measured it; 0: not at all */
    enum trust empty;           /* default TRUST_BLOCK */
    enum trust partial;         /* default TRUST_BLOCK */
    uint64_t line, column;      /* in the policy */
};

/* A group of reports that there is no more. */
struct retired {
    const struct name *group, *reason;
    uint64_t line, column;
};

struct component {
    const struct name *name;
    struct vec patterns; /* const struct name *: path globs */
    uint64_t line, column;
};

struct waiver {
    const struct name *gate;      /* metric key, "denominators" or "policy" */
    const struct name *group;     /* NULL: any */
    const struct name *component; /* NULL: any */
    const struct name *reason, *owner;
    uint32_t until; /* last day it holds: 20270131 */
    uint64_t line, column;
    bool in_change;               /* it came with the change that is judged */
    const struct name *approvers; /* in_change: whose approval it needs, "@a, @b"; NULL: nobody's */
};

/* Gates of waivers that name no rule: what is measured may shrink; the policy of the target may
 * object. */
#define WAIVER_DENOMINATORS "denominators"
#define WAIVER_POLICY       "policy"

/* Do waivers count in the change that adds them? */
enum waiver_in_change { IN_CHANGE_CODEOWNERS, IN_CHANGE_DENY, IN_CHANGE_ALLOW };

/* How many percent of what is measured one change may take away; not given: `may_shrink`, and
 * without that DENOMINATORS_MAY_SHRINK. */
struct denominators {
    struct param_value may_shrink;
    struct param_value lines, files, tests, rules, reports;
};

enum { DENOMINATORS_MAY_SHRINK = 10 };

/* Where `ledger: file` keeps the baseline. */
#define POLICY_LEDGER_FILE ".tidegate-ledger.json"

enum missing_baseline { MISSING_SEED, MISSING_WARN, MISSING_FAIL }; /* baseline.missing */

struct policy {
    const struct name *path; /* file it came from; NULL for the built-in defaults */
    struct vec reports;      /* struct report_spec */
    struct vec include;      /* const struct name *: only these paths count; empty: all */
    struct vec exclude;      /* const struct name *: these do not */
    uint64_t include_line, include_column, exclude_line, exclude_column; /* 0: not given */
    struct vec components;                                               /* struct component */
    struct vec retired;                                                  /* struct retired */
    struct vec rules;                                                    /* struct rule */
    struct vec waivers;                                                  /* struct waiver */
    const struct name *branch;          /* baseline.branch: protected branch, NULL: find out */
    enum missing_baseline when_missing; /* baseline.missing */
    const struct name *ledger_remote;   /* ledger.remote: NULL: find out; "none": keep it here */
    const struct name *ledger_id;       /* ledger.id: that the ledger must have; NULL: any */
    /* ledger.file: the baseline is this file on the code branch, below the repository root; NULL:
     * it is a branch of its own */
    const struct name *ledger_file;
    struct denominators denominators;
    enum waiver_in_change waiver_in_change;
};

/* Does the waiver speak of this rule? Its group and component excuse any when they are NULL. The
 * watch over denominators is excused by a waiver of that name only. */
bool waiver_fits(const struct waiver *waiver, const struct rule *rule);

/* Is the day not past its last one? Without a date (0) no waiver holds. */
bool waiver_holds(const struct waiver *waiver, uint32_t today);

/* What the spec (NULL: the defaults) says about a report that is not ok. `empty` is about those of
 * which nothing worse is known; one that lost rows and holds none needs `partial` as well. */
enum trust report_spec_trust(const struct report_spec *spec, const struct report *report);
/* Is the report good enough for its spec? */
bool report_spec_accepts(const struct report_spec *spec, const struct report *report);

/* Are totals sums over the groups? So they are as soon as a group may be carried or is retired: a
 * union needs the rows, and of a group that was not measured only the values are known. */
bool policy_adds_groups(const struct policy *policy);

void policy_init(struct policy *policy);
void policy_release(struct policy *policy);

#endif
