/* From checks to one verdict. */
#ifndef TIDEGATE_GATES_CONCLUDE_H
#define TIDEGATE_GATES_CONCLUDE_H

#include "model/verdict.h"

/* Counts the checks and sets outcome, exit code and summary by them, whatever stood there
 * before. */
void gates_conclude(struct verdict *verdict, struct names *names);

#endif
