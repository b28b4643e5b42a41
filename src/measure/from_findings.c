/* Findings -> findings.total, .error, .warning, .note, .none, .suppressed, and security.* by band.
 *
 * What the tool was told to hide counts as suppressed and nowhere else. */
#include "measure/from_findings.h"

void finding_counts_add(struct finding_counts *counts, const struct finding_row *row)
{
    if (row->suppressed) {
        counts->suppressed += row->count;
    } else {
        counts->of_level[row->level] += row->count;
        counts->of_band[row->band] += row->count;
    }
}

void finding_metrics(const struct finding_counts *counts, struct metric_out *out)
{
    const uint64_t *of_level = counts->of_level;
    uint64_t total = 0;
    for (unsigned level = LEVEL_NONE; level <= LEVEL_ERROR; level++) {
        total += of_level[level];
    }
    metric_out_count(out, METRIC_FINDINGS_TOTAL, total);
    metric_out_count(out, METRIC_FINDINGS_ERROR, of_level[LEVEL_ERROR]);
    metric_out_count(out, METRIC_FINDINGS_WARNING, of_level[LEVEL_WARNING]);
    metric_out_count(out, METRIC_FINDINGS_NOTE, of_level[LEVEL_NOTE]);
    metric_out_count(out, METRIC_FINDINGS_NONE, of_level[LEVEL_NONE]);
    metric_out_count(out, METRIC_FINDINGS_SUPPRESSED, counts->suppressed);
}

void security_metrics(const struct finding_counts *counts, struct metric_out *out)
{
    metric_out_count(out, METRIC_SECURITY_CRITICAL, counts->of_band[BAND_CRITICAL]);
    metric_out_count(out, METRIC_SECURITY_HIGH, counts->of_band[BAND_HIGH]);
    metric_out_count(out, METRIC_SECURITY_MEDIUM, counts->of_band[BAND_MEDIUM]);
    metric_out_count(out, METRIC_SECURITY_LOW, counts->of_band[BAND_LOW]);
}
