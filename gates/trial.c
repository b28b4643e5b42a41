/* One rule and what is measured now -> what the gate says to copies that were made worse.
 *
 * The least change that a rule objects to is searched for by doubling and halving, with the rule
 * itself as the judge: nothing here knows how a bar is computed, so a mistake in that cannot
 * hide. */
#include "gates/trial.h"

#include "gates/judge.h"
#include "model/report.h"

/* ---- what is asked with ---- */

static void add_recent(struct trial *trial)
{
    uint64_t wanted = 0;
    for (size_t index = 0; index < trial->now->policy->rules.count; index++) {
        uint64_t number = rule_param(vec_at(&trial->now->policy->rules, index), "median")->number;
        wanted = number > wanted ? number : wanted;
    }
    for (; wanted > 0; wanted--) {
        *(struct snapshot *)vec_add(&trial->baseline.recent) = *trial->now->now;
    }
}

void trial_init(struct trial *trial, const struct evaluation *now)
{
    *trial = (struct trial){.now = now, .policy = *now->policy, .commit_time = now->commit_time};
    trial->baseline = (struct baseline){.state = BASELINE_FOUND, .snapshot = *now->now};
    bars_init(&trial->baseline.bars, now->names);
    vec_init(&trial->baseline.recent, sizeof(struct snapshot));
    add_recent(trial);
}

void trial_release(struct trial *trial)
{
    vec_release(&trial->baseline.recent);
    bars_release(&trial->baseline.bars);
}

void trial_choose(struct trial *trial, struct rule *rule)
{
    trial->rule = rule;
    trial->policy.rules =
        rule != NULL ? (struct vec){rule, 1, 1, sizeof(struct rule)} : trial->now->policy->rules;
}

/* ---- asking the gate ---- */

static struct answer ask(const struct trial *trial, const struct snapshot *snapshot)
{
    struct answer answer = {.applies = false};
    struct evaluation evaluation = *trial->now;
    struct verdict verdict;
    struct diags ignored; /* about waivers, said by every check */
    evaluation.policy = &trial->policy;
    evaluation.now = snapshot;
    evaluation.baseline = &trial->baseline;
    evaluation.commit_time = trial->commit_time;
    verdict_init(&verdict);
    diags_init(&ignored, trial->now->names);
    gates_evaluate(&evaluation, &verdict, &ignored);
    for (size_t index = 0; index < verdict.checks.count; index++) {
        const struct check *check = vec_at(&verdict.checks, index);
        if (check->rule == trial->rule) {
            answer.applies = true;
            answer.check = *check;
        }
    }
    answer.outcome = verdict.outcome;
    answer.code = verdict.exit_code;
    diags_release(&ignored);
    verdict_release(&verdict);
    return answer;
}

struct answer trial_ask(const struct trial *trial)
{
    return ask(trial, trial->now->now);
}

/* ---- copies of the snapshot ---- */

static void copy_snapshot(struct snapshot *copy, const struct snapshot *from)
{
    snapshot_init(copy, from->names);
    copy->commit = from->commit;
    copy->tree = from->tree;
    for (size_t index = 0; index < from->metrics.count; index++) {
        *snapshot_add(copy) = *(const struct metric *)vec_at(&from->metrics, index);
    }
    for (size_t index = 0; index < from->sources.count; index++) {
        *(struct snapshot_source *)vec_add(&copy->sources) =
            *(const struct snapshot_source *)vec_at(&from->sources, index);
    }
}

static struct metric *metric_in(struct snapshot *copy, const struct rule *rule)
{
    for (size_t index = 0; index < copy->metrics.count; index++) {
        struct metric *metric = vec_at(&copy->metrics, index);
        if (metric->key == rule->metric && metric->group == rule->group &&
            metric->component == rule->component) {
            return metric;
        }
    }
    return NULL;
}

/* How far a value can go up or down. */
static uint64_t room(const struct value *value, bool up)
{
    switch (value->kind) {
    case VALUE_RATIO: return up ? value->ratio.total - value->ratio.covered : value->ratio.covered;
    case VALUE_COUNT: return up ? UINT64_MAX - value->count : value->count;
    case VALUE_DECIMAL: break;
    }
    uint64_t digits = (uint64_t)value->decimal.digits; /* two's complement, as meant */
    return up ? (uint64_t)INT64_MAX - digits : digits - (uint64_t)INT64_MIN;
}

static void move_value(struct value *value, uint64_t step, bool up)
{
    switch (value->kind) {
    case VALUE_RATIO: value->ratio.covered += up ? step : 0 - step; break;
    case VALUE_COUNT: value->count += up ? step : 0 - step; break;
    case VALUE_DECIMAL: {
        uint64_t digits = (uint64_t)value->decimal.digits;
        value->decimal.digits = (int64_t)(up ? digits + step : digits - step);
        break;
    }
    }
}

/* Asks with the rule's metric moved by `step`. */
static struct answer ask_moved(const struct trial *trial, uint64_t step, bool up,
                               struct value *moved)
{
    struct snapshot copy;
    copy_snapshot(&copy, trial->now->now);
    struct metric *metric = metric_in(&copy, trial->rule);
    move_value(&metric->value, step, up);
    *moved = metric->value;
    struct answer answer = ask(trial, &copy);
    snapshot_release(&copy);
    return answer;
}

static bool broken(const struct answer *answer)
{
    return answer->check.outcome == OUTCOME_FAIL || answer->check.outcome == OUTCOME_WAIVED;
}

bool trial_break(const struct trial *trial, bool up, struct answer *answer, struct value *moved)
{
    const struct metric *metric = snapshot_find(trial->now->now, trial->rule->metric,
                                                trial->rule->group, trial->rule->component);
    uint64_t most = room(&metric->value, up);
    uint64_t low = 0; /* passes */
    uint64_t high = most > 0 ? 1 : 0;
    while (high > 0 && high < most) {
        *answer = ask_moved(trial, high, up, moved);
        if (broken(answer)) {
            break;
        }
        low = high;
        high = high > most / 2 ? most : high * 2;
    }
    *answer = ask_moved(trial, high, up, moved);
    if (!broken(answer)) {
        return false;
    }
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        *answer = ask_moved(trial, middle, up, moved);
        if (broken(answer)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    *answer = ask_moved(trial, high, up, moved);
    return true;
}

/* ---- nothing measured ---- */

static unsigned family_of_metric(const struct metric *metric)
{
    const struct metric_kind *kind = metric_find(name_span(metric->key));
    return kind != NULL ? (unsigned)kind->family : (unsigned)FAMILY_NUMBERS;
}

static bool is_subject(const struct metric *metric, const struct rule *rule)
{
    unsigned family = family_of_word(name_span(rule->metric));
    if (family != 0) {
        return (family_of_metric(metric) & family) != 0;
    }
    return metric->group == rule->metric ||
           (metric->key == rule->metric && metric->group == rule->group &&
            metric->component == rule->component);
}

static void copy_without(struct snapshot *copy, const struct snapshot *from,
                         const struct rule *rule)
{
    size_t kept = 0;
    copy_snapshot(copy, from);
    for (size_t index = 0; index < copy->metrics.count; index++) {
        struct metric *metric = vec_at(&copy->metrics, index);
        if (!is_subject(metric, rule)) {
            *(struct metric *)vec_at(&copy->metrics, kept++) = *metric;
        }
    }
    copy->metrics.count = kept;
    kept = 0;
    for (size_t index = 0; index < copy->sources.count; index++) {
        struct snapshot_source *source = vec_at(&copy->sources, index);
        if (source->group == NULL || source->group != rule->metric) {
            *(struct snapshot_source *)vec_at(&copy->sources, kept++) = *source;
        }
    }
    copy->sources.count = kept;
}

struct answer trial_ask_without(const struct trial *trial)
{
    struct snapshot copy;
    copy_without(&copy, trial->now->now, trial->rule);
    struct answer answer = ask(trial, &copy);
    snapshot_release(&copy);
    return answer;
}

/* ---- other circumstances ---- */

bool trial_ask_aged(struct trial *trial, struct answer *answer)
{
    int64_t newest = 0;
    const struct vec *reports = trial->now->reports;
    for (size_t index = 0; reports != NULL && index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        newest = report->modified > newest ? report->modified : newest;
    }
    if (newest == 0) {
        return false;
    }
    bool rest = false;
    uint64_t max_age = judge_whole(rule_param(trial->rule, "max_age")->amount, &rest);
    trial->commit_time = newest + (int64_t)max_age + (rest ? 2 : 1);
    *answer = trial_ask(trial);
    trial->commit_time = trial->now->commit_time;
    return true;
}

struct answer trial_ask_baseline(struct trial *trial, enum baseline_state state)
{
    trial->baseline.state = state;
    struct answer answer = trial_ask(trial);
    trial->baseline.state = BASELINE_FOUND;
    return answer;
}
