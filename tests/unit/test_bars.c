/* Bars: how entries move them, what must hold for any chain of entries, and their text. */
#include "check.h"

#include "gates/gates.h"
#include "model/bars.h"
#include "model/group_totals.h"
#include "model/value_order.h"
#include "policy/policy_read.h"
#include "render/collect.h"

#include <stdio.h>
#include <string.h>

enum { TODAY = 20260615 };

/* A branch: its policy, its bars and the entry to come. */
struct branch {
    struct arena arena;
    struct names names;
    struct policy policy;
    struct bars bars;
    struct snapshot snapshot;
    struct snapshot seed;
    struct diags diags;
    unsigned entries;
    uint32_t today;
};

static void branch_open(struct branch *branch, const char *gates)
{
    static const char *const formats[] = {NULL};
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct buf text = {NULL, 0, 0};
    memset(branch, 0, sizeof(*branch));
    arena_init(&branch->arena);
    names_init(&branch->names, &branch->arena);
    policy_init(&branch->policy);
    bars_init(&branch->bars, &branch->names);
    snapshot_init(&branch->snapshot, &branch->names);
    snapshot_init(&branch->seed, &branch->names);
    diags_init(&branch->diags, &branch->names);
    branch->today = TODAY;
    buf_add_format(&text, "version: 1\ngates:\n%s", gates);
    if (policy_read(&branch->policy, &branch->names, buf_span(&text), NULL, &vocabulary,
                    &branch->diags) != ERR_NONE) {
        fail_msg("policy: %s", name_text(diags_at(&branch->diags, 0)->text));
    }
    buf_release(&text);
}

static void branch_close(struct branch *branch)
{
    diags_release(&branch->diags);
    snapshot_release(&branch->seed);
    snapshot_release(&branch->snapshot);
    bars_release(&branch->bars);
    policy_release(&branch->policy);
    names_release(&branch->names);
    arena_release(&branch->arena);
}

static const struct name *name(struct branch *branch, const char *text)
{
    return text != NULL ? names_add(&branch->names, span_of(text)) : NULL;
}

/* The id of the code commit of the n-th entry. */
static const struct name *commit(struct branch *branch, unsigned number)
{
    char id[41];
    snprintf(id, sizeof(id), "%040x", number);
    return name(branch, id);
}

static struct metric *put(struct branch *branch, struct snapshot *snapshot, const char *key,
                          struct value value)
{
    struct metric *metric = snapshot_add(snapshot);
    metric->key = name(branch, key);
    metric->value = value;
    return metric;
}

static void update(struct branch *branch)
{
    const struct bars_change change = {.snapshot = &branch->snapshot,
                                       .seed =
                                           branch->seed.metrics.count > 0 ? &branch->seed : NULL,
                                       .policy = &branch->policy,
                                       .today = branch->today};
    snapshot_sort(&branch->snapshot);
    bars_update(&branch->bars, &change);
    vec_clear(&branch->snapshot.metrics);
}

/* Records one entry with one metric, of the next commit. */
static void record(struct branch *branch, const char *key, struct value value)
{
    put(branch, &branch->snapshot, key, value);
    branch->snapshot.commit = commit(branch, ++branch->entries);
    update(branch);
}

static const struct bar *bar_of(struct branch *branch, const char *key)
{
    return bars_find(&branch->bars, name(branch, key), NULL, NULL);
}

static void expect(struct branch *branch, const char *key, struct value value, unsigned from)
{
    const struct bar *bar = bar_of(branch, key);
    assert_non_null(bar);
    assert_int_equal(value_compare(&bar->value, &value), 0);
    assert_ptr_equal(bar->commit, commit(branch, from));
}

/* ---- how they move ---- */

static void test_best_value_stays(void **state)
{
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - tests.total: {ratchet: true}\n  - findings.error: {ratchet: true}\n");
    record(&branch, "tests.total", value_count(10));
    assert_null(bar_of(&branch, "findings.error"));
    expect(&branch, "tests.total", value_count(10), 1);
    record(&branch, "tests.total", value_count(12));
    record(&branch, "tests.total", value_count(11));
    expect(&branch, "tests.total", value_count(12), 2);
    record(&branch, "tests.total", value_count(12));
    expect(&branch, "tests.total", value_count(12), 2); /* who was there first */
    record(&branch, "findings.error", value_count(5));
    record(&branch, "findings.error", value_count(7));
    record(&branch, "findings.error", value_count(4));
    expect(&branch, "findings.error", value_count(4), 7);
    branch_close(&branch);
}

static void test_only_ok_counts(void **state)
{
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - coverage.line: {ratchet: true}\n");
    for (int found = STATE_OK; found <= STATE_MISSING; found++) {
        bool sound = found == STATE_OK; /* then it is a ratio of nothing */
        put(&branch, &branch.snapshot, "coverage.line", value_ratio(sound ? 0 : 9, sound ? 0 : 9))
            ->state = (enum state)found;
        branch.snapshot.commit = commit(&branch, ++branch.entries);
        update(&branch);
        assert_null(bar_of(&branch, "coverage.line"));
    }
    record(&branch, "coverage.line", value_ratio(8, 10));
    put(&branch, &branch.snapshot, "coverage.line", value_ratio(9, 10))->state = STATE_PARTIAL;
    update(&branch);
    expect(&branch, "coverage.line", value_ratio(8, 10), branch.entries);
    branch_close(&branch);
}

/* A metric without a bar starts from the entry before. */
static void test_seed(void **state)
{
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - tests.total: {ratchet: true, raise: never}\n"
                         "  - tests.failed: {ratchet: true, raise: never}\n");
    put(&branch, &branch.seed, "tests.failed", value_count(3))->state = STATE_DAMAGED;
    put(&branch, &branch.seed, "tests.total", value_count(90));
    snapshot_sort(&branch.seed);
    branch.seed.commit = commit(&branch, 77);
    put(&branch, &branch.snapshot, "tests.failed", value_count(2));
    record(&branch, "tests.total", value_count(80));
    expect(&branch, "tests.total", value_count(90), 77);
    expect(&branch, "tests.failed", value_count(2), 1);
    record(&branch, "tests.total", value_count(100));
    expect(&branch, "tests.total", value_count(90), 77); /* never */
    branch_close(&branch);
}

static void test_raise_after(void **state)
{
    struct branch branch;
    const struct bar *bar;
    (void)state;
    branch_open(&branch, "  - tests.time: {ratchet: true, raise: 3}\n");
    record(&branch, "tests.time", value_decimal(decimal_make(100, 1)));
    record(&branch, "tests.time", value_decimal(decimal_make(80, 1)));
    record(&branch, "tests.time", value_decimal(decimal_make(95, 1)));
    record(&branch, "tests.time",
           value_decimal(decimal_make(100, 1))); /* as before: from the start */
    record(&branch, "tests.time", value_decimal(decimal_make(90, 1)));
    record(&branch, "tests.time", value_decimal(decimal_make(96, 1)));
    bar = bar_of(&branch, "tests.time");
    assert_int_equal(bar->pending.entries, 2);
    assert_ptr_equal(bar->pending.commit, commit(&branch, 6));
    branch.entries--; /* the same commit once more: it counts once, with its worse value */
    record(&branch, "tests.time", value_decimal(decimal_make(97, 1)));
    put(&branch, &branch.snapshot, "tests.time", value_decimal(decimal_make(1, 1)))->state =
        STATE_PARTIAL; /* says nothing either way */
    update(&branch);
    assert_int_equal(bar->pending.entries, 2);
    expect(&branch, "tests.time", value_decimal(decimal_make(100, 1)), 1);
    record(&branch, "tests.time", value_decimal(decimal_make(50, 1)));
    expect(&branch, "tests.time", value_decimal(decimal_make(97, 1)), 6);
    assert_int_equal(bar->pending.entries, 0);
    branch_close(&branch);
}

/* Deleting covered code, or growing at the same share, is not worse: the bar goes along. */
static void test_ratio_goes_along(void **state)
{
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - coverage.line: {ratchet: true, raise: 5}\n"
                         "  - coverage.branch: {ratchet: true, raise: never}\n");
    record(&branch, "coverage.line", value_ratio(90, 100));
    record(&branch, "coverage.line", value_ratio(40, 50));
    expect(&branch, "coverage.line", value_ratio(40, 50), 2);
    record(&branch, "coverage.line", value_ratio(80, 100));
    assert_int_equal(bar_of(&branch, "coverage.line")->value.ratio.total, 100);
    record(&branch, "coverage.line", value_ratio(79, 100));
    expect(&branch, "coverage.line", value_ratio(80, 100), 3);
    record(&branch, "coverage.branch", value_ratio(90, 100));
    record(&branch, "coverage.branch", value_ratio(40, 50));
    expect(&branch, "coverage.branch", value_ratio(90, 100), 5);
    branch_close(&branch);
}

#define WAIVER "waivers:\n  - {gate: tests.total, reason: r, owner: \"@ada\", until: 2026-06-15}\n"

static void test_waiver_lowers(void **state)
{
    struct branch branch;
    const struct bar *bar;
    (void)state;
    branch_open(
        &branch,
        "  - tests.total: {ratchet: true, slack: 2}\n  - tests.passed: {ratchet: true}\n" WAIVER);
    put(&branch, &branch.snapshot, "tests.passed", value_count(9));
    record(&branch, "tests.total", value_count(10));
    record(&branch, "tests.total", value_count(8)); /* within the slack: not needed */
    bar = bar_of(&branch, "tests.total");
    expect(&branch, "tests.total", value_count(10), 1);
    branch.today = 20260616;
    record(&branch, "tests.total", value_count(7));
    branch.today = 0;
    record(&branch, "tests.total", value_count(7));
    expect(&branch, "tests.total", value_count(10), 1);
    assert_null(bar->waiver_owner);
    branch.today = TODAY;
    put(&branch, &branch.snapshot, "tests.passed", value_count(1));
    record(&branch, "tests.total", value_count(7));
    expect(&branch, "tests.total", value_count(7), 5);
    expect(&branch, "tests.passed", value_count(9), 1);
    bar = bar_of(&branch, "tests.total");
    assert_string_equal(name_text(bar->waiver_owner), "@ada");
    assert_int_equal(bar->waiver_until, 20260615);
    record(&branch, "tests.total", value_count(8));
    assert_null(bar->waiver_owner);
    branch_close(&branch);
}

static void test_rules_together(void **state)
{
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - tests.total: {ratchet: true, raise: never, slack: 5}\n"
                         "  - tests.total: {ratchet: true, raise: 3, severity: info}\n"
                         "  - tests.total: {ratchet: true, raise: 2, severity: warn}\n"
                         "  - tests.time: {ratchet: true, median: 3}\n"
                         "  - bundle.size: {ratchet: true, better: lower}\n" WAIVER);
    put(&branch, &branch.snapshot, "bundle.size", value_decimal(decimal_make(3, 0)));
    put(&branch, &branch.snapshot, "tests.time", value_decimal(decimal_make(3, 0)));
    record(&branch, "tests.total", value_count(10));
    assert_int_equal(branch.bars.all.count, 2);
    put(&branch, &branch.snapshot, "bundle.size", value_decimal(decimal_make(2, 0)));
    record(&branch, "tests.total", value_count(12));
    expect(&branch, "bundle.size", value_decimal(decimal_make(2, 0)), 2);
    record(&branch, "tests.total", value_count(11));
    expect(&branch, "tests.total", value_count(11), 3); /* the soonest */
    record(&branch, "tests.total", value_count(10));
    expect(&branch, "tests.total", value_count(10), 4); /* the smallest slack */
    branch_close(&branch);
}

/* Taking a rule out and putting it back does not lower a bar; turning a number round starts
 * anew. */
static void test_rule_comes_and_goes(void **state)
{
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - bundle.size: {ratchet: true, better: lower}\n");
    record(&branch, "bundle.size", value_decimal(decimal_make(5, 0)));
    struct rule *rule = vec_at(&branch.policy.rules, 0);
    branch.policy.rules.count = 0;
    record(&branch, "bundle.size", value_decimal(decimal_make(9, 0)));
    branch.policy.rules.count = 1;
    record(&branch, "bundle.size", value_decimal(decimal_make(9, 0)));
    expect(&branch, "bundle.size", value_decimal(decimal_make(5, 0)), 1);
    for (size_t index = 0; rule->kind->params[index].name != NULL; index++) {
        if (rule->kind->params[index].directs) {
            rule->params[index].number = DIRECTION_UP;
        }
    }
    const struct bar before = *bar_of(&branch, "bundle.size");
    record(&branch, "bundle.size", value_decimal(decimal_make(4, 0)));
    expect(&branch, "bundle.size", value_decimal(decimal_make(4, 0)), 4);
    assert_false(bar_step_allowed(&before, bar_of(&branch, "bundle.size"), commit(&branch, 4)));
    branch_close(&branch);
}

/* ---- what must hold for any chain ---- */

static uint64_t roll(uint64_t *state, uint64_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (*state >> 16) % below;
}

/* Every step of every bar is allowed: not worse, or with a waiver of that very entry. */
static void test_steps(void **state)
{
    static const char *const keys[] = {"coverage.line", "findings.error", "tests.total"};
    struct branch branch;
    uint64_t dice = 1;
    size_t lowered = 0;
    (void)state;
    branch_open(&branch, "  - coverage.line: {ratchet: true, slack: 3, raise: 2}\n"
                         "  - findings.error: {ratchet: true, raise: 3}\n"
                         "  - tests.total: {ratchet: true}\n" WAIVER);
    for (size_t round = 0; round < 3000; round++) {
        const char *key = keys[roll(&dice, 3)];
        uint64_t total = 1 + roll(&dice, 30);
        const struct bar *bar = bar_of(&branch, key);
        const struct bar before = bar != NULL ? *bar : (struct bar){.commit = NULL};
        branch.today = roll(&dice, 20) == 0 ? TODAY : 20270101;
        record(&branch, key,
               key == keys[0] ? value_ratio(roll(&dice, total + 1), total) : value_count(total));
        bar = bar_of(&branch, key);
        const struct name *now = commit(&branch, branch.entries);
        lowered += bar->waiver_owner != NULL && bar->commit == now;
        assert_true(before.commit == NULL || bar_step_allowed(&before, bar, now));
        assert_true(before.commit == NULL || !bar_step_allowed(&before, NULL, now));
        struct bar unfit = *bar;
        unfit.waiver_owner = NULL;
        assert_true(before.commit == NULL || bar->waiver_owner == NULL || bar->commit != now ||
                    !bar_step_allowed(&before, &unfit, now));
    }
    assert_true(lowered > 5);
    branch_close(&branch);
}

/* Neither the order of the rules nor that of the metrics matters. */
static void test_order(void **state)
{
    static const char *const keys[] = {"coverage.line", "findings.error", "tests.total"};
    struct buf texts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    (void)state;
    for (size_t turn = 0; turn < 2; turn++) {
        struct branch branch;
        uint64_t dice = 7;
        branch_open(&branch, turn == 0 ? "  - coverage.line: {ratchet: true, raise: 2}\n"
                                         "  - findings.error: {ratchet: true}\n"
                                         "  - tests.total: {ratchet: true, raise: 3}\n"
                                         "  - tests.total: {ratchet: true, severity: warn}\n"
                                       : "  - tests.total: {ratchet: true, severity: warn}\n"
                                         "  - tests.total: {ratchet: true, raise: 3}\n"
                                         "  - findings.error: {ratchet: true}\n"
                                         "  - coverage.line: {ratchet: true, raise: 2}\n");
        for (size_t round = 0; round < 200; round++) {
            struct value values[3] = {value_ratio(roll(&dice, 31), 30),
                                      value_count(roll(&dice, 30)), value_count(roll(&dice, 30))};
            for (size_t at = 0; at < 3; at++) {
                size_t index = turn == 0 ? at : 2 - at;
                put(&branch, &branch.snapshot, keys[index], values[index]);
            }
            branch.snapshot.commit = commit(&branch, ++branch.entries);
            update(&branch);
            bars_write(&branch.bars, &texts[turn]);
        }
        branch_close(&branch);
    }
    assert_true(span_equal(buf_span(&texts[0]), buf_span(&texts[1])));
    buf_release(&texts[0]);
    buf_release(&texts[1]);
}

/* ---- text ---- */

#define C1 "1111111111111111111111111111111111111111"
#define C2 "2222222222222222222222222222222222222222"

static const char full[] =
    "{\n"
    "  \"schema\": \"tidegate/bars/1\",\n"
    "  \"bars\": [\n"
    "    {\"key\": \"bundle.size\", \"better\": \"lower\", \"value\": \"1.25\", \"commit\": \"" C1
    "\"},\n"
    "    {\"key\": \"coverage.line\", \"group\": \"unit\", \"component\": \"api\", \"value\": "
    "{\"covered\": 8, \"total\": 10}, \"commit\": \"" C1 "\", \"pending\": {\"entries\": 2, "
    "\"value\": {\"covered\": 9, \"total\": 10}, \"commit\": \"" C2 "\", \"last\": \"" C2 "\"}},\n"
    "    {\"key\": \"tests.total\", \"value\": 5, \"commit\": \"" C2
    "\", \"waiver\": {\"owner\": \"@ada\", \"until\": \"2027-01-31\"}}\n"
    "  ]\n"
    "}\n";

static void test_text(void **state)
{
    struct branch branch;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf text = {NULL, 0, 0};
    (void)state;
    branch_open(&branch, "  - tests.total: {ratchet: true}\n");
    assert_int_equal(bars_read(&branch.bars, span_of(full), &fault), ERR_NONE);
    bars_write(&branch.bars, &text);
    assert_string_equal(buf_text(&text), full);
    const struct bar *bar = bars_find(&branch.bars, name(&branch, "coverage.line"),
                                      name(&branch, "unit"), name(&branch, "api"));
    assert_int_equal(bar->pending.entries, 2);
    assert_int_equal(bar->direction, DIRECTION_UP);
    buf_release(&text);
    branch_close(&branch);
}

static void test_table(void **state)
{
    struct branch branch;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf text = {NULL, 0, 0};
    (void)state;
    branch_open(&branch, "  - tests.total: {ratchet: true}\n");
    bars_text(&branch.bars, &text);
    assert_int_equal(text.size, 0);
    assert_int_equal(bars_read(&branch.bars, span_of(full), &fault), ERR_NONE);
    bars_text(&branch.bars, &text);
    check_text(
        &text,
        "\nBars of the branch\n"
        "  bundle.size                                1.25                     commit 1111111111\n"
        "  coverage.line (group unit, component api)  80.00 % = 8 of 10 lines  commit 1111111111"
        "  2 better in a row, the worst of them 90.00 % = 9 of 10 lines\n"
        "  tests.total                                5 tests                  commit 2222222222"
        "  lowered by the waiver of @ada until 2027-01-31\n");
    branch_close(&branch);
}

/* What is left of a bar when the policy retires a group with such values: all of it when the group
 * cannot be a part of it. */
static void test_retired_group(void **state)
{
    static const struct {
        const char *key;
        bool kept;
        struct value bar, part, left;
    } cases[] = {
        {"coverage.line",
         true,
         {.kind = VALUE_RATIO, .ratio = {80, 100}},
         {.kind = VALUE_RATIO, .ratio = {30, 40}},
         {.kind = VALUE_RATIO, .ratio = {50, 60}}},
        {"coverage.line",
         true,
         {.kind = VALUE_RATIO, .ratio = {20, 100}},
         {.kind = VALUE_RATIO, .ratio = {30, 40}},
         {.kind = VALUE_RATIO, .ratio = {20, 100}}},
        {"coverage.line",
         true,
         {.kind = VALUE_RATIO, .ratio = {95, 100}},
         {.kind = VALUE_RATIO, .ratio = {30, 40}},
         {.kind = VALUE_RATIO, .ratio = {95, 100}}},
        {"coverage.line",
         false,
         {.kind = VALUE_RATIO, .ratio = {30, 40}},
         {.kind = VALUE_RATIO, .ratio = {30, 40}},
         {0}},
        {"tests.total",
         true,
         {.kind = VALUE_COUNT, .count = 15},
         {.kind = VALUE_COUNT, .count = 8},
         {.kind = VALUE_COUNT, .count = 7}},
        {"tests.total",
         true,
         {.kind = VALUE_COUNT, .count = 5},
         {.kind = VALUE_COUNT, .count = 8},
         {.kind = VALUE_COUNT, .count = 5}},
        {"tests.total",
         true,
         {.kind = VALUE_COUNT, .count = 5},
         {.kind = VALUE_RATIO, .ratio = {30, 40}},
         {.kind = VALUE_COUNT, .count = 5}},
        {"tests.time",
         true,
         {.kind = VALUE_DECIMAL, .decimal = {105, 1}},
         {.kind = VALUE_DECIMAL, .decimal = {225, 2}},
         {.kind = VALUE_DECIMAL, .decimal = {825, 2}}},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct branch branch;
        branch_open(&branch,
                    "  - tests.total: {ratchet: true}\n"
                    "retired: [{group: web, reason: moved}, {group: never, reason: old}]\n");
        const struct name *key = name(&branch, cases[index].key);
        const struct name *web = name(&branch, "web");
        const struct name *core = name(&branch, "core");
        *bars_put(&branch.bars, key, NULL, NULL) = (struct bar){
            .key = key, .value = cases[index].bar, .pending = {1, cases[index].bar, NULL, NULL}};
        *bars_put(&branch.bars, key, core, NULL) =
            (struct bar){.key = key, .group = core, .value = cases[index].bar};
        put(&branch, &branch.seed, cases[index].key, cases[index].part)->group = web;
        group_totals_retire_bars(&branch.bars, &branch.policy, &branch.snapshot);
        assert_int_equal(branch.bars.all.count, 2); /* an entry without the group changes nothing */
        group_totals_retire_bars(&branch.bars, &branch.policy, &branch.seed);
        const struct bar *left = bars_find(&branch.bars, key, NULL, NULL);
        assert_int_equal(left != NULL, cases[index].kept);
        if (left != NULL) {
            assert_int_equal(value_compare(&left->value, &cases[index].left), 0);
            bool same = value_compare(&left->value, &cases[index].bar) == 0;
            assert_int_equal(left->pending.entries, same ? 1 : 0);
        }
        assert_non_null(bars_find(&branch.bars, key, core, NULL));
        branch_close(&branch);
    }
}

#define START       "{\"schema\": \"tidegate/bars/1\", \"bars\": ["
#define END         "]}"
#define KEY         "\"key\": \"tests.total\", "
#define BAR(inside) START "{" inside "}" END
#define GOOD        KEY "\"value\": 5, \"commit\": \"" C1 "\""

static void test_refusals(void **state)
{
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"", ""},
        {"[]", "a list of bars is a JSON object"},
        {"{\"schema\": \"tidegate/snapshot/1\", \"bars\": []}", "tidegate/bars/1"},
        {"{\"schema\": \"tidegate/bars/1\"}", "no array"},
        {"{\"schema\": \"tidegate/bars/1\", \"bars\": {}}", "no array"},
        {START END, "no bar in it"},
        {START "1" END, "must be an object"},
        {BAR("\"value\": 5, \"commit\": \"" C1 "\""), "well-formed key"},
        {BAR("\"key\": \"\", \"value\": 5"), "key is a text"},
        {BAR(GOOD ", \"group\": \"\""), "group"},
        {BAR(GOOD ", \"component\": 1"), "component"},
        {BAR(KEY "\"commit\": \"" C1 "\""), "needs a value"},
        {BAR(KEY "\"value\": 5"), "commit"},
        {BAR(KEY "\"value\": 5, \"commit\": \"main\""), "object id"},
        {BAR(KEY "\"value\": \"5\", \"commit\": \"" C1 "\""), "another kind"},
        {BAR("\"key\": \"coverage.line\", \"value\": {\"covered\": 0, \"total\": 0}, "
             "\"commit\": \"" C1 "\""),
         "0 of 0"},
        {BAR("\"key\": \"coverage.files\", \"value\": 5, \"commit\": \"" C1 "\""), "which way"},
        {BAR("\"key\": \"a.b\", \"value\": \"5\", \"commit\": \"" C1 "\""), "which way"},
        {BAR(GOOD ", \"better\": \"lower\""), "which way"},
        {BAR(GOOD ", \"better\": \"neutral\""), "\"better\" must be"},
        {BAR(GOOD ", \"pending\": 1"), "pending"},
        {BAR(GOOD ", \"pending\": {\"entries\": 0, \"value\": 6, \"commit\": \"" C1
                  "\", \"last\": \"" C1 "\"}"),
         "pending"},
        {BAR(GOOD ", \"pending\": {\"entries\": 1, \"value\": 6, \"commit\": \"" C1 "\"}"), "last"},
        {BAR(GOOD ", \"pending\": {\"entries\": 1, \"value\": \"6\", \"commit\": \"" C1
                  "\", \"last\": \"" C1 "\"}"),
         "another kind"},
        {BAR(GOOD ", \"waiver\": 1"), "waiver"},
        {BAR(GOOD ", \"waiver\": {\"owner\": \"@ada\"}"), "until"},
        {BAR(GOOD ", \"waiver\": {\"owner\": \"@ada\", \"until\": \"2027-02-29\"}"), "until"},
        {BAR(GOOD ", \"waiver\": {\"until\": \"2027-02-28\"}"), "owner"},
        {START "{" GOOD "}, {" GOOD "}" END, "twice"},
    };
    struct branch branch;
    (void)state;
    branch_open(&branch, "  - tests.total: {ratchet: true}\n");
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(bars_read(&branch.bars, span_of(cases[index].text), &fault), ERR_FORMAT);
        if (strstr(fault.text, cases[index].why) == NULL) {
            fail_msg("%s: %s", cases[index].text, fault.text);
        }
        assert_int_equal(branch.bars.all.count, 0);
    }
    struct fault newer = {.kind = FAULT_NONE};
    assert_int_equal(bars_read(&branch.bars, SPAN("{\"schema\": \"tidegate/bars/2\"}"), &newer),
                     ERR_UNUSABLE);
    struct fault fault = {.kind = FAULT_NONE};
    assert_int_equal(bars_read(&branch.bars, SPAN(BAR(GOOD ", \"later\": [1]")), &fault), ERR_NONE);
    branch_close(&branch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_best_value_stays),
                                       cmocka_unit_test(test_only_ok_counts),
                                       cmocka_unit_test(test_seed),
                                       cmocka_unit_test(test_raise_after),
                                       cmocka_unit_test(test_ratio_goes_along),
                                       cmocka_unit_test(test_waiver_lowers),
                                       cmocka_unit_test(test_rules_together),
                                       cmocka_unit_test(test_rule_comes_and_goes),
                                       cmocka_unit_test(test_steps),
                                       cmocka_unit_test(test_order),
                                       cmocka_unit_test(test_text),
                                       cmocka_unit_test(test_table),
                                       cmocka_unit_test(test_retired_group),
                                       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
