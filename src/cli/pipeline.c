/* The flow of a check: bytes -> reports -> snapshot -> (with baseline and policy) verdict -> text.
 *
 * pipeline_check at the end is the table of contents: one call for each arrow. Above it stand the
 * stages in their order; what takes more than a page has a file of its own: find_reports,
 * choose_baseline, carried_groups, target_policy, judge_by_target. */
#include "cli/pipeline.h"

#include "cli/bare_classes.h"
#include "cli/carried_groups.h"
#include "cli/choose_baseline.h"
#include "cli/committed_reports.h"
#include "cli/file_review.h"
#include "cli/find_reports.h"
#include "cli/judge_by_target.h"
#include "cli/progress.h"
#include "cli/run_base.h"
#include "cli/same_commit.h"
#include "cli/same_content.h"
#include "cli/show.h"

#include "base/mem.h"
#include "base/path.h"
#include "collectors/collectors.h"
#include "measure/carry.h"

#include <stdlib.h>

void pipeline_init(struct pipeline *pipeline, struct session *session)
{
    *pipeline = (struct pipeline){
        .session = session, .policy = &session->policy, .diags = &session->run.diags};
    vec_init(&pipeline->found, sizeof(struct found_report));
    vec_init(&pipeline->reports, sizeof(struct report *));
    vec_init(&pipeline->paths.examples, sizeof(struct measure_path));
    snapshot_init(&pipeline->snapshot, &session->run.names);
    baseline_init(&pipeline->baseline, &session->run.names);
    target_policy_init(&pipeline->target, session);
    verdict_init(&pipeline->verdict);
}

void pipeline_release(struct pipeline *pipeline)
{
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        report_close(*(struct report **)vec_at(&pipeline->reports, index));
    }
    vec_release(&pipeline->reports);
    vec_release(&pipeline->found);
    free(pipeline->specs);
    measure_paths_release(&pipeline->paths);
    snapshot_release(&pipeline->snapshot);
    baseline_release(&pipeline->baseline);
    verdict_release(&pipeline->verdict);
    target_policy_release(&pipeline->target);
}

/* ---- bytes -> reports ---- */

static void find(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    if (session_names_reports(session)) {
        find_named_reports(session->options->words, session->options->word_count,
                           &session->run.names, &pipeline->found);
    } else if (pipeline->policy->reports.count > 0) {
        find_policy_reports(pipeline->policy, &session->run.names, session->root, &pipeline->found,
                            pipeline->diags);
    } else {
        find_usual_reports(&session->run.names, session->root, &pipeline->found, pipeline->diags);
    }
}

/* Copies are known by their digests: a report beside which there is no other needs none, unless it
 * goes on to where others are. */
static bool wants_digest(const struct pipeline *pipeline)
{
    return pipeline->hands_on || pipeline->found.count != 1;
}

/* `file` is where the bytes are; the report is known by the path that was found. */
static struct report *read_one(struct pipeline *pipeline, const struct found_report *found,
                               const struct collector *format, const char *file)
{
    struct names *names = &pipeline->session->run.names;
    if (found->missing || found->surplus) {
        struct report *report = report_open(names, name_span(found->path));
        report->state = found->surplus ? STATE_DAMAGED : STATE_MISSING;
        report->format = format != NULL ? format->name : NULL;
        report->possible = format != NULL ? format->families : 0;
        return report;
    }
    struct input *input = input_open_file(file);
    if (!wants_digest(pipeline)) {
        input_omit_digest(input);
    }
    struct report *report = collectors_read(names, name_span(found->path), input, format);
    input_close(input);
    report->modified = found->modified;
    if (found->absent && report->state == STATE_DAMAGED) {
        report->state = STATE_MISSING; /* beside the reader's message that it is not there */
    }
    return report;
}

/* Adds a report, or the parts of a partial snapshot, with the policy's word about it. */
static void add_report(struct pipeline *pipeline, struct report *report,
                       const struct report_spec *spec)
{
    size_t count = pipeline->reports.count;
    size_t more = report_add_to(report, &pipeline->reports);
    size_t size = mem_product(count + more, sizeof(*pipeline->specs));
    pipeline->specs = mem_resize(pipeline->specs, size);
    for (size_t at = count; at < count + more; at++) {
        pipeline->specs[at] = spec;
    }
}

/* Whether the file is in the repository, or below the current folder if there is none; *rest: its
 * path there. */
static bool is_inside(const struct session *session, const char *file, struct span *rest)
{
    if (session->repo == NULL) {
        return !path_is_absolute(*rest) && !path_escapes(*rest);
    }
    return path_below(span_of(file), span_of(git_repo_root(session->repo)), rest);
}

/* The path in the repository; NULL when it is not there. */
static const struct name *place_of(struct session *session, const struct name *path)
{
    char *file = realpath(name_text(path), NULL);
    struct span rest = name_span(path);
    bool inside = file != NULL && is_inside(session, file, &rest);
    const struct name *place = inside ? names_add(&session->run.names, rest) : NULL;
    free(file);
    return place;
}

static const struct name *folder_of(struct session *session, const struct name *place)
{
    size_t slash = place != NULL ? span_find_last(name_span(place), '/') : SIZE_MAX;
    return slash != SIZE_MAX ? names_add(&session->run.names, span_until(name_span(place), slash))
                             : NULL;
}

void pipeline_read(struct pipeline *pipeline, const struct found_report *found,
                   const struct collector *forced, const char *file)
{
    const struct collector *format = forced;
    if (format == NULL && found->spec != NULL && found->spec->format != NULL) {
        format = collectors_find(name_span(found->spec->format));
    } else if (format == NULL && found->broken != NULL) {
        format = collectors_find(span_of(found->broken));
    }
    struct report *report = read_one(pipeline, found, format, file);
    const struct name *place = place_of(pipeline->session, found->path);
    report->folder = folder_of(pipeline->session, place);
    report->group = found->spec != NULL ? found->spec->group : NULL;
    report->root = found->spec != NULL ? found->spec->root : NULL;
    if (!found->missing && !found->surplus) {
        committed_reports_take(pipeline, report, place);
    }
    add_report(pipeline, report, found->spec);
}

enum err pipeline_collect(struct pipeline *pipeline, const char *format_word)
{
    struct session *session = pipeline->session;
    const struct collector *forced = NULL;
    struct progress progress;
    if (format_word != NULL && (forced = collectors_find(span_of(format_word))) == NULL) {
        diags_add_format(pipeline->diags, DIAG_CLI_FORMAT, NULL, 0, 0, "there is no format '%s'",
                         format_word);
        return ERR_USAGE;
    }
    find(pipeline);
    if (pipeline->found.count == 0) {
        diags_add(pipeline->diags, DIAG_CLI_NO_REPORTS, NULL, 0, 0, span_make(NULL, 0));
    }
    progress_start(&progress, session->quiet, pipeline->found.count);
    for (size_t index = 0; index < pipeline->found.count; index++) {
        struct found_report *found = vec_at(&pipeline->found, index);
        found->first = pipeline->reports.count;
        progress_step(&progress, index, name_text(found->path));
        pipeline_read(pipeline, found, forced, name_text(found->path));
        found->count = pipeline->reports.count - found->first;
    }
    progress_end(&progress);
    bare_classes_settle(&pipeline->reports);
    same_commit_check(&pipeline->reports, session->any_commit ? NULL : session->repo);
    same_content_check(pipeline);
    return ERR_NONE;
}

bool pipeline_has_bad_report(const struct pipeline *pipeline)
{
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        const struct report *report = *(struct report **)vec_at(&pipeline->reports, index);
        if (!report_spec_accepts(pipeline->specs[index], report)) {
            return true;
        }
    }
    return pipeline->reports.count == 0;
}

/* ---- ledger -> baseline ---- */

void pipeline_choose_baseline(struct pipeline *pipeline)
{
    choose_baseline(pipeline->session, pipeline->policy, &pipeline->baseline);
    pipeline->carries = true;
}

void pipeline_choose_carried(struct pipeline *pipeline, const struct name *branch)
{
    struct baseline *baseline = &pipeline->baseline;
    choose_carried(pipeline->session, branch, baseline, &pipeline->carries_newest);
    for (size_t index = 0; pipeline->carries_newest && index < baseline->recent.count; index++) {
        const struct carry_from late = {vec_at(&baseline->recent, index),
                                        *(int64_t *)vec_at(&baseline->recent_times, index), NULL};
        carry_freshen(&baseline->snapshot, baseline->time, &late);
    }
    pipeline->carries = true;
}

/* ---- reports -> snapshot ---- */

static enum err measure(struct pipeline *pipeline, struct repo_paths *paths)
{
    struct vec groups; /* const struct name *: those that are carried over */
    const struct git_repo *repo = pipeline->session->repo;
    vec_init(&groups, sizeof(const struct name *));
    carried_groups_take(pipeline, &groups);
    size_t errors = pipeline->diags->errors;
    if (repo != NULL) {
        pipeline->snapshot.commit = git_repo_commit(repo);
        pipeline->snapshot.tree = git_repo_tree(repo);
    }
    measure_reports(&pipeline->reports, pipeline->specs, pipeline->policy, paths,
                    &pipeline->snapshot, &pipeline->paths, pipeline->diags);
    carried_groups_add(pipeline, &groups);
    struct names *names = &pipeline->session->run.names;
    pipeline->unresolved = measure_paths_text(&pipeline->paths, names);
    pipeline->left_out = measure_left_out_text(&pipeline->paths, pipeline->policy, names);
    vec_release(&groups);
    return pipeline->diags->errors > errors ? ERR_POLICY : ERR_NONE;
}

enum err pipeline_measure(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    struct vec tracked; /* const struct name *: files of the repository */
    bool in_repo = session->repo != NULL;
    enum err err = ERR_NONE;
    vec_init(&tracked, sizeof(const struct name *));
    if (in_repo) {
        err = git_repo_tracked(session->repo, &tracked, pipeline->diags);
    }
    if (err == ERR_NONE) {
        struct repo_paths *paths =
            repo_paths_open(&session->run.names, in_repo ? &tracked : NULL,
                            span_of(in_repo ? git_repo_root(session->repo) : ""));
        err = measure(pipeline, paths);
        repo_paths_close(paths);
    }
    vec_release(&tracked);
    return err;
}

/* ---- snapshot + baseline + policy -> verdict ---- */

struct evaluation pipeline_evaluation(const struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    return (struct evaluation){
        .names = &session->run.names,
        .policy = pipeline->policy,
        .now = &pipeline->snapshot,
        .baseline = &pipeline->baseline,
        .today = session_today(),
        .commit_time = session->repo != NULL ? git_repo_commit_time(session->repo) : 0,
        .specs = pipeline->specs,
        .reports = &pipeline->reports,
    };
}

void pipeline_judge(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    struct evaluation evaluation = pipeline_evaluation(pipeline);
    const struct file_review review = {
        .evaluation = &evaluation, .verdict = &pipeline->verdict, .diags = pipeline->diags};
    file_review(session, &review);
    gates_evaluate(&evaluation, &pipeline->verdict, pipeline->diags);
}

/* ---- verdict -> text ---- */

enum exit_code pipeline_show(struct pipeline *pipeline)
{
    const struct session *session = pipeline->session;
    const struct scene scene = {
        .program_version = TIDEGATE_VERSION,
        .verdict = &pipeline->verdict,
        .policy = &session->policy,
        .policy_change = &pipeline->target.change,
        .snapshot = &pipeline->snapshot,
        .baseline = &pipeline->baseline,
        .reports = &pipeline->reports,
        .diags = &session->run.diags,
        .unresolved = pipeline->unresolved,
        .left_out = pipeline->left_out,
        .colour = session_colour(),
        .verbose = session->verbose,
        .width = session_width(),
    };
    return show(pipeline->session, &scene, pipeline->verdict.exit_code);
}

/* ---- the whole ---- */

/* Nothing was judged: the verdict says so, and the run's messages say why. */
static enum exit_code refuse(struct pipeline *pipeline)
{
    const struct session *session = pipeline->session;
    const struct scene scene = {
        .program_version = TIDEGATE_VERSION,
        .verdict = &pipeline->verdict,
        .reports = &pipeline->reports,
        .diags = &session->run.diags,
        .verbose = session->verbose,
    };
    pipeline->verdict.outcome = OUTCOME_NO_DATA;
    pipeline->verdict.exit_code = EXIT_USAGE;
    show_refusal(pipeline->session, &scene);
    return EXIT_USAGE;
}

enum exit_code pipeline_check(struct session *session)
{
    struct pipeline pipeline;
    enum exit_code code = EXIT_USAGE;
    if (show_check_options(session) != ERR_NONE) {
        session_complain(session);
        return code;
    }
    pipeline_init(&pipeline, session);
    enum err err = session_repo(session);
    if (err == ERR_NONE) {
        err = run_base_check_repo(session);
    }
    if (err == ERR_NONE) {
        err = session_policy_judges(session);
    }
    if (err == ERR_NONE) {
        err = pipeline_collect(&pipeline, options_value(session->options, "format"));
    }
    if (err == ERR_NONE) {
        pipeline_choose_baseline(&pipeline);
        err = pipeline_measure(&pipeline);
    }
    if (err == ERR_NONE) {
        target_policy_find(&pipeline.target, &pipeline.baseline);
        committed_reports_tell(&pipeline);
        pipeline_judge(&pipeline);
        judge_by_target(&pipeline);
        code = pipeline_show(&pipeline);
    } else {
        code = refuse(&pipeline);
    }
    pipeline_release(&pipeline);
    return code;
}
