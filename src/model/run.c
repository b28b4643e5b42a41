/* The life of a run. */
#include "model/run.h"

void run_init(struct run *run)
{
    arena_init(&run->keep);
    names_init(&run->names, &run->keep);
    diags_init(&run->diags, &run->names);
}

void run_release(struct run *run)
{
    diags_release(&run->diags);
    names_release(&run->names);
    arena_release(&run->keep);
}
