/* A bar that only the calendar moves: at_least and at_most, in the metric's own unit (percent for
 * ratios), and from which day on they are stricter.
 *
 * Ratios are compared with a percentage by cross multiplication, counts with whole numbers, so a
 * value right at the bar is decided exactly. With both of them the value must lie between. */
#include "base/date.h"
#include "gates/judge.h"

enum { AT_LEAST, AT_MOST, AT_LEAST_FROM, AT_MOST_FROM };

/* One of the two demands as it stands today. */
struct demand {
    bool given;
    bool upper; /* at_most */
    struct decimal bar;
    uint32_t since;                /* the day of the step in force; 0: none */
    const struct param_step *next; /* the step to come; NULL: none */
};

/* Without a date all steps are in force. */
static struct demand demand_of(const struct rule *rule, bool upper, uint32_t today)
{
    const struct param_value *amount = &rule->params[upper ? AT_MOST : AT_LEAST];
    const struct param_value *steps = &rule->params[upper ? AT_MOST_FROM : AT_LEAST_FROM];
    struct demand demand = {.given = amount->given, .upper = upper, .bar = amount->amount};
    for (size_t index = 0; index < steps->step_count; index++) {
        const struct param_step *step = &steps->steps[index];
        if (today != 0 && step->day > today) {
            demand.next = step;
            break;
        }
        demand.given = true;
        demand.bar = step->amount;
        demand.since = step->day;
    }
    return demand;
}

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

/* A bar in the kind of what was measured, where that can hold it. */
static struct value bar_value(const struct value *now, struct decimal bar)
{
    bool rest = false;
    if (now->kind == VALUE_COUNT && bar.digits >= 0) {
        uint64_t whole = judge_whole(bar, &rest);
        return rest ? value_decimal(bar) : value_count(whole);
    }
    return value_decimal(bar);
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
    decimal_add_grouped(out, decimal_trim(bar));
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
        decimal_add_grouped(&why, decimal_trim(gap));
        buf_add_text(&why, demand.upper ? " more than" : " less than");
    } else if (out->now.kind == VALUE_RATIO && demand.upper) {
        buf_add_text(&why, "more than");
    } else {
        judge_add_distance(&why, out->short_of_bar, demand.upper);
    }
    buf_add_text(&why, out->now.kind == VALUE_RATIO && !demand.upper ? " the bar of " : " the ");
    add_bar(&why, &out->now, demand.bar);
    buf_add_text(&why, out->now.kind == VALUE_RATIO && !demand.upper ? " needs"
                       : demand.upper                                ? " that is allowed"
                                                                     : " that is demanded");
    if (demand.since != 0) {
        buf_add_text(&why, " since ");
        date_add(&why, demand.since);
    }
    buf_add_byte(&why, '.');
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

/* What is missing today to what will be demanded. */
static void add_missing(struct buf *out, const struct facts *facts, const struct check *check)
{
    const struct goal *goal = &check->goal;
    if (goal->met) {
        buf_add_text(out, ", which is met already.");
    } else if (check->now.kind == VALUE_DECIMAL) {
        struct decimal bar = goal->bar.decimal;
        buf_add_text(out, ": ");
        decimal_add_grouped(out,
                            decimal_trim(goal->upper ? decimal_subtract(check->now.decimal, bar)
                                                     : decimal_subtract(bar, check->now.decimal)));
        buf_add_text(out, goal->upper ? " too much today." : " too little today.");
    } else if (check->now.kind == VALUE_COUNT) {
        buf_add_text(out, ": ");
        buf_add_grouped(out, goal->short_of);
        buf_add_text(out, goal->upper ? " too many today." : " too few today.");
    } else if (goal->upper) {
        buf_add_text(out, ": it is more today.");
    } else {
        buf_add_text(out, ": ");
        buf_add_grouped(out, goal->short_of);
        buf_add_text(out, " of the ");
        buf_add_grouped(out, check->now.ratio.total - check->now.ratio.covered);
        buf_add_format(out, " uncovered %s must be covered until then.", judge_unit(facts));
    }
}

/* The next step of a demand: what it asks for and how far it is. */
static void say_goal(const struct facts *facts, struct demand demand, struct buf *out,
                     struct check *check)
{
    if (demand.next == NULL) {
        return;
    }
    const struct demand later = {.given = true, .upper = demand.upper, .bar = demand.next->amount};
    int order = compare(&check->now, later.bar);
    bool met = demand.upper ? order <= 0 : order >= 0;
    check->goal = (struct goal){.day = demand.next->day,
                                .bar = bar_value(&check->now, later.bar),
                                .upper = demand.upper,
                                .met = met,
                                .short_of = met ? 0 : distance(&check->now, later)};
    buf_add_text(out, " From ");
    date_add(out, demand.next->day);
    buf_add_text(out, demand.upper ? " on it is at most " : " on it is at least ");
    add_bar(out, &check->now, later.bar);
    add_missing(out, facts, check);
}

static void say_met(const struct rule *rule, const struct facts *facts, struct demand low,
                    struct demand high, struct check *out)
{
    struct buf why;
    buf_init(&why);
    add_now(&why, rule, facts, &out->now, low.given ? low.bar : high.bar);
    buf_add_text(&why, "; ");
    if (low.given) {
        buf_add_text(&why, "at least ");
        add_bar(&why, &out->now, low.bar);
    }
    buf_add_text(&why, low.given && high.given ? " and " : "");
    if (high.given) {
        buf_add_text(&why, "at most ");
        add_bar(&why, &out->now, high.bar);
    }
    buf_add_text(&why, low.given    ? " is demanded."
                       : high.given ? " is allowed."
                                    : "nothing is demanded yet.");
    say_goal(facts, high, &why, out);
    say_goal(facts, low, &why, out);
    out->why = judge_sentence(facts, &why);
}

static void evaluate(const struct rule *rule, const struct facts *facts, struct check *out)
{
    if (!judge_metric(rule, facts, out)) {
        return;
    }
    struct demand low = demand_of(rule, false, facts->today);
    struct demand high = demand_of(rule, true, facts->today);
    bool too_low = low.given && compare(&out->now, low.bar) < 0;
    bool too_high = high.given && compare(&out->now, high.bar) > 0;
    out->has_bar = low.given || high.given;
    if (out->has_bar) {
        out->bar = bar_value(&out->now, too_high || !low.given ? high.bar : low.bar);
    }
    if (!too_low && !too_high) {
        out->outcome = OUTCOME_PASS;
        say_met(rule, facts, low, high, out);
        return;
    }
    struct demand demand = too_high ? high : low;
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
    [AT_LEAST_FROM] = {.name = "at_least_from",
                       .type = PARAM_STEPS,
                       .sense = AMOUNT_LEAST,
                       .triggers = true,
                       .text = "What the smallest value rises to, by the day (UTC) from which on."},
    [AT_MOST_FROM] = {.name = "at_most_from",
                      .type = PARAM_STEPS,
                      .sense = AMOUNT_MOST,
                      .triggers = true,
                      .text = "What the largest value falls to, by the day (UTC) from which on."},
    {.name = NULL}};

const struct rule_kind rule_threshold = {
    .spec = {.name = "threshold",
             .summary = "The value must be at least, or at most, what the policy says.",
             .params = params},
    .evaluate = evaluate};
