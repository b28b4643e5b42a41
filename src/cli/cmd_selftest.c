/* tidegate selftest: the proof, on copies, that this repository's gate can fail. */
#include "cli/command.h"
#include "cli/open_ledger.h"
#include "cli/selftest_reports.h"
#include "cli/snapshot_word.h"

#include "gates/prove.h"
#include "render/selftest_view.h"

#include <string.h>

static bool has_sound_report(const struct pipeline *pipeline)
{
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        if ((*(struct report **)vec_at(&pipeline->reports, index))->state == STATE_OK) {
            return true;
        }
    }
    return false;
}

static void prove(struct pipeline *pipeline, bool from_reports, struct selftest *selftest)
{
    struct evaluation now = pipeline_evaluation(pipeline);
    now.baseline = NULL; /* the snapshot itself stands in for one */
    if (!from_reports) {
        now.specs = NULL;
        now.reports = NULL;
    }
    gates_prove(&now, selftest);
}

/* Without reports: the newest snapshot that was fetched or recorded here. The remote is not
 * asked. */
static enum err take_newest(struct pipeline *pipeline, struct selftest *selftest)
{
    struct session *session = pipeline->session;
    struct git_ledger *ledger = NULL;
    struct vec entries;
    struct buf text = {0};
    enum err err = session->repo != NULL ? open_ledger(session, false, &ledger) : ERR_MISSING;
    vec_init(&entries, sizeof(struct ledger_entry));
    if (err == ERR_NONE) {
        err = git_ledger_list(ledger, 1, &entries, &session->run.diags);
    }
    if (err == ERR_NONE && entries.count > 0) {
        const struct ledger_entry *entry = vec_at(&entries, 0);
        snapshot_release(&pipeline->snapshot);
        snapshot_init(&pipeline->snapshot, &session->run.names);
        err = git_ledger_read(ledger, entry->id, entry->branch, &pipeline->snapshot,
                              &session->run.diags);
        buf_add_format(&text,
                       "ledger entry %.12s, because no report is here; reports themselves "
                       "were not tested",
                       name_text(entry->id));
        selftest->source = names_add(&session->run.names, buf_span(&text));
    }
    buf_release(&text);
    vec_release(&entries);
    git_ledger_close(ledger);
    return err == ERR_NONE && selftest->source == NULL ? ERR_MISSING : err;
}

static enum exit_code print(struct session *session, const struct selftest *selftest)
{
    const char *output = options_value(session->options, "output");
    enum exit_code code = selftest->count[SELFTEST_CANNOT] > 0 ? EXIT_CLOSED : EXIT_OPEN;
    const struct selftest_view view = {selftest, session_colour(), session_width()};
    struct buf text = {0};
    if (output != NULL && strcmp(output, "json") == 0) {
        selftest_json(&view, &text);
    } else if (!session->quiet) {
        selftest_text(&view, &text);
    }
    return session_print(&text, code);
}

static enum exit_code test_reports(struct pipeline *pipeline, struct selftest *selftest)
{
    struct buf text = {0};
    buf_add_count(&text, pipeline->reports.count, "report", "reports");
    selftest->source = names_add(&pipeline->session->run.names, buf_span(&text));
    buf_release(&text);
    prove(pipeline, true, selftest);
    if (selftest_reports(pipeline, selftest) != ERR_NONE) {
        session_complain(pipeline->session);
        return EXIT_PUBLISH;
    }
    return print(pipeline->session, selftest);
}

static enum exit_code test_newest(struct pipeline *pipeline, struct selftest *selftest)
{
    struct session *session = pipeline->session;
    if (take_newest(pipeline, selftest) != ERR_NONE) {
        diags_add(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                  SPAN("there is neither a usable report nor a ledger entry to test the gate "
                       "with; run the tools first"));
        session_complain(session);
        return EXIT_REPORT;
    }
    prove(pipeline, false, selftest);
    return print(session, selftest);
}

static enum exit_code test(struct session *session)
{
    struct pipeline pipeline;
    struct selftest selftest;
    enum exit_code code = EXIT_USAGE;
    const char *output = options_value(session->options, "output");
    selftest_init(&selftest, &session->run.names);
    pipeline_init(&pipeline, session);
    if (output != NULL && strcmp(output, "text") != 0 && strcmp(output, "json") != 0) {
        diags_add(&session->run.diags, DIAG_CLI_OUTPUT, NULL, 0, 0,
                  SPAN("selftest --output takes text or json"));
        session_complain(session);
    } else if (session_repo(session) == ERR_NONE && session_policy(session) == ERR_NONE &&
               pipeline_collect(&pipeline, NULL) == ERR_NONE &&
               pipeline_measure(&pipeline) == ERR_NONE) {
        code = has_sound_report(&pipeline) ? test_reports(&pipeline, &selftest)
                                           : test_newest(&pipeline, &selftest);
    } else {
        session_complain(session);
    }
    pipeline_release(&pipeline);
    selftest_release(&selftest);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    session_open(&session, options);
    enum exit_code code = test(&session);
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"output", 'o', "KIND", "text or json"},
    OFFLINE_OPTION,
    DEADLINE_OPTION,
    {NULL, 0, NULL, NULL},
};

const struct command command_selftest = {
    .name = "selftest",
    .words = "[REPORT...]",
    .summary = "prove on copies that this gate can fail",
    .text = "Makes what is measured worse, just beyond the bar of each rule, and spoils copies of "
            "the\n"
            "reports: missing, empty, cut, replaced. The gate must close each time, with the right "
            "exit\n"
            "code. The work tree, the ledger and its remote are not touched. The exit code is 0 "
            "when every\n"
            "blocking rule can fail, and 1 when one cannot.",
    .examples = "  tidegate selftest\n  tidegate selftest --config stricter.yml --output json\n",
    .options = options,
    .run = run,
};
