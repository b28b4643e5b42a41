/* tidegate schema: the JSON Schema of the policy file, for completion in editors. */
#include "cli/command.h"
#include "cli/session.h"

static enum exit_code run(const struct options *options)
{
    struct buf text;
    struct policy_vocabulary vocabulary = session_vocabulary();
    (void)options;
    buf_init(&text);
    policy_schema(&vocabulary, &text);
    return session_print(&text, EXIT_OPEN);
}

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct command command_schema = {
    .name = "schema",
    .words = "",
    .summary = "print the JSON Schema of the policy file",
    .text = "Editors use it for completion and checks; tidegate itself checks more than a schema "
            "can say.",
    .examples = "  tidegate schema > .tidegate.schema.json\n",
    .options = options,
    .run = run,
};
