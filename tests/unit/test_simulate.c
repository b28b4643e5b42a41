/* A policy over recorded snapshots: what counts as broken, as softened, and as not judged. */
#include "check.h"

#include "gates/simulate.h"
#include "policy/policy_read.h"

#include <string.h>

static const char *const formats[] = {"junit", NULL};

struct trial {
    struct arena arena;
    struct names names;
    struct policy policy;
    struct diags diags;
    struct simulation simulation;
};

static void trial_open(struct trial *trial, const char *policy)
{
    const struct policy_vocabulary vocabulary = {rules_specs(), formats};
    memset(trial, 0, sizeof(*trial));
    arena_init(&trial->arena);
    names_init(&trial->names, &trial->arena);
    policy_init(&trial->policy);
    diags_init(&trial->diags, &trial->names);
    assert_int_equal(policy_read(&trial->policy, &trial->names, span_of(policy),
                                 names_add(&trial->names, SPAN("p.yml")), &vocabulary,
                                 &trial->diags),
                     ERR_NONE);
    simulation_init(&trial->simulation, &trial->names, &trial->policy);
    gates_simulate_start(&trial->simulation);
}

static void trial_close(struct trial *trial)
{
    simulation_release(&trial->simulation);
    policy_release(&trial->policy);
    diags_release(&trial->diags);
    names_release(&trial->names);
    arena_release(&trial->arena);
}

static void add_metric(struct trial *trial, struct snapshot *snapshot, const char *key,
                       enum state state, struct value value)
{
    struct metric *metric = snapshot_add(snapshot);
    metric->key = names_add(&trial->names, span_of(key));
    metric->state = state;
    metric->value = value;
    snapshot_sort(snapshot);
}

/* Judges `now` against `base` (NULL: there is none) on that day. */
static void judge(struct trial *trial, const struct snapshot *now, const struct snapshot *base,
                  uint32_t today)
{
    struct baseline baseline = {.state = BASELINE_NONE_YET};
    if (base != NULL) {
        baseline.state = BASELINE_FOUND;
        baseline.snapshot = *base;
    }
    const struct recorded recorded = {.entry = names_add(&trial->names, SPAN("e")),
                                      .commit = names_add(&trial->names, SPAN("c")),
                                      .day = names_add(&trial->names, SPAN("2026-01-01")),
                                      .snapshot = now,
                                      .baseline = &baseline,
                                      .today = today};
    gates_simulate(&trial->simulation, &recorded);
}

static const struct simulated_rule *rule_at(const struct trial *trial, size_t index)
{
    assert_true(index < trial->simulation.rules.count);
    return vec_at(&trial->simulation.rules, index);
}

static void check_counts(const struct simulated_rule *rule, size_t closed, size_t softened,
                         size_t passed, size_t unjudged)
{
    assert_int_equal(rule->closed, closed);
    assert_int_equal(rule->softened, softened);
    assert_int_equal(rule->passed, passed);
    assert_int_equal(rule->unjudged, unjudged);
}

static void test_farthest_first_and_last(void **state)
{
    static const uint64_t failures[] = {0, 2, 5, 1, 0};
    struct trial trial;
    (void)state;
    trial_open(&trial, "version: 1\ngates:\n  - tests.failed: {at_most: 0}\n");
    for (size_t at = 0; at < 5; at++) {
        struct snapshot now;
        snapshot_init(&now, &trial.names);
        add_metric(&trial, &now, "tests.failed", STATE_OK, value_count(failures[at]));
        judge(&trial, &now, NULL, 20260101);
        snapshot_release(&now);
    }
    const struct simulated_rule *rule = rule_at(&trial, 0);
    check_counts(rule, 3, 0, 2, 0);
    assert_int_equal(rule->first, 1);
    assert_int_equal(rule->last, 3);
    assert_int_equal(rule->farthest, 2);
    assert_int_equal(rule->worst.short_of_bar, 5);
    assert_int_equal(trial.simulation.closed, 3);
    assert_int_equal(trial.simulation.breaks.count, 3);
    trial_close(&trial);
}

static void test_farthest_decimal(void **state)
{
    static const int64_t sizes[] = {11, 14, 12};
    struct trial trial;
    (void)state;
    trial_open(&trial, "version: 1\ngates:\n  - app.size: {at_most: 10}\n");
    for (size_t at = 0; at < 3; at++) {
        struct snapshot now;
        snapshot_init(&now, &trial.names);
        add_metric(&trial, &now, "app.size", STATE_OK, value_decimal(decimal_make(sizes[at], 0)));
        judge(&trial, &now, NULL, 20260101);
        snapshot_release(&now);
    }
    assert_int_equal(rule_at(&trial, 0)->farthest, 1);
    trial_close(&trial);
}

/* A first value passes a ratchet in a check; here nothing was compared, so nothing is promised. */
static void test_ratchet_needs_a_value_before(void **state)
{
    struct trial trial;
    struct snapshot base;
    struct snapshot now;
    (void)state;
    trial_open(&trial, "version: 1\nbaseline: {missing: fail}\ngates:\n"
                       "  - findings.total: {ratchet: true}\n");
    snapshot_init(&base, &trial.names);
    snapshot_init(&now, &trial.names);
    add_metric(&trial, &base, "tests.total", STATE_OK, value_count(1));
    add_metric(&trial, &now, "findings.total", STATE_OK, value_count(4));
    judge(&trial, &now, NULL, 20260101);
    check_counts(rule_at(&trial, 0), 0, 0, 0, 1);
    judge(&trial, &now, &base, 20260101);
    check_counts(rule_at(&trial, 0), 0, 0, 0, 2);
    add_metric(&trial, &base, "findings.total", STATE_OK, value_count(3));
    judge(&trial, &now, &base, 20260101);
    check_counts(rule_at(&trial, 0), 1, 0, 0, 2);
    judge(&trial, &base, &now, 20260101);
    check_counts(rule_at(&trial, 0), 1, 0, 1, 2);
    assert_string_equal(name_text(rule_at(&trial, 0)->why_unjudged),
                        "there is no entry before it with such a value");
    snapshot_release(&base);
    snapshot_release(&now);
    trial_close(&trial);
}

static void test_states(void **state)
{
    struct trial trial;
    struct snapshot now;
    (void)state;
    trial_open(&trial, "version: 1\ngates:\n"
                       "  - tests.failed: {at_most: 0}\n"
                       "  - tests.errors: {at_most: 0}\n"
                       "  - tests.flaky: {at_most: 0, severity: info}\n"
                       "  - tests: {present: true, max_age: 1h}\n"
                       "  - coverage: {present: true}\n");
    snapshot_init(&now, &trial.names);
    add_metric(&trial, &now, "tests.total", STATE_OK, value_count(1));
    add_metric(&trial, &now, "tests.failed", STATE_PARTIAL, value_count(0));
    add_metric(&trial, &now, "tests.flaky", STATE_OK, value_count(2));
    judge(&trial, &now, NULL, 20260101);
    check_counts(rule_at(&trial, 0), 1, 0, 0, 0); /* recorded as partial: no data, which blocks */
    check_counts(rule_at(&trial, 1), 0, 0, 0, 1); /* not recorded */
    check_counts(rule_at(&trial, 2), 0, 1, 0, 0); /* broken, informs */
    check_counts(rule_at(&trial, 3), 0, 0, 0, 1); /* ages are not recorded */
    check_counts(rule_at(&trial, 4), 0, 0, 0, 1);
    assert_int_equal(trial.simulation.notes.count, 2);
    snapshot_release(&now);
    trial_close(&trial);
}

static void test_waiver_on_its_last_day(void **state)
{
    struct trial trial;
    struct snapshot now;
    (void)state;
    trial_open(&trial, "version: 1\ngates:\n  - tests.failed: {at_most: 0}\nwaivers:\n"
                       "  - {gate: tests.failed, reason: r, owner: o, until: 2026-02-01}\n");
    snapshot_init(&now, &trial.names);
    add_metric(&trial, &now, "tests.failed", STATE_OK, value_count(1));
    judge(&trial, &now, NULL, 20260201);
    check_counts(rule_at(&trial, 0), 0, 1, 0, 0);
    judge(&trial, &now, NULL, 20260202);
    check_counts(rule_at(&trial, 0), 1, 1, 0, 0);
    snapshot_release(&now);
    trial_close(&trial);
}

/* The watch over denominators makes its rules anew each time; over all entries it is one. */
static void test_denominators_are_one_rule(void **state)
{
    struct trial trial;
    struct snapshot base;
    struct snapshot now;
    (void)state;
    trial_open(&trial, "version: 1\nreports:\n  - {path: a.xml, optional: true}\n"
                       "gates:\n  - tests.failed: {at_most: 0}\n");
    snapshot_init(&base, &trial.names);
    snapshot_init(&now, &trial.names);
    add_metric(&trial, &base, "tests.total", STATE_OK, value_count(100));
    add_metric(&trial, &now, "tests.total", STATE_OK, value_count(10));
    judge(&trial, &now, &base, 20260101);
    assert_int_equal(trial.simulation.rules.count,
                     1); /* an optional report may have been missing */
    struct snapshot_source *source = vec_add(&now.sources);
    source->path = names_add(&trial.names, SPAN("a.xml"));
    source->format = names_add(&trial.names, SPAN("junit"));
    judge(&trial, &now, &base, 20260101);
    judge(&trial, &now, &base, 20260101);
    assert_int_equal(trial.simulation.rules.count, 2);
    check_counts(rule_at(&trial, 1), 2, 0, 0, 0);
    snapshot_release(&base);
    snapshot_release(&now);
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_farthest_first_and_last),
        cmocka_unit_test(test_farthest_decimal),
        cmocka_unit_test(test_ratchet_needs_a_value_before),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_waiver_on_its_last_day),
        cmocka_unit_test(test_denominators_are_one_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
