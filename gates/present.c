/* The proof that something was measured at all, and in this run: a metric, a family of metrics or a
 * group of reports must be there in state ok, from reports that are not older than the commit.
 *
 * A family is judged by its first metric in the catalogue that was measured (coverage.line,
 * tests.total …). Ages are those of the report files; `max_age` says how much older than the commit
 * they may be. Values that were carried over from an earlier run prove nothing about this one; a
 * total is there when at least one group behind it was measured. */
#include "gates/judge.h"

#include "model/rule.h"

enum { PRESENT, MAX_AGE };

/* What the rule is about, and how it was found. */
struct subject {
    bool found;
    enum state state;
    const struct metric *metric; /* NULL for a group of reports */
};

static struct subject find_family(const struct rule *rule, const struct facts *facts,
                                  unsigned family)
{
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct metric_kind *kind = metric_kind((enum metric_id)id);
        if (kind->family != family) {
            continue;
        }
        const struct name *key = names_add(facts->names, span_of(kind->key));
        const struct metric *metric = snapshot_find(facts->now, key, rule->group, rule->component);
        if (metric != NULL) {
            return (struct subject){true, metric->state, metric};
        }
    }
    return (struct subject){false, STATE_MISSING, NULL};
}

/* The state of a report of this group, after what the policy accepts of all its reports. */
static enum state accepted_state(const struct policy *policy, const struct name *group,
                                 enum state state)
{
    bool accepted = state == STATE_PARTIAL || state == STATE_EMPTY;
    for (size_t index = 0; index < policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&policy->reports, index);
        if (name_compare(spec->group, group) == 0) {
            enum trust trust = state == STATE_EMPTY ? spec->empty : spec->partial;
            accepted = accepted && trust != TRUST_BLOCK;
        }
    }
    return accepted ? STATE_OK : state;
}

static struct subject find_group(const struct rule *rule, const struct facts *facts)
{
    struct subject subject = {false, STATE_MISSING, NULL};
    for (size_t index = 0; index < facts->now->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&facts->now->sources, index);
        if (name_compare(source->group, rule->metric) == 0) {
            enum state state = accepted_state(facts->policy, rule->metric, source->state);
            subject.state = subject.found ? state_worse(subject.state, state) : state;
            subject.found = true;
        }
    }
    return subject;
}

static struct subject find_subject(const struct rule *rule, const struct facts *facts)
{
    unsigned family = family_of_word(name_span(rule->metric));
    if (family != 0) {
        return find_family(rule, facts, family);
    }
    if (facts->metric != NULL) {
        return (struct subject){true, facts->metric->state, facts->metric};
    }
    return find_group(rule, facts);
}

static void judge_state(const struct rule *rule, const struct facts *facts, struct subject subject,
                        struct check *out)
{
    struct buf target;
    buf_init(&target);
    judge_add_target(&target, rule);
    judge_bad_state(facts, out, subject.state, buf_span(&target));
    buf_release(&target);
}

static void add_span_of_time(struct buf *out, uint64_t seconds)
{
    static const struct {
        uint64_t size;
        const char *word;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    size_t unit = 0;
    while (unit < 3 && seconds < units[unit].size) {
        unit++;
    }
    buf_add_format(out, "%llu %s", (unsigned long long)(seconds / units[unit].size),
                   units[unit].word);
    uint64_t rest = seconds % units[unit].size;
    if (unit < 3 && rest >= units[unit + 1].size) {
        buf_add_format(out, " %llu %s", (unsigned long long)(rest / units[unit + 1].size),
                       units[unit + 1].word);
    }
}

/* ---- values of an earlier run ---- */

/* Does this report stand behind the subject? */
static bool is_behind(const struct snapshot_source *source, const struct rule *rule,
                      const struct facts *facts, struct subject subject)
{
    if (subject.metric == NULL) {
        return name_compare(source->group, rule->metric) == 0;
    }
    if (subject.metric->group != NULL) {
        return source->group == subject.metric->group;
    }
    return source->group == NULL || snapshot_find(facts->now, subject.metric->key, source->group,
                                                  subject.metric->component) != NULL;
}

/* A report of an earlier run behind the subject when no report of this one is; else NULL. */
static const struct snapshot_source *find_carried(const struct rule *rule,
                                                  const struct facts *facts, struct subject subject)
{
    const struct snapshot_source *carried = NULL;
    for (size_t index = 0; index < facts->now->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&facts->now->sources, index);
        if (!is_behind(source, rule, facts, subject)) {
            continue;
        }
        if (source->carried_from == NULL) {
            return NULL;
        }
        carried =
            carried == NULL || source->carried_time < carried->carried_time ? source : carried;
    }
    return carried;
}

static void say_carried(const struct rule *rule, const struct facts *facts,
                        const struct snapshot_source *carried, struct check *out)
{
    struct buf why;
    buf_init(&why);
    judge_add_target(&why, rule);
    buf_add_format(&why, " was not measured in this run: it is carried from commit %.10s",
                   name_text(carried->carried_from));
    if (facts->commit_time > carried->carried_time) {
        buf_add_text(&why, ", ");
        add_span_of_time(&why, (uint64_t)(facts->commit_time - carried->carried_time));
        buf_add_text(&why, " before this one");
    }
    buf_add_byte(&why, '.');
    out->now_state = STATE_STALE;
    judge_no_data(facts, out, NO_DATA_REPORT, &why,
                  "See why this run wrote no report of it. Where runs may leave it out, take this "
                  "rule away: `max_age` under `reports` bounds the age of what is carried.");
}

static void say_too_old(const struct rule *rule, const struct facts *facts, uint64_t age,
                        struct check *out)
{
    bool rest = false;
    struct buf why;
    buf_init(&why);
    judge_add_target(&why, rule);
    buf_add_text(&why, " is out of date: the oldest report behind it was written ");
    add_span_of_time(&why, age);
    buf_add_text(&why, " before the commit");
    if (rule->params[MAX_AGE].given) {
        buf_add_text(&why, ", and max_age is ");
        add_span_of_time(&why, judge_whole(rule->params[MAX_AGE].amount, &rest));
    }
    buf_add_byte(&why, '.');
    out->now_state = STATE_STALE;
    judge_no_data(
        facts, out, NO_DATA_REPORT, &why,
        "Write the reports anew in this run, and remove old ones before the tests start.");
}

/* True when the age is in order or not asked for. */
static bool judge_age(const struct rule *rule, const struct facts *facts, struct check *out)
{
    bool rest = false;
    const struct param_value *max_age = &rule->params[MAX_AGE];
    if (facts->commit_time <= 0 || facts->oldest_report <= 0) {
        if (!max_age->given) {
            return true;
        }
        struct buf why;
        buf_init(&why);
        judge_add_target(&why, rule);
        buf_add_text(&why, facts->commit_time <= 0
                               ? " is there, but the time of the commit is unknown."
                               : " is there, but the age of a report behind it is unknown.");
        judge_no_data(
            facts, out, NO_DATA_REPORT, &why,
            "Give the reports as files and run inside the repository, or leave out max_age.");
        return false;
    }
    if (facts->oldest_report >= facts->commit_time) {
        return true;
    }
    uint64_t age = (uint64_t)(facts->commit_time - facts->oldest_report);
    if (age <= judge_whole(max_age->amount, &rest)) {
        return true;
    }
    say_too_old(rule, facts, age, out);
    return false;
}

static void evaluate(const struct rule *rule, const struct facts *facts, struct check *out)
{
    struct subject subject = find_subject(rule, facts);
    bool empty = subject.metric != NULL && value_is_void(&subject.metric->value);
    if (subject.found && subject.state == STATE_OK && empty) {
        subject.state = STATE_EMPTY;
    }
    if (subject.state != STATE_OK) {
        judge_state(rule, facts, subject, out);
        return;
    }
    const struct snapshot_source *carried = find_carried(rule, facts, subject);
    if (carried != NULL) {
        say_carried(rule, facts, carried, out);
        return;
    }
    out->now_state = STATE_OK;
    if (subject.metric != NULL) {
        out->has_now = true;
        out->now = subject.metric->value;
    }
    if (!judge_age(rule, facts, out)) {
        return;
    }
    struct buf why;
    buf_init(&why);
    judge_add_target(&why, rule);
    bool dated = facts->commit_time > 0 && facts->oldest_report > 0;
    buf_add_text(&why, dated ? " is there, from reports of this commit."
                             : " is there; its age is not known.");
    out->outcome = OUTCOME_PASS;
    out->why = judge_sentence(facts, &why);
}

static const struct param_spec params[] = {
    [PRESENT] = {.name = "present",
                 .type = PARAM_FLAG,
                 .triggers = true,
                 .text = "Whether the metric, family or group must be there in state ok."},
    [MAX_AGE] = {.name = "max_age",
                 .type = PARAM_DURATION,
                 .fallback = "0s",
                 .text = "How much older than the commit the oldest report behind it may be."},
    {.name = NULL}};

const struct rule_kind rule_present = {
    .spec = {.name = "present",
             .summary =
                 "The metric, a metric of the family, or the reports of the group must be there.",
             .gathers = true,
             .params = params},
    .evaluate = evaluate};
