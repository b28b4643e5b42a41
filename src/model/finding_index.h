/* Finds the row of a combination of path, rule, level, band and suppression.
 *
 * Big reports have hundreds of thousands of combinations, and come file by file (linters,
 * compilers) or rule by rule (scanners). So this is a hash table in which the rows of a path begin
 * close together: in the first order one file costs one cache line, and in the second one no list
 * of a path's rows has to be walked.
 *
 * A path that nobody has named before has no rows yet; while its first rows come, they are looked
 * through at the end of the list, and the table is not touched until another path comes back.
 *
 * Life cycle: a zeroed struct, finding_index_path for every change of the path, finding_index_row
 * for every row of the list, finding_index_release. */
#ifndef TIDEGATE_MODEL_FINDING_INDEX_H
#define TIDEGATE_MODEL_FINDING_INDEX_H

#include "model/report.h"

/* Open addressing over row numbers. */
struct finding_index {
    uint8_t *tags; /* a piece of each row's hash, 0 where the slot is free: most misses end here */
    uint32_t *numbers; /* of the rows */
    size_t capacity;   /* a power of two, or 0 */
    size_t count;      /* the table holds so many rows, the first ones */
    size_t path_start; /* all rows of the path are behind so many, if it is new */
    bool path_is_new;
};

/* The rows that are asked for next have another path than the one before, new or not. */
void finding_index_path(struct finding_index *index, const struct vec *rows, bool is_new);
/* Adds a copy of `wanted` with count 0, a row of a new path that is known not to be there; returns
 * its number. */
size_t finding_index_add(struct vec *rows, const struct finding_row *wanted);
/* The number of the row in `rows` (struct finding_row) that has the combination of `wanted`; a copy
 * of `wanted` with count 0 is added when there is none. */
size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted);
void finding_index_release(struct finding_index *index);

#endif
