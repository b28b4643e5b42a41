/* tidegate codes: list the codes of all diagnostics. */
#include "cli/catalogue.h"
#include "cli/command.h"

static enum exit_code run(const struct options *options)
{
    return catalogue_print(options, catalogue_codes);
}

static const struct option_spec options[] = {CATALOGUE_OPTION, {NULL, 0, NULL, NULL}};

const struct command command_codes = {
    .name = "codes",
    .words = "",
    .summary = "list the codes of all diagnostics",
    .text = "Each message ends in such a code; `tidegate explain CODE` tells more.",
    .examples = NULL,
    .options = options,
    .run = run,
};
