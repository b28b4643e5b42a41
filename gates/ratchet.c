/* A bar that only moves the good way: not worse than the baseline, beyond a slack.
 *
 * Which way is better comes from the metric catalogue. A ratio is worse only when its share fell by
 * more than the slack and more units are uncovered than before: deleting well covered code lowers a
 * percentage without adding anything untested, and is no reason to close a gate. Every comparison
 * is exact. */
#include "gates/judge.h"

enum { RATCHET, SLACK };

/* The two values with what is allowed between them. */
struct pair {
    const struct value *now, *base;
    struct decimal slack; /* at least 0 */
};

/* ---- nothing to compare with ---- */

static void say_value(const struct rule *rule, const struct facts *facts, const struct check *out,
                      const char *rest, struct buf *why)
{
    buf_init(why);
    judge_add_value(why, rule, facts, &out->now, 2);
    buf_add_text(why, rest);
}

/* No baseline, and that is proven or wanted: the policy says what that means. */
static void judge_without_baseline(const struct rule *rule, const struct facts *facts,
                                   struct check *out)
{
    static const char remedy[] =
        "Run `tidegate record` on the protected branch; the next change is then "
        "compared with that entry.";
    bool asked = facts->baseline != NULL && facts->baseline->state != BASELINE_NOT_ASKED;
    struct buf why;
    say_value(rule, facts, out,
              asked ? "; there is no baseline to compare with yet."
                    : "; it was not compared, because no baseline was asked for.",
              &why);
    if (facts->policy->when_missing == MISSING_FAIL) {
        judge_no_data(facts, out, NO_DATA_BASELINE, &why, remedy);
        return;
    }
    out->why = judge_sentence(facts, &why);
    if (asked && facts->policy->when_missing == MISSING_SEED) {
        out->outcome = OUTCOME_PASS;
        return;
    }
    out->outcome = OUTCOME_WARN;
    out->remedy = names_add(facts->names, span_of(remedy));
}

static void judge_unusable_baseline(const struct rule *rule, const struct facts *facts,
                                    struct check *out)
{
    struct buf why;
    say_value(rule, facts, out, "; the baseline that it should be compared with cannot be read.",
              &why);
    judge_no_data(facts, out, NO_DATA_BASELINE, &why,
                  "See the diagnostics of the ledger; where it cannot be mended, remove it and "
                  "record the protected branch again.");
}

/* The baseline's metric, or NULL when the outcome is settled without it. */
static const struct metric *base_metric(const struct rule *rule, const struct facts *facts,
                                        struct check *out)
{
    const struct baseline *baseline = facts->baseline;
    if (baseline != NULL && baseline->state == BASELINE_UNUSABLE) {
        judge_unusable_baseline(rule, facts, out);
        return NULL;
    }
    if (baseline == NULL || baseline->state != BASELINE_FOUND) {
        judge_without_baseline(rule, facts, out);
        return NULL;
    }
    struct buf why;
    const struct metric *metric =
        snapshot_find(&baseline->snapshot, rule->metric, rule->group, rule->component);
    if (metric == NULL) {
        out->outcome = OUTCOME_PASS;
        say_value(rule, facts, out,
                  "; measured for the first time, so there is nothing to compare.", &why);
        out->why = judge_sentence(facts, &why);
        return NULL;
    }
    if (metric->state != STATE_OK || metric->value.kind != out->now.kind ||
        value_is_void(&metric->value)) {
        say_value(rule, facts, out, "; the baseline holds no sound value to compare with.", &why);
        judge_no_data(facts, out, NO_DATA_BASELINE, &why,
                      "Run `tidegate record` on the protected branch with all its reports.");
        return NULL;
    }
    return metric;
}

/* ---- ratios: more is better ---- */

static uint64_t uncovered(struct ratio ratio)
{
    return ratio.total - ratio.covered;
}

static bool share_fell(struct ratio now, struct pair pair)
{
    struct decimal points = {-pair.slack.digits, pair.slack.scale};
    return ratio_compare_shifted(now, pair.base->ratio, points) < 0;
}

static bool ratio_worse(struct ratio now, struct pair pair)
{
    return share_fell(now, pair) && uncovered(now) > uncovered(pair.base->ratio);
}

/* How many more must be covered to pass. Covering everything always does. */
static uint64_t ratio_missing(struct pair pair)
{
    struct ratio low = pair.now->ratio;
    uint64_t enough = low.total;
    while (low.covered < enough) {
        struct ratio middle = {low.covered + (enough - low.covered) / 2, low.total};
        if (ratio_worse(middle, pair)) {
            low.covered = middle.covered + 1;
        } else {
            enough = middle.covered;
        }
    }
    return enough - pair.now->ratio.covered;
}

static void add_slack(struct buf *out, struct pair pair, const char *before, const char *behind)
{
    if (pair.slack.digits > 0) {
        buf_add_text(out, before);
        decimal_add_grouped(out, decimal_trim(pair.slack));
        buf_add_text(out, behind);
    }
}

static void add_base_ratio(struct buf *out, struct ratio base, unsigned places)
{
    ratio_add_percent(out, base, places);
    buf_add_text(out, " % = ");
    buf_add_grouped(out, base.covered);
    buf_add_text(out, " of ");
    buf_add_grouped(out, base.total);
}

static void say_ratio(const struct rule *rule, const struct facts *facts, struct pair pair,
                      struct check *out)
{
    struct ratio now = pair.now->ratio;
    struct ratio base = pair.base->ratio;
    unsigned places = judge_places(now, base);
    int order = ratio_compare(now, base);
    const char *unit = judge_unit(facts);
    struct buf why;
    buf_init(&why);
    judge_add_value(&why, rule, facts, pair.now, places);
    if (order == 0) {
        buf_add_text(&why, ", the same share as the baseline's ");
    } else {
        buf_add_text(&why, order > 0 ? ", above the baseline's " : ", below the baseline's ");
    }
    add_base_ratio(&why, base, places);
    if (out->outcome == OUTCOME_FAIL) {
        add_slack(&why, pair, " by more than the slack of ", " points");
        buf_add_text(&why, ", and ");
        buf_add_grouped(&why, uncovered(now));
        buf_add_format(&why, " %s are uncovered, ", unit);
        buf_add_grouped(&why, uncovered(base));
        buf_add_text(&why, " before.");
    } else if (share_fell(now, pair)) {
        buf_add_format(&why, ", but no more %s are uncovered than before (", unit);
        buf_add_grouped(&why, uncovered(now));
        buf_add_text(&why, ", were ");
        buf_add_grouped(&why, uncovered(base));
        buf_add_text(&why, ").");
    } else {
        if (order < 0) {
            add_slack(&why, pair, ", within the slack of ", " points");
        }
        buf_add_byte(&why, '.');
    }
    out->why = judge_sentence(facts, &why);
    out->has_bar = true;
    out->bar =
        value_decimal(decimal_trim(decimal_subtract(judge_percent(base, places), pair.slack)));
}

static void judge_ratio(const struct rule *rule, const struct facts *facts, struct pair pair,
                        struct check *out)
{
    bool worse = ratio_worse(pair.now->ratio, pair);
    out->outcome = worse ? OUTCOME_FAIL : OUTCOME_PASS;
    say_ratio(rule, facts, pair, out);
    if (worse) {
        struct buf remedy;
        buf_init(&remedy);
        out->short_of_bar = ratio_missing(pair);
        judge_add_cover(&remedy, facts, pair.now->ratio, out->short_of_bar);
        out->remedy = judge_sentence(facts, &remedy);
    }
}

/* ---- counts ---- */

/* The worst count that passes. */
static uint64_t allowed_count(struct pair pair, bool less_is_better)
{
    bool rest = false;
    uint64_t slack = judge_whole(pair.slack, &rest);
    uint64_t base = pair.base->count;
    if (less_is_better) {
        return base > UINT64_MAX - slack ? UINT64_MAX : base + slack;
    }
    return base > slack ? base - slack : 0;
}

/* Sentence about counts and decimals, `gap` apart; `order` is that of now against the baseline. */
static void say_number(const struct rule *rule, const struct facts *facts, struct pair pair,
                       int order, const struct value *gap, struct check *out)
{
    bool worse_side = (order > 0) == (judge_direction(rule) == DIRECTION_DOWN);
    const char *less = gap->kind == VALUE_COUNT ? " fewer than the " : " less than the ";
    struct buf why;
    buf_init(&why);
    judge_add_value(&why, rule, facts, pair.now, 0);
    if (order == 0) {
        buf_add_text(&why, ", the same as on the baseline.");
        out->why = judge_sentence(facts, &why);
        return;
    }
    buf_add_text(&why, ", ");
    value_add_text(&why, gap);
    buf_add_text(&why, order > 0 ? " more than the " : less);
    value_add_text(&why, pair.base);
    buf_add_text(&why, " on the baseline");
    if (out->outcome == OUTCOME_FAIL) {
        add_slack(&why, pair, "; a slack of ", " is allowed");
    } else if (worse_side) {
        add_slack(&why, pair, ", within the slack of ", "");
    }
    buf_add_byte(&why, '.');
    out->why = judge_sentence(facts, &why);
}

static void judge_count(const struct rule *rule, const struct facts *facts, struct pair pair,
                        struct check *out)
{
    bool less_is_better = judge_direction(rule) == DIRECTION_DOWN;
    uint64_t now = pair.now->count;
    uint64_t allowed = allowed_count(pair, less_is_better);
    bool worse = less_is_better ? now > allowed : now < allowed;
    out->outcome = worse ? OUTCOME_FAIL : OUTCOME_PASS;
    out->has_bar = true;
    out->bar = value_count(allowed);
    uint64_t base = pair.base->count;
    struct value gap = value_count(now > base ? now - base : base - now);
    say_number(rule, facts, pair, value_compare(pair.now, pair.base), &gap, out);
    if (worse) {
        struct buf remedy;
        buf_init(&remedy);
        out->short_of_bar = less_is_better ? now - allowed : allowed - now;
        if (less_is_better) {
            judge_add_lower(&remedy, rule, now, out->short_of_bar);
        } else {
            judge_add_raise(&remedy, rule, now, out->short_of_bar);
        }
        out->remedy = judge_sentence(facts, &remedy);
    }
}

/* ---- decimals ---- */

static void judge_decimal(const struct rule *rule, const struct facts *facts, struct pair pair,
                          struct check *out)
{
    bool less_is_better = judge_direction(rule) == DIRECTION_DOWN;
    struct decimal allowed = less_is_better ? decimal_add(pair.base->decimal, pair.slack)
                                            : decimal_subtract(pair.base->decimal, pair.slack);
    int order = decimal_compare(pair.now->decimal, allowed);
    bool worse = less_is_better ? order > 0 : order < 0;
    out->outcome = worse ? OUTCOME_FAIL : OUTCOME_PASS;
    out->has_bar = true;
    out->bar = value_decimal(allowed);
    int change = value_compare(pair.now, pair.base);
    struct decimal gap = change > 0 ? decimal_subtract(pair.now->decimal, pair.base->decimal)
                                    : decimal_subtract(pair.base->decimal, pair.now->decimal);
    struct value distance = value_decimal(decimal_trim(gap));
    say_number(rule, facts, pair, change, &distance, out);
    if (worse) {
        struct buf remedy;
        buf_init(&remedy);
        buf_add_format(&remedy, "Bring %s %s to ", name_text(rule->metric),
                       less_is_better ? "down" : "up");
        decimal_add_grouped(&remedy, decimal_trim(allowed));
        buf_add_text(&remedy, less_is_better ? " or less." : " or more.");
        out->remedy = judge_sentence(facts, &remedy);
    }
}

/* ---- the rule ---- */

static void evaluate(const struct rule *rule, const struct facts *facts, struct check *out)
{
    if (!judge_metric(rule, facts, out)) {
        return;
    }
    const struct metric *metric = base_metric(rule, facts, out);
    if (metric == NULL) {
        return;
    }
    out->has_base = true;
    out->base = metric->value;
    struct pair pair = {&out->now, &out->base, rule->params[SLACK].amount};
    if (pair.slack.digits < 0) {
        pair.slack = decimal_make(0, 0);
    }
    switch (out->now.kind) {
    case VALUE_RATIO: judge_ratio(rule, facts, pair, out); break;
    case VALUE_COUNT: judge_count(rule, facts, pair, out); break;
    case VALUE_DECIMAL: judge_decimal(rule, facts, pair, out); break;
    }
}

static const struct param_spec params[] = {
    [RATCHET] = {.name = "ratchet",
                 .type = PARAM_FLAG,
                 .triggers = true,
                 .text = "Whether the value may not become worse than the baseline."},
    [SLACK] = {.name = "slack",
               .type = PARAM_AMOUNT,
               .sense = AMOUNT_SLACK,
               .fallback = "0",
               .text = "How much worse is tolerated: percentage points for ratios, else in the "
                       "metric's unit."},
    {.name = NULL}};

const struct rule_kind rule_ratchet = {
    .spec = {.name = "ratchet",
             .summary = "The value must not become worse than on the baseline.",
             .directed = true,
             .params = params},
    .evaluate = evaluate};
