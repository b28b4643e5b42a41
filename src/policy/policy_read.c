/* .tidegate.yml -> policy: the sections in the order in which they refer to each other.
 *
 * Strict by intent: a key that is misspelt or a value that is misread would guard nothing while
 * everybody believes that it does. All mistakes of a file are told at once. */
#include "policy/policy_read.h"

#include "policy/policy_reader.h"

#include <stdlib.h>

enum { VERSION_READ = 1 };

const char *const policy_sections[] = {
    "version", "reports",      "retired", "components", "include",          "exclude", "baseline",
    "ledger",  "denominators", "gates",   "waivers",    "waiver_in_change", NULL};

static const char *const missing_words[] = {"seed", "warn", "fail", NULL};
_Static_assert(MISSING_SEED == 0 && MISSING_WARN == 1 && MISSING_FAIL == 2,
               "order of missing_words");
_Static_assert(sizeof(enum missing_baseline) == sizeof(unsigned), "a FIELD_WORD is an unsigned");

const struct field policy_baseline_fields[] = {
    {"branch", FIELD_BRANCH, false, offsetof(struct policy, branch), NULL,
     "The branch whose recorded values are the bar; found by itself when left out."},
    {"missing", FIELD_WORD, false, offsetof(struct policy, when_missing), missing_words,
     "What a ratchet does before anything was recorded: warn (the default), seed to pass, fail to "
     "block."},
    {.name = NULL}};

const struct field policy_ledger_fields[] = {
    {"remote", FIELD_TEXT, false, offsetof(struct policy, ledger_remote), NULL,
     "The git remote that holds the ledger: origin when left out, or the only one there is; none "
     "keeps the ledger in this repository."},
    {"id", FIELD_TEXT, false, offsetof(struct policy, ledger_id), NULL,
     "The id that the ledger got with its first entry; a ledger that is lost or replaced is then "
     "never taken for a first run."},
    {"file", FIELD_FILE, false, offsetof(struct policy, ledger_file), NULL,
     "The file on the code branch that holds the baseline instead of a ledger on a branch of its "
     "own; `ledger: file` is short for " POLICY_LEDGER_FILE "."},
    {.name = NULL}};

static const char *const in_change_words[] = {"codeowners", "deny", "allow", NULL};
_Static_assert(IN_CHANGE_CODEOWNERS == 0 && IN_CHANGE_DENY == 1 && IN_CHANGE_ALLOW == 2,
               "order of in_change_words");
_Static_assert(sizeof(enum waiver_in_change) == sizeof(unsigned), "a FIELD_WORD is an unsigned");

const struct field policy_change_fields[] = {{"waiver_in_change", FIELD_WORD, false,
                                              offsetof(struct policy, waiver_in_change),
                                              in_change_words,
                                              "Whether waivers count in the change that adds them: "
                                              "codeowners (the default: if somebody owns "
                                              "the policy file), deny or allow."},
                                             {.name = NULL}};

const struct field policy_denominator_fields[] = {
    {"may_shrink", FIELD_PERCENT, false, offsetof(struct denominators, may_shrink), NULL,
     "How many percent of the measured lines, files, tests, rules and reports one change may take "
     "away; "
     "10 when left out."},
    {"coverage.line", FIELD_PERCENT, false, offsetof(struct denominators, lines), NULL,
     "The same for coverable lines alone."},
    {"coverage.files", FIELD_PERCENT, false, offsetof(struct denominators, files), NULL,
     "The same for files with coverage alone."},
    {"tests.total", FIELD_PERCENT, false, offsetof(struct denominators, tests), NULL,
     "The same for tests alone."},
    {"findings.rules", FIELD_PERCENT, false, offsetof(struct denominators, rules), NULL,
     "The same for the rules that analysers look for alone."},
    {"reports", FIELD_PERCENT, false, offsetof(struct denominators, reports), NULL,
     "The same for reports alone; with less than 100, no tool or format may vanish altogether."},
    {.name = NULL}};

/* True if the rest of the file can be understood. */
static bool check_version(struct policy_reader *reader, const struct yaml_node *root)
{
    const struct yaml_node *node = yaml_get(root, "version");
    uint64_t version = 0;
    if (node == NULL) {
        reader_error(reader, root, DIAG_POLICY_VERSION, "`version: %d` is missing", VERSION_READ);
        return true;
    }
    if (node->kind != YAML_SCALAR || node->type != YAML_NUMBER ||
        !span_to_u64(node->text, &version) || version == 0) {
        reader_error(reader, node, DIAG_POLICY_VERSION, "`version` takes the number %d",
                     VERSION_READ);
        return true;
    }
    if (version > VERSION_READ) {
        reader_error(reader, node, DIAG_POLICY_VERSION,
                     "version %llu is newer than this program, which reads version %d",
                     (unsigned long long)version, VERSION_READ);
        return false;
    }
    return true;
}

static void check_sections(struct policy_reader *reader, const struct yaml_node *root)
{
    for (const struct yaml_node *node = root->first; node != NULL; node = node->next) {
        const char *const *section = policy_sections;
        while (*section != NULL && !span_is(name_span(node->key), *section)) {
            section++;
        }
        if (*section == NULL) {
            struct vec words;
            words_init(&words);
            words_add_all(&words, policy_sections);
            reader_unknown(reader, node, true, DIAG_POLICY_UNKNOWN_KEY, "key", name_span(node->key),
                           &words);
        }
    }
}

/* Totals cannot be added up from groups when a report belongs to none. */
static void check_groups(struct policy_reader *reader)
{
    for (size_t index = 0; index < reader->policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&reader->policy->reports, index);
        if (spec->group == NULL && policy_adds_groups(reader->policy)) {
            const struct yaml_node place = {.line = spec->line, .column = spec->column};
            reader_error(reader, &place, DIAG_POLICY_VALUE,
                         "every report needs a `group` where one has a `max_age` or is retired");
        }
    }
}

/* A file holds one state and not when each group was measured, so nothing in it can be too old or
 * young enough. And a report that may be missing is not missed, so nothing would be carried for
 * it. */
static void check_carrying(struct policy_reader *reader)
{
    for (size_t index = 0; index < reader->policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&reader->policy->reports, index);
        const struct yaml_node place = {.line = spec->line, .column = spec->column};
        if (spec->max_age > 0 && spec->optional) {
            reader_error(reader, &place, DIAG_POLICY_IDLE_PARAMETER,
                         "`max_age` does nothing beside `optional: true`: without its report the "
                         "group would count as nothing instead of by its last values");
        }
        if (spec->max_age > 0 && reader->policy->ledger_file != NULL) {
            reader_error(
                reader, &place, DIAG_POLICY_IDLE_PARAMETER,
                "`max_age` belongs to a ledger on a branch of its own; `ledger: file` does not "
                "keep when a group was measured");
        }
    }
}

static void read_sections(struct policy_reader *reader, const struct yaml_node *root)
{
    struct policy *policy = reader->policy;
    const struct yaml_node *reports = yaml_get(root, "reports");
    const struct yaml_node *retired = yaml_get(root, "retired");
    const struct yaml_node *components = yaml_get(root, "components");
    const struct yaml_node *include = yaml_get(root, "include");
    const struct yaml_node *exclude = yaml_get(root, "exclude");
    const struct yaml_node *baseline = yaml_get(root, "baseline");
    const struct yaml_node *ledger = yaml_get(root, "ledger");
    const struct yaml_node *denominators = yaml_get(root, "denominators");
    const struct yaml_node *gates = yaml_get(root, "gates");
    const struct yaml_node *waivers = yaml_get(root, "waivers");
    if (reports != NULL) {
        read_reports(reader, reports);
    }
    if (retired != NULL) {
        read_retired(reader, retired);
    }
    check_groups(reader);
    if (components != NULL) {
        read_components(reader, components);
    }
    if (include != NULL) {
        read_patterns(reader, include, &policy->include);
        policy->include_line = include->line;
        policy->include_column = include->column;
    }
    if (exclude != NULL) {
        read_patterns(reader, exclude, &policy->exclude);
        policy->exclude_line = exclude->line;
        policy->exclude_column = exclude->column;
    }
    if (baseline != NULL) {
        reader_fields(reader, baseline, policy_baseline_fields, policy);
    }
    if (ledger != NULL) {
        read_ledger(reader, ledger);
    }
    check_carrying(reader);
    if (denominators != NULL) {
        reader_fields(reader, denominators, policy_denominator_fields, &policy->denominators);
    }
    for (const struct field *field = policy_change_fields; field->name != NULL; field++) {
        const struct yaml_node *node = yaml_get(root, field->name);
        if (node != NULL) {
            reader_field(reader, node, field, policy);
        }
    }
    if (gates == NULL || (gates->kind == YAML_LIST && gates->first == NULL)) {
        reader_error(reader, gates != NULL ? gates : root, DIAG_POLICY_NO_GATES,
                     "there is no rule under `gates`");
    } else {
        read_gates(reader, gates);
    }
    if (waivers != NULL) {
        read_waivers(reader, waivers);
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct diag *one = left;
    const struct diag *two = right;
    if (one->line != two->line) {
        return one->line < two->line ? -1 : 1;
    }
    if (one->column != two->column) {
        return one->column < two->column ? -1 : 1;
    }
    return one->code < two->code ? -1 : one->code > two->code;
}

enum err policy_read(struct policy *policy, struct names *names, struct span text,
                     const struct name *path, const struct policy_vocabulary *vocabulary,
                     struct diags *diags)
{
    struct policy_reader reader = {policy, names, path, vocabulary, diags};
    struct arena arena;
    size_t errors = diags->errors;
    size_t before = diags_count(diags);
    arena_init(&arena);
    policy->path = path;
    const struct yaml_node *root = yaml_read(text, path, &arena, diags);
    if (root != NULL && reader_map(&reader, root, "a mapping, beginning with `version: 1`") &&
        check_version(&reader, root)) {
        check_sections(&reader, root);
        read_sections(&reader, root);
    }
    arena_release(&arena);
    if (diags_count(diags) > before) { /* sections are not read in the order of the file */
        qsort(vec_at(&diags->list, before), diags_count(diags) - before, sizeof(struct diag),
              compare_places);
    }
    return diags->errors == errors ? ERR_NONE : ERR_POLICY;
}

/* As people would write them. */
static const char default_gates[] = "version: 1\n"
                                    "gates:\n"
                                    "  - tests.failed: { at_most: 0 }\n"
                                    "  - tests.errors: { at_most: 0 }\n"
                                    "  - coverage.line: { ratchet: true }\n"
                                    "  - findings.error: { ratchet: true }\n"
                                    "  - security.critical: { ratchet: true }\n"
                                    "  - security.high: { ratchet: true }\n";

void policy_defaults(struct policy *policy, struct names *names,
                     const struct policy_vocabulary *vocabulary)
{
    struct diags diags;
    diags_init(&diags, names);
    policy_read(policy, names, span_of(default_gates), NULL, vocabulary, &diags);
    diags_release(&diags);
    for (size_t index = 0; index < policy->rules.count; index++) {
        struct rule *rule = vec_at(&policy->rules, index);
        rule->line = 0;
        rule->column = 0;
    }
}
