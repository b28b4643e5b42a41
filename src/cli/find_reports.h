/* Which files are reports: from the command line, from the policy's patterns, or by looking
 * around. */
#ifndef TIDEGATE_CLI_FIND_REPORTS_H
#define TIDEGATE_CLI_FIND_REPORTS_H

#include "model/diag.h"
#include "model/policy.h"

/* One file to read. */
struct found_report {
    const struct name *path; /* to open, as it is shown */
    const struct report_spec
        *spec; /* why it was found; NULL when named on the command line or discovered */
    const char
        *broken;      /* discovered by its name alone: the format that it should have; else NULL */
    int64_t modified; /* seconds since 1970 */
    bool missing;     /* too few files matched the spec: stands for what should be there */
    bool surplus;     /* stands for what should not be there, as too many files matched the spec, or
                         for what a folder that cannot be searched may hold */
    bool absent;      /* named on the command line, and there is no such file */
    size_t first, count; /* its reports in the pipeline, once it was read */
};

/* The `count` files in the given order, there or not. */
void find_named_reports(char *const *files, size_t count, struct names *names, struct vec *found);

/* Files that match the policy's patterns below `root`, each once for each pattern, sorted by
 * pattern, then path. A pattern that is not optional and matches nothing gives one entry with
 * `missing`, and a diagnostic; so do matches below `expect`. Matches above `expect` give one with
 * `surplus`. */
void find_policy_reports(const struct policy *policy, struct names *names, const char *root,
                         struct vec *found, struct diags *diags);

/* Looks through the folders below `root`, but not into hidden ones and those of dependencies, for
 * files that a format recognises with certainty by their content, or whose name is that of a report
 * and whose content is that of nothing else: empty, cut, an error page. What is named like a report
 * and is another document is told. Sorted by path. */
void find_usual_reports(struct names *names, const char *root, struct vec *found,
                        struct diags *diags);

/* Each file below `root` that a pattern of a policy can match (const struct name *, paths below the
 * root). */
void find_all_files(struct names *names, const char *root, struct vec *paths);

#endif
