/* Recorded snapshots + a policy -> what its rules would have said. */
#ifndef TIDEGATE_GATES_SIMULATE_H
#define TIDEGATE_GATES_SIMULATE_H

#include "gates/gates.h"
#include "model/simulation.h"

/* One entry of the ledger. */
struct recorded {
    const struct name *entry, *commit, *day; /* as in struct simulated_entry */
    const struct snapshot *snapshot;
    const struct baseline *baseline; /* the entry before it */
    uint32_t today;                  /* 20270131: the day for which the policy is read */
};

/* Says what no snapshot can tell about this policy; call it once, before the entries. */
void gates_simulate_start(struct simulation *simulation);
/* Judges one entry by the simulation's policy and counts what its rules say. Entries come in the
 * order of recording. */
void gates_simulate(struct simulation *simulation, const struct recorded *recorded);

#endif
