/* Reports -> a partial snapshot: all facts of one job as compact text, for a later job to read as
 * reports. The format is described in docs/partial-snapshot.md and read by collectors/partial.c. */
#ifndef TIDEGATE_MEASURE_PARTIAL_WRITE_H
#define TIDEGATE_MEASURE_PARTIAL_WRITE_H

#include "measure/record_write.h"
#include "model/report.h"

/* Where the reports were read. */
struct partial_origin {
    struct span work_tree;            /* absolute path; empty if there is none */
    const struct name *commit, *tree; /* what is checked out; NULL if unknown */
};

/* Writes all reports (`struct report *` in `reports`), also those that are damaged or missing:
 * that they cannot be used is a fact. The order of the reports does not show. A report
 * that came from a partial snapshot keeps its own origin. */
void partial_write(const struct vec *reports, const struct partial_origin *origin,
                   struct partial_out out);

#endif
