/* The watch over how much is measured at all. */
#ifndef TIDEGATE_GATES_DENOMINATORS_H
#define TIDEGATE_GATES_DENOMINATORS_H

#include "gates/gates.h"

/* Adds a FAIL to `checks` for each denominator that shrank further than the policy allows; nothing
 * for the others, without a baseline, or while a report is missing or damaged: unless the policy
 * calls it optional, that blocks by itself. */
void denominators_check(const struct evaluation *evaluation, struct vec *checks);
/* Is this a run in which that is done? */
bool denominators_watched(const struct evaluation *evaluation);

/* Adds a FAIL for each denominator that `copy` lowers without a cause: the baseline file that a
 * change brings along, known by `path`. The evaluation is that of the run, with the file that it
 * starts from as its baseline. */
void denominators_check_copy(const struct evaluation *evaluation, const struct snapshot *copy,
                             const struct name *path, struct vec *checks);

#endif
