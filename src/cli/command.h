/* A command of the program: its words and its table of options, and one function.
 *
 * To add one: write src/cli/cmd_NAME.c that ends in `const struct command command_NAME`, and add
 * COMMAND(NAME) to commands.def. Help, man page and completions follow. */
#ifndef TIDEGATE_CLI_COMMAND_H
#define TIDEGATE_CLI_COMMAND_H

#include "cli/options.h"
#include "model/verdict.h"

struct command {
    const char *name;
    const char *words;                 /* what follows the options: "[REPORT…]" */
    const char *summary;               /* one line, no full stop */
    const char *text;                  /* one or more sentences */
    const char *examples;              /* lines, each a command; NULL if none */
    const struct option_spec *options; /* ends with a NULL name; the common ones are added */
    enum exit_code (*run)(const struct options *options);
};

#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

/* All commands in alphabetical order, NULL at the end. */
const struct command *const *commands_all(void);
const struct command *commands_find(const char *name);

/* Appends what `tidegate COMMAND --help` prints. */
void command_add_help(struct buf *out, const struct command *command);

/* What each exit code means, in order; ends with a NULL text. */
struct exit_meaning {
    enum exit_code code;
    const char *text;
};
const struct exit_meaning *exit_meanings(void);

#endif
