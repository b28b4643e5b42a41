/* Breaks each rule on a copy of the snapshot, to see that the gate closes.
 *
 * A rule is asked alone, so that no other closes the gate for it. The least change that it objects
 * to is searched for by doubling and halving, with the rule itself as the judge: nothing here knows
 * how a bar is computed, so a mistake in that cannot hide. A rule that no value breaks, that a waiver
 * excuses, or that has nothing to judge, cannot fail. */
#include "gates/prove.h"

#include "base/arena.h"
#include "model/report.h"
#include "model/rule_text.h"

/* ---- asking the gate ---- */

struct answer {
    bool applies; /* is the rule among the checks? */
    struct check check;
    enum outcome outcome; /* of the gate */
    enum exit_code code;
};

/* One rule with everything that it is asked with. */
struct probe {
    const struct evaluation *now;
    struct selftest *selftest;
    const struct rule *rule;
    struct policy policy;     /* the policy with this rule alone; its lists are borrowed */
    struct baseline baseline; /* what is measured now */
    int64_t commit_time;
};

static struct answer ask(const struct probe *probe, const struct snapshot *snapshot)
{
    struct answer answer = {.applies = false};
    struct evaluation evaluation = *probe->now;
    struct verdict verdict;
    struct diags ignored; /* about waivers, said by every check */
    evaluation.policy = &probe->policy;
    evaluation.now = snapshot;
    evaluation.baseline = &probe->baseline;
    evaluation.commit_time = probe->commit_time;
    verdict_init(&verdict);
    diags_init(&ignored, probe->now->names);
    gates_evaluate(&evaluation, &verdict, &ignored);
    for (size_t index = 0; index < verdict.checks.count; index++) {
        const struct check *check = vec_at(&verdict.checks, index);
        if (check->rule == probe->rule) {
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
static struct answer ask_moved(const struct probe *probe, uint64_t step, bool up,
                               struct value *moved)
{
    struct snapshot copy;
    copy_snapshot(&copy, probe->now->now);
    struct metric *metric = metric_in(&copy, probe->rule);
    move_value(&metric->value, step, up);
    *moved = metric->value;
    struct answer answer = ask(probe, &copy);
    snapshot_release(&copy);
    return answer;
}

static bool broken(const struct answer *answer)
{
    return answer->check.outcome == OUTCOME_FAIL || answer->check.outcome == OUTCOME_WAIVED;
}

/* The least step in this direction that the rule objects to. False when it objects to none. */
static bool find_break(const struct probe *probe, bool up, struct answer *answer,
                       struct value *moved)
{
    const struct metric *metric = snapshot_find(probe->now->now, probe->rule->metric,
                                                probe->rule->group, probe->rule->component);
    uint64_t most = room(&metric->value, up);
    uint64_t low = 0; /* passes */
    uint64_t high = most > 0 ? 1 : 0;
    while (high > 0 && high < most) {
        *answer = ask_moved(probe, high, up, moved);
        if (broken(answer)) {
            break;
        }
        low = high;
        high = high > most / 2 ? most : high * 2;
    }
    *answer = ask_moved(probe, high, up, moved);
    if (!broken(answer)) {
        return false;
    }
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        *answer = ask_moved(probe, middle, up, moved);
        if (broken(answer)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    *answer = ask_moved(probe, high, up, moved);
    return true;
}

/* ---- rows ---- */

static const struct name *take(const struct probe *probe, struct buf *text)
{
    const struct name *name = names_add(probe->now->names, buf_span(text));
    buf_release(text);
    return name;
}

static struct selftest_row start_row(const struct probe *probe, const struct answer *before)
{
    struct buf text = {0};
    rule_add_text(&text, probe->rule);
    return (struct selftest_row){.subject = take(probe, &text),
                                 .before = before->check.outcome,
                                 .before_code = before->code};
}

static void add_row(const struct probe *probe, struct selftest_row *row,
                    enum selftest_result result, const char *why)
{
    row->result = result;
    row->why = why != NULL ? names_add(probe->now->names, span_of(why)) : NULL;
    selftest_add(probe->selftest, row);
}

static void set_after(struct selftest_row *row, const struct answer *after)
{
    row->judged = true;
    row->after = after->check.outcome;
    row->after_code = after->code;
}

static void add_waived(const struct probe *probe, struct selftest_row *row,
                       const struct waiver *waiver)
{
    struct buf why = {0};
    buf_add_format(&why, "waived until %04u-%02u-%02u", waiver->until / 10000,
                   waiver->until / 100 % 100, waiver->until % 100);
    if (waiver->owner != NULL) {
        buf_add_format(&why, " by %s", name_text(waiver->owner));
    }
    add_row(probe, row, SELFTEST_CANNOT, buf_text(&why));
    buf_release(&why);
}

static const struct name *describe(const struct probe *probe, const struct value *before,
                                   const struct value *after)
{
    struct buf text = {0};
    if (before->kind == VALUE_RATIO) {
        buf_add_grouped(&text, before->ratio.covered);
        buf_add_text(&text, " -> ");
        buf_add_grouped(&text, after->ratio.covered);
        buf_add_text(&text, " of ");
        buf_add_grouped(&text, before->ratio.total);
    } else {
        value_add_text(&text, before);
        buf_add_text(&text, " -> ");
        value_add_text(&text, after);
    }
    return take(probe, &text);
}

/* Makes the value worse until the rule objects. */
static void try_value(const struct probe *probe, const struct answer *before)
{
    struct selftest_row row = start_row(probe, before);
    struct answer after;
    struct value moved;
    bool up_first = rule_direction(probe->rule) == DIRECTION_DOWN;
    if (!find_break(probe, up_first, &after, &moved) &&
        !find_break(probe, !up_first, &after, &moved)) {
        add_row(probe, &row, SELFTEST_CANNOT, "no value breaks it");
        return;
    }
    row.change = describe(probe, &before->check.now, &moved);
    set_after(&row, &after);
    if (after.check.outcome == OUTCOME_WAIVED) {
        add_waived(probe, &row, after.check.waiver);
    } else if (after.code != EXIT_CLOSED) {
        add_row(probe, &row, SELFTEST_CANNOT, "it is broken, and the exit code does not say so");
    } else {
        add_row(probe, &row, SELFTEST_OK, NULL);
    }
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
    bool named = family != 0 ? (family_of_metric(metric) & family) != 0
                             : metric->key == rule->metric || metric->group == rule->metric;
    return named && (family != 0 || metric->group == rule->metric ||
                     (metric->group == rule->group && metric->component == rule->component));
}

/* Leaves out what the rule speaks of: its metric, a family of them, or a group with its reports. */
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

static void try_absence(const struct probe *probe, const struct answer *before)
{
    struct selftest_row row = start_row(probe, before);
    struct snapshot copy;
    copy_without(&copy, probe->now->now, probe->rule);
    struct answer after = ask(probe, &copy);
    snapshot_release(&copy);
    row.change = names_add(probe->now->names, SPAN("not measured"));
    set_after(&row, &after);
    /* Without its reports a group also shrinks what is measured, and that is a broken rule. */
    bool closes = after.check.outcome == OUTCOME_NO_DATA &&
                  (after.code == EXIT_REPORT || after.code == EXIT_CLOSED);
    add_row(probe, &row, closes ? SELFTEST_OK : SELFTEST_CANNOT,
            closes ? NULL : "the gate does not miss it");
}

/* Reports that are older than the rule allows: the commit comes so much later. */
static void try_age(struct probe *probe, const struct answer *before)
{
    int64_t newest = 0;
    bool rest = false;
    const struct vec *reports = probe->now->reports;
    for (size_t index = 0; reports != NULL && index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        newest = report->modified > newest ? report->modified : newest;
    }
    if (newest == 0) {
        return;
    }
    struct decimal max_age = rule_param(probe->rule, "max_age")->amount;
    int64_t seconds = max_age.digits;
    for (unsigned place = 0; place < max_age.scale; place++) {
        rest = rest || seconds % 10 != 0;
        seconds /= 10;
    }
    struct selftest_row row = start_row(probe, before);
    probe->commit_time = newest + seconds + (rest ? 2 : 1);
    struct answer after = ask(probe, probe->now->now);
    probe->commit_time = probe->now->commit_time;
    row.change = names_add(probe->now->names, SPAN("reports older than the commit"));
    set_after(&row, &after);
    bool closes = after.check.outcome == OUTCOME_NO_DATA && after.code == EXIT_REPORT;
    add_row(probe, &row, closes ? SELFTEST_OK : SELFTEST_CANNOT,
            closes ? NULL : "the gate does not see their age");
}

/* ---- one rule ---- */

static void try_rule(struct probe *probe)
{
    struct answer before = ask(probe, probe->now->now);
    struct selftest_row row = start_row(probe, &before);
    if (!before.applies) {
        add_row(probe, &row, SELFTEST_EXEMPT, "built in, and no report speaks of it");
    } else if (probe->rule->severity != GATE_BLOCK) {
        struct buf why = {0};
        buf_add_format(&why, "severity: %s", gate_severity_text(probe->rule->severity));
        add_row(probe, &row, SELFTEST_EXEMPT, buf_text(&why));
        buf_release(&why);
    } else if (before.check.outcome == OUTCOME_NO_DATA) {
        add_row(probe, &row, SELFTEST_CANNOT,
                "there is nothing to try it with, so the gate is closed for lack of data now");
    } else if (before.check.outcome == OUTCOME_WAIVED) {
        add_waived(probe, &row, before.check.waiver);
    } else if (before.check.outcome == OUTCOME_FAIL) {
        set_after(&row, &before);
        row.change = names_add(probe->now->names, SPAN("nothing: it is broken now"));
        add_row(probe, &row, SELFTEST_OK, NULL);
    } else {
        if (probe->rule->kind != &rule_present.spec) {
            try_value(probe, &before);
        } else {
            try_age(probe, &before);
        }
        try_absence(probe, &before);
    }
}

static void try_baseline(struct probe *probe, enum baseline_state state, const char *change)
{
    struct answer before = ask(probe, probe->now->now);
    struct selftest_row row = {.subject = names_add(probe->now->names, SPAN("baseline")),
                               .change = names_add(probe->now->names, span_of(change)),
                               .before = before.outcome,
                               .before_code = before.code};
    probe->baseline.state = state;
    struct answer after = ask(probe, probe->now->now);
    probe->baseline.state = BASELINE_FOUND;
    row.judged = true;
    row.after = after.outcome;
    row.after_code = after.code;
    bool closes =
        after.code == EXIT_BASELINE || (before.code != EXIT_OPEN && after.code == before.code);
    add_row(probe, &row, closes ? SELFTEST_OK : SELFTEST_CANNOT,
            closes ? NULL : "the gate stays open without it");
}

/* ---- the whole ---- */

static void add_recent(struct probe *probe)
{
    uint64_t wanted = 0;
    for (size_t index = 0; index < probe->now->policy->rules.count; index++) {
        uint64_t number = rule_param(vec_at(&probe->now->policy->rules, index), "median")->number;
        wanted = number > wanted ? number : wanted;
    }
    for (; wanted > 0; wanted--) {
        *(struct snapshot *)vec_add(&probe->baseline.recent) = *probe->now->now;
    }
}

void gates_prove(const struct evaluation *now, struct selftest *selftest)
{
    struct probe probe = {.now = now, .selftest = selftest, .commit_time = now->commit_time};
    probe.policy = *now->policy;
    probe.baseline = (struct baseline){.state = BASELINE_FOUND, .snapshot = *now->now};
    bars_init(&probe.baseline.bars, now->names);
    vec_init(&probe.baseline.recent, sizeof(struct snapshot));
    add_recent(&probe);
    bool compares = false;
    for (size_t index = 0; index < now->policy->rules.count; index++) {
        struct rule *rule = vec_at(&now->policy->rules, index);
        probe.rule = rule;
        probe.policy.rules = (struct vec){rule, 1, 1, sizeof(struct rule)};
        compares = compares || (rule->kind == &rule_ratchet.spec && rule->severity == GATE_BLOCK);
        try_rule(&probe);
    }
    probe.policy.rules = now->policy->rules;
    if (compares) {
        try_baseline(&probe, BASELINE_UNUSABLE, "cannot be read");
        if (now->policy->when_missing == MISSING_FAIL) {
            try_baseline(&probe, BASELINE_NONE_YET, "not there");
        }
    }
    vec_release(&probe.baseline.recent);
    bars_release(&probe.baseline.bars);
}
