/* fill_ledger FOLDER FIRST: records one entry of 60 metrics for each line `COMMIT TREE [PARENT]` of
 * standard input, in the ledger of the git directory FOLDER, with the product's own writer. FIRST
 * is the number of the first line, from which values and times follow, so that a ledger can be
 * filled in several runs. */
#include "base/arena.h"
#include "base/name.h"
#include "gates/gates.h"
#include "ledger/git_ledger.h"
#include "policy/policy_read.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_LONGEST = 200, FIRST_TIME = 1700000000, MINUTES_APART = 17 };

struct filler {
    struct arena arena;
    struct names names;
    struct diags diags;
    struct git_ledger *ledger;
    struct policy policy; /* whose ratchets keep bars */
    uint64_t state;       /* of the random numbers */
};

static const char *const groups[] = {NULL, "unit", "integration"};
static const char *const keys[] = {
    "coverage.branch",   "coverage.files", "coverage.function",   "coverage.line",
    "findings.error",    "findings.note",  "findings.suppressed", "findings.total",
    "findings.warning",  "security.high",  "security.low",        "security.medium",
    "security.critical", "tests.disabled", "tests.errors",        "tests.failed",
    "tests.passed",      "tests.skipped",  "tests.time",          "tests.total"};
enum { GROUPS = sizeof(groups) / sizeof(groups[0]), KEYS = sizeof(keys) / sizeof(keys[0]) };

static const char policy_text[] = "version: 1\n"
                                  "gates:\n"
                                  "  - coverage.line: { ratchet: true, slack: 0.1 }\n"
                                  "  - coverage.branch: { ratchet: true, slack: 0.1 }\n"
                                  "  - tests.total: { ratchet: true }\n"
                                  "  - tests.failed: { at_most: 0 }\n"
                                  "  - findings.total: { ratchet: true }\n"
                                  "  - security.high: { ratchet: true }\n";

static uint32_t below(struct filler *filler, uint32_t limit)
{
    filler->state = filler->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((filler->state >> 33) * limit >> 31);
}

/* As in a project that lives: code and tests grow a little with every entry, the time varies,
 * findings change now and then, and nothing fails. */
static struct value value_of(struct filler *filler, const char *key, uint64_t number)
{
    const struct metric_kind *kind = metric_find(span_of(key));
    if (kind->kind == VALUE_RATIO) {
        uint64_t total = 90000 + 5 * number + below(filler, 5);
        return value_ratio(total - total / 8 - below(filler, 20), total);
    }
    if (kind->kind == VALUE_DECIMAL) {
        char text[32];
        struct decimal time;
        bool cut = false;
        snprintf(text, sizeof(text), "%" PRIu32 ".%03" PRIu32, 100 + below(filler, 30),
                 below(filler, 1000));
        decimal_parse(span_of(text), &time, &cut);
        return value_decimal(time);
    }
    if (kind->family == FAMILY_FINDINGS) {
        return value_count(40 + number / 15 % 9);
    }
    bool grows = strcmp(key, "tests.total") == 0 || strcmp(key, "tests.passed") == 0 ||
                 strcmp(key, "coverage.files") == 0;
    return value_count(grows ? 4000 + number / 3 : 0);
}

static void fill(struct filler *filler, struct snapshot *snapshot, uint64_t number)
{
    for (size_t group = 0; group < GROUPS; group++) {
        for (size_t key = 0; key < KEYS; key++) {
            struct metric *metric = snapshot_add(snapshot);
            metric->key = names_add(&filler->names, span_of(keys[key]));
            metric->group =
                groups[group] != NULL ? names_add(&filler->names, span_of(groups[group])) : NULL;
            metric->value = value_of(filler, keys[key], number);
            metric->sources = 1;
        }
    }
    snapshot_sort(snapshot);
}

static enum err record(struct filler *filler, const char *commit, const char *tree,
                       const char *parent, uint64_t number)
{
    struct snapshot snapshot;
    const struct name *entry = NULL;
    bool already = false;
    snapshot_init(&snapshot, &filler->names);
    snapshot.commit = names_add(&filler->names, span_of(commit));
    snapshot.tree = names_add(&filler->names, span_of(tree));
    fill(filler, &snapshot, number);
    const struct ledger_record wanted = {
        .snapshot = &snapshot,
        .branch = names_add(&filler->names, SPAN("main")),
        .parent = parent[0] != '\0' ? names_add(&filler->names, span_of(parent)) : NULL,
        .policy = span_of(policy_text),
        .rules = &filler->policy,
        .today = 20260101,
        .commit_time = FIRST_TIME + (int64_t)number * MINUTES_APART * 60 - 300,
        .program_version = "0",
        .time = FIRST_TIME + (int64_t)number * MINUTES_APART * 60,
    };
    enum err err = git_ledger_append(filler->ledger, &wanted, &entry, &already, &filler->diags);
    snapshot_release(&snapshot);
    return err;
}

static enum err record_lines(struct filler *filler, uint64_t number)
{
    char line[LINE_LONGEST];
    enum err err = ERR_NONE;
    while (err == ERR_NONE && fgets(line, sizeof(line), stdin) != NULL) {
        char commit[65] = "";
        char tree[65] = "";
        char parent[65] = "";
        sscanf(line, "%64s %64s %64s", commit, tree, parent);
        err = record(filler, commit, tree, parent, number++);
    }
    return err;
}

int main(int count, char **arguments)
{
    struct filler filler = {.state = 1};
    if (count != 3) {
        fputs("usage: fill_ledger FOLDER FIRST\n", stderr);
        return 2;
    }
    arena_init(&filler.arena);
    names_init(&filler.names, &filler.arena);
    diags_init(&filler.diags, &filler.names);
    static const char *const formats[] = {NULL};
    const struct policy_vocabulary vocabulary = {rules_specs(), formats};
    policy_init(&filler.policy);
    if (policy_read(&filler.policy, &filler.names, span_of(policy_text), NULL, &vocabulary,
                    &filler.diags) != ERR_NONE) {
        fputs("fill_ledger: its policy is wrong\n", stderr);
        return 1;
    }
    const struct ledger_place place = {.common_dir = arguments[1], .create = true};
    enum err err = git_ledger_open(&filler.ledger, &filler.names, &place, &filler.diags);
    if (err == ERR_NONE) {
        err = record_lines(&filler, strtoull(arguments[2], NULL, 10));
    }
    git_ledger_close(filler.ledger);
    for (size_t index = 0; index < diags_count(&filler.diags); index++) {
        fprintf(stderr, "%s\n", name_text(diags_at(&filler.diags, index)->text));
    }
    policy_release(&filler.policy);
    diags_release(&filler.diags);
    names_release(&filler.names);
    arena_release(&filler.arena);
    return err == ERR_NONE ? 0 : 1;
}
