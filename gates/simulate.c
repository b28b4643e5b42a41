/* Judges what was recorded by another policy, entry by entry.
 *
 * A snapshot holds values and not reports: how old these were, which ones were missing, and what
 * other components or groups would have shown is not in it. A rule that needs such things is
 * counted as unjudged. So is a ratchet without a value before it, which an ordinary check lets
 * pass: a simulation that counted it as passed would promise too much. */
#include "gates/simulate.h"

#include "base/glob.h"
#include "model/report.h"

/* ---- what no snapshot tells ---- */

static void add_note(struct simulation *simulation, const char *sentence)
{
    *(const struct name **)vec_add(&simulation->notes) =
        names_add(simulation->names, span_of(sentence));
}

static bool has_kind(const struct policy *policy, const struct rule_kind *kind)
{
    for (size_t index = 0; index < policy->rules.count; index++) {
        const struct rule *rule = vec_at(&policy->rules, index);
        if (rule->kind == &kind->spec) {
            return true;
        }
    }
    return false;
}

void gates_simulate_start(struct simulation *simulation)
{
    const struct policy *policy = simulation->policy;
    add_note(simulation, "Whether every report was there, whole and recent is not recorded; what "
                         "`reports` demands was not judged.");
    if (policy->include.count > 0 || policy->exclude.count > 0) {
        add_note(simulation, "Values are those that were measured then; what `include` and "
                             "`exclude` of this policy change is not in them.");
    }
    if (has_kind(policy, &rule_ratchet)) {
        add_note(simulation, "Bars begin with the oldest of these entries; what was better before "
                             "does not count here.");
    }
    if (has_kind(policy, &rule_present)) {
        add_note(simulation, "Rules with `present` were judged by what was recorded, not by the "
                             "age of the reports.");
    }
}

/* ---- one check ---- */

enum fate { FATE_CLOSED, FATE_SOFTENED, FATE_PASSED, FATE_UNJUDGED };

static enum fate of_no_data(const struct check *check, const char **why)
{
    if (check->no_data == NO_DATA_BASELINE) {
        *why = "the entry before holds no value to compare with";
    } else if (check->now_state == STATE_MISSING) {
        *why = "it was not recorded";
    } else if (check->now_state == STATE_OK) {
        *why = "the age of the reports is not recorded";
    } else {
        return check_blocks(check) ? FATE_CLOSED : FATE_SOFTENED;
    }
    return FATE_UNJUDGED;
}

static enum fate fate_of(const struct check *check, const char **why)
{
    bool compares = check->rule->kind != &rule_present.spec;
    switch (check->outcome) {
    case OUTCOME_FAIL: return FATE_CLOSED;
    case OUTCOME_NO_DATA: return of_no_data(check, why);
    case OUTCOME_WAIVED: return FATE_SOFTENED;
    case OUTCOME_PASS:
    case OUTCOME_INFO:
    case OUTCOME_WARN: break;
    }
    if (compares && !check->has_bar) {
        *why = "there is no entry before it with such a value";
        return FATE_UNJUDGED;
    }
    return check->outcome == OUTCOME_PASS ? FATE_PASSED : FATE_SOFTENED;
}

/* ---- one rule over all entries ---- */

/* Rules of the policy are the same object in every entry; those that the gates add are made
 * anew. */
static bool same_rule(const struct rule *left, const struct rule *right)
{
    return left == right || (left->line == 0 && right->line == 0 && left->kind == right->kind &&
                             left->metric == right->metric && left->group == right->group &&
                             left->component == right->component);
}

static size_t find_rule(struct simulation *simulation, const struct rule *rule)
{
    for (size_t index = 0; index < simulation->rules.count; index++) {
        const struct simulated_rule *known = vec_at(&simulation->rules, index);
        if (same_rule(known->rule, rule)) {
            return index;
        }
    }
    struct simulated_rule *made = vec_add(&simulation->rules);
    made->rule = rule;
    return simulation->rules.count - 1;
}

/* How far a decimal is from its bar; none for other values. */
static struct decimal gap(const struct check *check)
{
    if (!check->has_now || !check->has_bar || check->now.kind != VALUE_DECIMAL ||
        check->bar.kind != VALUE_DECIMAL) {
        return decimal_make(0, 0);
    }
    struct decimal now = check->now.decimal;
    struct decimal bar = check->bar.decimal;
    return decimal_compare(now, bar) > 0 ? decimal_subtract(now, bar) : decimal_subtract(bar, now);
}

static bool is_farther(const struct check *check, const struct check *worst)
{
    return check->short_of_bar > worst->short_of_bar ||
           (check->short_of_bar == worst->short_of_bar &&
            decimal_compare(gap(check), gap(worst)) > 0);
}

static void add_break(struct simulation *simulation, size_t index, const struct check *check)
{
    struct simulated_rule *rule = vec_at(&simulation->rules, index);
    size_t entry = simulation->entries.count - 1;
    bool first = rule->closed + rule->softened == 1;
    if (first) {
        rule->first = entry;
    }
    if (first || is_farther(check, &rule->worst)) {
        rule->farthest = entry;
        rule->worst = *check;
    }
    rule->last = entry;
    struct simulated_break *broken = vec_add(&simulation->breaks);
    *broken = (struct simulated_break){.entry = entry, .rule = index, .check = *check};
}

static void add_check(struct simulation *simulation, const struct check *check)
{
    const char *why = NULL;
    enum fate fate = fate_of(check, &why);
    size_t index = find_rule(simulation, check->rule);
    struct simulated_rule *rule = vec_at(&simulation->rules, index);
    struct simulated_entry *entry = vec_at(&simulation->entries, simulation->entries.count - 1);
    switch (fate) {
    case FATE_PASSED: rule->passed++; break;
    case FATE_UNJUDGED:
        rule->unjudged++;
        rule->why_unjudged = names_add(simulation->names, span_of(why));
        break;
    case FATE_SOFTENED:
        rule->softened++;
        add_break(simulation, index, check);
        break;
    case FATE_CLOSED:
        rule->closed++;
        simulation->closed += entry->closed ? 0 : 1;
        entry->closed = true;
        add_break(simulation, index, check);
        break;
    }
}

/* ---- one entry ---- */

/* Was a report of each optional spec read then? Otherwise less may have been measured, which a
 * policy with optional reports allows. */
static bool had_optional(const struct policy *policy, const struct snapshot *snapshot)
{
    for (size_t index = 0; index < policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&policy->reports, index);
        bool found = !spec->optional;
        for (size_t at = 0; !found && at < snapshot->sources.count; at++) {
            const struct snapshot_source *source = vec_at(&snapshot->sources, at);
            found = glob_match(name_span(spec->pattern), name_span(source->path));
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

void gates_simulate(struct simulation *simulation, const struct recorded *recorded)
{
    static const struct report_spec *const none[] = {NULL};
    const struct evaluation evaluation = {
        .names = simulation->names,
        .policy = simulation->policy,
        .now = recorded->snapshot,
        .baseline = recorded->baseline,
        .today = recorded->today,
        /* A list without the optional reports: the watch over denominators rests then. */
        .specs = had_optional(simulation->policy, recorded->snapshot) ? NULL : none,
    };
    struct verdict verdict;
    struct diags ignored; /* a waiver that an old entry did not need is no news */
    struct simulated_entry *entry = vec_add(&simulation->entries);
    entry->entry = recorded->entry;
    entry->commit = recorded->commit;
    entry->day = recorded->day;
    verdict_init(&verdict);
    diags_init(&ignored, simulation->names);
    gates_evaluate(&evaluation, &verdict, &ignored);
    for (size_t index = 0; index < verdict.checks.count; index++) {
        add_check(simulation, vec_at(&verdict.checks, index));
    }
    diags_release(&ignored);
    verdict_release(&verdict);
}
