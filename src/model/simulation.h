/* What a policy would have said of entries that are already recorded.
 *
 * Entries stand in the order of recording, the oldest first. A rule that cannot be judged from what
 * a snapshot holds is counted as such and never as passed.
 *
 * Life cycle: simulation_init, gates_simulate for each entry, simulation_release. */
#ifndef TIDEGATE_MODEL_SIMULATION_H
#define TIDEGATE_MODEL_SIMULATION_H

#include "model/verdict.h"

struct simulated_entry {
    const struct name *entry;  /* ledger commit id */
    const struct name *commit; /* of the code */
    const struct name *day;    /* "2026-11-20": when it was recorded, UTC */
    bool closed;               /* the gate would have closed */
};

/* One rule of the policy, or one that the gates add, over all entries. */
struct simulated_rule {
    const struct rule *rule;
    /* How many entries ended so; together all entries, less those to which it does not apply. */
    size_t closed;   /* broken or without data, and that closes the gate */
    size_t softened; /* broken, and it only warns, informs or is waived */
    size_t passed;
    size_t unjudged;                 /* the snapshot does not say */
    size_t first, last, farthest;    /* indexes of entries; when closed + softened > 0 */
    struct check worst;              /* of `farthest` */
    const struct name *why_unjudged; /* one sentence; NULL when all could be judged */
};

/* One rule in one entry that it would have broken. */
struct simulated_break {
    size_t entry, rule; /* indexes */
    struct check check;
};

struct simulation {
    struct names *names;         /* borrowed */
    const struct policy *policy; /* borrowed */
    const struct name *branch;
    struct vec entries; /* struct simulated_entry */
    struct vec rules;   /* struct simulated_rule, in the order of the policy */
    struct vec breaks;  /* struct simulated_break, in the order of entries */
    struct vec notes;   /* const struct name *: sentences about what cannot be seen at all */
    size_t closed;      /* entries */
};

void simulation_init(struct simulation *simulation, struct names *names,
                     const struct policy *policy);
void simulation_release(struct simulation *simulation);

#endif
