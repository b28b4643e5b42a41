/* tidegate check: collect, measure, compare, judge, report. */
#include "cli/command.h"
#include "cli/open_ledger.h"
#include "cli/pipeline.h"
#include "cli/show.h"

static enum exit_code run(const struct options *options)
{
    struct session session;
    session_open(&session, options);
    enum exit_code code = pipeline_check(&session);
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"base", 'b', "COMMIT|FILE",
     "compare with the entry of this commit (an id, branch or tag), or with a snapshot file"},
    {"format", 'f', "NAME", "read every report as this format instead of looking at its content"},
    OFFLINE_OPTION,
    DEADLINE_OPTION,
    SHOW_OPTION,
    {NULL, 0, NULL, NULL},
};

const struct command command_check = {
    .name = "check",
    .words = "[REPORT...]",
    .summary = "read the reports, compare with the baseline, open or close the gate",
    .text =
        "Without REPORT the reports of the policy file are read; without a policy file, "
        "reports are\n"
        "found by content (but not plain-text logs) and useful defaults apply. A REPORT belongs "
        "to no\ngroup of the policy. Nothing is recorded.",
    .examples = "  tidegate check\n"
                "  tidegate check build/junit.xml coverage/lcov.info\n"
                "  tidegate check --output text --output markdown=summary.md\n",
    .options = options,
    .run = run,
};
