/* tidegate simulate: a policy over what is recorded, before it bites. */
#include "cli/choose_baseline.h"
#include "cli/command.h"
#include "cli/open_ledger.h"
#include "cli/session.h"

#include "gates/simulate.h"
#include "render/simulation_view.h"

#include <string.h>
#include <time.h>

enum { ENTRIES_USUALLY = 50, ENTRIES_MOST = 100000 };

/* ---- which entries ---- */

/* Those of the branch in the order of recording reversed, at most `most`. One that was recorded behind
 * a newer commit's has no place in the order and is left out. */
static void take_entries(const struct vec *listed, const struct name *branch, size_t most,
                         struct vec *taken)
{
    vec_clear(taken);
    for (size_t index = 0; index < listed->count && taken->count < most; index++) {
        const struct ledger_entry *entry = vec_at(listed, index);
        if (entry->branch == branch && !entry->late) {
            *(struct ledger_entry *)vec_add(taken) = *entry;
        }
    }
}

/* Lists more and more of the ledger until the branch has enough, so that a remote's is not fetched whole. */
static enum err find_entries(struct session *session, struct git_ledger *ledger,
                             const struct name *branch, size_t most, struct vec *taken)
{
    struct vec listed;
    enum err err = ERR_NONE;
    size_t asked = most;
    vec_init(&listed, sizeof(struct ledger_entry));
    do {
        vec_clear(&listed);
        err = git_ledger_list(ledger, asked, &listed, &session->run.diags);
        take_entries(&listed, branch, most, taken);
        asked *= 4;
    } while (err == ERR_NONE && taken->count < most && listed.count >= asked / 4);
    vec_release(&listed);
    return err;
}

/* ---- one entry after the other ---- */

static void tell_day(struct recorded *recorded, struct names *names, int64_t seconds)
{
    time_t moment = (time_t)seconds;
    struct tm day;
    char text[32] = "";
    if (gmtime_r(&moment, &day) != NULL) {
        strftime(text, sizeof(text), "%Y-%m-%d", &day);
        recorded->today =
            (uint32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
    }
    recorded->day = names_add(names, span_of(text));
}

/* Judges entry `index` of `entries` (newest first) against the newest before it that is of another commit. */
static enum err judge_entry(struct session *session, struct git_ledger *ledger,
                            struct simulation *simulation, const struct vec *entries, size_t index)
{
    const struct ledger_entry *entry = vec_at(entries, index);
    struct snapshot snapshot;
    struct baseline baseline = {.state = BASELINE_NONE_YET, .branch = entry->branch};
    struct recorded recorded = {.entry = entry->id, .commit = entry->commit};
    struct diags *diags = &session->run.diags;
    const struct ledger_entry *before = NULL;
    snapshot_init(&snapshot, &session->run.names);
    snapshot_init(&baseline.snapshot, &session->run.names);
    for (size_t at = index + 1; before == NULL && at < entries->count; at++) {
        const struct ledger_entry *older = vec_at(entries, at);
        before = older->commit != entry->commit ? older : NULL;
    }
    enum err err = git_ledger_read(ledger, entry->id, entry->branch, &snapshot, diags);
    if (err == ERR_NONE && before != NULL) {
        baseline.state = BASELINE_FOUND;
        baseline.match = MATCH_NEWEST;
        baseline.entry = before->id;
        err = git_ledger_read(ledger, before->id, before->branch, &baseline.snapshot, diags);
    }
    if (err == ERR_NONE) {
        tell_day(&recorded, &session->run.names, entry->time);
        recorded.snapshot = &snapshot;
        recorded.baseline = &baseline;
        gates_simulate(simulation, &recorded);
    }
    snapshot_release(&snapshot);
    snapshot_release(&baseline.snapshot);
    return err;
}

static enum exit_code print(struct session *session, const struct simulation *simulation)
{
    const char *output = options_value(session->options, "output");
    struct buf text;
    const struct simulation_view view = {.simulation = simulation,
                                         .all = session->verbose,
                                         .colour = session_colour(),
                                         .width = session_width()};
    buf_init(&text);
    if (output == NULL || strcmp(output, "text") == 0) {
        if (!session->quiet) {
            simulation_text(&view, &text);
        }
    } else if (strcmp(output, "json") == 0) {
        simulation_json(&view, &text);
    } else {
        simulation_markdown(&view, &text);
    }
    return session_print(&text, EXIT_OPEN);
}

/* One more than asked for is read, to compare the oldest with. */
static enum exit_code simulate(struct session *session, struct git_ledger *ledger, size_t most)
{
    struct simulation simulation;
    struct vec entries;
    const char *given = options_value(session->options, "branch");
    const struct name *branch = given != NULL ? names_add(&session->run.names, span_of(given))
                                              : choose_branch(session, ledger);
    enum exit_code code = EXIT_BASELINE;
    vec_init(&entries, sizeof(struct ledger_entry));
    simulation_init(&simulation, &session->run.names, &session->policy);
    simulation.branch = branch;
    gates_simulate_start(&simulation);
    enum err err = find_entries(session, ledger, branch, most + 1, &entries);
    if (err == ERR_NONE && entries.count == 0) {
        diags_add_format(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                         "the ledger has no entry of branch '%s'", name_text(branch));
        err = ERR_MISSING;
    }
    size_t count = entries.count < most ? entries.count : most;
    for (size_t index = count; err == ERR_NONE && index > 0; index--) {
        err = judge_entry(session, ledger, &simulation, &entries, index - 1);
    }
    session_complain(session);
    if (err == ERR_NONE) {
        code = print(session, &simulation);
    }
    simulation_release(&simulation);
    vec_release(&entries);
    return code;
}

/* ---- the command ---- */

static bool read_options(struct session *session, uint64_t *most)
{
    const char *given = options_value(session->options, "entries");
    const char *output = options_value(session->options, "output");
    const char *mistake = NULL;
    enum diag_code code = DIAG_CLI_USAGE;
    *most = ENTRIES_USUALLY;
    if (session->options->word_count > 0) {
        mistake = "simulate takes no words: it judges what is recorded, not reports";
    } else if (given != NULL &&
               (!span_to_u64(span_of(given), most) || *most == 0 || *most > ENTRIES_MOST)) {
        mistake = "--entries takes a whole number from 1 to 100000";
    } else if (output != NULL && strcmp(output, "text") != 0 && strcmp(output, "json") != 0 &&
               strcmp(output, "markdown") != 0) {
        mistake = "simulate --output takes text, json or markdown";
        code = DIAG_CLI_OUTPUT;
    }
    if (mistake != NULL) {
        diags_add(&session->run.diags, code, NULL, 0, 0, span_of(mistake));
    }
    return mistake == NULL;
}

/* Exit code 4 for whatever keeps the ledger from being read; 2 for options and policy. */
static enum exit_code with_ledger(struct session *session, size_t most)
{
    struct git_ledger *ledger = NULL;
    struct diags *diags = &session->run.diags;
    enum err err = session_repo(session);
    enum exit_code code = EXIT_BASELINE;
    if (err == ERR_NONE && session_policy(session) != ERR_NONE) {
        err = ERR_POLICY;
        code = EXIT_USAGE;
    } else if (err == ERR_NONE && session->repo == NULL) {
        diags_add(diags, DIAG_CLI_NO_COMMIT, NULL, 0, 0, span_make(NULL, 0));
        err = ERR_MISSING;
    } else if (err == ERR_NONE) {
        err = open_ledger(session, false, &ledger);
        code = err == ERR_USAGE || err == ERR_POLICY ? EXIT_USAGE : code;
        if (err == ERR_MISSING) {
            diags_add(diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                      SPAN("nothing was recorded in this repository yet, so there is nothing to "
                           "simulate; `tidegate record` does that"));
        }
    }
    if (err != ERR_NONE) {
        session_complain(session);
        return code;
    }
    code = simulate(session, ledger, most);
    git_ledger_close(ledger);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    enum exit_code code = EXIT_USAGE;
    uint64_t most = 0;
    session_open(&session, options);
    if (read_options(&session, &most)) {
        code = with_ledger(&session, (size_t)most);
    } else {
        session_complain(&session);
    }
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"entries", 'n', "NUMBER", "judge so many of the newest entries (50)"},
    {"branch", 'b', "NAME", "judge the entries of this branch instead of the protected one"},
    {"output", 'o', "KIND", "text, json or markdown"},
    OFFLINE_OPTION,
    DEADLINE_OPTION,
    {NULL, 0, NULL, NULL},
};

const struct command command_simulate = {
    .name = "simulate",
    .words = "",
    .summary = "try a policy on what is recorded, before it bites",
    .text = "Judges the newest entries of the ledger by the policy of the work tree or of "
            "--config, each\n"
            "against the entry before it: what would have closed the gate, when, by which rule, "
            "how far\n"
            "off. What a snapshot does not tell is said and never counted as passed. The exit code "
            "is 0\n"
            "whatever would have failed, and 4 when nothing was recorded.",
    .examples = "  tidegate simulate --config stricter.yml\n"
                "  tidegate simulate --entries 200 --branch main --output markdown > trial.md\n",
    .options = options,
    .run = run,
};
