/* From reports to a snapshot: merge, scope, count. Pure, and independent of the order of the reports. */
#ifndef TIDEGATE_MEASURE_MEASURE_H
#define TIDEGATE_MEASURE_MEASURE_H

#include "measure/repo_paths.h"
#include "model/policy.h"
#include "model/report.h"
#include "model/snapshot.h"

/* What happened to the paths of all reports. */
struct measure_paths {
    uint64_t resolved, ambiguous, unresolved, excluded;
    struct vec examples; /* struct measure_path, sorted, at most 20 that did not resolve */
};

struct measure_path {
    const struct name *path; /* as reported */
    bool ambiguous;
};

/* The metrics of one report as a whole: no path mapping, no exclusion, no labels. Adds to `out` and sorts it. */
void measure_report(const struct report *report, struct snapshot *out);

/* The metrics of all reports (`struct report *` in `reports`) under a policy: for everything, for each group,
 * for each component, and for each group and component together. Reports of equal content (digest and
 * format) in one group count once; the second gets a diagnostic. The state of a metric is the worst state of the reports
 * that it comes from, after the policy's `empty` and `partial` settings. `specs[i]` is the report_spec of
 * report i, or NULL. Fills metrics and sources of `out`; adds diagnostics to `diags`. */
void measure_reports(const struct vec *reports, const struct report_spec *const *specs,
                     const struct policy *policy, struct repo_paths *paths, struct snapshot *out,
                     struct measure_paths *path_result, struct diags *diags);

void measure_paths_release(struct measure_paths *paths);

#endif
