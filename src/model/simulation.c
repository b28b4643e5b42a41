/* A simulation as plain data. */
#include "model/simulation.h"

void simulation_init(struct simulation *simulation, struct names *names,
                     const struct policy *policy)
{
    *simulation = (struct simulation){.names = names, .policy = policy};
    vec_init(&simulation->entries, sizeof(struct simulated_entry));
    vec_init(&simulation->rules, sizeof(struct simulated_rule));
    vec_init(&simulation->breaks, sizeof(struct simulated_break));
    vec_init(&simulation->notes, sizeof(const struct name *));
}

void simulation_release(struct simulation *simulation)
{
    vec_release(&simulation->entries);
    vec_release(&simulation->rules);
    vec_release(&simulation->breaks);
    vec_release(&simulation->notes);
}
