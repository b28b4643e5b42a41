/* tidegate formats: list the report formats that are read. */
#include "cli/catalogue.h"
#include "cli/command.h"

static enum exit_code run(const struct options *options)
{
    return catalogue_print(options, catalogue_formats);
}

static const struct option_spec options[] = {CATALOGUE_OPTION, {NULL, 0, NULL, NULL}};

const struct command command_formats = {
    .name = "formats",
    .words = "",
    .summary = "list the report formats that are read",
    .text = "The name is the word for --format and for `format:` in the policy. Usually the "
            "content\ndecides and no name is needed.",
    .examples = NULL,
    .options = options,
    .run = run,
};
