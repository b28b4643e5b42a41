/* Finds the row of a combination of path, rule, level, band and suppression.
 *
 * Big compiler logs have hundreds of thousands of combinations, a dozen for each file, and findings come file by
 * file. So the rows of a path are a chain (finding_row.next), and only paths are in a table. A path with more rows
 * than a chain should have keeps the rest in a table of their own.
 *
 * Life cycle: a zeroed struct, finding_index_row for every row of the list, finding_index_release. */
#ifndef TIDEGATE_MODEL_FINDING_INDEX_H
#define TIDEGATE_MODEL_FINDING_INDEX_H

#include "model/report.h"

/* Open addressing over row numbers. */
struct finding_table {
    uint32_t *slots; /* row number + 1; 0 is free */
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

struct finding_index {
    struct finding_table paths; /* the first row of each path */
    struct finding_table rest;  /* rows that no chain holds */
    uint32_t newest;            /* the first row of the path asked for last, + 1 */
};

/* The number of the row in `rows` (struct finding_row) that has the combination of `wanted`; a copy of
 * `wanted` with count 0 is added when there is none. */
size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted);
void finding_index_release(struct finding_index *index);

#endif
