/* The entry: chooses the command, shows help and version. The flow of a check is in pipeline.c. */
#include "cli/command.h"
#include "cli/open_ledger.h"
#include "cli/session.h"
#include "render/escape.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static void add_overview(struct buf *out)
{
    buf_add_text(out,
                 "tidegate - a quality gate for CI: reads reports, compares with a baseline kept "
                 "in git,\nand says whether a change may pass.\n\n"
                 "Usage: tidegate COMMAND [options] [...]\n\nCommands:\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "  %-13s %s\n", (*at)->name, (*at)->summary);
    }
    buf_add_text(out, "\n`tidegate COMMAND --help` tells more, `tidegate --version` which one this "
                      "is. Exit codes:\n");
    for (const struct exit_meaning *at = exit_meanings(); at->text != NULL; at++) {
        buf_add_format(out, "  %-4d %s\n", (int)at->code, at->text);
    }
}

static enum exit_code print(struct buf *text)
{
    bool failed = fwrite(text->data, 1, text->size, stdout) != text->size || fflush(stdout) != 0;
    buf_release(text);
    return failed ? EXIT_PUBLISH : EXIT_OPEN;
}

/* `about`: NULL or a command's name. The sentence may quote words of the command line, whatever
 * they hold. */
static enum exit_code refuse(const char *about, struct span sentence, const char *near)
{
    struct buf text;
    buf_init(&text);
    buf_add_format(&text, "tidegate%s%s: ", about != NULL ? " " : "", about != NULL ? about : "");
    escape_add_text(&text, sentence, 0);
    if (near != NULL) {
        buf_add_format(&text, "; did you mean '%s'?", near);
    }
    fprintf(stderr, "%s\nTry 'tidegate %s%s--help'.\n", buf_text(&text), about != NULL ? about : "",
            about != NULL ? " " : "");
    buf_release(&text);
    return EXIT_USAGE;
}

static enum exit_code unknown_command(const char *word)
{
    const char *words[64] = {NULL};
    struct buf sentence;
    size_t count = 0;
    for (const struct command *const *at = commands_all(); *at != NULL && count < 63; at++) {
        words[count++] = (*at)->name;
    }
    buf_init(&sentence);
    buf_add_format(&sentence, "there is no command '%s'", word);
    enum exit_code code = refuse(NULL, buf_span(&sentence), options_nearest(word, words));
    buf_release(&sentence);
    return code;
}

/* What is wrong whatever the command does with it, told before anything is read. */
static enum err check_use(const struct command *command, const struct options *options,
                          struct buf *mistake)
{
    if (command->words[0] == '\0' && options->word_count > 0) {
        buf_add_format(mistake, "it takes options only, not the word '%s'", options->words[0]);
    } else if (!ledger_deadline_fits(options)) {
        buf_add_text(mistake, "--deadline takes whole seconds, from 1 to 86400");
    } else if (!session_branch_fits(options)) {
        buf_add_text(mistake, "--branch: git allows no branch of this name");
    }
    return mistake->size > 0 ? ERR_USAGE : ERR_NONE;
}

static enum exit_code run_command(const struct command *command, int argc, char **argv)
{
    struct options options;
    struct buf text;
    buf_init(&text);
    enum err err = options_read(&options, command->options, argc, argv, &text);
    if (err == ERR_NONE && options_has(&options, "help")) {
        command_add_help(&text, command);
        return print(&text);
    }
    if (err == ERR_NONE) {
        err = check_use(command, &options, &text);
    }
    if (err != ERR_NONE) {
        refuse(command->name, buf_span(&text), NULL);
    }
    buf_release(&text);
    return err != ERR_NONE ? EXIT_USAGE : command->run(&options);
}

static enum exit_code start(int argc, char **argv)
{
    struct buf text;
    buf_init(&text);
    if (argc < 2) {
        add_overview(&text);
        fwrite(text.data, 1, text.size, stderr);
        buf_release(&text);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        const struct command *about = argc > 2 ? commands_find(argv[2]) : NULL;
        if (about != NULL) {
            command_add_help(&text, about);
        } else {
            add_overview(&text);
        }
        return print(&text);
    }
    if (strcmp(argv[1], "--version") == 0) {
        buf_add_text(&text, "tidegate " TIDEGATE_VERSION "\n");
        return print(&text);
    }
    const struct command *command = commands_find(argv[1]);
    if (command == NULL) {
        return unknown_command(argv[1]);
    }
    return run_command(command, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    /* A closed pipe or a file-size limit is a failed write with a message, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return (int)start(argc, argv);
}
