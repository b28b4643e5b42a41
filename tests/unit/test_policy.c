/* Policy files: every folder of tests/policy is a case, policy.yml with what must be said about it
 * in expected.txt ("ok", or a line `LINE:COLUMN CODE TEXT` for each diagnostic). Below them: what a
 * good file is turned into, the built-in rules, words, dates and the schema. */
#include "check.h"

#include "base/json_tree.h"
#include "gates/gates.h"
#include "policy/policy_read.h"
#include "policy/words.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const formats[] = {"cobertura", "junit", "lcov", "sarif", NULL};

/* Everything that reading a policy needs. */
struct desk {
    struct arena arena;
    struct names names;
    struct policy policy;
    struct diags diags;
    struct policy_vocabulary vocabulary;
};

static void desk_open(struct desk *desk)
{
    arena_init(&desk->arena);
    names_init(&desk->names, &desk->arena);
    policy_init(&desk->policy);
    diags_init(&desk->diags, &desk->names);
    desk->vocabulary = (struct policy_vocabulary){rules_specs(), formats};
}

static void desk_close(struct desk *desk)
{
    diags_release(&desk->diags);
    policy_release(&desk->policy);
    names_release(&desk->names);
    arena_release(&desk->arena);
}

static enum err desk_read(struct desk *desk, struct span text)
{
    return policy_read(&desk->policy, &desk->names, text,
                       names_add(&desk->names, SPAN(".tidegate.yml")), &desk->vocabulary,
                       &desk->diags);
}

static void slurp(const char *path, struct buf *out)
{
    char piece[4096];
    size_t size;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("cannot open %s", path);
        return;
    }
    while ((size = fread(piece, 1, sizeof(piece), file)) > 0) {
        buf_add(out, span_make(piece, size));
    }
    fclose(file);
}

static void add_diags(struct buf *out, const struct diags *diags)
{
    for (size_t index = 0; index < diags_count(diags); index++) {
        const struct diag *diag = diags_at(diags, index);
        buf_add_format(out, "%llu:%llu %s %s\n", (unsigned long long)diag->line,
                       (unsigned long long)diag->column, diag_kind(diag->code)->code,
                       name_text(diag->text));
    }
    if (diags_count(diags) == 0) {
        buf_add_text(out, "ok\n");
    }
}

/* ---- the folders ---- */

static bool run_case(const char *folder)
{
    struct desk desk;
    struct buf text;
    struct buf expected;
    struct buf said;
    char path[512];
    desk_open(&desk);
    buf_init(&text);
    buf_init(&expected);
    buf_init(&said);
    snprintf(path, sizeof(path), "../policy/%s/policy.yml", folder);
    slurp(path, &text);
    snprintf(path, sizeof(path), "../policy/%s/expected.txt", folder);
    slurp(path, &expected);
    enum err err = desk_read(&desk, buf_span(&text));
    add_diags(&said, &desk.diags);
    bool same = span_equal(buf_span(&said), buf_span(&expected));
    bool agrees = (err == ERR_NONE) == (desk.diags.errors == 0);
    if (!same || !agrees) {
        print_message("%s: wanted\n%shave\n%s", folder, buf_text(&expected), buf_text(&said));
    }
    buf_release(&text);
    buf_release(&expected);
    buf_release(&said);
    desk_close(&desk);
    return same && agrees;
}

static void test_folders(void **state)
{
    size_t cases = 0;
    size_t failed = 0;
    DIR *folder = opendir("../policy");
    (void)state;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            cases++;
            failed += !run_case(entry->d_name);
        }
    }
    closedir(folder);
    assert_int_equal(failed, 0);
    assert_true(cases > 40);
}

/* libfyaml has a voice of its own: it must be silent. */
static void test_nothing_on_stderr(void **state)
{
    struct desk desk;
    char seen;
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    (void)state;
    assert_non_null(file);
    dup2(fileno(file), STDERR_FILENO);
    desk_open(&desk);
    enum err directive = desk_read(&desk, SPAN("%YAML 1.9\n---\na: 1\n"));
    enum err bracket = desk_read(&desk, SPAN("version: [1\n"));
    desk_close(&desk);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    size_t size = fread(&seen, 1, 1, file);
    fclose(file);
    assert_int_equal(directive, ERR_POLICY);
    assert_int_equal(bracket, ERR_POLICY);
    assert_int_equal(size, 0);
}

static void test_ceiling(void **state)
{
    struct desk desk;
    struct buf text;
    (void)state;
    desk_open(&desk);
    buf_init(&text);
    buf_add_text(&text, "version: 1\ngates:\n  - tests.failed: {at_most: 0}\n#");
    buf_add_repeat(&text, 'x', 1048576 - text.size);
    assert_int_equal(desk_read(&desk, buf_span(&text)), ERR_NONE);
    buf_add_byte(&text, 'x');
    assert_int_equal(desk_read(&desk, buf_span(&text)), ERR_POLICY);
    assert_int_equal(diags_at(&desk.diags, 0)->code, DIAG_POLICY_LIMIT);
    buf_release(&text);
    desk_close(&desk);
}

/* ---- what a good file becomes ---- */

static const struct rule *rule_at(const struct desk *desk, size_t index)
{
    assert_true(index < desk->policy.rules.count);
    return vec_at(&desk->policy.rules, index);
}

static void assert_name(const struct name *name, const char *text)
{
    assert_non_null(name);
    assert_string_equal(name_text(name), text);
}

static void read_full(struct desk *desk)
{
    struct buf text;
    buf_init(&text);
    slurp("../policy/good-full/policy.yml", &text);
    desk_open(desk);
    assert_int_equal(desk_read(desk, buf_span(&text)), ERR_NONE);
    buf_release(&text);
}

static void test_sections(void **state)
{
    struct desk desk;
    (void)state;
    read_full(&desk);
    assert_int_equal(desk.policy.reports.count, 1);
    const struct report_spec *spec = vec_at(&desk.policy.reports, 0);
    assert_name(spec->pattern, "build/junit/*.xml");
    assert_name(spec->group, "unit");
    assert_name(spec->format, "junit");
    assert_name(spec->root, "services/api");
    assert_int_equal(spec->expect, 4);
    assert_true(spec->optional);
    assert_int_equal(spec->empty, TRUST_BLOCK);
    assert_int_equal(spec->partial, TRUST_WARN);
    assert_int_equal(spec->line, 3);
    const struct component *component = vec_at(&desk.policy.components, 0);
    assert_name(component->name, "api");
    assert_name(*(const struct name **)vec_at(&component->patterns, 0), "src/api/**");
    assert_name(*(const struct name **)vec_at(&desk.policy.include, 0), "src/**");
    assert_name(*(const struct name **)vec_at(&desk.policy.exclude, 0), "**/gen/**");
    assert_name(desk.policy.branch, "main");
    assert_int_equal(desk.policy.when_missing, MISSING_WARN);
    const struct waiver *waiver = vec_at(&desk.policy.waivers, 0);
    assert_name(waiver->gate, "coverage.line");
    assert_name(waiver->owner, "@team");
    assert_int_equal(waiver->until, 20270131);
    desk_close(&desk);
}

static void test_rules(void **state)
{
    struct desk desk;
    (void)state;
    read_full(&desk);
    assert_int_equal(desk.policy.rules.count, 8);
    const struct rule *ratchet = rule_at(&desk, 0);
    assert_string_equal(ratchet->kind->name, "ratchet");
    assert_name(ratchet->metric, "coverage.line");
    assert_null(ratchet->group);
    assert_true(ratchet->params[0].flag);
    assert_int_equal(ratchet->params[1].amount.digits, 1);
    assert_int_equal(ratchet->params[1].amount.scale, 1);
    assert_int_equal(ratchet->line, 16);
    const struct rule *bar = rule_at(&desk, 1);
    assert_string_equal(bar->kind->name, "threshold");
    assert_true(bar->params[0].given);
    assert_int_equal(bar->params[0].amount.digits, 70);
    assert_false(bar->params[1].given);
    const struct rule *labelled = rule_at(&desk, 3);
    assert_name(labelled->component, "api");
    assert_name(labelled->group, "unit");
    assert_int_equal(labelled->severity, GATE_WARN);
    assert_int_equal(labelled->params[1].amount.digits, 0); /* the slack that was left out */
    assert_false(labelled->params[1].given);
    const struct rule *present = rule_at(&desk, 4);
    assert_string_equal(present->kind->name, "present");
    assert_int_equal(present->params[1].amount.digits, 7200);
    assert_int_equal(rule_at(&desk, 5)->params[0].amount.digits, 665); /* 66.5% */
    desk_close(&desk);
}

static void test_defaults(void **state)
{
    static const char *const wanted[] = {"tests.failed",   "tests.errors",      "coverage.line",
                                         "findings.error", "security.critical", "security.high"};
    struct desk desk;
    (void)state;
    desk_open(&desk);
    policy_defaults(&desk.policy, &desk.names, &desk.vocabulary);
    assert_int_equal(desk.policy.rules.count, 6);
    assert_null(desk.policy.path);
    assert_int_equal(desk.policy.when_missing, MISSING_WARN);
    for (size_t index = 0; index < 6; index++) {
        const struct rule *rule = rule_at(&desk, index);
        assert_name(rule->metric, wanted[index]);
        assert_string_equal(rule->kind->name, index < 2 ? "threshold" : "ratchet");
        assert_int_equal(rule->severity, GATE_BLOCK);
        assert_int_equal(rule->line, 0);
    }
    desk_close(&desk);
}

/* A parameter is looked up by its name alone, so no two kinds may share one. */
static void test_parameters_are_unique(void **state)
{
    size_t same = 0;
    (void)state;
    for (const struct rule_spec *const *one = rules_specs(); *one != NULL; one++) {
        for (const struct param_spec *param = (*one)->params; param->name != NULL; param++) {
            assert_true(param - (*one)->params < RULE_PARAMS);
            for (const struct rule_spec *const *two = rules_specs(); *two != NULL; two++) {
                for (const struct param_spec *other = (*two)->params; other->name != NULL;
                     other++) {
                    same += strcmp(param->name, other->name) == 0 && param != other;
                }
            }
        }
    }
    assert_int_equal(same, 0);
}

/* ---- words ---- */

static void test_word_distance(void **state)
{
    static const struct {
        const char *left, *right;
        unsigned steps;
    } pairs[] = {{"", "", 0},           {"", "abc", 3},       {"gate", "gate", 0},
                 {"gruop", "group", 1}, {"junt", "junit", 1}, {"kitten", "sitting", 3},
                 {"ab", "ba", 1},       {"ca", "abc", 3},     {"expects", "expect", 1}};
    (void)state;
    for (size_t index = 0; index < sizeof(pairs) / sizeof(pairs[0]); index++) {
        struct span left = span_of(pairs[index].left);
        struct span right = span_of(pairs[index].right);
        assert_int_equal(word_distance(left, right), pairs[index].steps);
        assert_int_equal(word_distance(right, left), pairs[index].steps);
    }
}

/* ---- the schema ---- */

static const struct json_node *descend(const struct json_node *node, const char *const *path)
{
    for (; *path != NULL; path++) {
        node = json_node_get(node, *path);
    }
    return node;
}

static void test_schema(void **state)
{
    static const char *const metrics[] = {"properties", "gates", "items", "properties", NULL};
    static const char *const least[] = {"$defs", "gate-ratio", "properties", "at_least", NULL};
    static const char *const wrong[] = {"$defs", "gate-ratio", "properties", "at_most", NULL};
    static const char *const neutral[] = {"$defs", "gate-count", "properties", "ratchet", NULL};
    struct desk desk;
    struct buf text;
    struct fault fault = {.kind = FAULT_NONE};
    (void)state;
    desk_open(&desk);
    buf_init(&text);
    policy_schema(&desk.vocabulary, &text);
    struct json_node *root = json_tree_open(buf_span(&text), &fault);
    assert_non_null(root);
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct json_node *keys = descend(root, metrics);
        assert_non_null(json_node_get(keys, metric_kind((enum metric_id)id)->key));
    }
    assert_non_null(descend(root, least));
    assert_null(descend(root, wrong));
    assert_null(descend(root, neutral));
    json_tree_close(root);
    buf_release(&text);
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folders),      cmocka_unit_test(test_nothing_on_stderr),
        cmocka_unit_test(test_ceiling),      cmocka_unit_test(test_sections),
        cmocka_unit_test(test_rules),        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_schema),       cmocka_unit_test(test_parameters_are_unique),
        cmocka_unit_test(test_word_distance)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
