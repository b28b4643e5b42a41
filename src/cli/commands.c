/* The list of commands, and their help. */
#include "cli/command.h"

#include <string.h>

static const struct command *const all[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
    NULL};

const struct command *const *commands_all(void)
{
    return all;
}

const struct command *commands_find(const char *name)
{
    for (size_t index = 0; all[index] != NULL; index++) {
        if (strcmp(all[index]->name, name) == 0) {
            return all[index];
        }
    }
    return NULL;
}

void command_add_help(struct buf *out, const struct command *command)
{
    buf_add_format(out, "tidegate %s - %s\n\nUsage: tidegate %s [options]%s%s\n\n%s\n",
                   command->name, command->summary, command->name,
                   command->words[0] != '\0' ? " " : "", command->words, command->text);
    buf_add_text(out, "\nOptions:\n");
    options_add_help(out, command->options);
    options_add_help(out, options_common());
    if (command->examples != NULL) {
        buf_add_format(out, "\nExamples:\n%s", command->examples);
    }
}

static const struct exit_meaning meanings[] = {
    {EXIT_OPEN, "the gate is open (warnings allowed)"},
    {EXIT_CLOSED, "the gate is closed: a rule is broken"},
    {EXIT_USAGE, "the command line or the policy file is wrong"},
    {EXIT_REPORT, "a required report is missing, empty, incomplete, damaged or too old"},
    {EXIT_BASELINE, "no usable baseline, and the policy demands one"},
    {EXIT_PUBLISH, "recording or writing the result failed"},
    {EXIT_INTERNAL, "internal error or out of memory"},
    {EXIT_OPEN, NULL},
};

const struct exit_meaning *exit_meanings(void)
{
    return meanings;
}
