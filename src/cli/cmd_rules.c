/* tidegate rules: list the kinds of rules and their parameters. */
#include "cli/catalogue.h"
#include "cli/command.h"

static enum exit_code run(const struct options *options)
{
    return catalogue_print(options, catalogue_rules);
}

static const struct option_spec options[] = {CATALOGUE_OPTION, {NULL, 0, NULL, NULL}};

const struct command command_rules = {
    .name = "rules",
    .words = "",
    .summary = "list the kinds of rules and their parameters",
    .text = "Naming a parameter under a metric in `gates:` asks for a rule of its kind.",
    .examples = NULL,
    .options = options,
    .run = run,
};
