/* Finds the row of a combination of path, rule, level, band and suppression.
 *
 * Four bytes a slot: big compiler logs have hundreds of thousands of combinations, and a map of 64-bit keys would
 * be larger than the rows. The rows themselves are the keys.
 *
 * Life cycle: a zeroed struct, finding_index_row, finding_index_release. */
#ifndef TIDEGATE_MODEL_FINDING_INDEX_H
#define TIDEGATE_MODEL_FINDING_INDEX_H

#include "model/report.h"

struct finding_index {
    uint32_t *slots; /* row number + 1; 0 is free */
    size_t capacity; /* a power of two, or 0 */
};

/* The number of the row in `rows` (struct finding_row) that has the combination of `wanted`; a copy of
 * `wanted` with count 0 is added when there is none. */
size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted);
void finding_index_release(struct finding_index *index);

#endif
