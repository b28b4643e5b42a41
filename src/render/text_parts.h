/* The parts of the text output: checks, metrics, reports with their diagnostics, failed tests
 * and findings. Each writes nothing when there is nothing to say, else a blank line, a heading
 * and its rows. */
#ifndef TIDEGATE_RENDER_TEXT_PARTS_H
#define TIDEGATE_RENDER_TEXT_PARTS_H

#include "model/scene.h"
#include "render/details.h"
#include "render/terminal.h"

/* Rules that are broken, without data, warned about, waived or informing: a block each. */
void text_checks_broken(const struct terminal *terminal, const struct scene *scene);
/* Rules that passed: a line each, with `verbose` the sentence too. */
void text_checks_passed(const struct terminal *terminal, const struct scene *scene);

/* What the change does to the policy: a line each. */
void text_policy_change(const struct terminal *terminal, const struct scene *scene);

/* A table of all metrics of a snapshot. */
void text_metrics(const struct terminal *terminal, const struct snapshot *snapshot,
                  const char *heading);

/* Reports that are not ok, with their diagnostics; one line about warnings in those that are.
 * `verbose`: all reports with all diagnostics. */
void text_reports(const struct terminal *terminal, const struct vec *reports, bool verbose);
/* Diagnostics that belong to no report. */
void text_diags(const struct terminal *terminal, const struct diags *diags, bool verbose);

void text_failed_tests(const struct terminal *terminal, const struct details *details,
                       bool verbose);
void text_findings(const struct terminal *terminal, const struct details *details, bool verbose);

#endif
