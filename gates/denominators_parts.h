/* What the files about denominators share. */
#ifndef TIDEGATE_GATES_DENOMINATORS_PARTS_H
#define TIDEGATE_GATES_DENOMINATORS_PARTS_H

#include "gates/denominators.h"
#include "gates/judge.h"

/* One denominator, on both sides. */
struct watched {
    const char *key, *things;
    uint64_t now, base, floor;
    struct decimal limit; /* percent */
};

enum {
    WATCHED_REPORTS, /* not a metric */
    WATCHED_LINES,
    WATCHED_FILES,
    WATCHED_TESTS,
    WATCHED_RULES,
    WATCHED_COUNT
};

/* What there is to watch, with the policy's limits and without the numbers. */
void denominators_list(const struct policy *policy, struct watched all[WATCHED_COUNT]);
/* The least count of now that passes. */
uint64_t denominators_least(const struct watched *watched);
/* How many units of it were measured. False where that is not known for sure. */
bool denominators_units(const struct evaluation *evaluation, const struct snapshot *snapshot,
                        const char *key, uint64_t *units);
/* A broken check with the numbers of both sides. */
struct check *denominators_add(const struct evaluation *evaluation, const struct watched *watched,
                               struct vec *checks);
/* Can this run be compared? Not while a report is missing or damaged. */
bool denominators_apply(const struct evaluation *evaluation);

/* ---- reports, in denominators_kinds.c ---- */

/* Those that are neither missing nor damaged. */
uint64_t denominators_usable(const struct snapshot *snapshot);
/* Appends the kinds of reports that `base` has and `now` has not, where `also` has them (NULL:
 * wherever); returns how many. */
size_t denominators_lost_kinds(const struct snapshot *now, const struct snapshot *base,
                               const struct snapshot *also, struct buf *out);

#endif
