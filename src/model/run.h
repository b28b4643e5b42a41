/* What lives for one run of the program: memory, names, and what there is to say.
 *
 * Life cycle: run_init, run_release. There is one run per process; it is passed down, never
 * global. */
#ifndef TIDEGATE_MODEL_RUN_H
#define TIDEGATE_MODEL_RUN_H

#include "model/diag.h"

struct run {
    struct arena keep; /* the model: dies with the run */
    struct names names;
    struct diags diags; /* of the run as a whole; each report has its own */
};

void run_init(struct run *run);
void run_release(struct run *run);

#endif
