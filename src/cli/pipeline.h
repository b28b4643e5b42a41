/* The stages of a run, one call each. Read pipeline.c first: it is the program's table of
 * contents. */
#ifndef TIDEGATE_CLI_PIPELINE_H
#define TIDEGATE_CLI_PIPELINE_H

#include "cli/session.h"
#include "cli/target_policy.h"
#include "gates/gates.h"
#include "measure/measure.h"
#include "model/report.h"
#include "model/scene.h"

/* What the stages hand on. Life cycle: pipeline_init, stages in order, pipeline_release. */
struct pipeline {
    struct session *session;
    const struct policy *policy;      /* by which this runs: the session's, or the target's */
    struct diags *diags;              /* where it says what it finds */
    bool hands_on;                    /* a partial snapshot of the reports is written */
    struct vec found;                 /* struct found_report */
    struct vec reports;               /* struct report *, one for each of `found` */
    const struct report_spec **specs; /* the spec of each report, or NULL */
    const struct name *committed;     /* the first report that came with the checkout; NULL: none */
    size_t committed_count;
    struct measure_paths paths;
    const struct name *unresolved; /* a sentence, NULL if all paths were found */
    const struct name *left_out; /* a sentence, NULL if `include` and `exclude` left nothing out */
    struct snapshot snapshot;
    struct baseline baseline;
    bool carries;        /* groups that were not measured may be taken from the baseline */
    bool carries_newest; /* which is the branch's newest entry */
    struct target_policy target;
    struct verdict verdict;
};

void pipeline_init(struct pipeline *pipeline, struct session *session);
void pipeline_release(struct pipeline *pipeline);

/* bytes -> reports: from the command line's words, the policy, or the usual places. `format` forces
 * one. */
enum err pipeline_collect(struct pipeline *pipeline, const char *format);
/* ledger -> baseline: what this run is compared with, or the entry of `branch` that a recording
 * takes groups from. */
void pipeline_choose_baseline(struct pipeline *pipeline);
void pipeline_choose_carried(struct pipeline *pipeline, const struct name *branch);
/* Reads one report, with the bytes of `file`, and adds it. `forced` NULL: the format that the
 * policy names, else by content. */
struct found_report;
struct collector;
void pipeline_read(struct pipeline *pipeline, const struct found_report *found,
                   const struct collector *forced, const char *file);
/* reports -> snapshot. */
enum err pipeline_measure(struct pipeline *pipeline);
/* snapshot + baseline + policy -> verdict. */
void pipeline_judge(struct pipeline *pipeline);
/* All that a verdict is made of. It borrows from the pipeline. */
struct evaluation pipeline_evaluation(const struct pipeline *pipeline);
/* verdict -> text, files and exit code. */
enum exit_code pipeline_show(struct pipeline *pipeline);

/* The whole check. */
enum exit_code pipeline_check(struct session *session);

/* Is any report damaged, empty, missing or partial in a way that the policy does not accept? */
bool pipeline_has_bad_report(const struct pipeline *pipeline);

#endif
