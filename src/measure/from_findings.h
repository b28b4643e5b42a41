/* Findings -> counts -> metrics. */
#ifndef TIDEGATE_MEASURE_FROM_FINDINGS_H
#define TIDEGATE_MEASURE_FROM_FINDINGS_H

#include "base/map.h"
#include "measure/metric_out.h"
#include "model/report.h"

struct finding_counts {
    uint64_t of_level[LEVEL_ERROR + 1];  /* not suppressed */
    uint64_t of_band[BAND_CRITICAL + 1]; /* not suppressed */
    uint64_t suppressed;
};

/* Different rules of different tools. Life cycle: zeroed, add, release. */
struct rule_counts {
    struct map seen;
};

void rule_counts_add(struct rule_counts *counts, const struct findings *findings);
void rule_counts_release(struct rule_counts *counts);
/* Only where some tool names all of its rules. */
void rule_metrics(const struct rule_counts *counts, struct metric_out *out);

void finding_counts_add(struct finding_counts *counts, const struct finding_row *row);
void finding_metrics(const struct finding_counts *counts, struct metric_out *out);
/* Only where a report states security severities. */
void security_metrics(const struct finding_counts *counts, struct metric_out *out);

#endif
