/* Scenes built by hand for the renderer tests: a stage holds the run, and small functions put on
 * it what a scene needs. Included by tests only. */
#ifndef TIDEGATE_TESTS_RENDER_STAGE_H
#define TIDEGATE_TESTS_RENDER_STAGE_H

#include "model/run.h"
#include "model/scene.h"

#include <string.h>

struct stage {
    struct run run;
    struct policy policy;
    struct verdict verdict;
    struct snapshot snapshot;
    struct baseline baseline;
    struct vec reports; /* struct report * */
    struct vec rules;   /* struct rule *, kept until the end */
    struct waiver waiver;
    struct scene scene;
};

enum { STAGE_AT_LEAST, STAGE_AT_MOST, STAGE_RATCHET, STAGE_SLACK };

static const struct param_spec stage_params[] = {
    [STAGE_AT_LEAST] = {.name = "at_least", .type = PARAM_AMOUNT},
    [STAGE_AT_MOST] = {.name = "at_most", .type = PARAM_AMOUNT},
    [STAGE_RATCHET] = {.name = "ratchet", .type = PARAM_FLAG},
    [STAGE_SLACK] = {.name = "slack", .type = PARAM_AMOUNT},
    {.name = NULL},
};
static const struct rule_spec stage_threshold = {
    .name = "threshold", .summary = "", .params = stage_params};
static const struct rule_spec stage_ratchet = {
    .name = "ratchet", .summary = "", .params = stage_params};

static inline const struct name *stage_name(struct stage *stage, const char *text)
{
    return text != NULL ? names_add(&stage->run.names, span_of(text)) : NULL;
}

static inline void stage_open(struct stage *stage)
{
    memset(stage, 0, sizeof(*stage));
    run_init(&stage->run);
    policy_init(&stage->policy);
    stage->policy.path = names_add(&stage->run.names, SPAN(".tidegate.yml"));
    verdict_init(&stage->verdict);
    snapshot_init(&stage->snapshot, &stage->run.names);
    snapshot_init(&stage->baseline.snapshot, &stage->run.names);
    vec_init(&stage->reports, sizeof(struct report *));
    vec_init(&stage->rules, sizeof(struct rule *));
    stage->scene = (struct scene){.program_version = "0.1.0",
                                  .verdict = &stage->verdict,
                                  .policy = &stage->policy,
                                  .snapshot = &stage->snapshot,
                                  .reports = &stage->reports,
                                  .diags = &stage->run.diags,
                                  .width = 80};
}

static inline void stage_close(struct stage *stage)
{
    for (size_t i = 0; i < stage->reports.count; i++) {
        report_close(*(struct report **)vec_at(&stage->reports, i));
    }
    vec_release(&stage->reports);
    vec_release(&stage->rules);
    snapshot_release(&stage->baseline.snapshot);
    snapshot_release(&stage->snapshot);
    verdict_release(&stage->verdict);
    policy_release(&stage->policy);
    run_release(&stage->run);
}

static inline struct metric *stage_metric(struct stage *stage, struct snapshot *snapshot,
                                          const char *key, struct value value)
{
    struct metric *metric = snapshot_add(snapshot);
    metric->key = stage_name(stage, key);
    metric->value = value;
    metric->sources = 1;
    return metric;
}

/* A check of a rule kind; the caller fills in the rest. */
static inline struct check *stage_check(struct stage *stage, const struct rule_spec *kind,
                                        const char *metric, enum outcome outcome, const char *why,
                                        const char *remedy)
{
    struct rule *rule = arena_alloc(&stage->run.keep, sizeof(*rule));
    struct check *check = vec_add(&stage->verdict.checks);
    rule->kind = kind;
    rule->metric = stage_name(stage, metric);
    check->rule = rule;
    check->outcome = outcome;
    check->why = stage_name(stage, why);
    check->remedy = stage_name(stage, remedy);
    return check;
}

static inline struct rule *stage_rule(struct check *check)
{
    return (struct rule *)check->rule; /* made by stage_check */
}

static inline void stage_now(struct check *check, struct value now)
{
    check->has_now = true;
    check->now = now;
}

static inline void stage_base(struct check *check, struct value base)
{
    check->has_base = true;
    check->base = base;
}

/* A bar that a parameter of the policy set. */
static inline void stage_bar(struct check *check, unsigned param, struct value bar)
{
    struct rule *rule = stage_rule(check);
    check->has_bar = true;
    check->bar = bar;
    rule->params[param].given = true;
    rule->params[param].amount =
        bar.kind == VALUE_DECIMAL ? bar.decimal : decimal_make((int64_t)bar.count, 0);
}

static inline struct report *stage_report(struct stage *stage, const char *path, const char *format,
                                          enum state state, uint64_t bytes)
{
    struct report *report = report_open(&stage->run.names, span_of(path));
    report->format = format;
    report->state = state;
    report->bytes = bytes;
    *(struct report **)vec_add(&stage->reports) = report;
    return report;
}

static inline void stage_test(struct stage *stage, struct report *report, const char *suite,
                              const char *test, const char *message, uint32_t outcome)
{
    struct test_detail *detail = vec_add(&report->tests.details);
    tests_count(&report->tests, outcome, 1);
    detail->suite = stage_name(stage, suite);
    detail->test = stage_name(stage, test);
    detail->message = stage_name(stage, message);
    detail->outcome = outcome;
}

static inline struct finding_detail *stage_finding(struct stage *stage, struct report *report,
                                                   const char *path, uint64_t line,
                                                   const char *rule, const char *message,
                                                   enum level level)
{
    struct finding_row *row = vec_add(&report->findings.rows);
    struct finding_detail *detail = vec_add(&report->findings.details);
    row->count = 1;
    row->level = (uint8_t)level;
    detail->path = stage_name(stage, path);
    detail->line = line;
    detail->rule = stage_name(stage, rule);
    detail->message = stage_name(stage, message);
    detail->level = level;
    return detail;
}

#endif
