/* The watch over denominators: coverable lines, files with coverage, tests, rules and reports may not shrink by more than the
 * policy's percentage from the baseline on, whatever the rules say. Leaving things out is the easiest way to a better
 * percentage and to fewer findings.
 *
 * Losses of a few units pass whatever their share is, because in a small project one test is 20 %; a limit of 0 allows
 * none. Of reports also no kind, which is a format (of SARIF with its tool), may vanish: two scanners that become one look like
 * fewer findings. Metrics that are not there at all are left to the rules, which say NO_DATA. */
#include "gates/denominators.h"

#include "base/arena.h"
#include "gates/judge.h"

enum {
    FLOOR_LINES = 50,
    FLOOR_FILES = 3,
    FLOOR_TESTS = 3,
    FLOOR_RULES = 3,
    FLOOR_REPORTS = 3,
    KINDS_SHOWN = 3
};

static const struct param_spec no_params[] = {{.name = NULL}};

static const struct rule_spec denominators_spec = {
    .name = WAIVER_DENOMINATORS,
    .summary = "What is measured must not shrink unnoticed.",
    .params = no_params};

/* One denominator on both sides. */
struct watched {
    const char *key, *things;
    uint64_t now, base, floor;
    struct decimal limit; /* percent */
};

static struct decimal limit_of(const struct denominators *denominators,
                               const struct param_value *own)
{
    if (own->given) {
        return own->amount;
    }
    return denominators->may_shrink.given ? denominators->may_shrink.amount
                                          : decimal_make(DENOMINATORS_MAY_SHRINK, 0);
}

/* ---- the check ---- */

static struct check *add_check(const struct evaluation *evaluation, const struct watched *watched,
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

static const struct name *sentence(const struct evaluation *evaluation, struct buf *why)
{
    const struct name *name = names_add(evaluation->names, buf_span(why));
    buf_release(why);
    return name;
}

/* The least count that passes. */
static uint64_t least(const struct watched *watched)
{
    uint64_t needed =
        ratio_needed(watched->base, decimal_subtract(decimal_make(100, 0), watched->limit));
    uint64_t spared = watched->base > watched->floor ? watched->base - watched->floor : 0;
    return watched->limit.digits > 0 && spared < needed ? spared : needed;
}

static void check_count(const struct evaluation *evaluation, const struct watched *watched,
                        struct vec *checks)
{
    uint64_t allowed = least(watched);
    if (watched->now >= allowed) {
        return;
    }
    struct check *check = add_check(evaluation, watched, checks);
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
    check->why = sentence(evaluation, &why);
}

/* ---- metrics ---- */

/* How many units the metric is about, if both sides know it. */
static bool count_metric(const struct evaluation *evaluation, struct watched *watched)
{
    const struct name *key = names_add(evaluation->names, span_of(watched->key));
    const struct metric *now = snapshot_find(evaluation->now, key, NULL, NULL);
    const struct metric *base = snapshot_find(&evaluation->baseline->snapshot, key, NULL, NULL);
    if (now == NULL || base == NULL || now->state != STATE_OK || base->state != STATE_OK ||
        now->value.kind != base->value.kind) {
        return false;
    }
    bool ratio = now->value.kind == VALUE_RATIO;
    watched->now = ratio ? now->value.ratio.total : now->value.count;
    watched->base = ratio ? base->value.ratio.total : base->value.count;
    return true;
}

static void check_metrics(const struct evaluation *evaluation, struct vec *checks)
{
    const struct denominators *limits = &evaluation->policy->denominators;
    struct watched all[] = {
        {.key = "coverage.line",
         .things = "lines",
         .floor = FLOOR_LINES,
         .limit = limit_of(limits, &limits->lines)},
        {.key = "coverage.files",
         .things = "files",
         .floor = FLOOR_FILES,
         .limit = limit_of(limits, &limits->files)},
        {.key = "tests.total",
         .things = "tests",
         .floor = FLOOR_TESTS,
         .limit = limit_of(limits, &limits->tests)},
        {.key = "findings.rules",
         .things = "rules",
         .floor = FLOOR_RULES,
         .limit = limit_of(limits, &limits->rules)},
    };
    for (size_t index = 0; index < sizeof(all) / sizeof(all[0]); index++) {
        if (count_metric(evaluation, &all[index])) {
            check_count(evaluation, &all[index], checks);
        }
    }
}

/* ---- reports ---- */

static bool usable(const struct snapshot_source *source)
{
    return source->state != STATE_DAMAGED && source->state != STATE_MISSING;
}

/* The tool, where it tells reports of one format apart: every tool names itself in SARIF, also when it found nothing,
 * while an empty list of another linter could be anybody's. */
static const struct name *tool_of(const struct snapshot_source *source)
{
    return span_is(name_span(source->format), "sarif") ? source->tool : NULL;
}

/* Is `now` a report of the kind that `base` was? An empty one may not show its format; then its path tells. */
static bool same_kind(const struct snapshot_source *now, const struct snapshot_source *base)
{
    if (now->format == NULL) {
        return now->path == base->path;
    }
    return now->format == base->format && tool_of(now) == tool_of(base);
}

static bool has_kind(const struct snapshot *now, const struct snapshot_source *base)
{
    for (size_t index = 0; index < now->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&now->sources, index);
        if (usable(source) && same_kind(source, base)) {
            return true;
        }
    }
    return false;
}

/* Has the list, up to this source, had one of the same kind? */
static bool repeated(const struct snapshot *base, size_t index)
{
    const struct snapshot_source *source = vec_at(&base->sources, index);
    for (size_t before = 0; before < index; before++) {
        const struct snapshot_source *other = vec_at(&base->sources, before);
        if (other->format == source->format && tool_of(other) == tool_of(source)) {
            return true;
        }
    }
    return false;
}

/* Appends the kinds of the baseline that are gone; returns how many there are. */
static size_t add_lost_kinds(const struct evaluation *evaluation, struct buf *out)
{
    const struct snapshot *base = &evaluation->baseline->snapshot;
    size_t lost = 0;
    for (size_t index = 0; index < base->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&base->sources, index);
        if (source->format == NULL || !usable(source) || repeated(base, index) ||
            has_kind(evaluation->now, source)) {
            continue;
        }
        lost++;
        if (lost <= KINDS_SHOWN) {
            buf_add_text(out, lost > 1 ? ", " : "");
            buf_add(out, name_span(source->format));
            if (tool_of(source) != NULL) {
                buf_add_format(out, " of %s", name_text(source->tool));
            }
        }
    }
    if (lost > KINDS_SHOWN) {
        buf_add_format(out, " and %zu more", lost - KINDS_SHOWN);
    }
    return lost;
}

static uint64_t count_usable(const struct snapshot *snapshot)
{
    uint64_t count = 0;
    for (size_t index = 0; index < snapshot->sources.count; index++) {
        count += usable(vec_at(&snapshot->sources, index)) ? 1 : 0;
    }
    return count;
}

static void check_reports(const struct evaluation *evaluation, struct vec *checks)
{
    const struct denominators *limits = &evaluation->policy->denominators;
    struct watched watched = {.key = "reports",
                              .things = "reports",
                              .now = count_usable(evaluation->now),
                              .base = count_usable(&evaluation->baseline->snapshot),
                              .floor = FLOOR_REPORTS,
                              .limit = limit_of(limits, &limits->reports)};
    struct buf lost = {NULL, 0, 0};
    if (decimal_compare(watched.limit, decimal_make(100, 0)) < 0 &&
        add_lost_kinds(evaluation, &lost) > 0) {
        struct check *check = add_check(evaluation, &watched, checks);
        struct buf why = {NULL, 0, 0};
        buf_add_text(&why, "The baseline was made from reports that this run does not have: ");
        buf_add(&why, buf_span(&lost));
        buf_add_byte(&why, '.');
        check->why = sentence(evaluation, &why);
    } else {
        check_count(evaluation, &watched, checks);
    }
    buf_release(&lost);
}

/* ---- all of it ---- */

/* Is a report missing or damaged? That closes the gate for lack of data, and counts would say it again as a broken
 * rule. */
static bool lacks_report(const struct snapshot *now)
{
    return count_usable(now) < now->sources.count;
}

/* Is a report not there that the policy allows to be missing? Then less is measured, and that was agreed on. */
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

void denominators_check(const struct evaluation *evaluation, struct vec *checks)
{
    const struct baseline *baseline = evaluation->baseline;
    if (baseline != NULL && baseline->state == BASELINE_FOUND && !lacks_report(evaluation->now) &&
        !lacks_optional(evaluation)) {
        check_metrics(evaluation, checks);
        check_reports(evaluation, checks);
    }
}
