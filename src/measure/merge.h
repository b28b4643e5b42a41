/* The coverage of all reports, united file by file. */
#ifndef TIDEGATE_MEASURE_MERGE_H
#define TIDEGATE_MEASURE_MERGE_H

#include "measure/scopes.h"

/* What one report says about one place. */
struct contribution {
    size_t place;                    /* in places->list */
    size_t group;                    /* 0 if the report has none */
    const struct coverage *coverage; /* settled; stays the report's */
};

/* Unites the contributions (`struct contribution`) of each place, for all reports and for each
 * group, and adds the counts to the cells. Sorts `contributions`. */
void merge_count(struct vec *contributions, const struct scopes *scopes);

#endif
