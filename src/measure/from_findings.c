/* Findings -> findings.total, .error, .warning, .note, .none, .suppressed, .rules, and security.*
 * by band.
 *
 * What the tool was told to hide counts as suppressed and nowhere else. */
#include "measure/from_findings.h"

#include "base/hash.h"

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

void rule_counts_add(struct rule_counts *counts, const struct findings *findings)
{
    for (size_t at = 0; at < findings->rules.count; at++) {
        const struct rule_row *row = vec_at(&findings->rules, at);
        const uint64_t parts[] = {map_key(row->tool), map_key(row->rule)};
        *map_put(&counts->seen, hash64(span_make((const char *)parts, sizeof(parts)), 0)) = 1;
    }
}

void rule_counts_release(struct rule_counts *counts)
{
    map_release(&counts->seen);
}

void rule_metrics(const struct rule_counts *counts, struct metric_out *out)
{
    if (counts->seen.count > 0) {
        metric_out_count(out, METRIC_FINDINGS_RULES, counts->seen.count);
    }
}
