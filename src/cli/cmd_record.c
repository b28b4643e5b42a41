/* tidegate record: append the snapshot of this commit to the ledger. */
#include "cli/command.h"
#include "cli/committed_reports.h"
#include "cli/file_record.h"
#include "cli/lost_families.h"
#include "cli/open_ledger.h"
#include "cli/pipeline.h"
#include "cli/run_base.h"
#include "cli/target_file.h"
#include "render/escape.h"

enum {
    ANCESTORS = 200,   /* first parents that tell the order of entries */
    TRIES_CARRIED = 50 /* others who record groups of their own come first so often */
};

/* One run of it all. While somebody else is recording groups that were carried over here, it must
 * begin again from the reports on. */
struct attempt {
    bool last;     /* in: there will be no other one */
    bool outdated; /* out: begin again; nothing was said */
};

/* The entry that groups were carried over from; NULL if none were. */
static const struct name *carried_from(const struct pipeline *pipeline)
{
    const struct vec *sources = &pipeline->snapshot.sources;
    for (size_t index = 0; index < sources->count; index++) {
        if (((const struct snapshot_source *)vec_at(sources, index))->carried_from != NULL) {
            return pipeline->baseline.entry;
        }
    }
    return NULL;
}

static enum exit_code tell_recorded(const struct pipeline *pipeline, const char *word,
                                    const struct name *branch, const struct name *entry)
{
    const struct snapshot *snapshot = &pipeline->snapshot;
    struct buf text = {NULL, 0, 0};
    if (!pipeline->session->quiet) {
        buf_add_format(&text, "%s %.12s for ", word, name_text(snapshot->commit));
        escape_add_text(&text, name_span(branch), 0);
        buf_add_text(&text, ": ");
        buf_add_count(&text, snapshot->metrics.count, "metric", "metrics");
        buf_add_text(&text, " from ");
        buf_add_count(&text, snapshot->sources.count, "report", "reports");
        buf_add_format(&text, ", ledger entry %.12s\n", name_text(entry));
    }
    return session_print(&text, EXIT_OPEN);
}

static enum exit_code append(struct pipeline *pipeline, const struct name *branch,
                             struct attempt *attempt)
{
    struct session *session = pipeline->session;
    struct git_ledger *ledger = NULL;
    const struct name *entry = NULL;
    bool already = false;
    const struct vec *parents = git_repo_parents(session->repo);
    struct vec ancestors;
    vec_init(&ancestors, sizeof(const struct name *));
    git_repo_first_parents(session->repo, pipeline->snapshot.commit, ANCESTORS, &ancestors);
    const struct ledger_record record = {
        .snapshot = &pipeline->snapshot,
        .branch = branch,
        .parent = parents->count > 0 ? *(const struct name **)vec_at(parents, 0) : NULL,
        .ancestors = &ancestors,
        .before = session->ci.event == CI_PUSH ? session->ci.base_commit : NULL,
        .forced = session->ci.forced,
        .commit_time = git_repo_commit_time(session->repo),
        .run_url = session->ci.run_url,
        .policy = buf_span(&session->policy_text),
        .rules = &session->policy,
        .today = session_today(),
        .codeowners = target_file_codeowners(session),
        .carried_from = carried_from(pipeline),
        .carried_newest = pipeline->carries_newest,
        .program_version = TIDEGATE_VERSION,
        .time = session_now(),
    };
    enum exit_code code = EXIT_PUBLISH;
    enum err err = open_ledger(session, true, &ledger);
    if (err == ERR_NONE) {
        err = lost_families_check(session, ledger, branch, &pipeline->snapshot);
        code = err == ERR_MISSING ? EXIT_REPORT : EXIT_PUBLISH;
    }
    if (err == ERR_NONE) {
        err = git_ledger_append(ledger, &record, &entry, &already, &session->run.diags);
    }
    git_ledger_close(ledger);
    vec_release(&ancestors);
    attempt->outdated = err == ERR_OUTDATED && !attempt->last;
    if (attempt->outdated) {
        return code;
    }
    if (err == ERR_OUTDATED) {
        diags_add(&session->run.diags, DIAG_LEDGER_BUSY, NULL, 0, 0, span_make(NULL, 0));
    }
    session_complain(session);
    if (err != ERR_NONE) {
        return code;
    }
    return tell_recorded(pipeline, already ? "already recorded" : "recorded", branch, entry);
}

/* A snapshot with holes would become a baseline with holes: nothing is recorded then. */
static enum exit_code refuse_bad_reports(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        const struct report *report = *(struct report **)vec_at(&pipeline->reports, index);
        if (!report_spec_accepts(pipeline->specs[index], report)) {
            session_complain_of(session, &report->diags);
            diags_add_format(&session->run.diags, DIAG_CLI_NOT_RECORDED, report->path, 0, 0,
                             "nothing was recorded, because this report is %s",
                             state_text(report->state));
        }
    }
    session_complain(session);
    return EXIT_REPORT;
}

/* A `present` rule says how old reports may be. Values from older ones are of another commit, so
 * they may not move a bar, whatever the rule's severity and waivers. */
static bool has_stale_report(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    const struct evaluation evaluation = pipeline_evaluation(pipeline);
    struct diags ignored;
    bool stale = false;
    diags_init(&ignored, &session->run.names);
    gates_evaluate(&evaluation, &pipeline->verdict, &ignored);
    for (size_t index = 0; index < pipeline->verdict.checks.count; index++) {
        const struct check *check = vec_at(&pipeline->verdict.checks, index);
        if (check->now_state == STATE_STALE) {
            diags_add_format(&session->run.diags, DIAG_CLI_NOT_RECORDED, NULL, 0, 0,
                             "nothing was recorded: %s", name_text(check->why));
            stale = true;
        }
    }
    diags_release(&ignored);
    return stale;
}

/* The branch that this commit belongs to. A pull request's or queue's run belongs to none yet:
 * recorded for its target, it would forge the target's baseline. */
static const struct name *own_branch(struct session *session)
{
    const struct name *given = session_branch_given(session);
    if (given != NULL) {
        return given;
    }
    if (run_base_is_change(session)) {
        return NULL;
    }
    bool on_branch = session->ci.event == CI_PUSH || session->ci.event == CI_SCHEDULE;
    return on_branch && session->ci.branch != NULL ? session->ci.branch
                                                   : git_repo_branch(session->repo);
}

/* Groups that this run has not measured are taken over from what the branch knew then. */
static enum err measure(struct pipeline *pipeline, const struct name *branch)
{
    struct session *session = pipeline->session;
    if (session->repo != NULL && branch != NULL && session->policy.ledger_file == NULL &&
        policy_adds_groups(&session->policy)) {
        pipeline_choose_carried(pipeline, branch);
    }
    return pipeline_measure(pipeline);
}

static enum exit_code record(struct pipeline *pipeline, struct attempt *attempt)
{
    struct session *session = pipeline->session;
    const struct name *branch = session->repo != NULL ? own_branch(session) : NULL;
    if (session_policy_judges(session) != ERR_NONE ||
        pipeline_collect(pipeline, options_value(session->options, "format")) != ERR_NONE ||
        measure(pipeline, branch) != ERR_NONE) {
        session_complain(session);
        return EXIT_USAGE;
    }
    bool to_file = session->policy.ledger_file != NULL;
    if (!to_file && (session->repo == NULL || pipeline->snapshot.commit == NULL)) {
        diags_add(&session->run.diags, DIAG_CLI_NO_COMMIT, NULL, 0, 0, span_make(NULL, 0));
        session_complain(session);
        return EXIT_PUBLISH;
    }
    if (pipeline_has_bad_report(pipeline)) {
        return refuse_bad_reports(pipeline);
    }
    committed_reports_tell(pipeline);
    if (has_stale_report(pipeline)) {
        session_complain(session);
        return EXIT_REPORT;
    }
    if (to_file) {
        return file_record(session, &pipeline->snapshot);
    }
    if (branch == NULL) {
        diags_add(&session->run.diags, DIAG_CLI_NO_BRANCH, NULL, 0, 0, span_make(NULL, 0));
        session_complain(session);
        return EXIT_USAGE;
    }
    return ledger_may_push(session) ? append(pipeline, branch, attempt) : EXIT_USAGE;
}

static enum exit_code run_once(const struct options *options, struct attempt *attempt)
{
    struct session session;
    struct pipeline pipeline;
    enum exit_code code = EXIT_USAGE;
    session_open(&session, options);
    pipeline_init(&pipeline, &session);
    if (session_repo(&session) == ERR_NONE) {
        code = record(&pipeline, attempt);
    } else {
        session_complain(&session);
    }
    pipeline_release(&pipeline);
    session_close(&session);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct attempt attempt = {.outdated = true};
    enum exit_code code = EXIT_PUBLISH;
    for (unsigned tries = 1; attempt.outdated; tries++) {
        attempt = (struct attempt){.last = tries == TRIES_CARRIED};
        code = run_once(options, &attempt);
    }
    return code;
}

static const struct option_spec options[] = {
    {"branch", 'b', "NAME", "record for this branch instead of the one that the run belongs to"},
    {"format", 'f', "NAME", "read every report as this format instead of looking at its content"},
    {"accept-loss", 0, NULL,
     "record although a family of metrics of the newest entry is gone, and no policy lists the "
     "reports"},
    {"push", 0, NULL, "record at the ledger's remote although this is no CI run"},
    DEADLINE_OPTION,
    {NULL, 0, NULL, NULL},
};

const struct command command_record = {
    .name = "record",
    .words = "[REPORT...]",
    .summary = "append this commit's snapshot to the ledger",
    .text =
        "Run it on protected branches after the tools have run. Whether the gate is open does not\n"
        "matter; that every report is complete does, because a baseline with holes would hide\n"
        "what gets worse, and that none is older than a `present` rule allows. Recording the same "
        "commit twice changes nothing.\n"
        "With `ledger: file` in the policy it writes that file in the work tree, to be committed\n"
        "with the change.",
    .examples = "  tidegate record\n  tidegate record --branch main build/junit.xml\n",
    .options = options,
    .run = run,
};
