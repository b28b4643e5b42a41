/* From reports to a snapshot: merge, scope, count. Pure, and independent of the order of the
 * reports.
 *
 * Trust. The state of a metric is the worst state of the reports that could say something about
 * it, after the policy's `empty` and `partial` settings (`ok` lets the state pass, `warn` does
 * so with a diagnostic, `block` keeps it). A report that is damaged, missing or blocked as empty
 * spoils every family that it could have held (`possible`), for all reports and for its group,
 * and those metrics are there, without a value. If nobody knows what it would have held, it
 * spoils all families that another report or a rule speaks of. So a caller that finds no file
 * for a pattern, or fewer than it expects, hands in a report in STATE_MISSING with the pattern as
 * path, the group, and `possible` from the format if the policy names one.
 *
 * Labels. Coverage, findings and security are measured for all reports and for each group, and
 * in both for all files and for each component; tests and numbers have no component. Coverage is
 * a union of all reports that touch a file. Paths that do not resolve count in the total under
 * the path as reported, so that breaking paths raises nothing, and belong to no component. */
#ifndef TIDEGATE_MEASURE_MEASURE_H
#define TIDEGATE_MEASURE_MEASURE_H

#include "measure/repo_paths.h"
#include "model/policy.h"
#include "model/report.h"
#include "model/snapshot.h"

/* What happened to the paths of all reports; each distinct path counts once. */
struct measure_paths {
    uint64_t resolved, ambiguous, unresolved, excluded;
    uint64_t findings_left_out,
        files_left_out;  /* by `include` and `exclude`; files: with coverage */
    struct vec examples; /* struct measure_path, sorted, at most 20 that did not resolve */
};

struct measure_path {
    const struct name *path; /* as reported, cleaned */
    bool ambiguous;
};

/* The metrics of one report as a whole: no path mapping, no exclusion, no labels. Adds to `out`
 * and sorts it. A damaged or missing report has none. */
void measure_report(const struct report *report, struct snapshot *out);

/* The metrics of all reports (`struct report *` in `reports`) under a policy. Reports of equal
 * content (digest and format) in one group count once, and one file in two groups counts once in
 * the total; diagnostics say so, and the reports' own marks (`repeated`, `left_out`, `file`).
 * `specs[i]` is the report_spec of report i, or NULL; `specs` may be NULL. Fills metrics and
 * sources of `out`; adds diagnostics to `diags`. */
void measure_reports(const struct vec *reports, const struct report_spec *const *specs,
                     const struct policy *policy, struct repo_paths *paths, struct snapshot *out,
                     struct measure_paths *path_result, struct diags *diags);

/* A sentence about the paths that did not resolve; NULL when all did. */
const struct name *measure_paths_text(const struct measure_paths *paths, struct names *names);
/* A sentence about what `include` and `exclude` left out; NULL when that is nothing. */
const struct name *measure_left_out_text(const struct measure_paths *paths,
                                         const struct policy *policy, struct names *names);
void measure_paths_release(struct measure_paths *paths);

#endif
