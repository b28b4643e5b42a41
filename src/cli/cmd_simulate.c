/* tidegate simulate: a policy over what is recorded, before it bites. */
#include "cli/choose_baseline.h"
#include "cli/command.h"
#include "cli/open_ledger.h"
#include "cli/session.h"

#include "base/date.h"
#include "gates/simulate.h"
#include "render/simulation_view.h"

#include <string.h>
#include <time.h>

enum { ENTRIES_USUALLY = 50, ENTRIES_MOST = 100000 };

/* ---- which entries ---- */

/* Those of the branch in the order of recording reversed, at most `most`. One that was recorded
 * behind a newer commit's has no place in the order and is left out. */
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

/* Lists more and more of the ledger until the branch has enough, so that a remote's is not fetched
 * whole. */
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

static const struct name *day_name(struct names *names, int64_t seconds)
{
    time_t moment = (time_t)seconds;
    struct tm day;
    char text[32] = "unknown day";
    if (gmtime_r(&moment, &day) != NULL) {
        strftime(text, sizeof(text), "%Y-%m-%d", &day);
    }
    return names_add(names, span_of(text));
}

/* 20270131 for "2027-01-31"; 0 for anything else. */
static uint32_t read_day(const char *text)
{
    uint32_t day = 0;
    return date_parse(span_of(text), &day) ? day : 0;
}

/* What was recorded, the oldest first, and how far the replay has come. */
struct replay {
    struct session *session;
    uint32_t today;       /* the day for which the policy is read */
    struct vec entries;   /* struct ledger_entry, newest first */
    struct vec snapshots; /* struct snapshot, in the same order */
    struct bars bars;     /* as the policy would have moved them up to now */
};

static void replay_init(struct replay *replay, struct session *session)
{
    const char *day = options_value(session->options, "day");
    replay->session = session;
    replay->today = day != NULL ? read_day(day) : session_today();
    vec_init(&replay->entries, sizeof(struct ledger_entry));
    vec_init(&replay->snapshots, sizeof(struct snapshot));
    bars_init(&replay->bars, &session->run.names);
}

static void replay_release(struct replay *replay)
{
    for (size_t index = 0; index < replay->snapshots.count; index++) {
        snapshot_release(vec_at(&replay->snapshots, index));
    }
    vec_release(&replay->snapshots);
    vec_release(&replay->entries);
    bars_release(&replay->bars);
}

static enum err read_snapshots(struct replay *replay, struct git_ledger *ledger)
{
    enum err err = ERR_NONE;
    for (size_t index = 0; err == ERR_NONE && index < replay->entries.count; index++) {
        const struct ledger_entry *entry = vec_at(&replay->entries, index);
        struct snapshot *snapshot = vec_add(&replay->snapshots);
        snapshot_init(snapshot, &replay->session->run.names);
        err = git_ledger_read(ledger, entry->id, entry->branch, snapshot,
                              &replay->session->run.diags);
    }
    return err;
}

/* The entries before `index`, less those of the same commit: the next one is the baseline, and as
 * many as a rule looks at are the recent ones. The snapshots stay the replay's. */
static void find_before(const struct replay *replay, size_t index, struct baseline *baseline)
{
    const struct ledger_entry *entry = vec_at(&replay->entries, index);
    size_t recent = choose_recent(&replay->session->policy);
    baseline->state = BASELINE_NONE_YET;
    for (size_t at = index + 1; at < replay->entries.count; at++) {
        const struct ledger_entry *older = vec_at(&replay->entries, at);
        const struct snapshot *snapshot = vec_at(&replay->snapshots, at);
        if (older->commit == entry->commit) {
            continue;
        }
        if (baseline->state == BASELINE_NONE_YET) {
            baseline->state = BASELINE_FOUND;
            baseline->match = MATCH_NEWEST;
            baseline->entry = older->id;
            baseline->snapshot = *snapshot;
        }
        if (baseline->recent.count >= recent) {
            break;
        }
        *(struct snapshot *)vec_add(&baseline->recent) = *snapshot;
    }
}

static void judge_entry(struct replay *replay, struct simulation *simulation, size_t index)
{
    const struct ledger_entry *entry = vec_at(&replay->entries, index);
    const struct snapshot *snapshot = vec_at(&replay->snapshots, index);
    struct baseline baseline = {.branch = entry->branch, .bars = replay->bars};
    const struct recorded recorded = {.entry = entry->id,
                                      .commit = entry->commit,
                                      .day = day_name(&replay->session->run.names, entry->time),
                                      .today = replay->today,
                                      .snapshot = snapshot,
                                      .baseline = &baseline};
    vec_init(&baseline.recent, sizeof(struct snapshot));
    find_before(replay, index, &baseline);
    gates_simulate(simulation, &recorded);
    const struct bars_change change = {.snapshot = snapshot,
                                       .seed = baseline.state == BASELINE_FOUND ? &baseline.snapshot
                                                                                : NULL,
                                       .policy = simulation->policy,
                                       .today = replay->today};
    bars_update(&replay->bars, &change);
    vec_release(&baseline.recent);
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

/* More than asked for is read, to compare the oldest with. */
static enum exit_code simulate(struct session *session, struct git_ledger *ledger, size_t most)
{
    struct simulation simulation;
    struct replay replay;
    const struct name *given = session_branch_given(session);
    const struct name *branch = given != NULL ? given : choose_branch(session, ledger);
    enum exit_code code = EXIT_BASELINE;
    replay_init(&replay, session);
    simulation_init(&simulation, &session->run.names, &session->policy);
    simulation.branch = branch;
    gates_simulate_start(&simulation);
    enum err err = find_entries(session, ledger, branch, most + 1 + choose_recent(&session->policy),
                                &replay.entries);
    if (err == ERR_NONE && replay.entries.count == 0) {
        diags_add_format(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                         "the ledger has no entry of branch '%s'", name_text(branch));
        err = ERR_MISSING;
    }
    if (err == ERR_NONE) {
        err = read_snapshots(&replay, ledger);
    }
    size_t count = replay.entries.count < most ? replay.entries.count : most;
    for (size_t index = count; err == ERR_NONE && index > 0; index--) {
        judge_entry(&replay, &simulation, index - 1);
    }
    session_complain(session);
    if (err == ERR_NONE) {
        code = print(session, &simulation);
    }
    simulation_release(&simulation);
    replay_release(&replay);
    return code;
}

/* ---- the command ---- */

static bool read_options(struct session *session, uint64_t *most)
{
    const char *given = options_value(session->options, "entries");
    const char *output = options_value(session->options, "output");
    const char *day = options_value(session->options, "day");
    const char *mistake = NULL;
    enum diag_code code = DIAG_CLI_USAGE;
    *most = ENTRIES_USUALLY;
    if (given != NULL &&
        (!span_to_u64(span_of(given), most) || *most == 0 || *most > ENTRIES_MOST)) {
        mistake = "--entries takes a whole number from 1 to 100000";
    } else if (day != NULL && read_day(day) == 0) {
        mistake = "--day takes a day that exists, written as 2027-01-31";
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
        diags_add(diags, DIAG_CLI_NO_COMMIT, NULL, 0, 0,
                  SPAN("there is no git repository here, and so no ledger"));
        err = ERR_MISSING;
    } else if (err == ERR_NONE) {
        err = open_ledger(session, false, &ledger);
        code = err == ERR_USAGE || err == ERR_POLICY ? EXIT_USAGE : code;
        if (err == ERR_MISSING) {
            diags_add_format(diags, DIAG_LEDGER_NONE_YET, NULL, 0, 0,
                             "%s, so there is nothing to simulate",
                             name_text(ledger_none_text(session, &session->policy)));
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
    {"day", 0, "DAY", "read the policy as on this day, for bars that rise and waivers (today)"},
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
