/* tidegate metrics: list the metrics that rules can name. */
#include "cli/catalogue.h"
#include "cli/command.h"

static enum exit_code run(const struct options *options)
{
    return catalogue_print(options, catalogue_metrics);
}

static const struct option_spec options[] = {CATALOGUE_OPTION, {NULL, 0, NULL, NULL}};

const struct command command_metrics = {
    .name = "metrics",
    .words = "",
    .summary = "list the metrics that rules can name",
    .text = "Any other dotted key is a number of your own, as a report states it.",
    .examples = NULL,
    .options = options,
    .run = run,
};
