/* tidegate compare: two snapshots side by side, without a verdict. */
#include "cli/command.h"
#include "cli/open_ledger.h"
#include "cli/session.h"
#include "cli/snapshot_word.h"

#include "render/compare.h"

#include <string.h>

static enum exit_code print_comparison(struct session *session, const struct comparison *comparison)
{
    struct buf text;
    const char *output = options_value(session->options, "output");
    buf_init(&text);
    if (output == NULL || strcmp(output, "text") == 0) {
        compare_text(comparison, &text);
    } else if (strcmp(output, "json") == 0) {
        compare_json(comparison, &text);
    } else if (strcmp(output, "markdown") == 0) {
        compare_markdown(comparison, &text);
    } else {
        diags_add(&session->run.diags, DIAG_CLI_OUTPUT, NULL, 0, 0,
                  SPAN("compare --output takes text, json or markdown"));
        session_complain(session);
        buf_release(&text);
        return EXIT_USAGE;
    }
    return session_print(&text, EXIT_OPEN);
}

static enum exit_code compare(struct session *session)
{
    struct snapshot base;
    struct snapshot now;
    enum exit_code code = EXIT_OPEN;
    char **words = session->options->words;
    snapshot_init(&base, &session->run.names);
    snapshot_init(&now, &session->run.names);
    if (snapshot_of_word(session, words[0], &base) == ERR_NONE &&
        snapshot_of_word(session, words[1], &now) == ERR_NONE) {
        const struct comparison comparison = {.base = &base,
                                              .now = &now,
                                              .base_label = words[0],
                                              .now_label = words[1],
                                              .all = session->verbose,
                                              .colour = session_colour(),
                                              .width = session_width()};
        code = print_comparison(session, &comparison);
    } else {
        session_complain(session);
        code = snapshot_exit(session);
    }
    snapshot_release(&base);
    snapshot_release(&now);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    enum exit_code code = EXIT_USAGE;
    session_open(&session, options);
    if (options->word_count == 2) {
        code = compare(&session);
    } else {
        diags_add(&session.run.diags, DIAG_CLI_USAGE, NULL, 0, 0,
                  SPAN("compare needs two of: ledger entry, commit, branch, snapshot file"));
        session_complain(&session);
    }
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"output", 'o', "KIND", "text, json or markdown"},
    OFFLINE_OPTION,
    DEADLINE_OPTION,
    {NULL, 0, NULL, NULL},
};

const struct command command_compare = {
    .name = "compare",
    .words = "BASE NOW",
    .summary = "show two snapshots side by side",
    .text = "BASE and NOW are ledger entries or code commits (both may be shortened to four "
            "digits), names\n"
            "of recorded branches, or snapshot files.",
    .examples = "  tidegate compare main 3f1c9aa\n  tidegate compare base.json main\n",
    .options = options,
    .run = run,
};
