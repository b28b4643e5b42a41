/* Coverage of files -> coverage.line, .branch, .function, .files, .uncovered and .unresolved. */
#include "measure/from_coverage.h"

static void ratio_add(struct ratio *sum, struct ratio more)
{
    sum->covered += more.covered;
    sum->total += more.total;
}

void coverage_counts_add_file(struct coverage_counts *counts, const struct coverage *coverage)
{
    struct ratio lines = coverage_lines(coverage);
    ratio_add(&counts->lines, lines);
    ratio_add(&counts->branches, coverage_branches(coverage));
    ratio_add(&counts->functions, coverage_functions(coverage));
    counts->files += lines.total > 0;
}

void coverage_counts_add(struct coverage_counts *counts, const struct coverage_counts *more)
{
    ratio_add(&counts->lines, more->lines);
    ratio_add(&counts->branches, more->branches);
    ratio_add(&counts->functions, more->functions);
    counts->files += more->files;
    counts->unresolved += more->unresolved;
}

void coverage_metrics(const struct coverage_counts *counts, bool paths_known,
                      struct metric_out *out)
{
    struct ratio lines = counts->lines;
    metric_out_ratio(out, METRIC_COVERAGE_LINE, lines);
    metric_out_ratio(out, METRIC_COVERAGE_BRANCH, counts->branches);
    metric_out_ratio(out, METRIC_COVERAGE_FUNCTION, counts->functions);
    metric_out_count(out, METRIC_COVERAGE_FILES, counts->files);
    if (lines.total > 0 || !state_has_value(out->state)) {
        metric_out_count(out, METRIC_COVERAGE_UNCOVERED, lines.total - lines.covered);
    }
    if (paths_known) {
        metric_out_count(out, METRIC_COVERAGE_UNRESOLVED, counts->unresolved);
    }
}
