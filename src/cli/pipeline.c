/* The flow of a check: bytes -> reports -> snapshot -> (with baseline and policy) verdict -> text.
 *
 * pipeline_check at the end is the table of contents: one call for each arrow. */
#include "cli/pipeline.h"

#include "cli/choose_baseline.h"
#include "cli/file_review.h"
#include "cli/find_reports.h"
#include "cli/progress.h"
#include "cli/same_commit.h"
#include "cli/show.h"

#include "base/mem.h"
#include "collectors/collectors.h"
#include "gates/gates.h"
#include "measure/carry.h"
#include "model/group_totals.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

static void find_named(struct pipeline *pipeline)
{
    const struct options *options = pipeline->session->options;
    for (size_t index = 0; index < options->word_count; index++) {
        struct stat status;
        struct found_report *found = vec_add(&pipeline->found);
        found->path = names_add(&pipeline->session->run.names, span_of(options->words[index]));
        found->modified = stat(options->words[index], &status) == 0 ? (int64_t)status.st_mtime : 0;
    }
}

static void find(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    if (session->words_are_reports && session->options->word_count > 0) {
        find_named(pipeline);
    } else if (pipeline->policy->reports.count > 0) {
        find_policy_reports(pipeline->policy, &session->run.names, session->root, &pipeline->found,
                            pipeline->diags);
    } else {
        find_usual_reports(&session->run.names, session->root, &pipeline->found, pipeline->diags);
    }
}

/* `file` is where the bytes are; the report is known by the path that was found. */
static struct report *read_one(struct session *session, const struct found_report *found,
                               const struct collector *format, const char *file)
{
    struct names *names = &session->run.names;
    if (found->missing || found->surplus) {
        struct report *report = report_open(names, name_span(found->path));
        report->state = found->surplus ? STATE_DAMAGED : STATE_MISSING;
        report->format = format != NULL ? format->name : NULL;
        report->possible = format != NULL ? format->families : 0;
        return report;
    }
    struct input *input = input_open_file(file);
    struct report *report = collectors_read(names, name_span(found->path), input, format);
    input_close(input);
    report->modified = found->modified;
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

static void check_commits(struct pipeline *pipeline)
{
    const struct git_repo *repo = pipeline->session->repo;
    struct checkout here = {NULL, NULL};
    if (repo != NULL) {
        here = (struct checkout){git_repo_commit(repo), git_repo_tree(repo)};
    }
    same_commit_check(&pipeline->reports, &here);
}

void pipeline_read(struct pipeline *pipeline, const struct found_report *found,
                   const struct collector *forced, const char *file)
{
    const struct collector *format = forced;
    if (format == NULL && found->spec != NULL && found->spec->format != NULL) {
        format = collectors_find(name_span(found->spec->format));
    }
    struct report *report = read_one(pipeline->session, found, format, file);
    report->group = found->spec != NULL ? found->spec->group : NULL;
    report->root = found->spec != NULL ? found->spec->root : NULL;
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
        const struct found_report *found = vec_at(&pipeline->found, index);
        progress_step(&progress, index, name_text(found->path));
        pipeline_read(pipeline, found, forced, name_text(found->path));
    }
    progress_end(&progress);
    check_commits(pipeline);
    return ERR_NONE;
}

/* ---- ledger -> baseline ---- */

void pipeline_choose_baseline(struct pipeline *pipeline)
{
    choose_baseline(pipeline->session, pipeline->policy, &pipeline->baseline);
    pipeline->carries = true;
}

void pipeline_choose_newest(struct pipeline *pipeline, const struct name *branch)
{
    struct baseline *baseline = &pipeline->baseline;
    choose_newest(pipeline->session, branch, baseline);
    for (size_t index = 0; index < baseline->recent.count; index++) {
        const struct carry_from late = {vec_at(&baseline->recent, index),
                                        *(int64_t *)vec_at(&baseline->recent_times, index)};
        carry_freshen(&baseline->snapshot, baseline->time, &late);
    }
    pipeline->carries = true;
}

/* ---- reports -> snapshot ---- */

static void describe_paths(struct pipeline *pipeline)
{
    const struct measure_paths *paths = &pipeline->paths;
    struct buf text;
    uint64_t lost = paths->unresolved + paths->ambiguous;
    if (lost == 0) {
        return;
    }
    buf_init(&text);
    buf_add_format(&text, "%llu of %llu report paths match no single file of the repository:",
                   (unsigned long long)lost, (unsigned long long)lost + paths->resolved);
    for (size_t index = 0; index < paths->examples.count && index < 3; index++) {
        const struct measure_path *example = vec_at(&paths->examples, index);
        buf_add_format(&text, "%s %s%s", index > 0 ? "," : "", name_text(example->path),
                       example->ambiguous ? " (several candidates)" : "");
    }
    buf_add_text(&text, paths->examples.count > 3 ? ", ..." : "");
    pipeline->unresolved = names_add(&pipeline->session->run.names, buf_span(&text));
    buf_release(&text);
}

/* ---- groups that this run did not measure ---- */

static void carry_groups(struct pipeline *pipeline, struct vec *groups)
{
    struct session *session = pipeline->session;
    struct snapshot nothing;
    if (!pipeline->carries || !policy_adds_groups(pipeline->policy)) {
        return;
    }
    snapshot_init(&nothing, &session->run.names);
    bool found = pipeline->baseline.state == BASELINE_FOUND &&
                 carry_wanted(&pipeline->reports, pipeline->specs);
    const struct carry_from from = {found ? &pipeline->baseline.snapshot : &nothing,
                                    found ? pipeline->baseline.time : 0};
    carry_take(&pipeline->reports, pipeline->specs, &from,
               session->repo != NULL ? git_repo_commit_time(session->repo) : 0, groups,
               pipeline->diags);
    snapshot_release(&nothing);
}

/* The bars are those of the branch's newest entry; of another one it is not known what part of them the groups are. */
static void retire_groups(const struct policy *policy, struct baseline *baseline)
{
    const struct snapshot *newest =
        baseline->recent.count > 0 ? vec_at(&baseline->recent, 0) : NULL;
    if (baseline->match == MATCH_LEDGER_FILE ||
        (newest != NULL && newest->commit == baseline->snapshot.commit)) {
        group_totals_retire_bars(&baseline->bars, policy, &baseline->snapshot);
    }
    group_totals_retire(policy, &baseline->snapshot);
}

/* Adds what was carried, and makes totals of groups on both sides. */
static void add_groups(struct pipeline *pipeline, const struct vec *groups)
{
    const struct carry_from from = {&pipeline->baseline.snapshot, pipeline->baseline.time};
    if (!policy_adds_groups(pipeline->policy)) {
        return;
    }
    carry_add(groups, &from, &pipeline->snapshot, pipeline->diags);
    group_totals_make(&pipeline->snapshot);
    if (pipeline->baseline.state == BASELINE_FOUND) {
        retire_groups(pipeline->policy, &pipeline->baseline);
        group_totals_make(&pipeline->baseline.snapshot);
    }
}

enum err pipeline_measure(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    struct vec tracked;
    struct vec groups;
    enum err err = ERR_NONE;
    vec_init(&tracked, sizeof(const struct name *));
    vec_init(&groups, sizeof(const struct name *));
    if (session->repo != NULL) {
        err = git_repo_tracked(session->repo, &tracked, pipeline->diags);
    }
    if (err == ERR_NONE) {
        const char *root = session->repo != NULL ? git_repo_root(session->repo) : "";
        struct repo_paths *paths = repo_paths_open(
            &session->run.names, session->repo != NULL ? &tracked : NULL, span_of(root));
        carry_groups(pipeline, &groups);
        size_t errors = pipeline->diags->errors;
        if (session->repo != NULL) {
            pipeline->snapshot.commit = git_repo_commit(session->repo);
            pipeline->snapshot.tree = git_repo_tree(session->repo);
        }
        measure_reports(&pipeline->reports, pipeline->specs, pipeline->policy, paths,
                        &pipeline->snapshot, &pipeline->paths, pipeline->diags);
        repo_paths_close(paths);
        add_groups(pipeline, &groups);
        describe_paths(pipeline);
        err = pipeline->diags->errors > errors ? ERR_POLICY : ERR_NONE;
    }
    vec_release(&tracked);
    vec_release(&groups);
    return err;
}

/* ---- snapshot + baseline + policy -> verdict ---- */

static struct evaluation evaluation_of(struct pipeline *pipeline)
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
    struct evaluation evaluation = evaluation_of(pipeline);
    const struct file_review review = {.policy = pipeline->policy,
                                       .now = &pipeline->snapshot,
                                       .baseline = &pipeline->baseline,
                                       .verdict = &pipeline->verdict,
                                       .diags = pipeline->diags};
    file_review(session, &review);
    gates_evaluate(&evaluation, &pipeline->verdict, pipeline->diags);
}

/* ---- the same by the target's policy ---- */

void pipeline_find_target(struct pipeline *pipeline)
{
    target_policy_find(&pipeline->target, pipeline->session, &pipeline->baseline);
}

/* What the change's policy measures must satisfy the target's watch over denominators too: it is what will be recorded
 * after the merge. */
static void watch_own(struct pipeline *target, const struct snapshot *own)
{
    struct evaluation evaluation = evaluation_of(target);
    evaluation.now = own;
    gates_watch(&evaluation, &target->verdict);
}

/* Errors of the second way belong to the verdict only if it objects, and only if the first way did not meet them. */
static void add_target_diags(struct pipeline *pipeline)
{
    const struct diags *more = &pipeline->target.diags;
    bool objects = pipeline->target.change.state == TARGET_UNREADABLE;
    for (size_t index = 0; index < pipeline->verdict.checks.count; index++) {
        const struct check *check = vec_at(&pipeline->verdict.checks, index);
        objects = objects || (check->origin != NULL && check_blocks(check));
    }
    for (size_t index = 0; objects && index < diags_count(more); index++) {
        const struct diag *diag = diags_at(more, index);
        bool known = diag->severity != SEVERITY_ERROR;
        for (size_t at = 0; !known && at < diags_count(pipeline->diags); at++) {
            const struct diag *other = diags_at(pipeline->diags, at);
            known = other->code == diag->code && other->text == diag->text;
        }
        if (!known) {
            diags_add(pipeline->diags, diag->code, diag->file, diag->line, diag->column,
                      name_span(diag->text));
        }
    }
}

static void run_target(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    const struct objection objection = {.origin = pipeline->target.origin,
                                        .waiver = pipeline->target.waiver,
                                        .broken_only = pipeline->target.broken_only};
    struct pipeline target;
    pipeline_init(&target, session);
    target.policy = &pipeline->target.policy;
    target.diags = &pipeline->target.diags;
    /* Errors leave metrics out, and rules about those say NO_DATA. */
    pipeline_collect(&target, options_value(session->options, "format"));
    pipeline_choose_baseline(&target);
    pipeline_measure(&target);
    pipeline_judge(&target);
    /* The first policy file may list less than was found without it. */
    if (!pipeline->target.broken_only) {
        watch_own(&target, &pipeline->snapshot);
    }
    gates_join(&pipeline->verdict, &target.verdict, &objection, &session->run.names);
    pipeline_release(&target);
}

void pipeline_judge_by_target(struct pipeline *pipeline)
{
    const struct policy_change *change = &pipeline->target.change;
    if (change->state == TARGET_DIFFERENT) {
        run_target(pipeline);
    } else if (change->state == TARGET_UNREADABLE) {
        gates_refuse_target(&pipeline->verdict, pipeline->target.origin, change->reason,
                            &pipeline->session->run.names);
    }
    add_target_diags(pipeline);
}

bool pipeline_has_bad_report(const struct pipeline *pipeline)
{
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        const struct report *report = *(struct report **)vec_at(&pipeline->reports, index);
        if (!report_spec_accepts(pipeline->specs[index], report->state)) {
            return true;
        }
    }
    return pipeline->reports.count == 0;
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
        .colour = session_colour(),
        .verbose = session->verbose,
        .width = session_width(),
    };
    return show(pipeline->session, &scene, pipeline->verdict.exit_code);
}

/* ---- the whole ---- */

enum exit_code pipeline_check(struct session *session)
{
    struct pipeline pipeline;
    enum exit_code code = EXIT_USAGE;
    pipeline_init(&pipeline, session);
    enum err err = session_repo(session);
    if (err == ERR_NONE) {
        err = session_policy(session);
    }
    if (err == ERR_NONE) {
        err = show_check_options(session);
    }
    if (err == ERR_NONE) {
        err = pipeline_collect(&pipeline, options_value(session->options, "format"));
    }
    if (err == ERR_NONE) {
        pipeline_choose_baseline(&pipeline);
        err = pipeline_measure(&pipeline);
    }
    if (err == ERR_NONE) {
        pipeline_find_target(&pipeline);
        pipeline_judge(&pipeline);
        pipeline_judge_by_target(&pipeline);
        code = pipeline_show(&pipeline);
    } else {
        session_complain(session);
    }
    pipeline_release(&pipeline);
    return code;
}
