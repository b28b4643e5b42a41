/* tidegate ledger: look at what was recorded. */
#include "cli/command.h"
#include "cli/ledger_words.h"
#include "cli/open_ledger.h"
#include "cli/session.h"
#include "cli/snapshot_word.h"

#include "base/date.h"
#include "render/escape.h"
#include "render/collect.h"

#include <string.h>

enum { LOG_USUALLY = 20 };

static enum exit_code fail(struct session *session, enum exit_code code)
{
    session_complain(session);
    return code;
}

static enum exit_code refuse(struct session *session, enum diag_code code, struct span why)
{
    diags_add(&session->run.diags, code, NULL, 0, 0, why);
    return fail(session, EXIT_USAGE);
}

static enum exit_code print_log(struct session *session, struct git_ledger *ledger)
{
    struct vec entries;
    struct buf text;
    uint64_t most = LOG_USUALLY;
    const char *given = options_value(session->options, "most");
    vec_init(&entries, sizeof(struct ledger_entry));
    buf_init(&text);
    if (given != NULL && !span_to_u64(span_of(given), &most)) {
        return refuse(session, DIAG_CLI_USAGE, SPAN("--most takes a whole number"));
    }
    if (git_ledger_list(ledger, (size_t)most, &entries, &session->run.diags) != ERR_NONE) {
        vec_release(&entries);
        return fail(session, EXIT_BASELINE);
    }
    for (size_t index = 0; index < entries.count; index++) {
        const struct ledger_entry *entry = vec_at(&entries, index);
        buf_add_format(&text, "%.12s  ", name_text(entry->id));
        date_add_moment(&text, entry->time);
        buf_add_text(&text, "  ");
        escape_add_text(&text, name_span(entry->summary), 0);
        buf_add_text(&text, entry->late ? " (late)" : "");
        buf_add_text(&text, entry->rewritten ? " (history rewritten)" : "");
        buf_add_byte(&text, '\n');
    }
    vec_release(&entries);
    return session_print(&text, EXIT_OPEN);
}

static enum exit_code print_entry(struct session *session, struct git_ledger *ledger,
                                  const struct ledger_entry *entry)
{
    struct snapshot snapshot;
    struct bars bars;
    struct buf text;
    struct diags *diags = &session->run.diags;
    enum exit_code code = EXIT_OPEN;
    const char *output = options_value(session->options, "output");
    snapshot_init(&snapshot, &session->run.names);
    bars_init(&bars, &session->run.names);
    buf_init(&text);
    if (git_ledger_read(ledger, entry->id, entry->branch, &snapshot, diags) != ERR_NONE ||
        git_ledger_bars(ledger, entry->id, entry->branch, &bars, diags) != ERR_NONE) {
        code = fail(session, EXIT_BASELINE);
    } else if (output != NULL && strcmp(output, "json") == 0) {
        snapshot_write(&snapshot, &text);
    } else {
        buf_add_format(&text, "entry   %s\ncommit  %s\ntree    %s\n", name_text(entry->id),
                       name_text(entry->commit), name_text(entry->tree));
        buf_add_text(&text, "branch  ");
        escape_add_text(&text, name_span(entry->branch), 0);
        buf_add_text(&text, "\ntime    ");
        date_add_moment(&text, entry->time);
        buf_add_text(&text, " UTC\n");
        snapshot_text(&snapshot, &text);
        bars_text(&bars, &text);
    }
    bars_release(&bars);
    snapshot_release(&snapshot);
    return code == EXIT_OPEN ? session_print(&text, code) : code;
}

static enum exit_code show_entry(struct session *session, struct git_ledger *ledger)
{
    struct vec entries;
    const char *word = session->options->word_count > 1 ? session->options->words[1] : NULL;
    enum exit_code code = EXIT_BASELINE;
    vec_init(&entries, sizeof(struct ledger_entry));
    if (git_ledger_list(ledger, 0, &entries, &session->run.diags) != ERR_NONE) {
        session_complain(session);
    } else {
        const struct ledger_entry *entry = snapshot_entry(&entries, word);
        if (entry == NULL) {
            diags_add_format(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                             "the ledger has no entry for '%s'", word != NULL ? word : "anything");
            session_complain(session);
        } else {
            code = print_entry(session, ledger, entry);
        }
    }
    vec_release(&entries);
    return code;
}

static enum exit_code with_ledger(struct session *session,
                                  enum exit_code (*act)(struct session *, struct git_ledger *))
{
    struct git_ledger *ledger = snapshot_ledger(session);
    enum exit_code code =
        ledger != NULL ? act(session, ledger) : fail(session, snapshot_exit(session));
    git_ledger_close(ledger);
    return code;
}

static enum exit_code run_log(struct session *session)
{
    if (session->options->word_count > 1) {
        return refuse(session, DIAG_CLI_USAGE, SPAN("log takes no further words"));
    }
    return with_ledger(session, print_log);
}

static enum exit_code run_show(struct session *session)
{
    const char *output = options_value(session->options, "output");
    if (session->options->word_count > 2) {
        return refuse(session, DIAG_CLI_USAGE, SPAN("show takes one entry, commit or branch"));
    }
    if (output != NULL && strcmp(output, "text") != 0 && strcmp(output, "json") != 0) {
        return refuse(session, DIAG_CLI_OUTPUT, SPAN("show --output takes text or json"));
    }
    return with_ledger(session, show_entry);
}

static const struct {
    const char *word;
    enum exit_code (*run)(struct session *session);
} words[] = {
    {"log", run_log},          {"show", run_show},          {"verify", ledger_verify},
    {"accept", ledger_accept}, {"compact", ledger_compact}, {"import", ledger_import},
};

enum { WORDS = sizeof(words) / sizeof(words[0]) };

static enum exit_code refuse_word(struct session *session)
{
    struct buf why;
    buf_init(&why);
    buf_add_text(&why, "say what to do:");
    for (size_t index = 0; index < WORDS; index++) {
        buf_add_format(&why, "%s `tidegate ledger %s`", index > 0 ? "," : "", words[index].word);
    }
    enum exit_code code = refuse(session, DIAG_CLI_USAGE, buf_span(&why));
    buf_release(&why);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    const char *word = options->word_count > 0 ? options->words[0] : "";
    size_t index = 0;
    while (index < WORDS && strcmp(word, words[index].word) != 0) {
        index++;
    }
    session_open(&session, options);
    enum exit_code code = index < WORDS ? words[index].run(&session) : refuse_word(&session);
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"most", 'n', "NUMBER",
     "log: show at most this many entries (20; 0 shows all); verify: check only these"},
    {"output", 'o', "KIND", "show: text, or json for the snapshot document; verify: text or json"},
    {"keep", 0, "NUMBER", "compact: keep so many of the newest entries (2000)"},
    {"anchor", 0, "ID",
     "verify: an entry that an older job has printed and that must still be there"},
    {"allow-foreign", 0, NULL, "verify: pass over commits that no tidegate wrote"},
    {"group", 'g', "NAME", "accept: only rules about this group of reports"},
    {"component", 0, "NAME", "accept: only rules about this component"},
    {"reason", 0, "TEXT", "accept: why the rule may be broken"},
    {"owner", 0, "WHO", "accept: who answers for it, a person or a team"},
    {"until", 0, "DATE", "accept: the last day on which it holds, such as 2027-01-31"},
    {"dry-run", 0, NULL, "accept, import: print what would be written and write nothing"},
    {"branch", 'b', "NAME", "import: record for this branch instead of the protected one"},
    {"push", 0, NULL, "import, compact: change the ledger at its remote"},
    OFFLINE_OPTION,
    DEADLINE_OPTION,
    {NULL, 0, NULL, NULL},
};

const struct command command_ledger = {
    .name = "ledger",
    .words = "log | show [ENTRY|COMMIT|BRANCH] | verify | accept METRIC | compact | import TOOL "
             "[FILE|REF...]",
    .summary = "show and verify what was recorded, excuse what got worse",
    .text =
        "`log` lists the newest entries, `show` prints one: the newest, or the newest that "
        "belongs to\n"
        "a ledger entry, a code commit (both may be shortened) or a branch.\n\n"
        "`verify` reads every entry again, from the first to the newest, and moves the bars as "
        "the policy\ncopy of each entry demands. Exit code 0: all of it is sound; 1: it is not; "
        "4: it cannot be read.\nCommits without an entry, late entries and force pushes are "
        "shown.\n\n"
        "`accept` writes a waiver for a metric into the policy file, where its owners review "
        "it. All\nother bytes of the file stay as they are.\n\n"
        "`compact` keeps the newest entries and rolls the older ones up, one line for each day and "
        "branch.\nIt replaces the branch, which the account needs the right to.\n\n"
        "`import` brings the series of another tool into the ledger: betterer, gh-benchmark\n"
        "(github-action-benchmark), git-perf or git-ratchet. One entry for each commit; what is "
        "there\nalready stays as it is, and importing twice adds nothing.",
    .examples = "  tidegate ledger log\n  tidegate ledger show main --output json > base.json\n"
                "  tidegate ledger verify --anchor 3f1c9aa8d2b1\n"
                "  tidegate ledger accept coverage.line --reason 'generated parser' --owner @core "
                "--until 2027-01-31\n"
                "  tidegate ledger import git-perf --dry-run\n",
    .options = options,
    .run = run,
};
