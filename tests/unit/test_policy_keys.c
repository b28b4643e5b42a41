/* Every key of the policy language: taking it away, or giving it another value, is shown to the
 * people who review the change, or there is a reason why it cannot make the gate easier to pass. A
 * key that is new in the language fails here until it has a case. */
#include "check.h"

#include "gates/gates.h"
#include "policy/policy_difference.h"
#include "policy/policy_read.h"
#include "policy/policy_reader.h"

static const char *const formats[] = {"junit", "lcov", NULL};

#define GATES        "gates: [{tests.failed: {at_most: 0}}]\n"
#define REPORT(more) "reports: [{path: a.xml, group: unit" more "}]\n" GATES
#define WAIVER(more)                                                                               \
    "waivers: [{gate: tests.failed, reason: r, owner: me, until: 2027-01-31" more "}]\n"
#define GATE(more) "gates: [{tests.failed: {at_most: 0" more "}}, {tests.errors: {at_most: 0}}]\n"

#define WAIVED(items) "waivers: [" items "]\n"

struct key_case {
    const char *section, *key; /* section "": the top of the file */
    const char *before, *after;
    const char *why; /* not NULL: why no line is needed */
};

static const struct key_case cases[] = {
    {"", "version", NULL, NULL, "there is one version"},
    {"", "reports", REPORT(""), GATES, NULL},
    {"", "retired", GATES, "retired: [{group: web, reason: r}]\n" GATES, NULL},
    {"", "components", "components: {api: [src/api/**]}\n" GATES, GATES, NULL},
    {"", "include", "include: [src/**]\n" GATES, GATES, NULL},
    {"", "exclude", GATES, "exclude: [src/**]\n" GATES, NULL},
    {"", "baseline", "baseline: {missing: fail}\n" GATES, GATES, NULL},
    {"", "ledger", GATES, "ledger: file\n" GATES, NULL},
    {"", "denominators", GATES, "denominators: {may_shrink: 90}\n" GATES, NULL},
    {"", "gates", "gates: [{tests.failed: {at_most: 0}}, {tests.errors: {at_most: 0}}]\n", GATES,
     NULL},
    {"", "waivers", GATES, WAIVER("") GATES, NULL},
    {"", "waiver_in_change", GATES, "waiver_in_change: allow\n" GATES, NULL},

    {"reports", "path", REPORT(""), "reports: [{path: b.xml, group: unit}]\n" GATES, NULL},
    {"reports", "group", REPORT(""), "reports: [{path: a.xml, group: web}]\n" GATES, NULL},
    {"reports", "format", REPORT(", format: junit"), REPORT(""), NULL},
    {"reports", "root", REPORT(""), REPORT(", root: sub"), NULL},
    {"reports", "expect", REPORT(", expect: 4"), REPORT(", expect: 3"), NULL},
    {"reports", "optional", REPORT(""), REPORT(", optional: true"), NULL},
    {"reports", "max_age", REPORT(""), REPORT(", max_age: 14d"), NULL},
    {"reports", "empty", REPORT(""), REPORT(", empty: ok"), NULL},
    {"reports", "partial", REPORT(""), REPORT(", partial: warn"), NULL},

    {"retired", "group", "retired: [{group: web, reason: r}]\n" GATES,
     "retired: [{group: web, reason: r}, {group: api, reason: r}]\n" GATES, NULL},
    {"retired", "reason", NULL, NULL,
     "nothing but people reads it, and a group is retired only once"},

    {"baseline", "branch", "baseline: {branch: main}\n" GATES, "baseline: {branch: other}\n" GATES,
     NULL},
    {"baseline", "missing", "baseline: {missing: fail}\n" GATES,
     "baseline: {missing: seed}\n" GATES, NULL},

    {"ledger", "remote", GATES, "ledger: {remote: none}\n" GATES, NULL},
    {"ledger", "id", "ledger: {id: abc}\n" GATES, GATES, NULL},
    {"ledger", "file", "ledger: {file: a.json}\n" GATES, "ledger: {file: b.json}\n" GATES, NULL},

    {"denominators", "may_shrink", "denominators: {may_shrink: 5}\n" GATES, GATES, NULL},
    {"denominators", "coverage.line", GATES, "denominators: {coverage.line: 90}\n" GATES, NULL},
    {"denominators", "coverage.files", GATES, "denominators: {coverage.files: 90}\n" GATES, NULL},
    {"denominators", "tests.total", GATES, "denominators: {tests.total: 90}\n" GATES, NULL},
    {"denominators", "findings.rules", GATES, "denominators: {findings.rules: 90}\n" GATES, NULL},
    {"denominators", "reports", GATES, "denominators: {reports: 100}\n" GATES, NULL},

    {"gates", "component", "components: {api: [a/**]}\ngates: [{coverage.line: {at_least: 5}}]\n",
     "components: {api: [a/**]}\ngates: [{coverage.line: {at_least: 5, component: api}}]\n", NULL},
    {"gates", "group", "reports: [{path: a.xml, group: unit}]\n" GATE(""),
     "reports: [{path: a.xml, group: unit}]\n" GATE(", group: unit"), NULL},
    {"gates", "severity", GATE(""), GATE(", severity: info"), NULL},

    {"waivers", "gate", WAIVER("") GATE(""),
     WAIVED("{gate: tests.errors, reason: r, owner: me, until: 2027-01-31}") GATE(""), NULL},
    {"waivers", "component",
     "components: {api: [a/**]}\ngates: [{coverage.line: {at_least: 5, component: api}}]\n" WAIVED(
         "{gate: coverage.line, component: api, reason: r, owner: me, until: 2027-01-31}"),
     "components: {api: [a/**]}\ngates: [{coverage.line: {at_least: 5, component: api}}]\n" WAIVED(
         "{gate: coverage.line, reason: r, owner: me, until: 2027-01-31}"),
     NULL},
    {"waivers", "group",
     "reports: [{path: a.xml, group: unit}]\n" GATE(", group: unit") WAIVER(", group: unit"),
     "reports: [{path: a.xml, group: unit}]\n" GATE(", group: unit") WAIVER(""), NULL},
    {"waivers", "until", WAIVER("") GATES,
     WAIVED("{gate: tests.failed, reason: r, owner: me, until: 2027-02-01}") GATES, NULL},
    {"waivers", "reason", NULL, NULL,
     "nothing but people reads it; what is excused stays the same"},
    {"waivers", "owner", NULL, NULL, "it approves nothing; what is excused stays the same"},
};

enum { CASES = sizeof(cases) / sizeof(cases[0]) };

static const struct {
    const char *name;
    const struct field *fields;
} tables[] = {
    {"reports", policy_report_fields},
    {"retired", policy_retired_fields},
    {"baseline", policy_baseline_fields},
    {"ledger", policy_ledger_fields},
    {"denominators", policy_denominator_fields},
    {"", policy_change_fields},
    {"gates", policy_gate_fields},
    {"waivers", policy_waiver_fields},
};

static const struct key_case *case_of(const char *section, const char *key)
{
    for (size_t index = 0; index < CASES; index++) {
        if (strcmp(cases[index].section, section) == 0 && strcmp(cases[index].key, key) == 0) {
            return &cases[index];
        }
    }
    fail_msg("the key %s of section '%s' has no case: does policy_difference show it?", key,
             section);
    return NULL;
}

static void every_key_has_a_case(void **state)
{
    size_t keys = 0;
    (void)state;
    for (size_t table = 0; table < sizeof(tables) / sizeof(tables[0]); table++) {
        for (const struct field *field = tables[table].fields; field->name != NULL; field++) {
            case_of(tables[table].name, field->name);
            keys += tables[table].name[0] != '\0' ? 1 : 0;
        }
    }
    for (const char *const *section = policy_sections; *section != NULL; section++) {
        case_of("", *section);
        keys++;
    }
    assert_int_equal(keys, CASES); /* and no case speaks of a key that is none */
}

struct desk {
    struct arena arena;
    struct names names;
    struct policy before, after;
    struct vec lines;
};

static void desk_open(struct desk *desk)
{
    arena_init(&desk->arena);
    names_init(&desk->names, &desk->arena);
    policy_init(&desk->before);
    policy_init(&desk->after);
    vec_init(&desk->lines, sizeof(const struct name *));
}

static void desk_close(struct desk *desk)
{
    vec_release(&desk->lines);
    policy_release(&desk->before);
    policy_release(&desk->after);
    names_release(&desk->names);
    arena_release(&desk->arena);
}

static void read(struct desk *desk, const char *text, struct policy *policy)
{
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct buf whole = {NULL, 0, 0};
    struct diags diags;
    diags_init(&diags, &desk->names);
    buf_add_format(&whole, "version: 1\n%s", text);
    if (policy_read(policy, &desk->names, buf_span(&whole), NULL, &vocabulary, &diags) !=
        ERR_NONE) {
        fail_msg("%s\n%s", text, name_text(diags_at(&diags, 0)->text));
    }
    diags_release(&diags);
    buf_release(&whole);
}

static void every_key_is_shown(void **state)
{
    (void)state;
    for (size_t index = 0; index < CASES; index++) {
        const struct key_case *each = &cases[index];
        struct desk desk;
        if (each->why != NULL) {
            continue;
        }
        desk_open(&desk);
        read(&desk, each->before, &desk.before);
        read(&desk, each->after, &desk.after);
        policy_difference(&desk.before, &desk.after, &desk.names, &desk.lines);
        if (desk.lines.count == 0) {
            fail_msg("nobody is told that %s of section '%s' is another one", each->key,
                     each->section);
        }
        desk_close(&desk);
    }
}

/* ---- parameters of rules ---- */

static void give(struct param_value *value, enum param_type type)
{
    static const struct param_step step = {.day = 20270101, .amount = {.digits = 5}};
    value->given = true;
    value->flag = type == PARAM_FLAG;
    value->amount = decimal_make(type == PARAM_AMOUNT || type == PARAM_DURATION ? 5 : 0, 0);
    value->number = type == PARAM_CHOICE ? 5 : 0;
    value->steps = type == PARAM_STEPS ? &step : NULL;
    value->step_count = type == PARAM_STEPS ? 1 : 0;
}

static void is_shown(const struct rule_spec *kind, size_t param)
{
    struct desk desk;
    desk_open(&desk);
    struct rule *before = vec_add(&desk.before.rules);
    before->kind = kind;
    before->metric = names_add(&desk.names, SPAN("tests.total"));
    *(struct rule *)vec_add(&desk.after.rules) = *before;
    give(&((struct rule *)vec_at(&desk.before.rules, 0))->params[param], kind->params[param].type);
    policy_difference(&desk.before, &desk.after, &desk.names, &desk.lines);
    assert_int_equal(desk.lines.count, 1);
    struct span line = name_span(*(const struct name *const *)vec_at(&desk.lines, 0));
    assert_true(span_find_text(line, kind->params[param].name) != SIZE_MAX);
    desk_close(&desk);
}

static void every_parameter_is_shown(void **state)
{
    size_t params = 0;
    (void)state;
    for (const struct rule_spec *const *kind = rules_specs(); *kind != NULL; kind++) {
        for (size_t param = 0; (*kind)->params[param].name != NULL; param++) {
            is_shown(*kind, param);
            params++;
        }
    }
    assert_true(params > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_has_a_case),
        cmocka_unit_test(every_key_is_shown),
        cmocka_unit_test(every_parameter_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
