/* The watch over how much is measured at all. */
#ifndef TIDEGATE_GATES_DENOMINATORS_H
#define TIDEGATE_GATES_DENOMINATORS_H

#include "gates/gates.h"

/* Adds a FAIL to `checks` for each denominator that shrank further than the policy allows; nothing for the others,
 * without a baseline, or while a report is missing or damaged: unless the policy calls it optional, that blocks by itself. */
void denominators_check(const struct evaluation *evaluation, struct vec *checks);

#endif
