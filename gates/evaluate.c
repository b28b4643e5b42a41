/* Judges every rule of the policy, applies waivers and severity, and sums up to one verdict.
 *
 * A waiver excuses a broken rule and never missing data. Built-in rules about families that nobody
 * reports on are left out; a rule of a policy file never is. */
#include "gates/gates.h"

#include "gates/conclude.h"
#include "gates/denominators.h"
#include "model/report.h"
#include "model/rule.h"

#include "base/arena.h"
#include "base/date.h"

/* ---- which families are there ---- */

struct families {
    unsigned known; /* enum family bits that some report or metric speaks of */
    bool open;      /* a report is so broken that nobody knows what it would have held */
};

static void add_report_families(const struct vec *reports, struct families *families)
{
    for (size_t index = 0; index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        bool sound = report->state == STATE_OK;
        unsigned held = report->families | (sound ? 0U : report->possible);
        families->known |= held;
        families->open = families->open || (held == 0 && !sound);
    }
}

static void add_metric_families(const struct snapshot *snapshot, struct families *families)
{
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&snapshot->metrics, index);
        const struct metric_kind *kind = metric_find(name_span(metric->key));
        families->known |= kind != NULL ? (unsigned)kind->family : (unsigned)FAMILY_NUMBERS;
    }
}

/* What the baseline speaks of counts too: a report that vanished must not take its rules along. */
static struct families find_families(const struct evaluation *evaluation)
{
    struct families families = {0, false};
    add_metric_families(evaluation->now, &families);
    if (evaluation->baseline != NULL && evaluation->baseline->state == BASELINE_FOUND) {
        add_metric_families(&evaluation->baseline->snapshot, &families);
    }
    for (size_t index = 0; index < evaluation->now->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&evaluation->now->sources, index);
        families.open = families.open || source->format == NULL;
    }
    if (evaluation->reports != NULL) {
        add_report_families(evaluation->reports, &families);
    }
    return families;
}

static unsigned family_of_rule(const struct rule *rule)
{
    struct span key = name_span(rule->metric);
    const struct metric_kind *kind = metric_find(key);
    if (kind != NULL) {
        return kind->family;
    }
    unsigned family = family_of_word(key);
    return family != 0 ? family : (unsigned)FAMILY_NUMBERS;
}

/* A built-in rule about something that this project does not report on. */
static bool not_applicable(const struct rule *rule, struct families families)
{
    return rule->line == 0 && !families.open && families.known != 0 &&
           (families.known & family_of_rule(rule)) == 0;
}

/* ---- one rule ---- */

static const struct rule_kind *kind_of(const struct rule *rule)
{
    const struct rule_kind *const *kind = rules_all();
    while (&(*kind)->spec != rule->kind) {
        kind++;
    }
    return *kind;
}

/* Does this report stand behind the rule's metric, family or group? */
static bool stands_behind(const struct report *report, const struct rule *rule)
{
    struct span key = name_span(rule->metric);
    bool of_metric =
        metric_find(key) != NULL || family_of_word(key) != 0 || span_find(key, '.') != SIZE_MAX;
    if (!of_metric) {
        return name_compare(report->group, rule->metric) == 0;
    }
    unsigned family = family_of_rule(rule);
    if (family == FAMILY_SECURITY) {
        family |= FAMILY_FINDINGS; /* severities come with findings */
    }
    return ((report->families | report->possible) & family) != 0 &&
           (rule->group == NULL || name_compare(report->group, rule->group) == 0);
}

/* Seconds since 1970 of the oldest report behind the rule, 0 if one of them has no time or there is
 * none. */
static int64_t oldest_report(const struct vec *reports, const struct rule *rule)
{
    int64_t oldest = INT64_MAX;
    for (size_t index = 0; reports != NULL && index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        if (stands_behind(report, rule) && report->modified < oldest) {
            oldest = report->modified;
        }
    }
    return oldest == INT64_MAX ? 0 : oldest;
}

static const struct waiver *find_waiver(const struct evaluation *evaluation,
                                        const struct rule *rule)
{
    for (size_t index = 0; index < evaluation->policy->waivers.count; index++) {
        const struct waiver *waiver = vec_at(&evaluation->policy->waivers, index);
        if (waiver_fits(waiver, rule) && waiver_holds(waiver, evaluation->today)) {
            return waiver;
        }
    }
    return NULL;
}

static void soften(const struct evaluation *evaluation, struct check *check)
{
    enum gate_severity severity = check->rule->severity;
    if (check->outcome == OUTCOME_FAIL) {
        check->waiver = find_waiver(evaluation, check->rule);
        if (check->waiver != NULL) {
            check->outcome = OUTCOME_WAIVED;
        } else if (severity == GATE_WARN) {
            check->outcome = OUTCOME_WARN;
        }
    }
    if (severity == GATE_INFO &&
        (check->outcome == OUTCOME_FAIL || check->outcome == OUTCOME_WARN)) {
        check->outcome = OUTCOME_INFO;
    }
}

static void soften_from(const struct evaluation *evaluation, struct vec *checks, size_t first)
{
    for (size_t index = first; index < checks->count; index++) {
        soften(evaluation, vec_at(checks, index));
    }
}

void gates_watch(const struct evaluation *evaluation, struct verdict *verdict)
{
    size_t first = verdict->checks.count;
    denominators_check(evaluation, &verdict->checks);
    soften_from(evaluation, &verdict->checks, first);
}

void gates_watch_copy(const struct evaluation *evaluation, const struct snapshot *copy,
                      const struct name *path, struct verdict *verdict)
{
    size_t first = verdict->checks.count;
    denominators_check_copy(evaluation, copy, path, &verdict->checks);
    soften_from(evaluation, &verdict->checks, first);
}

static void judge(const struct evaluation *evaluation, const struct rule *rule, struct check *check)
{
    struct facts facts = {
        .names = evaluation->names,
        .now = evaluation->now,
        .baseline = evaluation->baseline,
        .yardstick =
            evaluation->baseline != NULL ? evaluation->baseline->yardstick : YARDSTICK_BASE,
        .policy = evaluation->policy,
        .metric = snapshot_find(evaluation->now, rule->metric, rule->group, rule->component),
        .today = evaluation->today,
        .commit_time = evaluation->commit_time,
        .oldest_report = oldest_report(evaluation->reports, rule)};
    check->rule = rule;
    kind_of(rule)->evaluate(rule, &facts, check);
    soften(evaluation, check);
}

/* ---- reports that no rule speaks of ---- */

/* A report of which nobody knows what it would have held is spoken of by whatever blocks for lack
 * of data. */
static bool spoken_of(const struct vec *checks, const struct report *report)
{
    bool unknown = (report->families | report->possible) == 0;
    for (size_t index = 0; index < checks->count; index++) {
        const struct check *check = vec_at(checks, index);
        if (check->outcome == OUTCOME_NO_DATA && check_blocks(check) &&
            (unknown || stands_behind(report, check->rule))) {
            return true;
        }
    }
    return false;
}

/* Appends the unusable reports that nothing else blocks for; returns how many there are. */
static size_t add_unspoken(const struct evaluation *evaluation, const struct vec *checks,
                           struct buf *out)
{
    size_t count = 0;
    for (size_t index = 0; index < evaluation->reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(evaluation->reports, index);
        const struct report_spec *spec =
            evaluation->specs != NULL ? evaluation->specs[index] : NULL;
        if (!report_spec_accepts(spec, report) && !spoken_of(checks, report)) {
            bool lost = report->state == STATE_PARTIAL && !report_holds_facts(report);
            buf_add_format(out, "%s%s is %s%s", count > 0 ? ", " : "", name_text(report->path),
                           state_text(report->state), lost ? " and holds nothing" : "");
            count++;
        }
    }
    return count;
}

/* Every report that is listed must be usable, also when no rule needs it today. */
static void judge_reports(const struct evaluation *evaluation, struct verdict *verdict,
                          struct check *check)
{
    struct buf why;
    buf_init(&why);
    if (evaluation->reports != NULL && add_unspoken(evaluation, &verdict->checks, &why) > 0) {
        struct rule *rule = arena_alloc(evaluation->names->arena, sizeof(*rule));
        rule->kind = &rule_present.spec;
        rule->metric = names_add(evaluation->names, SPAN("reports"));
        buf_add_text(&why, ", and no rule speaks of it.");
        *check = (struct check){.rule = rule,
                                .outcome = OUTCOME_NO_DATA,
                                .no_data = NO_DATA_REPORT,
                                .now_state = STATE_DAMAGED,
                                .why = names_add(evaluation->names, buf_span(&why))};
        check->remedy = names_add(
            evaluation->names,
            SPAN("Mend the step that writes it, take it off `reports`, or say there how far it is "
                 "trusted: `optional`, `empty`, `partial`."));
    }
    buf_release(&why);
}

/* A baseline that is there and cannot be read closes the gate also when no rule compares: nobody
 * can say then whether the change lowers what it is judged by. */
static void judge_baseline(const struct evaluation *evaluation, struct verdict *verdict)
{
    if (evaluation->baseline == NULL || evaluation->baseline->state != BASELINE_UNUSABLE) {
        return;
    }
    for (size_t index = 0; index < verdict->checks.count; index++) {
        const struct check *check = vec_at(&verdict->checks, index);
        if (check->no_data == NO_DATA_BASELINE && check_blocks(check)) {
            return;
        }
    }
    struct rule *rule = arena_alloc(evaluation->names->arena, sizeof(*rule));
    rule->kind = &rule_present.spec;
    rule->metric = names_add(evaluation->names, SPAN("baseline"));
    *(struct check *)vec_add(&verdict->checks) = (struct check){
        .rule = rule,
        .outcome = OUTCOME_NO_DATA,
        .no_data = NO_DATA_BASELINE,
        .now_state = STATE_DAMAGED,
        .why =
            names_add(evaluation->names, SPAN("the baseline should be there and cannot be read.")),
        .remedy = names_add(evaluation->names,
                            SPAN("The messages about the ledger say why and what to do; `ledger: "
                                 "{remote: none}` in the policy does without a remote."))};
}

/* ---- waivers that did nothing ---- */

/* Did all that it could excuse pass without it? What could not be judged does not tell. */
static bool waiver_idle(const struct evaluation *evaluation, const struct waiver *waiver,
                        const struct vec *checks)
{
    if (span_is(name_span(waiver->gate), WAIVER_DENOMINATORS) &&
        !denominators_watched(evaluation)) {
        return false;
    }
    for (size_t index = 0; index < checks->count; index++) {
        const struct check *check = vec_at(checks, index);
        if (check->outcome != OUTCOME_PASS && waiver_fits(waiver, check->rule)) {
            return false;
        }
    }
    return true;
}

static void review_waivers(const struct evaluation *evaluation, const struct vec *checks,
                           struct diags *diags)
{
    const struct policy *policy = evaluation->policy;
    for (size_t index = 0; index < policy->waivers.count; index++) {
        const struct waiver *waiver = vec_at(&policy->waivers, index);
        struct buf until = {NULL, 0, 0};
        date_add(&until, waiver->until);
        if (!waiver_holds(waiver, evaluation->today)) {
            diags_add_format(diags, DIAG_GATE_WAIVER_EXPIRED, policy->path, waiver->line,
                             waiver->column,
                             "the waiver of %s for %s ended with %s: the rule counts again",
                             name_text(waiver->owner), name_text(waiver->gate), buf_text(&until));
        } else if (waiver_idle(evaluation, waiver, checks) &&
                   !(waiver->in_change && span_is(name_span(waiver->gate), WAIVER_POLICY))) {
            diags_add_format(diags, DIAG_GATE_WAIVER_UNUSED, policy->path, waiver->line,
                             waiver->column,
                             "the waiver of %s for %s (until %s) was not needed in this run",
                             name_text(waiver->owner), name_text(waiver->gate), buf_text(&until));
        }
        buf_release(&until);
    }
}

void gates_evaluate(const struct evaluation *evaluation, struct verdict *verdict,
                    struct diags *diags)
{
    struct families families = find_families(evaluation);
    for (size_t index = 0; index < evaluation->policy->rules.count; index++) {
        const struct rule *rule = vec_at(&evaluation->policy->rules, index);
        if (!not_applicable(rule, families)) {
            struct check *check = vec_add(&verdict->checks);
            judge(evaluation, rule, check);
        }
    }
    struct check reports = {.rule = NULL};
    judge_reports(evaluation, verdict, &reports);
    if (reports.rule != NULL) {
        *(struct check *)vec_add(&verdict->checks) = reports;
    }
    judge_baseline(evaluation, verdict);
    gates_watch(evaluation, verdict);
    review_waivers(evaluation, &verdict->checks, diags);
    gates_conclude(verdict, evaluation->names);
}
