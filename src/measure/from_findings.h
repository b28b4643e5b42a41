/* Findings -> counts -> metrics. */
#ifndef TIDEGATE_MEASURE_FROM_FINDINGS_H
#define TIDEGATE_MEASURE_FROM_FINDINGS_H

#include "measure/metric_out.h"
#include "model/report.h"

struct finding_counts {
    uint64_t of_level[LEVEL_ERROR + 1];  /* not suppressed */
    uint64_t of_band[BAND_CRITICAL + 1]; /* not suppressed */
    uint64_t suppressed;
};

void finding_counts_add(struct finding_counts *counts, const struct finding_row *row);
void finding_metrics(const struct finding_counts *counts, struct metric_out *out);
/* Only where a report states security severities. */
void security_metrics(const struct finding_counts *counts, struct metric_out *out);

#endif
