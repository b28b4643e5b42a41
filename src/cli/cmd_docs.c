/* tidegate docs: the generated pages of the documentation, and the man page. A test compares them
 * with the files in docs/, so that what is written there cannot drift from what the program
 * does. */
#include "cli/catalogue.h"
#include "cli/command.h"
#include "cli/session.h"

#include <stdio.h>
#include <string.h>

static const char generated[] =
    "<!-- Made by `tidegate docs`; scripts/docs writes it again. Do not edit. -->\n\n";

static void add_table(struct buf *out, void (*fill)(struct listing *))
{
    struct listing listing;
    fill(&listing);
    listing_write_markdown(&listing, out);
    listing_release(&listing);
}

static void add_catalogue(struct buf *out, const char *title, const char *intro,
                          void (*fill)(struct listing *))
{
    buf_add_format(out, "# %s\n\n%s%s\n\n", title, generated, intro);
    add_table(out, fill);
}

static void add_formats(struct buf *out)
{
    add_catalogue(
        out, "Formats",
        "The content of a report decides its format; `format:` in the policy and `--format` on the "
        "command line\nforce one. Each may be packed with gzip. A format's name is the first "
        "column.",
        catalogue_formats);
}

static void add_rules(struct buf *out)
{
    add_catalogue(out, "Rules",
                  "Naming a parameter below a metric in `gates:` asks for a rule of its kind. "
                  "Every rule also takes "
                  "`group`,\n`component` and `severity` (block, warn or info).",
                  catalogue_rules);
}

static void add_metrics(struct buf *out)
{
    add_catalogue(
        out, "Metrics",
        "Any other dotted key is a number of your own. \"Better\" says which way a ratchet turns.",
        catalogue_metrics);
}

static void add_diagnostics(struct buf *out)
{
    add_catalogue(out, "Diagnostics",
                  "Every message ends in one of these codes. Codes are never renamed or reused.",
                  catalogue_codes);
}

static void add_limits(struct buf *out)
{
    add_catalogue(out, "Limits",
                  "What passes a ceiling is refused with a message, never cut silently. Only what "
                  "is kept for display\n(a text, the list of details, repeated messages) is cut, "
                  "and counted as a whole.\n\nA line, a string or a tag must be held in memory "
                  "until it ends, in pieces that double: up to twice its\nceiling may be read "
                  "before it is refused.",
                  catalogue_limits);
}

static void add_exit_codes(struct buf *out)
{
    add_catalogue(out, "Exit codes",
                  "\"Worse\" and \"broken\" never share a code. Where several would fit, 1 goes "
                  "before 3, and 3 "
                  "before 4.",
                  catalogue_exits);
}

static void add_commands(struct buf *out)
{
    buf_add_format(out, "# Commands\n\n%s", generated);
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        buf_add_format(out, "## tidegate %s\n\n```text\n", (*at)->name);
        command_add_help(out, *at);
        buf_add_text(out, "```\n\n");
    }
}

/* ---- the man page ---- */

/* In roff a backslash is an escape, a leading dot or quote is a request, and a plain minus is a
 * hyphen. */
static void add_roff(struct buf *out, const char *text)
{
    bool line_start = true;
    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\'')) {
            buf_add_text(out, "\\&");
        }
        if (*text == '\\') {
            buf_add_text(out, "\\e");
        } else if (*text == '-') {
            buf_add_text(out, "\\-");
        } else {
            buf_add_byte(out, *text);
        }
        line_start = *text == '\n';
    }
}

static void add_roff_options(struct buf *out, const struct option_spec *specs)
{
    for (; specs->name != NULL; specs++) {
        buf_add_text(out, ".TP\n.B ");
        if (specs->letter != 0) {
            buf_add_format(out, "\\-%c, ", specs->letter);
        }
        buf_add_text(out, "\\-\\-");
        add_roff(out, specs->name);
        if (specs->argument != NULL) {
            buf_add_format(out, " %s", specs->argument);
        }
        buf_add_byte(out, '\n');
        add_roff(out, specs->text);
        buf_add_byte(out, '\n');
    }
}

static void add_roff_command(struct buf *out, const struct command *command)
{
    buf_add_format(out, ".SS tidegate %s", command->name);
    buf_add_format(out, " [options]%s%s\n", command->words[0] != '\0' ? " " : "", command->words);
    add_roff(out, command->text);
    buf_add_byte(out, '\n');
    add_roff_options(out, command->options);
}

static void add_man(struct buf *out)
{
    buf_add_text(
        out,
        ".TH TIDEGATE 1 \"" TIDEGATE_DATE "\" \"tidegate " TIDEGATE_VERSION "\" \"User commands\"\n"
        ".SH NAME\ntidegate \\- a quality gate for CI with its baseline in git\n"
        ".SH SYNOPSIS\n.B tidegate\n.I COMMAND\n[options] [...]\n"
        ".SH DESCRIPTION\nReads the reports that a CI job already wrote (tests, coverage, "
        "findings), compares them with a baseline kept in git, and says whether a change may "
        "pass. Needs no server and no token.\n.PP\n"
        "`tidegate \\-\\-version` prints the version, and `tidegate help COMMAND` the same as "
        "`tidegate COMMAND \\-\\-help`.\n"
        ".SH COMMANDS\n");
    for (const struct command *const *at = commands_all(); *at != NULL; at++) {
        add_roff_command(out, *at);
    }
    buf_add_text(out, ".SH COMMON OPTIONS\n");
    add_roff_options(out, options_common());
    buf_add_text(out, ".SH EXIT STATUS\n");
    for (const struct exit_meaning *at = exit_meanings(); at->text != NULL; at++) {
        buf_add_format(out, ".TP\n.B %d\n", (int)at->code);
        add_roff(out, at->text);
        buf_add_byte(out, '\n');
    }
    buf_add_text(out, ".SH FILES\n.TP\n.I .tidegate.yml\nthe policy, at the top of the repository\n"
                      ".TP\n.I .git/tidegate/ledger.git\nthe ledger, a private bare repository\n"
                      ".TP\n.I .tidegate-ledger.json\nthe baseline, where the policy says `ledger: "
                      "file`\n"
                      ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colours, if it is set to anything\n"
                      ".TP\n.B TERM\nno colours, if it is dumb\n"
                      ".TP\n.B GITHUB_STEP_SUMMARY\nthe file that the verdict is appended to as "
                      "Markdown, in a run of GitHub Actions, Forgejo or Gitea\n"
                      ".PP\nWhich branch and change a run is about comes from the variables of the "
                      "CI system; `tidegate doctor` tells what was understood.\n"
                      ".SH SEE ALSO\n.BR git (1)\n");
}

static const struct page {
    const char *name;
    void (*add)(struct buf *out);
} pages[] = {
    {"commands", add_commands},     {"diagnostics", add_diagnostics},
    {"exit-codes", add_exit_codes}, {"formats", add_formats},
    {"limits", add_limits},         {"man", add_man},
    {"metrics", add_metrics},       {"rules", add_rules},
};

static enum exit_code run(const struct options *options)
{
    struct buf text;
    const char *word = options->word_count == 1 ? options->words[0] : "";
    buf_init(&text);
    for (size_t index = 0; index < sizeof(pages) / sizeof(pages[0]); index++) {
        if (strcmp(word, pages[index].name) == 0) {
            buf_clear(&text);
            pages[index].add(&text);
            return session_print(&text, EXIT_OPEN);
        }
        buf_add_format(&text, " %s", pages[index].name);
    }
    fprintf(stderr, "tidegate docs: name a page:%s\n", buf_text(&text));
    buf_release(&text);
    return EXIT_USAGE;
}

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct command command_docs = {
    .name = "docs",
    .words = "PAGE",
    .summary = "print a page of the reference, or the man page",
    .text = "Pages: commands, diagnostics, exit-codes, formats, limits, man, metrics, rules.",
    .examples = "  tidegate docs man > tidegate.1\n",
    .options = options,
    .run = run,
};
