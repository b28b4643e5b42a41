/* What the rule kinds share: whether a metric may be judged at all, and the words for values.
 *
 * Sentences name every number that decided. A percentage is cut, never rounded, and always stands
 * beside its fraction, so that what is shown cannot contradict the comparison. */
#include "gates/judge.h"

#include "model/rule.h"

/* Why a state leaves nothing to judge, and what to do about it. */
static const struct {
    const char *why, *remedy;
} of_state[] = {
    [STATE_PARTIAL] =
        {"is only partly known: a report behind it is incomplete",
         "See the diagnostics of the reports and write them again; `partial: ok` on a report "
         "accepts incomplete ones."},
    [STATE_STALE] =
        {"is out of date: a report behind it is older than the commit",
         "Write the reports anew in this run, and remove old ones before the tests start."},
    [STATE_EMPTY] =
        {"is unknown: the reports hold nothing to measure",
         "See why the tool found nothing to do; `empty: ok` on a report accepts empty ones."},
    [STATE_DAMAGED] =
        {"is unknown: a report behind it is damaged",
         "See the diagnostics of the reports, mend the step that writes them and run it again."},
    [STATE_MISSING] =
        {"is unknown: a report that should hold it is missing",
         "See that the step that writes the report ran, and that `path` under `reports` fits."},
};

const struct name *judge_sentence(const struct facts *facts, struct buf *sentence)
{
    const struct name *name = names_add(facts->names, buf_span(sentence));
    buf_release(sentence);
    return name;
}

void judge_no_data(const struct facts *facts, struct check *out, enum no_data no_data,
                   struct buf *why, const char *remedy)
{
    out->outcome = OUTCOME_NO_DATA;
    out->no_data = no_data;
    out->why = judge_sentence(facts, why);
    out->remedy = names_add(facts->names, span_of(remedy));
}

void judge_add_target(struct buf *out, const struct rule *rule)
{
    buf_add(out, name_span(rule->metric));
    if (rule->group != NULL && rule->component != NULL) {
        buf_add_format(out, " (group %s, component %s)", name_text(rule->group),
                       name_text(rule->component));
    } else if (rule->group != NULL) {
        buf_add_format(out, " (group %s)", name_text(rule->group));
    } else if (rule->component != NULL) {
        buf_add_format(out, " (component %s)", name_text(rule->component));
    }
}

/* Is it the paths in reports that keep a component's findings from being known, and no report's
 * state? */
static bool paths_in_doubt(const struct facts *facts, const struct rule *rule, enum state state)
{
    if (state != STATE_PARTIAL || rule->component == NULL) {
        return false;
    }
    for (size_t index = 0; index < facts->now->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&facts->now->sources, index);
        if (source->state == STATE_PARTIAL &&
            (rule->group == NULL || rule->group == source->group)) {
            return false;
        }
    }
    return true;
}

void judge_bad_state(const struct facts *facts, struct check *out, enum state state,
                     struct span target)
{
    struct buf why;
    buf_init(&why);
    buf_add(&why, target);
    bool paths = paths_in_doubt(facts, out->rule, state);
    buf_add_format(&why, " %s.",
                   paths ? "is not known: paths in a report may or may not be of the component"
                         : of_state[state].why);
    out->now_state = state;
    judge_no_data(facts, out, NO_DATA_REPORT, &why,
                  paths ? "The messages name the paths. `root:` on the report says where relative "
                          "ones start; `exclude` leaves out what is not of the repository."
                        : of_state[state].remedy);
}

static void not_measured(const struct rule *rule, const struct facts *facts, struct check *out)
{
    struct buf why;
    buf_init(&why);
    judge_add_target(&why, rule);
    buf_add_text(&why, " was not measured: no report holds it.");
    out->now_state = STATE_MISSING;
    judge_no_data(facts, out, NO_DATA_REPORT, &why, of_state[STATE_MISSING].remedy);
}

bool judge_metric(const struct rule *rule, const struct facts *facts, struct check *out)
{
    const struct metric *metric = facts->metric;
    if (metric == NULL) {
        not_measured(rule, facts, out);
        return false;
    }
    enum state state = metric->state;
    if (state == STATE_OK && value_is_void(&metric->value)) {
        state = STATE_EMPTY; /* a ratio of nothing is neither 0 nor 100 % */
    }
    if (state != STATE_OK) {
        struct buf target;
        buf_init(&target);
        judge_add_target(&target, rule);
        judge_bad_state(facts, out, state, buf_span(&target));
        buf_release(&target);
        return false;
    }
    out->now_state = STATE_OK;
    out->has_now = true;
    out->now = metric->value;
    return true;
}

const char *judge_unit(const struct facts *facts)
{
    if (facts->metric->unit != NULL) {
        return name_text(facts->metric->unit);
    }
    const struct metric_kind *kind = metric_find(name_span(facts->metric->key));
    return kind != NULL ? kind->unit : "";
}

struct decimal judge_percent(struct ratio ratio, unsigned places)
{
    struct buf text;
    struct decimal percent = {0, 0};
    buf_init(&text);
    ratio_add_percent(&text, ratio, places);
    decimal_parse(buf_span(&text), &percent, NULL);
    buf_release(&text);
    return percent;
}

unsigned judge_places(struct ratio left, struct ratio right)
{
    unsigned places = 2;
    if (ratio_compare(left, right) == 0) {
        return places;
    }
    while (places < DECIMAL_SCALE_MAX &&
           decimal_compare(judge_percent(left, places), judge_percent(right, places)) == 0) {
        places++;
    }
    return places;
}

uint64_t judge_whole(struct decimal value, bool *rest)
{
    int64_t digits = value.digits;
    *rest = false;
    for (unsigned place = 0; place < value.scale; place++) {
        *rest = *rest || digits % 10 != 0;
        digits /= 10;
    }
    return digits > 0 ? (uint64_t)digits : 0;
}

void judge_add_value(struct buf *out, const struct rule *rule, const struct facts *facts,
                     const struct value *value, unsigned places)
{
    const char *unit = judge_unit(facts);
    if (value->kind == VALUE_RATIO) {
        ratio_add_percent(out, value->ratio, places);
        buf_add_text(out, " % = ");
        buf_add_grouped(out, value->ratio.covered);
        buf_add_text(out, " of ");
        buf_add_grouped(out, value->ratio.total);
        buf_add_format(out, " %s", unit);
        return;
    }
    judge_add_target(out, rule);
    buf_add_text(out, " is ");
    value_add_text(out, value);
    if (value->kind == VALUE_DECIMAL && unit[0] != '\0') {
        buf_add_format(out, " %s", unit);
    }
}

void judge_add_distance(struct buf *out, uint64_t distance, bool more)
{
    buf_add_grouped(out, distance);
    buf_add_text(out, more ? " more than" : " fewer than");
}

/* What is done about one thing that a metric counts. */
static void counted_thing(const struct rule *rule, const char **verb, const char **thing)
{
    struct span key = name_span(rule->metric);
    const struct metric_kind *kind = metric_find(key);
    *verb = NULL;
    if (kind != NULL && (kind->family == FAMILY_FINDINGS || kind->family == FAMILY_SECURITY)) {
        *verb = "Resolve";
        *thing = "finding";
    } else if (span_is(key, "tests.failed") || span_is(key, "tests.errors")) {
        *verb = "Mend";
        *thing = "test";
    }
}

void judge_add_lower(struct buf *out, const struct rule *rule, uint64_t now, uint64_t excess)
{
    const char *verb;
    const char *thing;
    counted_thing(rule, &verb, &thing);
    if (verb == NULL) {
        buf_add_format(out, "Bring %s down by at least ", name_text(rule->metric));
        buf_add_grouped(out, excess);
        buf_add_text(out, ", to ");
        buf_add_grouped(out, now - excess);
        buf_add_text(out, " or less.");
    } else if (now == 1) {
        buf_add_format(out, "%s the one %s.", verb, thing);
    } else if (excess == now && now == 2) {
        buf_add_format(out, "%s both %ss.", verb, thing);
    } else if (excess == now) {
        buf_add_format(out, "%s all ", verb);
        buf_add_grouped(out, now);
        buf_add_format(out, " %ss.", thing);
    } else {
        buf_add_format(out, "%s at least ", verb);
        buf_add_grouped(out, excess);
        buf_add_text(out, " of the ");
        buf_add_grouped(out, now);
        buf_add_format(out, " %ss.", thing);
    }
}

void judge_add_raise(struct buf *out, const struct rule *rule, uint64_t now, uint64_t missing)
{
    buf_add_format(out, "Bring %s up by at least ", name_text(rule->metric));
    buf_add_grouped(out, missing);
    buf_add_text(out, ", to ");
    buf_add_grouped(out, now + missing);
    buf_add_text(out, " or more.");
}

void judge_add_cover(struct buf *out, const struct facts *facts, struct ratio now, uint64_t missing)
{
    uint64_t uncovered = now.total - now.covered;
    if (missing < uncovered) {
        buf_add_text(out, "Cover at least ");
        buf_add_grouped(out, missing);
        buf_add_text(out, " more of the ");
        buf_add_grouped(out, uncovered);
        buf_add_format(out, " uncovered %s.", judge_unit(facts));
    } else if (uncovered == 1) {
        buf_add_text(out, "Cover the one that is uncovered.");
    } else if (uncovered == 2) {
        buf_add_format(out, "Cover both uncovered %s.", judge_unit(facts));
    } else {
        buf_add_text(out, "Cover all ");
        buf_add_grouped(out, uncovered);
        buf_add_format(out, " uncovered %s.", judge_unit(facts));
    }
}
