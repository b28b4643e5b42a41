/* The watch over denominators: coverable lines, files with coverage, tests, rules and reports may
 * not shrink by more than the policy's percentage from the baseline on, whatever the rules say.
 * Leaving things out is the easiest way to a better percentage and to fewer findings.
 *
 * Losses of a few units pass whatever their share is, because in a small project one test is 20 %;
 * a limit of 0 allows none. Of reports also no kind may vanish (denominators_kinds.c). Metrics that
 * are not there at all are left to the rules, which say NO_DATA. */
#include "gates/denominators_parts.h"

#include "base/arena.h"

static const struct param_spec no_params[] = {{.name = NULL}};

static const struct rule_spec denominators_spec = {
    .name = WAIVER_DENOMINATORS,
    .summary = "What is measured must not shrink unnoticed.",
    .params = no_params};

/* ---- what is watched ---- */

static struct decimal limit_of(const struct denominators *denominators,
                               const struct param_value *own)
{
    if (own->given) {
        return own->amount;
    }
    return denominators->may_shrink.given ? denominators->may_shrink.amount
                                          : decimal_make(DENOMINATORS_MAY_SHRINK, 0);
}

void denominators_list(const struct policy *policy, struct watched all[WATCHED_COUNT])
{
    enum { FEW_LINES = 50, FEW = 3 };
    const struct denominators *limits = &policy->denominators;
    all[WATCHED_REPORTS] = (struct watched){.key = "reports",
                                            .things = "reports",
                                            .floor = FEW,
                                            .limit = limit_of(limits, &limits->reports)};
    all[WATCHED_LINES] = (struct watched){.key = "coverage.line",
                                          .things = "lines",
                                          .floor = FEW_LINES,
                                          .limit = limit_of(limits, &limits->lines)};
    all[WATCHED_FILES] = (struct watched){.key = "coverage.files",
                                          .things = "files",
                                          .floor = FEW,
                                          .limit = limit_of(limits, &limits->files)};
    all[WATCHED_TESTS] = (struct watched){.key = "tests.total",
                                          .things = "tests",
                                          .floor = FEW,
                                          .limit = limit_of(limits, &limits->tests)};
    all[WATCHED_RULES] = (struct watched){.key = "findings.rules",
                                          .things = "rules",
                                          .floor = FEW,
                                          .limit = limit_of(limits, &limits->rules)};
}

uint64_t denominators_least(const struct watched *watched)
{
    uint64_t needed =
        ratio_needed(watched->base, decimal_subtract(decimal_make(100, 0), watched->limit));
    uint64_t spared = watched->base > watched->floor ? watched->base - watched->floor : 0;
    return watched->limit.digits > 0 && spared < needed ? spared : needed;
}

bool denominators_units(const struct evaluation *evaluation, const struct snapshot *snapshot,
                        const char *key, uint64_t *units)
{
    const struct name *name = names_add(evaluation->names, span_of(key));
    const struct metric *metric = snapshot_find(snapshot, name, NULL, NULL);
    if (metric == NULL || metric->state != STATE_OK || metric->value.kind == VALUE_DECIMAL) {
        return false;
    }
    bool ratio = metric->value.kind == VALUE_RATIO;
    *units = ratio ? metric->value.ratio.total : metric->value.count;
    return true;
}

/* ---- the check ---- */

struct check *denominators_add(const struct evaluation *evaluation, const struct watched *watched,
                               struct vec *checks)
{
    struct rule *rule = arena_alloc(evaluation->names->arena, sizeof(*rule));
    rule->kind = &denominators_spec;
    rule->metric = names_add(evaluation->names, span_of(watched->key));
    struct check *check = vec_add(checks);
    check->rule = rule;
    check->outcome = OUTCOME_FAIL;
    check->has_now = true;
    check->now = value_count(watched->now);
    check->has_base = true;
    check->base = value_count(watched->base);
    check->remedy = names_add(
        evaluation->names,
        SPAN("See what is no longer measured: tests that were removed or not run, files that were "
             "excluded, rules that were switched off, reports that are not read. If it is meant, "
             "say so with a waiver for "
             "`denominators` in the policy."));
    return check;
}

static void check_count(const struct evaluation *evaluation, const struct watched *watched,
                        struct vec *checks)
{
    uint64_t allowed = denominators_least(watched);
    if (watched->now >= allowed) {
        return;
    }
    struct check *check = denominators_add(evaluation, watched, checks);
    struct buf why = {NULL, 0, 0};
    check->has_bar = true;
    check->bar = value_count(allowed);
    check->short_of_bar = allowed - watched->now;
    buf_add_format(&why, "Measured %s: ", watched->things);
    buf_add_grouped(&why, watched->now);
    buf_add_text(&why, ", ");
    judge_add_distance(&why, watched->base - watched->now, false);
    buf_add_text(&why, " the ");
    buf_add_grouped(&why, watched->base);
    buf_add_text(&why, " of the baseline; one change may take away ");
    decimal_add_text(&why, decimal_trim(watched->limit));
    buf_add_text(&why, " %.");
    check->why = names_add(evaluation->names, buf_span(&why));
    buf_release(&why);
}

static void check_reports(const struct evaluation *evaluation, struct watched *watched,
                          struct vec *checks)
{
    const struct snapshot *base = &evaluation->baseline->snapshot;
    struct buf lost = {NULL, 0, 0};
    watched->now = denominators_usable(evaluation->now);
    watched->base = denominators_usable(base);
    if (decimal_compare(watched->limit, decimal_make(100, 0)) < 0 &&
        denominators_lost_kinds(evaluation->now, base, NULL, &lost) > 0) {
        struct check *check = denominators_add(evaluation, watched, checks);
        struct buf why = {NULL, 0, 0};
        buf_add_text(&why, "The baseline was made from reports that this run does not have: ");
        buf_add(&why, buf_span(&lost));
        buf_add_byte(&why, '.');
        check->why = names_add(evaluation->names, buf_span(&why));
        buf_release(&why);
    } else {
        check_count(evaluation, watched, checks);
    }
    buf_release(&lost);
}

/* ---- all of it ---- */

/* Is a report missing or damaged? That closes the gate for lack of data, and counts would say it
 * again as a broken rule. */
static bool lacks_report(const struct snapshot *now)
{
    return denominators_usable(now) < now->sources.count;
}

/* Is a report not there that the policy allows to be missing? Then less is measured, and that was
 * agreed on. */
static bool lacks_optional(const struct evaluation *evaluation)
{
    size_t reports = evaluation->reports != NULL ? evaluation->reports->count : 0;
    for (size_t index = 0; index < evaluation->policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&evaluation->policy->reports, index);
        bool found = !spec->optional || evaluation->specs == NULL;
        for (size_t at = 0; !found && at < reports; at++) {
            found = evaluation->specs[at] == spec;
        }
        if (!found) {
            return true;
        }
    }
    return false;
}

bool denominators_apply(const struct evaluation *evaluation)
{
    const struct baseline *baseline = evaluation->baseline;
    return baseline != NULL && baseline->state == BASELINE_FOUND && !lacks_report(evaluation->now);
}

bool denominators_watched(const struct evaluation *evaluation)
{
    return denominators_apply(evaluation) && !lacks_optional(evaluation);
}

void denominators_check(const struct evaluation *evaluation, struct vec *checks)
{
    struct watched all[WATCHED_COUNT];
    if (!denominators_watched(evaluation)) {
        return;
    }
    denominators_list(evaluation->policy, all);
    for (size_t index = WATCHED_LINES; index < WATCHED_COUNT; index++) {
        struct watched *watched = &all[index];
        if (denominators_units(evaluation, evaluation->now, watched->key, &watched->now) &&
            denominators_units(evaluation, &evaluation->baseline->snapshot, watched->key,
                               &watched->base)) {
            check_count(evaluation, watched, checks);
        }
    }
    check_reports(evaluation, &all[WATCHED_REPORTS], checks);
}
