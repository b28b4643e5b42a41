/* From snapshots and a policy to a verdict.
 *
 * Every folder of tests/gate is a case: now.json, base.json (none: nothing was recorded yet; empty:
 * it cannot be read), bar.json (none: no bars), recent-1.json and so on (the branch's last entries,
 * newest first), yardstick.txt (bar or nothing; none: base), policy.yml and expected.txt. The day
 * is 2026-06-15. Below them: what must hold for all values, the bars at their exact edges, and
 * ages. */
#include "check.h"

#include "gates/gates.h"
#include "model/report.h"
#include "model/value_order.h"
#include "policy/policy_read.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TODAY = 20260615 };

static const char *const formats[] = {"junit", "lcov", NULL};

/* One evaluation with everything that it needs. */
struct court {
    struct arena arena;
    struct names names;
    struct policy policy;
    struct snapshot now;
    struct baseline baseline;
    struct vec reports; /* struct report * */
    struct diags diags;
    struct verdict verdict;
    struct evaluation evaluation;
};

static void court_open(struct court *court)
{
    memset(court, 0, sizeof(*court));
    arena_init(&court->arena);
    names_init(&court->names, &court->arena);
    policy_init(&court->policy);
    snapshot_init(&court->now, &court->names);
    baseline_init(&court->baseline, &court->names);
    court->baseline.state = BASELINE_NONE_YET;
    vec_init(&court->reports, sizeof(struct report *));
    diags_init(&court->diags, &court->names);
    verdict_init(&court->verdict);
    court->evaluation = (struct evaluation){.names = &court->names,
                                            .policy = &court->policy,
                                            .now = &court->now,
                                            .baseline = &court->baseline,
                                            .today = TODAY};
}

static void court_close(struct court *court)
{
    for (size_t index = 0; index < court->reports.count; index++) {
        report_close(*(struct report **)vec_at(&court->reports, index));
    }
    vec_release(&court->reports);
    verdict_release(&court->verdict);
    diags_release(&court->diags);
    baseline_release(&court->baseline);
    snapshot_release(&court->now);
    policy_release(&court->policy);
    names_release(&court->names);
    arena_release(&court->arena);
}

static void court_policy(struct court *court, const char *text)
{
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    enum err err = policy_read(&court->policy, &court->names, span_of(text),
                               names_add(&court->names, SPAN("p.yml")), &vocabulary, &court->diags);
    if (err != ERR_NONE) {
        fail_msg("policy: %s", name_text(diags_at(&court->diags, 0)->text));
    }
}

static const struct verdict *court_judge(struct court *court)
{
    verdict_release(&court->verdict);
    verdict_init(&court->verdict);
    gates_evaluate(&court->evaluation, &court->verdict, &court->diags);
    return &court->verdict;
}

static const struct check *court_check(struct court *court, size_t index)
{
    assert_true(index < court->verdict.checks.count);
    return vec_at(&court->verdict.checks, index);
}

/* ---- the folders ---- */

static bool slurp(const char *folder, const char *file, struct buf *out)
{
    char path[512];
    char piece[4096];
    size_t size;
    snprintf(path, sizeof(path), "../gate/%s/%s", folder, file);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return false;
    }
    while ((size = fread(piece, 1, sizeof(piece), stream)) > 0) {
        buf_add(out, span_make(piece, size));
    }
    fclose(stream);
    return true;
}

static void load_snapshot(struct snapshot *snapshot, struct span text, const char *folder)
{
    struct fault fault = {.kind = FAULT_NONE};
    if (snapshot_read(snapshot, text, &fault) != ERR_NONE) {
        fail_msg("%s: %s", folder, fault.text);
    }
}

static void load_branch(struct court *court, const char *folder, struct buf *text)
{
    struct fault fault = {.kind = FAULT_NONE};
    if (slurp(folder, "bar.json", text) &&
        bars_read(&court->baseline.bars, buf_span(text), &fault) != ERR_NONE) {
        fail_msg("%s: %s", folder, fault.text);
    }
    buf_clear(text);
    if (slurp(folder, "yardstick.txt", text)) {
        bool bar = span_is(span_trim(buf_span(text)), "bar");
        court->baseline.yardstick = bar ? YARDSTICK_BAR : YARDSTICK_NONE;
    }
    buf_clear(text);
    for (char file[] = "recent-1.json"; slurp(folder, file, text); file[7]++) {
        struct snapshot *snapshot = vec_add(&court->baseline.recent);
        snapshot_init(snapshot, &court->names);
        load_snapshot(snapshot, buf_span(text), folder);
        buf_clear(text);
    }
}

static void load_case(struct court *court, const char *folder)
{
    struct buf text;
    buf_init(&text);
    if (slurp(folder, "now.json", &text)) { /* none: no report was found */
        load_snapshot(&court->now, buf_span(&text), folder);
    }
    buf_clear(&text);
    if (slurp(folder, "base.json", &text)) {
        court->baseline.state = text.size > 0 ? BASELINE_FOUND : BASELINE_UNUSABLE;
    }
    if (text.size > 0) {
        load_snapshot(&court->baseline.snapshot, buf_span(&text), folder);
    }
    buf_clear(&text);
    load_branch(court, folder, &text);
    if (slurp(folder, "policy.yml", &text)) {
        court_policy(court, buf_text(&text));
    } else {
        struct policy_vocabulary vocabulary = {rules_specs(), formats};
        policy_defaults(&court->policy, &court->names, &vocabulary);
    }
    buf_release(&text);
}

static void add_verdict(struct buf *out, const struct verdict *verdict, const struct diags *diags)
{
    buf_add_format(out, "%s, exit %d. %s\n", outcome_text(verdict->outcome),
                   (int)verdict->exit_code, name_text(verdict->summary));
    for (size_t index = 0; index < verdict->checks.count; index++) {
        const struct check *check = vec_at(&verdict->checks, index);
        buf_add_format(out, "%s %s %s", outcome_text(check->outcome), check->rule->kind->name,
                       name_text(check->rule->metric));
        if (check->has_bar) {
            buf_add_text(out, ", bar ");
            value_add_text(out, &check->bar);
        }
        if (check->short_of_bar > 0) {
            buf_add_format(out, ", short %llu", (unsigned long long)check->short_of_bar);
        }
        buf_add_format(out, "\n    %s\n", name_text(check->why));
        if (check->remedy != NULL) {
            buf_add_format(out, "    -> %s\n", name_text(check->remedy));
        }
    }
    for (size_t index = 0; index < diags_count(diags); index++) {
        const struct diag *diag = diags_at(diags, index);
        buf_add_format(out, "%s %s\n", diag_kind(diag->code)->code, name_text(diag->text));
    }
}

static bool run_case(const char *folder)
{
    struct court court;
    struct buf expected;
    struct buf said;
    court_open(&court);
    buf_init(&expected);
    buf_init(&said);
    load_case(&court, folder);
    assert_true(slurp(folder, "expected.txt", &expected));
    add_verdict(&said, court_judge(&court), &court.diags);
    bool same = span_equal(buf_span(&said), buf_span(&expected));
    if (!same) {
        print_message("%s: wanted\n%shave\n%s", folder, buf_text(&expected), buf_text(&said));
    }
    buf_release(&expected);
    buf_release(&said);
    court_close(&court);
    return same;
}

static void test_folders(void **state)
{
    size_t cases = 0;
    size_t failed = 0;
    DIR *folder = opendir("../gate");
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
    assert_true(cases > 5);
}

/* ---- rules without a policy file ---- */

enum { AT_LEAST, AT_MOST };
enum { SLACK = 1, TOTAL_SLACK };

static const struct rule_spec *spec_of(const char *name)
{
    const struct rule_spec *const *spec = rules_specs();
    while (strcmp((*spec)->name, name) != 0) {
        spec++;
    }
    return *spec;
}

/* The policy's only rule, asked for by its first parameter. */
static struct rule *court_rule(struct court *court, const char *kind, const char *metric)
{
    vec_clear(&court->policy.rules);
    struct rule *rule = vec_add(&court->policy.rules);
    rule->kind = spec_of(kind);
    rule->metric = names_add(&court->names, span_of(metric));
    rule->line = 1;
    return rule;
}

static void set_amount(struct rule *rule, size_t param, struct decimal amount)
{
    rule->params[param] = (struct param_value){.given = true, .amount = amount};
}

static void set_metric(struct court *court, struct snapshot *snapshot, const char *key,
                       enum state state, struct value value)
{
    vec_clear(&snapshot->metrics);
    struct metric *metric = snapshot_add(snapshot);
    metric->key = names_add(&court->names, span_of(key));
    metric->state = state;
    metric->value = value;
    metric->sources = 1;
}

static enum outcome outcome_of(struct court *court)
{
    court_judge(court);
    return court_check(court, 0)->outcome;
}

/* A small generator of its own, so that a failure can be repeated. */
struct dice {
    uint64_t state;
};

static uint64_t roll(struct dice *dice, uint64_t below)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (dice->state >> 16) % below;
}

static struct value random_value(struct dice *dice, const char **key)
{
    uint64_t total = 1 + roll(dice, 300);
    switch (roll(dice, 3)) {
    case 0: *key = "coverage.line"; return value_ratio(roll(dice, total + 1), total);
    case 1: *key = "coverage.files"; return value_count(roll(dice, 60));
    default:
        *key = "my.number";
        return value_decimal(decimal_make((int64_t)roll(dice, 6000) - 500, 2));
    }
}

static struct decimal random_bar(struct dice *dice)
{
    return decimal_make((int64_t)roll(dice, 10001), 2);
}

/* ---- what must hold for all values ---- */

/* A stricter bar never opens a gate that a milder one closed. */
static void test_tightening(void **state)
{
    struct dice dice = {1};
    struct court court;
    size_t passed = 0;
    size_t failed = 0;
    (void)state;
    court_open(&court);
    for (size_t round = 0; round < 4000; round++) {
        const char *key;
        struct value value = random_value(&dice, &key);
        size_t param = roll(&dice, 2);
        struct decimal mild = random_bar(&dice);
        struct decimal strict = random_bar(&dice);
        if ((decimal_compare(mild, strict) > 0) == (param == AT_LEAST)) {
            struct decimal other = mild;
            mild = strict;
            strict = other;
        }
        set_metric(&court, &court.now, key, STATE_OK, value);
        set_amount(court_rule(&court, "threshold", key), param, strict);
        bool strict_passes = outcome_of(&court) == OUTCOME_PASS;
        set_amount(court_rule(&court, "threshold", key), param, mild);
        bool mild_passes = outcome_of(&court) == OUTCOME_PASS;
        assert_true(mild_passes || !strict_passes);
        passed += strict_passes;
        failed += !strict_passes;
    }
    assert_true(passed > 100 && failed > 100);
    court_close(&court);
}

/* More slack never closes a gate that less slack left open, and equal values always pass. */
static void test_slack(void **state)
{
    static const char *const keys[] = {"coverage.line", "findings.error", "tests.total",
                                       "tests.time"};
    struct dice dice = {2};
    struct court court;
    size_t failed = 0;
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    for (size_t round = 0; round < 4000; round++) {
        const char *key = keys[roll(&dice, 4)];
        enum value_kind kind = metric_find(span_of(key))->kind;
        struct value values[2];
        for (size_t index = 0; index < 2; index++) {
            uint64_t total = 1 + roll(&dice, 300);
            values[index] = kind == VALUE_RATIO   ? value_ratio(roll(&dice, total + 1), total)
                            : kind == VALUE_COUNT ? value_count(roll(&dice, 60))
                                                  : value_decimal(random_bar(&dice));
        }
        struct decimal less = decimal_make((int64_t)roll(&dice, 30), 0);
        struct decimal more = decimal_make(less.digits + (int64_t)roll(&dice, 30), 0);
        set_metric(&court, &court.now, key, STATE_OK, values[0]);
        set_metric(&court, &court.baseline.snapshot, key, STATE_OK, values[1]);
        set_amount(court_rule(&court, "ratchet", key), SLACK, less);
        bool less_passes = outcome_of(&court) == OUTCOME_PASS;
        set_amount(court_rule(&court, "ratchet", key), SLACK, more);
        assert_true(outcome_of(&court) == OUTCOME_PASS || !less_passes);
        failed += !less_passes;
        set_metric(&court, &court.baseline.snapshot, key, STATE_OK, values[0]);
        court_rule(&court, "ratchet", key);
        assert_int_equal(outcome_of(&court), OUTCOME_PASS);
    }
    assert_true(failed > 100);
    court_close(&court);
}

static struct value random_of(struct dice *dice, enum value_kind kind, uint64_t total)
{
    switch (kind) {
    case VALUE_RATIO: return value_ratio(roll(dice, total + 1), total);
    case VALUE_COUNT: return value_count(roll(dice, 60));
    default: return value_decimal(random_bar(dice));
    }
}

static void set_bar(struct court *court, const char *key, struct value value)
{
    struct bar *bar =
        bars_put(&court->baseline.bars, names_add(&court->names, span_of(key)), NULL, NULL);
    bar->direction = metric_find(span_of(key))->direction;
    bar->value = value;
    bar->commit = names_add(&court->names, SPAN("1111111111111111111111111111111111111111"));
}

/* Less slack, of either kind, never opens a gate that more slack left closed, whatever the run is
 * judged by; and what is called inherited is never made worse by this change. */
static void test_slack_with_bar(void **state)
{
    static const char *const keys[] = {"coverage.line", "findings.error", "tests.total",
                                       "tests.time"};
    struct dice dice = {5};
    struct court court;
    size_t seen[OUTCOME_FAIL + 1] = {0};
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    for (size_t round = 0; round < 8000; round++) {
        const char *key = keys[roll(&dice, 4)];
        const struct metric_kind *kind = metric_find(span_of(key));
        struct value now = random_of(&dice, kind->kind, 1 + roll(&dice, 60));
        struct value base = random_of(&dice, kind->kind, 1 + roll(&dice, 60));
        court.baseline.yardstick = roll(&dice, 2) == 0 ? YARDSTICK_BASE : YARDSTICK_BAR;
        set_metric(&court, &court.now, key, STATE_OK, now);
        set_metric(&court, &court.baseline.snapshot, key, STATE_OK, base);
        bars_release(&court.baseline.bars);
        bars_init(&court.baseline.bars, &court.names);
        set_bar(&court, key, random_of(&dice, kind->kind, 1 + roll(&dice, 60)));
        struct rule *rule = court_rule(&court, "ratchet", key);
        set_amount(rule, SLACK, decimal_make((int64_t)roll(&dice, 30), 0));
        set_amount(rule, TOTAL_SLACK, decimal_make((int64_t)roll(&dice, 30), 0));
        enum outcome strict = outcome_of(&court);
        const struct check *check = court_check(&court, 0);
        assert_true(!check->inherited ||
                    !value_worse(&now, &base, decimal_make(0, 0), kind->direction));
        seen[strict]++;
        size_t param = SLACK + roll(&dice, 2);
        rule->params[param].amount.digits += (int64_t)roll(&dice, 30);
        assert_true(outcome_of(&court) != OUTCOME_FAIL || strict == OUTCOME_FAIL);
    }
    assert_true(seen[OUTCOME_PASS] > 300 && seen[OUTCOME_WARN] > 300 && seen[OUTCOME_FAIL] > 300);
    court_close(&court);
}

/* One change that may pass is merged and recorded. False if it may not. */
static bool merge(struct court *court, const char *key, struct value value)
{
    set_metric(court, &court->now, key, STATE_OK, value);
    court->now.commit = names_add(&court->names, SPAN("2222222222222222222222222222222222222222"));
    if (outcome_of(court) != OUTCOME_PASS) {
        return false;
    }
    const struct bars_change change = {.snapshot = &court->now, .policy = &court->policy};
    bars_update(&court->baseline.bars, &change);
    set_metric(court, &court->baseline.snapshot, key, STATE_OK, value);
    return true;
}

/* A hundred merged changes, each within the slack, lose no more than the total slack. */
static void test_slack_does_not_add_up(void **state)
{
    static const struct {
        const char *key;
        struct value start;
        int64_t slack, total; /* total 0: left out */
    } cases[] = {{"coverage.line", {VALUE_RATIO, {9000, 10000}, 0, {0, 0}}, 1, 0},
                 {"coverage.line", {VALUE_RATIO, {9000, 10000}, 0, {0, 0}}, 1, 3},
                 {"tests.total", {VALUE_COUNT, {0, 0}, 5000, {0, 0}}, 10, 0},
                 {"findings.warning", {VALUE_COUNT, {0, 0}, 5000, {0, 0}}, 10, 45},
                 {"tests.time", {VALUE_DECIMAL, {0, 0}, 0, {500000, 2}}, 10, 25}};
    struct dice dice = {6};
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        const char *key = cases[index].key;
        struct value value = cases[index].start;
        struct value best = value;
        struct court court;
        court_open(&court);
        court.baseline.state = BASELINE_FOUND;
        struct rule *rule = court_rule(&court, "ratchet", key);
        enum direction direction = rule_direction(rule);
        int64_t sign = direction == DIRECTION_DOWN ? 1 : -1;
        set_amount(rule, SLACK, decimal_make(cases[index].slack, 0));
        if (cases[index].total > 0) {
            set_amount(rule, TOTAL_SLACK, decimal_make(cases[index].total, 0));
        }
        rule->params[TOTAL_SLACK + 1].number = 1; /* raise: immediately */
        set_metric(&court, &court.baseline.snapshot, key, STATE_OK, value);
        set_bar(&court, key, value);
        size_t merged = 0;
        size_t lost = 0;
        for (size_t round = 0; merged < 100 && round < 100000; round++) {
            struct value next = value;
            int64_t step = (int64_t)roll(&dice, 130) - (merged < 50 ? 65 : 5);
            next.ratio.covered += value.kind == VALUE_RATIO ? (uint64_t)(sign * step) : 0;
            next.count += (uint64_t)(sign * step / 10);
            next.decimal.digits += sign * step * 10;
            if (next.ratio.covered <= next.ratio.total && merge(&court, key, next)) {
                merged++;
                value = next;
                best = value_better(&value, &best, direction) ? value : best;
                lost += value_better(&best, &value, direction);
                assert_false(value_worse(&value, &best, bar_slack(rule), direction));
            }
        }
        assert_int_equal(merged, 100);
        assert_true(lost > 50);
        court_close(&court);
    }
}

/* What was not measured soundly never passes, and it closes the gate. */
static void test_missing_never_passes(void **state)
{
    static const char *const kinds[] = {"present", "ratchet", "threshold"};
    struct court court;
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    set_metric(&court, &court.baseline.snapshot, "coverage.line", STATE_OK, value_ratio(0, 9));
    for (size_t kind = 0; kind < 3; kind++) {
        for (int found = STATE_OK; found <= STATE_MISSING; found++) {
            /* in state ok it is a ratio of nothing */
            set_metric(&court, &court.now, "coverage.line", (enum state)found,
                       value_ratio(found == STATE_OK ? 0 : 9, found == STATE_OK ? 0 : 9));
            set_amount(court_rule(&court, kinds[kind], "coverage.line"), 0, decimal_make(0, 0));
            assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
            assert_int_equal(court.verdict.exit_code, EXIT_REPORT);
        }
        vec_clear(&court.now.metrics);
        assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
        assert_int_equal(court.verdict.exit_code, EXIT_REPORT);
    }
    court_close(&court);
}

/* With what is said to be missing the bar is just met; with one less it is not. */
static void check_missing(struct court *court, struct ratio now)
{
    if (outcome_of(court) == OUTCOME_PASS) {
        assert_int_equal(court_check(court, 0)->short_of_bar, 0);
        return;
    }
    uint64_t missing = court_check(court, 0)->short_of_bar;
    assert_true(missing > 0 && missing <= now.total - now.covered);
    set_metric(court, &court->now, "coverage.line", STATE_OK,
               value_ratio(now.covered + missing, now.total));
    assert_int_equal(outcome_of(court), OUTCOME_PASS);
    set_metric(court, &court->now, "coverage.line", STATE_OK,
               value_ratio(now.covered + missing - 1, now.total));
    assert_int_equal(outcome_of(court), OUTCOME_FAIL);
}

static void test_missing_count_is_exact(void **state)
{
    struct dice dice = {3};
    struct court court;
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    for (size_t round = 0; round < 1500; round++) {
        uint64_t total = 1 + roll(&dice, round % 2 == 0 ? 200 : UINT64_MAX - 1);
        struct ratio now = {roll(&dice, total), total};
        uint64_t base_total = 1 + roll(&dice, 2 * (total / 2) + 1);
        struct value base = value_ratio(roll(&dice, base_total), base_total);
        set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(now.covered, total));
        set_amount(court_rule(&court, "threshold", "coverage.line"), AT_LEAST, random_bar(&dice));
        check_missing(&court, now);
        set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(now.covered, total));
        set_metric(&court, &court.baseline.snapshot, "coverage.line", STATE_OK, base);
        set_amount(court_rule(&court, "ratchet", "coverage.line"), SLACK,
                   decimal_make((int64_t)roll(&dice, 300), 2));
        check_missing(&court, now);
    }
    court_close(&court);
}

/* The percentage in the sentence stands on the same side of the bar as the value. */
static void test_sentence_agrees(void **state)
{
    struct dice dice = {4};
    struct court court;
    size_t close = 0;
    (void)state;
    court_open(&court);
    for (size_t round = 0; round < 3000; round++) {
        uint64_t total = 1 + roll(&dice, 100000);
        struct ratio now = {roll(&dice, total + 1), total};
        struct buf percent;
        buf_init(&percent);
        ratio_add_percent(&percent, now, (unsigned)roll(&dice, 6));
        struct decimal bar = {0, 0};
        assert_true(decimal_parse(buf_span(&percent), &bar, NULL));
        buf_release(&percent);
        size_t param = roll(&dice, 2);
        bar.digits += param == AT_LEAST ? (int64_t)roll(&dice, 2) : 0;
        set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(now.covered, total));
        set_amount(court_rule(&court, "threshold", "coverage.line"), param, bar);
        enum outcome outcome = outcome_of(&court);
        struct span why = name_span(court_check(&court, 0)->why);
        struct decimal shown;
        assert_true(decimal_parse(span_until(why, span_find(why, ' ')), &shown, NULL));
        int order = decimal_compare(shown, bar);
        bool holds = param == AT_LEAST ? order >= 0 : order <= 0;
        assert_true(holds == (outcome == OUTCOME_PASS));
        close += outcome == OUTCOME_FAIL;
    }
    assert_true(close > 500);
    court_close(&court);
}

/* ---- exact edges ---- */

struct edge {
    struct value value;
    size_t param;
    struct decimal bar;
    enum outcome outcome;
    uint64_t missing;
};

static void test_edges(void **state)
{
    const uint64_t half = (uint64_t)1 << 63;
    const struct edge edges[] = {
        {value_ratio(2, 3), AT_LEAST, {66666666666, 9}, OUTCOME_PASS, 0},
        {value_ratio(2, 3), AT_LEAST, {66666666667, 9}, OUTCOME_FAIL, 1},
        {value_ratio(2, 3), AT_MOST, {66666666666, 9}, OUTCOME_FAIL, 0},
        {value_ratio(2, 3), AT_MOST, {66666666667, 9}, OUTCOME_PASS, 0},
        {value_ratio(half - 1, half), AT_LEAST, {100, 0}, OUTCOME_FAIL, 1},
        {value_ratio(half - 1, half), AT_LEAST, {99999999999, 9}, OUTCOME_PASS, 0},
        {value_ratio(half, half), AT_LEAST, {100, 0}, OUTCOME_PASS, 0},
        {value_ratio(0, UINT64_MAX), AT_LEAST, {1, 9}, OUTCOME_FAIL, 184467441},
        {value_ratio(0, UINT64_MAX), AT_LEAST, {0, 0}, OUTCOME_PASS, 0},
        {value_ratio(1, 7), AT_LEAST, {-5, 0}, OUTCOME_PASS, 0},
        {value_count(half), AT_MOST, {INT64_MAX, 0}, OUTCOME_FAIL, 1},
        {value_count(half - 1), AT_MOST, {INT64_MAX, 0}, OUTCOME_PASS, 0},
        {value_count(half), AT_LEAST, {INT64_MAX, 0}, OUTCOME_PASS, 0},
        {value_count(0), AT_MOST, {0, 0}, OUTCOME_PASS, 0},
        {value_count(1), AT_MOST, {0, 0}, OUTCOME_FAIL, 1},
        {value_count(2), AT_LEAST, {25, 1}, OUTCOME_FAIL, 1},
        {value_count(3), AT_LEAST, {25, 1}, OUTCOME_PASS, 0},
        {value_count(2), AT_MOST, {25, 1}, OUTCOME_PASS, 0},
        {value_count(3), AT_MOST, {25, 1}, OUTCOME_FAIL, 1},
        {value_count(0), AT_MOST, {-1, 0}, OUTCOME_FAIL, 0},
        {value_decimal(decimal_make(15, 1)), AT_MOST, {1500000000, 9}, OUTCOME_PASS, 0},
        {value_decimal(decimal_make(15, 1)), AT_MOST, {1499999999, 9}, OUTCOME_FAIL, 0}};
    static const char *const keys[] = {"coverage.line", "coverage.files", "my.number"};
    struct court court;
    (void)state;
    court_open(&court);
    for (size_t index = 0; index < sizeof(edges) / sizeof(edges[0]); index++) {
        const struct edge *edge = &edges[index];
        const char *key = keys[edge->value.kind];
        set_metric(&court, &court.now, key, STATE_OK, edge->value);
        set_amount(court_rule(&court, "threshold", key), edge->param, edge->bar);
        assert_int_equal(outcome_of(&court), edge->outcome);
        assert_int_equal(court_check(&court, 0)->short_of_bar, edge->missing);
    }
    court_close(&court);
}

/* A percentage that would contradict the verdict at nine places is told by its fraction. */
static void test_closest_ratios(void **state)
{
    const uint64_t half = (uint64_t)1 << 63;
    struct court court;
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(half - 3, half));
    set_metric(&court, &court.baseline.snapshot, "coverage.line", STATE_OK,
               value_ratio(half - 2, half));
    court_rule(&court, "ratchet", "coverage.line");
    assert_int_equal(outcome_of(&court), OUTCOME_FAIL);
    assert_int_equal(court_check(&court, 0)->short_of_bar, 1);
    assert_string_equal(
        name_text(court_check(&court, 0)->why),
        "99.999999999 % = 9,223,372,036,854,775,805 of 9,223,372,036,854,775,808 lines, below "
        "the baseline's 99.999999999 % = 9,223,372,036,854,775,806 of "
        "9,223,372,036,854,775,808, and 3 lines are uncovered, 2 before.");
    court_close(&court);
}

/* As many places as it takes to tell the value from the bar, and no more. */
static void test_places(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(2, 3));
    set_amount(court_rule(&court, "threshold", "coverage.line"), AT_MOST, decimal_make(6666, 2));
    assert_int_equal(outcome_of(&court), OUTCOME_FAIL);
    assert_string_equal(name_text(court_check(&court, 0)->why),
                        "66.666 % = 2 of 3 lines, more than the 66.66 % that is allowed.");
    assert_string_equal(name_text(court_check(&court, 0)->remedy),
                        "Bring coverage.line down to 66.66 % or less.");
    court_close(&court);
}

static void test_counts_at_the_end(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    set_metric(&court, &court.now, "findings.error", STATE_OK, value_count(UINT64_MAX));
    set_metric(&court, &court.baseline.snapshot, "findings.error", STATE_OK,
               value_count(UINT64_MAX - 1));
    court_rule(&court, "ratchet", "findings.error");
    assert_int_equal(outcome_of(&court), OUTCOME_FAIL);
    set_amount(court_rule(&court, "ratchet", "findings.error"), SLACK, decimal_make(5, 0));
    assert_int_equal(outcome_of(&court), OUTCOME_PASS);
    set_amount(court_rule(&court, "ratchet", "findings.error"), SLACK, decimal_make(-5, 0));
    assert_int_equal(outcome_of(&court), OUTCOME_FAIL); /* a slack below 0 is none */
    court_close(&court);
}

/* ratchet.c takes it for granted. */
static void test_more_of_a_ratio_is_better(void **state)
{
    (void)state;
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct metric_kind *kind = metric_kind((enum metric_id)id);
        assert_true(kind->kind != VALUE_RATIO || kind->direction == DIRECTION_UP);
    }
}

/* ---- baselines ---- */

static void test_baseline_not_asked(void **state)
{
    static const struct {
        enum missing_baseline missing;
        enum outcome outcome;
        enum exit_code exit_code;
    } cases[] = {{MISSING_SEED, OUTCOME_WARN, EXIT_OPEN},
                 {MISSING_WARN, OUTCOME_WARN, EXIT_OPEN},
                 {MISSING_FAIL, OUTCOME_NO_DATA, EXIT_BASELINE}};
    struct court court;
    (void)state;
    court_open(&court);
    set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(1, 2));
    court_rule(&court, "ratchet", "coverage.line");
    for (size_t index = 0; index < 3; index++) {
        court.policy.when_missing = cases[index].missing;
        court.baseline.state = BASELINE_NOT_ASKED;
        court.evaluation.baseline = &court.baseline;
        assert_int_equal(outcome_of(&court), cases[index].outcome);
        assert_int_equal(court.verdict.exit_code, cases[index].exit_code);
        court.evaluation.baseline = NULL;
        assert_int_equal(outcome_of(&court), cases[index].outcome);
    }
    court_close(&court);
}

static void test_baseline_of_another_kind(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    court.baseline.state = BASELINE_FOUND;
    set_metric(&court, &court.now, "coverage.line", STATE_OK, value_ratio(1, 2));
    set_metric(&court, &court.baseline.snapshot, "coverage.line", STATE_OK, value_count(1));
    court_rule(&court, "ratchet", "coverage.line");
    assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
    assert_int_equal(court.verdict.exit_code, EXIT_BASELINE);
    court_close(&court);
}

/* ---- ages and families ---- */

static struct report *add_report(struct court *court, const char *group, unsigned families,
                                 int64_t modified)
{
    struct report *report = report_open(&court->names, SPAN("r.xml"));
    report->group = group != NULL ? names_add(&court->names, span_of(group)) : NULL;
    report->families = families;
    report->modified = modified;
    *(struct report **)vec_add(&court->reports) = report;
    court->evaluation.reports = &court->reports;
    return report;
}

static void test_age(void **state)
{
    static const struct {
        int64_t commit, unit, e2e; /* times; 0: unknown */
        int64_t max_age;           /* seconds; -1: not given */
        enum state state;
    } cases[] = {
        {1000000, 1000000, 1000500, -1, STATE_OK},   {1000000, 999999, 1000500, -1, STATE_STALE},
        {1000000, 1000500, 999999, -1, STATE_STALE}, /* the oldest one counts */
        {1000000, 992800, 1000500, 7200, STATE_OK},  {1000000, 992799, 1000500, 7200, STATE_STALE},
        {0, 992799, 1000500, -1, STATE_OK}, /* nothing to compare with, and not asked */
        {1000000, 0, 1000500, -1, STATE_OK}};
    struct court court;
    (void)state;
    court_open(&court);
    struct report *unit = add_report(&court, "unit", FAMILY_TESTS, 0);
    struct report *e2e = add_report(&court, "e2e", FAMILY_TESTS, 0);
    add_report(&court, "old", FAMILY_COVERAGE, 5); /* of another family */
    set_metric(&court, &court.now, "tests.total", STATE_OK, value_count(5));
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct rule *rule = court_rule(&court, "present", "tests");
        if (cases[index].max_age >= 0) {
            set_amount(rule, 1, decimal_make(cases[index].max_age, 0));
        }
        unit->modified = cases[index].unit;
        e2e->modified = cases[index].e2e;
        court.evaluation.commit_time = cases[index].commit;
        bool fresh = cases[index].state == STATE_OK;
        assert_int_equal(outcome_of(&court), fresh ? OUTCOME_PASS : OUTCOME_NO_DATA);
        assert_int_equal(court_check(&court, 0)->now_state, cases[index].state);
    }
    court_close(&court);
}

/* A demanded age that nobody knows is not a young one. */
static void test_age_unknown(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    struct report *report = add_report(&court, NULL, FAMILY_TESTS, 0);
    set_metric(&court, &court.now, "tests.total", STATE_OK, value_count(5));
    set_amount(court_rule(&court, "present", "tests"), 1, decimal_make(3600, 0));
    court.evaluation.commit_time = 1000000;
    assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
    report->modified = 1000000;
    assert_int_equal(outcome_of(&court), OUTCOME_PASS);
    court.evaluation.commit_time = 0;
    assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
    court_close(&court);
}

/* Severities come with findings, so the age of a scanner's report counts for them. */
static void test_age_of_security(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    add_report(&court, NULL, FAMILY_FINDINGS, 400000);
    set_metric(&court, &court.now, "security.high", STATE_OK, value_count(0));
    court.evaluation.commit_time = 1000000;
    court_rule(&court, "present", "security");
    assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
    assert_int_equal(court_check(&court, 0)->now_state, STATE_STALE);
    court_close(&court);
}

static void test_age_of_labels(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    add_report(&court, "unit", FAMILY_TESTS, 2000000);
    add_report(&court, "e2e", FAMILY_TESTS, 400000);
    struct snapshot_source *source = vec_add(&court.now.sources);
    source->group = names_add(&court.names, SPAN("unit"));
    set_metric(&court, &court.now, "tests.total", STATE_OK, value_count(5));
    court.evaluation.commit_time = 1000000;
    court_rule(&court, "present", "unit"); /* the group's own reports only */
    assert_int_equal(outcome_of(&court), OUTCOME_PASS);
    court_rule(&court, "present", "tests");
    assert_int_equal(outcome_of(&court), OUTCOME_NO_DATA);
    assert_string_equal(name_text(court_check(&court, 0)->why),
                        "tests is out of date: the oldest report behind it was written 6 d 22 h "
                        "before the commit.");
    court_close(&court);
}

/* A built-in rule is left out only when it is known that nobody reports on its family. */
static void test_defaults_and_broken_reports(void **state)
{
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct court court;
    (void)state;
    court_open(&court);
    policy_defaults(&court.policy, &court.names, &vocabulary);
    set_metric(&court, &court.now, "tests.failed", STATE_OK, value_count(0));
    struct metric *errors = snapshot_add(&court.now);
    errors->key = names_add(&court.names, SPAN("tests.errors"));
    errors->value = value_count(0);
    snapshot_sort(&court.now);
    struct report *report = add_report(&court, NULL, FAMILY_TESTS, 0);
    report->possible = FAMILY_TESTS | FAMILY_COVERAGE;
    assert_int_equal(court_judge(&court)->exit_code, EXIT_OPEN);
    assert_int_equal(court.verdict.checks.count, 2);
    report = add_report(&court, NULL, 0, 0);
    report->state = STATE_DAMAGED;
    report->possible = FAMILY_COVERAGE;
    assert_int_equal(court_judge(&court)->exit_code, EXIT_REPORT);
    assert_int_equal(court.verdict.checks.count, 3);
    report->possible = 0; /* it could have held anything */
    assert_int_equal(court_judge(&court)->exit_code, EXIT_REPORT);
    assert_int_equal(court.verdict.checks.count, 6);
    court_close(&court);
}

/* A report that no rule needs today must still be usable; and what the baseline speaks of is not
 * left out. */
static void test_no_report_vanishes_silently(void **state)
{
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct court court;
    (void)state;
    court_open(&court);
    policy_defaults(&court.policy, &court.names, &vocabulary);
    court.baseline.state = BASELINE_FOUND;
    set_metric(&court, &court.now, "findings.error", STATE_OK, value_count(0));
    set_metric(&court, &court.baseline.snapshot, "findings.error", STATE_OK, value_count(0));
    struct report *sound = add_report(&court, NULL, FAMILY_FINDINGS, 0);
    sound->possible = FAMILY_FINDINGS;
    assert_int_equal(court_judge(&court)->exit_code, EXIT_OPEN);
    size_t checks = court.verdict.checks.count;
    struct report *cut = add_report(&court, NULL, 0, 0);
    cut->state = STATE_DAMAGED;
    cut->possible = FAMILY_NUMBERS;
    assert_int_equal(court_judge(&court)->exit_code, EXIT_REPORT);
    assert_int_equal(court.verdict.checks.count, checks + 1);
    cut->state = STATE_OK;
    assert_int_equal(court_judge(&court)->exit_code, EXIT_OPEN);
    set_metric(&court, &court.baseline.snapshot, "tests.failed", STATE_OK, value_count(0));
    assert_int_equal(court_judge(&court)->exit_code, EXIT_REPORT);
    court_close(&court);
}

static void test_no_date_no_waiver(void **state)
{
    struct court court;
    (void)state;
    court_open(&court);
    court_policy(&court, "version: 1\ngates:\n  - tests.failed: {at_most: 0}\nwaivers:\n"
                         "  - {gate: tests.failed, reason: r, owner: o, until: 2099-12-31}\n");
    set_metric(&court, &court.now, "tests.failed", STATE_OK, value_count(1));
    assert_int_equal(outcome_of(&court), OUTCOME_WAIVED);
    assert_non_null(court_check(&court, 0)->waiver);
    court.evaluation.today = 0;
    assert_int_equal(outcome_of(&court), OUTCOME_FAIL);
    court_close(&court);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folders),
                                       cmocka_unit_test(test_tightening),
                                       cmocka_unit_test(test_slack),
                                       cmocka_unit_test(test_slack_with_bar),
                                       cmocka_unit_test(test_slack_does_not_add_up),
                                       cmocka_unit_test(test_missing_never_passes),
                                       cmocka_unit_test(test_missing_count_is_exact),
                                       cmocka_unit_test(test_sentence_agrees),
                                       cmocka_unit_test(test_edges),
                                       cmocka_unit_test(test_closest_ratios),
                                       cmocka_unit_test(test_places),
                                       cmocka_unit_test(test_counts_at_the_end),
                                       cmocka_unit_test(test_more_of_a_ratio_is_better),
                                       cmocka_unit_test(test_baseline_not_asked),
                                       cmocka_unit_test(test_baseline_of_another_kind),
                                       cmocka_unit_test(test_age),
                                       cmocka_unit_test(test_age_unknown),
                                       cmocka_unit_test(test_age_of_labels),
                                       cmocka_unit_test(test_age_of_security),
                                       cmocka_unit_test(test_defaults_and_broken_reports),
                                       cmocka_unit_test(test_no_report_vanishes_silently),
                                       cmocka_unit_test(test_no_date_no_waiver)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
