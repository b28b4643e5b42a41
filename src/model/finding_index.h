/* Finds the row of a combination of path, rule, level, band and suppression.
 *
 * Eight bytes a slot: a row number and a part of the row's hash, so that a search touches the rows only when
 * it is about to find. Big compiler logs have hundreds of thousands of combinations, and most searches are
 * for new ones. The rows themselves are the keys.
 *
 * Life cycle: a zeroed struct, finding_index_row, finding_index_release. */
#ifndef TIDEGATE_MODEL_FINDING_INDEX_H
#define TIDEGATE_MODEL_FINDING_INDEX_H

#include "model/report.h"

struct finding_slot {
    uint32_t row; /* number + 1; 0 is free */
    uint32_t tag; /* upper half of the hash */
};

struct finding_index {
    struct finding_slot *slots;
    size_t capacity; /* a power of two, or 0 */
};

/* The number of the row in `rows` (struct finding_row) that has the combination of `wanted`; a copy of
 * `wanted` with count 0 is added when there is none. */
size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted);
void finding_index_release(struct finding_index *index);

#endif
