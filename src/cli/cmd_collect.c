/* tidegate collect: read reports and print their metrics; nothing is compared or judged. */
#include "cli/command.h"
#include "cli/pipeline.h"
#include "cli/show.h"

#include "base/gzip_write.h"
#include "base/mem.h"
#include "measure/partial_write.h"
#include "render/collect.h"

#include <stdlib.h>
#include <unistd.h>

/* Reports without facts are no data: the exit code says so even if nobody reads the output. */
static enum exit_code code_of(const struct pipeline *pipeline)
{
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        const struct report *report = *(struct report **)vec_at(&pipeline->reports, index);
        if (report->state == STATE_DAMAGED || report->state == STATE_EMPTY ||
            report->state == STATE_MISSING ||
            (report->state == STATE_PARTIAL && !report_holds_facts(report))) {
            return EXIT_REPORT;
        }
    }
    return pipeline->reports.count > 0 ? EXIT_OPEN : EXIT_REPORT;
}

static enum exit_code print_collection(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    size_t count = pipeline->reports.count;
    struct buf text;
    struct snapshot *each = mem_alloc(mem_product(count + 1, sizeof(*each)));
    for (size_t index = 0; index < count; index++) {
        snapshot_init(&each[index], &session->run.names);
        measure_report(*(struct report **)vec_at(&pipeline->reports, index), &each[index]);
    }
    const struct collection collection = {
        .reports = &pipeline->reports,
        .each = each,
        .overall = &pipeline->snapshot,
        .diags = &session->run.diags,
        .unresolved = pipeline->unresolved,
        .colour = session_colour(),
        .verbose = session->verbose,
        .width = session_width(),
    };
    buf_init(&text);
    if (options_has(session->options, "json")) {
        collect_json(&collection, &text);
    } else if (!session->quiet) {
        collect_text(&collection, &text);
    }
    for (size_t index = 0; index < count; index++) {
        snapshot_release(&each[index]);
    }
    free(each);
    return session_print(&text, code_of(pipeline));
}

static void produce_partial(void *self, struct session_file *file)
{
    const struct pipeline *pipeline = self;
    const struct session *session = pipeline->session;
    struct partial_origin origin = {.commit = NULL};
    if (session->repo != NULL) {
        origin.work_tree = span_of(git_repo_root(session->repo));
        origin.commit = git_repo_commit(session->repo);
        origin.tree = git_repo_tree(session->repo);
    }
    struct gzip_writer *packed = gzip_open((struct gzip_out){session_file_add, file});
    partial_write(&pipeline->reports, &origin, (struct partial_out){gzip_add, packed});
    gzip_close(packed);
}

static enum err check_options(struct session *session)
{
    const struct options *given = session->options;
    bool to_standard_output = session_means_standard_output(span_of(options_value(given, "out")));
    const char *why = NULL;
    if (to_standard_output && options_has(given, "json")) {
        why = "--json and --out - both go to standard output";
    } else if (to_standard_output && isatty(STDOUT_FILENO) == 1) {
        why = "a partial snapshot is packed, and no terminal can show it: --out - wants a pipe";
    }
    if (why != NULL) {
        diags_add(&session->run.diags, DIAG_CLI_OUTPUT, NULL, 0, 0, span_of(why));
    }
    return why != NULL ? ERR_USAGE : ERR_NONE;
}

static enum exit_code collect(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    const char *out = options_value(session->options, "out");
    pipeline->hands_on = out != NULL;
    if (check_options(session) != ERR_NONE || session_policy(session) != ERR_NONE ||
        pipeline_collect(pipeline, options_value(session->options, "format")) != ERR_NONE) {
        session_complain(session);
        return EXIT_USAGE;
    }
    if (pipeline->reports.count == 0) {
        session_complain(session);
        return EXIT_REPORT;
    }
    if (pipeline_measure(pipeline) != ERR_NONE) {
        session_complain(session);
        return EXIT_USAGE;
    }
    enum err err = ERR_NONE;
    if (out != NULL) {
        err = session_write_pieces(session, out, produce_partial, pipeline);
    }
    session->quiet = session->quiet || session_means_standard_output(span_of(out));
    enum exit_code code = print_collection(pipeline);
    if (err != ERR_NONE) {
        session_complain(session);
        return EXIT_PUBLISH;
    }
    if (session->quiet && !options_has(session->options, "json")) {
        show_errors(session, &pipeline->reports, code);
    }
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    struct pipeline pipeline;
    enum exit_code code = EXIT_USAGE;
    session_open(&session, options);
    pipeline_init(&pipeline, &session);
    /* The repository tells which paths are the same file. Named reports can be read without; but a
     * partial snapshot says in which work tree they were written. */
    bool bare = options->word_count > 0 && !options_has(options, "out");
    session.any_commit = bare; /* it prints what they hold */
    if (session_repo(&session) == ERR_NONE || bare) {
        code = collect(&pipeline);
    } else {
        session_complain(&session);
    }
    pipeline_release(&pipeline);
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"format", 'f', "NAME", "read every report as this format instead of looking at its content"},
    {"json", 'j', NULL, "print the document tidegate/collect/1 instead of a table"},
    {"out", 'o', "FILE",
     "write a partial snapshot (-: to standard output): all facts, to be merged by a later check "
     "or "
     "record"},
    {NULL, 0, NULL, NULL},
};

const struct command command_collect = {
    .name = "collect",
    .words = "[REPORT...]",
    .summary = "read reports and print their metrics",
    .text =
        "Nothing is compared or judged. The exit code is 3 when a report is damaged, missing or\n"
        "holds nothing. A partial snapshot written with --out is itself a report: give the files "
        "of all\n"
        "shards to `tidegate check`.",
    .examples = "  tidegate collect coverage/lcov.info\n"
                "  tidegate collect --json build/*.xml\n",
    .options = options,
    .run = run,
};
