/* Snapshot + baseline + policy -> verdict. Pure: the date and the times are handed in. */
#ifndef TIDEGATE_GATES_GATES_H
#define TIDEGATE_GATES_GATES_H

#include "gates/rule_kind.h"
#include "model/diag.h"

/* All rule kinds in alphabetical order, NULL at the end. */
const struct rule_kind *const *rules_all(void);
/* The same as data for the policy reader, NULL at the end. */
const struct rule_spec *const *rules_specs(void);

struct evaluation {
    struct names *names;
    const struct policy *policy;
    const struct snapshot *now;
    const struct baseline *baseline;
    uint32_t today;      /* 20270131 */
    int64_t commit_time; /* seconds since 1970 of the commit under test; 0 if unknown */
    const struct report_spec *const
        *specs; /* of each report, for how far it is trusted; NULL: unknown */
    const struct vec
        *reports; /* struct report *: age and families of what is behind a metric; NULL if none */
};

/* Judges every rule, applies severity and waivers, and sums up. `verdict` must be initialised;
 * checks that it holds already count too. Built-in rules (line 0) about a family that no report
 * speaks of are left out, unless it cannot be known what the reports speak of. No check at all is
 * never an open gate. Waivers that have expired or were not needed are added to `diags`. */
void gates_evaluate(const struct evaluation *evaluation, struct verdict *verdict,
                    struct diags *diags);

/* How the target's policy is heard. */
struct objection {
    const struct name *origin;   /* "the policy of main" */
    const struct waiver *waiver; /* excuses whatever it objects to; NULL: none */
    bool broken_only;            /* only broken rules count, no lack of data */
};

/* Adds to `verdict` those checks of `target` that object to more than its own, and sums up anew:
 * the worse of both counts. Rules and waivers of `target` must outlive `verdict`. */
void gates_join(struct verdict *verdict, const struct verdict *target,
                const struct objection *objection, struct names *names);

/* Adds that the target's policy (`origin`) could not be used, for this reason, and what to do: that
 * blocks. */
void gates_refuse_target(struct verdict *verdict, const struct name *origin,
                         const struct name *reason, const char *remedy, struct names *names);

/* Only the watch over denominators, which gates_evaluate holds too: adds a check for each that
 * shrank too far. The verdict is not summed up anew. */
void gates_watch(const struct evaluation *evaluation, struct verdict *verdict);
/* The same for the baseline file that a change brings along, known by `path`: adds a check for each
 * denominator that it lowers further than what was measured asks for. */
void gates_watch_copy(const struct evaluation *evaluation, const struct snapshot *copy,
                      const struct name *path, struct verdict *verdict);

#endif
