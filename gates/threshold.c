/* A bar that does not move: at_least and at_most, in the metric's own unit (percent for ratios).
 *
 * Ratios are compared with a percentage by cross multiplication, counts with whole numbers, so a
 * value right at the bar is decided exactly. With both of them the value must lie between. */
#include "gates/judge.h"

enum { AT_LEAST, AT_MOST };

/* One of the two demands. */
struct demand {
    struct decimal bar;
    bool upper; /* at_most */
};

/* <0, 0, >0 for now against the bar. */
static int compare(const struct value *now, struct decimal bar)
{
    if (now->kind == VALUE_RATIO) {
        return ratio_compare_percent(now->ratio, bar);
    }
    if (now->kind == VALUE_DECIMAL) {
        return decimal_compare(now->decimal, bar);
    }
    if (bar.digits < 0) {
        return 1;
    }
    bool rest = false;
    uint64_t whole = judge_whole(bar, &rest);
    if (now->count == whole) {
        return rest ? -1 : 0;
    }
    return now->count < whole ? -1 : 1;
}

/* How far a count is on the wrong side of the bar, or how many a ratio lacks. */
static uint64_t distance(const struct value *now, struct demand demand)
{
    if (now->kind == VALUE_DECIMAL) {
        return 0;
    }
    if (now->kind == VALUE_RATIO) {
        return demand.upper ? 0 : ratio_needed(now->ratio.total, demand.bar) - now->ratio.covered;
    }
    bool rest = false;
    uint64_t whole = judge_whole(demand.bar, &rest);
    return demand.upper ? now->count - whole : whole + (rest ? 1 : 0) - now->count;
}

/* Enough places to write the bar in full and to tell the value from it. */
static unsigned places_for(struct ratio now, struct decimal bar)
{
    unsigned places = decimal_trim(bar).scale > 2 ? decimal_trim(bar).scale : 2;
    while (places < DECIMAL_SCALE_MAX && ratio_compare_percent(now, bar) != 0 &&
           decimal_compare(judge_percent(now, places), bar) == 0) {
        places++;
    }
    return places;
}

static void add_bar(struct buf *out, const struct value *now, struct decimal bar)
{
    decimal_add_text(out, decimal_trim(bar));
    if (now->kind == VALUE_RATIO) {
        buf_add_text(out, " %");
    }
}

static void add_now(struct buf *out, const struct rule *rule, const struct facts *facts,
                    const struct value *now, struct decimal bar)
{
    unsigned places = now->kind == VALUE_RATIO ? places_for(now->ratio, bar) : 0;
    judge_add_value(out, rule, facts, now, places);
}

static void say_broken(const struct rule *rule, const struct facts *facts, struct demand demand,
                       struct check *out)
{
    struct buf why;
    buf_init(&why);
    add_now(&why, rule, facts, &out->now, demand.bar);
    buf_add_text(&why, ", ");
    if (out->now.kind == VALUE_DECIMAL) {
        struct decimal gap = demand.upper ? decimal_subtract(out->now.decimal, demand.bar)
                                          : decimal_subtract(demand.bar, out->now.decimal);
        decimal_add_text(&why, decimal_trim(gap));
        buf_add_text(&why, demand.upper ? " more than" : " less than");
    } else if (out->now.kind == VALUE_RATIO && demand.upper) {
        buf_add_text(&why, "more than");
    } else {
        judge_add_distance(&why, out->short_of_bar, demand.upper);
    }
    buf_add_text(&why, out->now.kind == VALUE_RATIO && !demand.upper ? " the bar of " : " the ");
    add_bar(&why, &out->now, demand.bar);
    buf_add_text(&why, out->now.kind == VALUE_RATIO && !demand.upper ? " needs."
                       : demand.upper                                ? " that is allowed."
                                                                     : " that is demanded.");
    out->why = judge_sentence(facts, &why);
}

static void say_remedy(const struct rule *rule, const struct facts *facts, struct demand demand,
                       struct check *out)
{
    struct buf remedy;
    buf_init(&remedy);
    if (out->now.kind == VALUE_COUNT && demand.upper) {
        judge_add_lower(&remedy, rule, out->now.count, out->short_of_bar);
    } else if (out->now.kind == VALUE_COUNT) {
        judge_add_raise(&remedy, rule, out->now.count, out->short_of_bar);
    } else if (out->now.kind == VALUE_RATIO && !demand.upper) {
        judge_add_cover(&remedy, facts, out->now.ratio, out->short_of_bar);
    } else {
        buf_add_format(&remedy, "Bring %s %s to ", name_text(rule->metric),
                       demand.upper ? "down" : "up");
        add_bar(&remedy, &out->now, demand.bar);
        buf_add_text(&remedy, demand.upper ? " or less." : " or more.");
    }
    out->remedy = judge_sentence(facts, &remedy);
}

static void say_met(const struct rule *rule, const struct facts *facts, struct check *out)
{
    const struct param_value *low = &rule->params[AT_LEAST];
    const struct param_value *high = &rule->params[AT_MOST];
    struct buf why;
    buf_init(&why);
    add_now(&why, rule, facts, &out->now, low->given ? low->amount : high->amount);
    buf_add_text(&why, "; ");
    if (low->given) {
        buf_add_text(&why, "at least ");
        add_bar(&why, &out->now, low->amount);
    }
    buf_add_text(&why, low->given && high->given ? " and " : "");
    if (high->given) {
        buf_add_text(&why, "at most ");
        add_bar(&why, &out->now, high->amount);
    }
    buf_add_text(&why, low->given ? " is demanded." : " is allowed.");
    out->why = judge_sentence(facts, &why);
}

static void set_bar(struct check *out, struct decimal bar)
{
    bool rest = false;
    out->has_bar = true;
    out->bar = value_decimal(bar);
    if (out->now.kind == VALUE_COUNT && bar.digits >= 0) {
        uint64_t whole = judge_whole(bar, &rest);
        out->bar = rest ? value_decimal(bar) : value_count(whole);
    }
}

static void evaluate(const struct rule *rule, const struct facts *facts, struct check *out)
{
    if (!judge_metric(rule, facts, out)) {
        return;
    }
    const struct param_value *low = &rule->params[AT_LEAST];
    const struct param_value *high = &rule->params[AT_MOST];
    bool too_low = low->given && compare(&out->now, low->amount) < 0;
    bool too_high = high->given && compare(&out->now, high->amount) > 0;
    set_bar(out, too_high || !low->given ? high->amount : low->amount);
    if (!too_low && !too_high) {
        out->outcome = OUTCOME_PASS;
        say_met(rule, facts, out);
        return;
    }
    struct demand demand = {too_high ? high->amount : low->amount, too_high};
    out->outcome = OUTCOME_FAIL;
    out->short_of_bar = distance(&out->now, demand);
    say_broken(rule, facts, demand, out);
    say_remedy(rule, facts, demand, out);
}

static const struct param_spec params[] = {
    [AT_LEAST] =
        {.name = "at_least",
         .type = PARAM_AMOUNT,
         .sense = AMOUNT_LEAST,
         .triggers = true,
         .text = "The smallest value that passes: percent for ratios, else in the metric's unit."},
    [AT_MOST] =
        {.name = "at_most",
         .type = PARAM_AMOUNT,
         .sense = AMOUNT_MOST,
         .triggers = true,
         .text = "The largest value that passes: percent for ratios, else in the metric's unit."},
    {.name = NULL}};

const struct rule_kind rule_threshold = {
    .spec = {.name = "threshold",
             .summary = "The value must be at least, or at most, what the policy says.",
             .params = params},
    .evaluate = evaluate};
