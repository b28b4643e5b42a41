/* Users' numbers -> metrics. */
#ifndef TIDEGATE_MEASURE_FROM_NUMBERS_H
#define TIDEGATE_MEASURE_FROM_NUMBERS_H

#include "measure/scopes.h"

/* The numbers of all sources, for everything and for each group. One key has one value in each:
 * different ones in a group are an error, and in different groups they leave the total without a
 * value. */
void number_metrics(const struct scopes *scopes, struct snapshot *out, struct diags *diags);

/* The numbers of one report; a key with different values is left out. */
void number_metrics_alone(const struct report *report, struct snapshot *out);

#endif
