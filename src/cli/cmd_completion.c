/* tidegate completion: completion scripts for bash, zsh and fish, from the command and option
 * tables. */
#include "cli/command.h"
#include "cli/session.h"

#include <stdio.h>
#include <string.h>

static void add_commands(struct buf *out)
{
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "%s%s", at != commands_all() ? " " : "", (*at)->name);
    }
}

static void add_long_options(struct buf *out, const struct option_spec *specs)
{
    for (; specs->name != NULL; specs++) {
        buf_add_format(out, " --%s", specs->name);
    }
}

/* The words that a command's usage gives as they are, "log show verify" of "log | show [ENTRY] |
 * verify". */
static void add_words(struct buf *out, const struct command *command)
{
    struct span rest = span_of(command->words);
    size_t start = out->size;
    while (rest.size > 0) {
        struct span choice = span_trim(span_cut(&rest, '|'));
        struct span word = span_cut(&choice, ' ');
        if (word.size > 0 && word.data[0] >= 'a' && word.data[0] <= 'z') {
            buf_add_text(out, out->size > start ? " " : "");
            buf_add(out, word);
        }
    }
}

static bool has_words(const struct command *command)
{
    struct buf words = {0};
    add_words(&words, command);
    bool some = words.size > 0;
    buf_release(&words);
    return some;
}

static void add_bash(struct buf *out)
{
    buf_add_text(out, "# bash completion for tidegate\n"
                      "_tidegate() {\n"
                      "    local word=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                      "        words=\"");
    add_commands(out);
    buf_add_text(out, " --help --version\"\n"
                      "    elif [ \"${word#-}\" != \"$word\" ]; then\n"
                      "        case \"${COMP_WORDS[1]}\" in\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "        %s) words=\"", (*at)->name);
        add_long_options(out, (*at)->options);
        add_long_options(out, options_common());
        buf_add_text(out, "\" ;;\n");
    }
    buf_add_text(out, "        esac\n"
                      "    elif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
                      "        case \"${COMP_WORDS[1]}\" in\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        if (has_words(*at)) {
            buf_add_format(out, "        %s) words=\"", (*at)->name);
            add_words(out, *at);
            buf_add_text(out, "\" ;;\n");
        }
    }
    buf_add_text(out, "        esac\n"
                      "    fi\n"
                      "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                      "}\n"
                      "complete -o default -F _tidegate tidegate\n");
}

/* Text inside single quotes of a shell; colons separate name and text in zsh. */
static void add_quoted(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            buf_add_text(out, "'\\''");
        } else if (strchr("[]:", *text) != NULL) {
            buf_add_format(out, "\\%c", *text);
        } else {
            buf_add_byte(out, *text);
        }
    }
}

static void add_zsh_options(struct buf *out, const struct option_spec *specs)
{
    for (; specs->name != NULL; specs++) {
        buf_add_format(out, " '--%s%s[", specs->name, specs->argument != NULL ? "=" : "");
        add_quoted(out, specs->text);
        buf_add_format(out, "]%s%s%s'", specs->argument != NULL ? ":" : "",
                       specs->argument != NULL ? specs->argument : "",
                       specs->argument != NULL ? ":_files" : "");
    }
}

static void add_zsh(struct buf *out)
{
    buf_add_text(out, "#compdef tidegate\n"
                      "# zsh completion for tidegate\n"
                      "_tidegate() {\n"
                      "    local -a commands\n"
                      "    commands=(\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "        '%s:", (*at)->name);
        add_quoted(out, (*at)->summary);
        buf_add_text(out, "'\n");
    }
    buf_add_text(out, "    )\n"
                      "    if (( CURRENT == 2 )); then\n"
                      "        _describe command commands\n"
                      "        return\n"
                      "    fi\n"
                      "    local command=$words[2]\n"
                      "    shift words\n"
                      "    (( CURRENT-- ))\n"
                      "    case $command in\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "    %s) _arguments", (*at)->name);
        add_zsh_options(out, (*at)->options);
        add_zsh_options(out, options_common());
        if (has_words(*at)) {
            buf_add_text(out, " '1:word:(");
            add_words(out, *at);
            buf_add_text(out, ")'");
        }
        buf_add_text(out, " '*:file:_files' ;;\n");
    }
    buf_add_text(out, "    esac\n}\n_tidegate \"$@\"\n");
}

static void add_fish_text(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        buf_add_text(out, *text == '\'' || *text == '\\' ? "\\" : "");
        buf_add_byte(out, *text);
    }
}

static void add_fish_options(struct buf *out, const char *command, const struct option_spec *specs)
{
    for (; specs->name != NULL; specs++) {
        buf_add_format(out, "complete -c tidegate -n '__fish_seen_subcommand_from %s' -l %s",
                       command, specs->name);
        if (specs->letter != 0) {
            buf_add_format(out, " -s %c", specs->letter);
        }
        buf_add_format(out, "%s -d '", specs->argument != NULL ? " -r" : "");
        add_fish_text(out, specs->text);
        buf_add_text(out, "'\n");
    }
}

static void add_fish_words(struct buf *out, const struct command *command)
{
    if (has_words(command)) {
        buf_add_format(out,
                       "complete -c tidegate -n '__fish_seen_subcommand_from %s; and not "
                       "__fish_seen_subcommand_from ",
                       command->name);
        add_words(out, command);
        buf_add_text(out, "' -f -a '");
        add_words(out, command);
        buf_add_text(out, "'\n");
    }
}

static void add_fish(struct buf *out)
{
    buf_add_text(out, "# fish completion for tidegate\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "complete -c tidegate -n __fish_use_subcommand -f -a %s -d '",
                       (*at)->name);
        add_fish_text(out, (*at)->summary);
        buf_add_text(out, "'\n");
        add_fish_words(out, *at);
        add_fish_options(out, (*at)->name, (*at)->options);
        add_fish_options(out, (*at)->name, options_common());
    }
}

static enum exit_code run(const struct options *options)
{
    struct buf text;
    const char *shell = options->word_count == 1 ? options->words[0] : "";
    buf_init(&text);
    if (strcmp(shell, "bash") == 0) {
        add_bash(&text);
    } else if (strcmp(shell, "zsh") == 0) {
        add_zsh(&text);
    } else if (strcmp(shell, "fish") == 0) {
        add_fish(&text);
    } else {
        fprintf(stderr, "tidegate completion: name a shell: bash, zsh or fish\n");
        return EXIT_USAGE;
    }
    return session_print(&text, EXIT_OPEN);
}

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct command command_completion = {
    .name = "completion",
    .words = "bash | zsh | fish",
    .summary = "print a completion script for a shell",
    .text =
        "The installation puts the scripts where the shells look for them; this prints them anew.",
    .examples =
        "  tidegate completion bash > ~/.local/share/bash-completion/completions/tidegate\n",
    .options = options,
    .run = run,
};
