/* Coverage -> counts -> metrics. */
#ifndef TIDEGATE_MEASURE_FROM_COVERAGE_H
#define TIDEGATE_MEASURE_FROM_COVERAGE_H

#include "measure/metric_out.h"
#include "model/coverage.h"

struct coverage_counts {
    struct ratio lines, branches, functions;
    uint64_t files;      /* with at least one coverable line */
    uint64_t unresolved; /* without exactly one file in the repository */
};

/* Adds one file; its coverage must be settled. */
void coverage_counts_add_file(struct coverage_counts *counts, const struct coverage *coverage);
void coverage_counts_add(struct coverage_counts *counts, const struct coverage_counts *more);

/* Ratios of nothing are left out. `paths_known`: coverage.unresolved has a meaning here. */
void coverage_metrics(const struct coverage_counts *counts, bool paths_known,
                      struct metric_out *out);

#endif
