/* A bar that only moves the good way: not worse than the baseline, beyond a slack, and not below
 * the branch's bar, beyond a total slack.
 *
 * A change is compared with its base, so that it answers for its own doing only; the bar keeps many
 * small steps within the slack from adding up. A change that does not make things worse passes,
 * also while its branch is below the bar; that is said as a warning. The branch itself, and a merge
 * queue, are compared with the bar. Which way is better comes from the metric catalogue, for a
 * user's number from the policy. When a ratio is worse, see value_worse. Every comparison is exact. */
#include "gates/ratchet_words.h"
#include "model/value_order.h"

enum { RATCHET, SLACK, TOTAL_SLACK, RAISE, MEDIAN, BETTER };

enum { MEDIAN_MOST = 50, RAISE_MOST = 100 };

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

/* ---- what there is to compare with ---- */

static bool is_sound(const struct metric *metric, const struct value *now)
{
    return metric != NULL && metric->state == STATE_OK && metric->value.kind == now->kind &&
           !value_is_void(&metric->value);
}

/* By number; equal shares by their totals, so that no order is left to chance. */
static int order_values(const void *left_item, const void *right_item)
{
    const struct value *left = left_item;
    const struct value *right = right_item;
    int order = value_compare(left, right);
    if (order != 0 || left->kind != VALUE_RATIO) {
        return order;
    }
    return left->ratio.total < right->ratio.total ? -1 : left->ratio.total > right->ratio.total;
}

/* The middle one of the metric's values in the branch's last entries; of an even number the worse
 * of the two in the middle. False when there are none. */
static bool find_median(struct contest *contest)
{
    const struct rule *rule = contest->rule;
    const struct vec *recent = &contest->facts->baseline->recent;
    uint64_t wanted = rule->params[MEDIAN].number;
    struct vec values;
    vec_init(&values, sizeof(struct value));
    for (size_t index = 0; index < recent->count && index < wanted; index++) {
        const struct metric *metric =
            snapshot_find(vec_at(recent, index), rule->metric, rule->group, rule->component);
        if (is_sound(metric, &contest->now)) {
            *(struct value *)vec_add(&values) = metric->value;
        }
    }
    size_t count = values.count;
    if (count > 0) {
        vec_sort(&values, order_values);
        size_t middle = contest->direction == DIRECTION_DOWN ? count / 2 : (count - 1) / 2;
        contest->base.kind = REFERENCE_MEDIAN;
        contest->base.value = *(const struct value *)vec_at(&values, middle);
        contest->base.entries = count;
        contest->has_base = true;
    }
    vec_release(&values);
    return count > 0;
}

static void find_bar(struct contest *contest)
{
    const struct rule *rule = contest->rule;
    const struct baseline *baseline = contest->facts->baseline;
    if (baseline == NULL || rule->params[MEDIAN].given) {
        return;
    }
    const struct bar *bar = bars_find(&baseline->bars, rule->metric, rule->group, rule->component);
    if (bar != NULL && bar->direction == contest->direction &&
        bar->value.kind == contest->now.kind) {
        contest->has_bar = true;
        contest->bar = (struct reference){.kind = REFERENCE_BAR,
                                          .value = bar->value,
                                          .slack = bar_slack(rule),
                                          .commit = bar->commit};
    }
}

/* Fills in the baseline's value. False when the outcome is settled without it. */
static bool find_base(struct contest *contest, struct check *out)
{
    const struct rule *rule = contest->rule;
    const struct facts *facts = contest->facts;
    const struct baseline *baseline = facts->baseline;
    bool bar_decides = contest->has_bar && facts->yardstick != YARDSTICK_BASE;
    if (baseline != NULL && baseline->state == BASELINE_UNUSABLE) {
        judge_unusable_baseline(rule, facts, out);
        return false;
    }
    if (baseline == NULL || baseline->state != BASELINE_FOUND) {
        if (!contest->has_bar) {
            judge_without_baseline(rule, facts, out);
        }
        return contest->has_bar;
    }
    if (rule->params[MEDIAN].given && find_median(contest)) {
        return true;
    }
    struct buf why;
    const struct metric *metric =
        snapshot_find(&baseline->snapshot, rule->metric, rule->group, rule->component);
    if (metric == NULL && !contest->has_bar) {
        out->outcome = OUTCOME_PASS;
        say_value(rule, facts, out,
                  "; measured for the first time, so there is nothing to compare.", &why);
        out->why = judge_sentence(facts, &why);
        return false;
    }
    contest->has_base = is_sound(metric, &contest->now);
    if (contest->has_base) {
        contest->base.value = metric->value;
    } else if (metric != NULL && !bar_decides) {
        say_value(rule, facts, out, "; the baseline holds no sound value to compare with.", &why);
        judge_no_data(facts, out, NO_DATA_BASELINE, &why,
                      "Run `tidegate record` on the protected branch with all its reports.");
        return false;
    }
    return true;
}

/* ---- the decision ---- */

static bool is_worse(const struct contest *contest, const struct value *now,
                     const struct reference *reference)
{
    return value_worse(now, &reference->value, reference->slack, contest->direction);
}

static bool is_lowered(const struct contest *contest, const struct value *now)
{
    return value_worse(now, &contest->base.value, decimal_make(0, 0), contest->direction);
}

/* Is the base what decides, with the bar as a guard at most? */
static bool by_base(const struct contest *contest)
{
    return contest->has_base && (!contest->has_bar || contest->facts->yardstick == YARDSTICK_BASE);
}

/* Below the bar, and made worse by this very change. */
static bool breaks_guard(const struct contest *contest, const struct value *now)
{
    return contest->has_bar && is_worse(contest, now, &contest->bar) && is_lowered(contest, now);
}

static bool is_broken(const struct contest *contest, const struct value *now)
{
    if (!by_base(contest)) {
        return is_worse(contest, now, &contest->bar);
    }
    return is_worse(contest, now, &contest->base) || breaks_guard(contest, now);
}

/* How many more must be covered to pass. Covering everything always does. */
static uint64_t ratio_missing(const struct contest *contest)
{
    struct ratio low = contest->now.ratio;
    uint64_t enough = low.total;
    while (low.covered < enough) {
        uint64_t middle = low.covered + (enough - low.covered) / 2;
        const struct value value = value_ratio(middle, low.total);
        if (is_broken(contest, &value)) {
            low.covered = middle + 1;
        } else {
            enough = middle;
        }
    }
    return enough - contest->now.ratio.covered;
}

/* The worst value that one reference lets pass; a percentage for ratios. */
static struct value limit_by(const struct contest *contest, const struct reference *reference,
                             struct decimal slack)
{
    if (reference->value.kind != VALUE_RATIO) {
        return value_limit(&reference->value, slack, contest->direction);
    }
    struct decimal percent = judge_percent(reference->value.ratio, ratchet_places(contest));
    return value_decimal(decimal_trim(decimal_subtract(percent, slack)));
}

static struct value limit(const struct contest *contest)
{
    if (!by_base(contest)) {
        return limit_by(contest, &contest->bar, contest->bar.slack);
    }
    struct value by_the_base = limit_by(contest, &contest->base, contest->base.slack);
    if (!contest->has_bar) {
        return by_the_base;
    }
    struct value guard = limit_by(contest, &contest->bar, contest->bar.slack);
    struct value unchanged = limit_by(contest, &contest->base, decimal_make(0, 0));
    if (value_better(&guard, &unchanged, contest->direction)) {
        guard = unchanged;
    }
    return value_better(&guard, &by_the_base, contest->direction) ? guard : by_the_base;
}

static void add_remedy(const struct contest *contest, struct check *out)
{
    const struct rule *rule = contest->rule;
    bool down = contest->direction == DIRECTION_DOWN;
    struct buf remedy;
    buf_init(&remedy);
    if (out->now.kind == VALUE_RATIO) {
        out->short_of_bar = ratio_missing(contest);
        judge_add_cover(&remedy, contest->facts, out->now.ratio, out->short_of_bar);
    } else if (out->now.kind == VALUE_COUNT) {
        uint64_t now = out->now.count;
        out->short_of_bar = down ? now - out->bar.count : out->bar.count - now;
        if (down) {
            judge_add_lower(&remedy, rule, now, out->short_of_bar);
        } else {
            judge_add_raise(&remedy, rule, now, out->short_of_bar);
        }
    } else {
        buf_add_format(&remedy, "Bring %s %s to ", name_text(rule->metric), down ? "down" : "up");
        decimal_add_grouped(&remedy, decimal_trim(out->bar.decimal));
        buf_add_text(&remedy, down ? " or less." : " or more.");
    }
    out->remedy = judge_sentence(contest->facts, &remedy);
}

/* ---- whose doing it is ---- */

/* "below the bar", or above it where less is better. */
static const char *beyond(const struct contest *contest)
{
    return contest->direction == DIRECTION_DOWN ? "above" : "below";
}

static void add_base_figure(struct buf *out, const struct contest *contest, const char *before,
                            const char *behind)
{
    buf_add_text(out, before);
    ratchet_add_figure(out, contest, &contest->base.value);
    buf_add_text(out, behind);
}

/* The base decides, and the value is beyond the bar. */
static void say_branch(struct buf *out, const struct contest *contest, bool broken, bool used_up)
{
    bool was_beyond = is_worse(contest, &contest->base.value, &contest->bar);
    if (used_up && was_beyond) {
        buf_add_format(out, " The branch was %s its bar before", beyond(contest));
        add_base_figure(out, contest, ", at ", ", and this change makes it worse.");
    } else if (used_up) {
        add_base_figure(out, contest,
                        " This change uses up more than was left of the slack: it was ",
                        " before.");
    } else if (was_beyond) {
        buf_add_format(out, " The branch was already %s ", beyond(contest));
        ratchet_add_reference(out, contest, &contest->bar);
        buf_add_text(out, " before this change.");
    } else if (!broken) {
        buf_add_format(out, " That is %s ", beyond(contest));
        ratchet_add_reference(out, contest, &contest->bar);
        buf_add_byte(out, '.');
    }
}

/* The bar decides and is not met: is it this run's doing? */
static void say_run(struct buf *out, const struct contest *contest, struct check *check)
{
    if (!contest->has_base) {
        return;
    }
    bool was_beyond = is_worse(contest, &contest->base.value, &contest->bar);
    check->inherited = was_beyond && !is_lowered(contest, &contest->now);
    if (was_beyond) {
        buf_add_format(out, " It was already %s the bar before this run", beyond(contest));
        add_base_figure(out, contest, ", at ", check->inherited ? "." : ", and is worse now.");
    } else {
        add_base_figure(out, contest, " This run made it worse: the baseline holds ", ".");
    }
}

/* Not worse by this change, but its branch is below the bar. */
static void warn_of_branch(const struct contest *contest, struct check *out)
{
    out->outcome = OUTCOME_WARN;
    out->inherited = true;
    out->remedy =
        names_add(contest->facts->names, SPAN("This change may pass. Bring the branch back to its "
                                              "bar, or accept the worse value with a "
                                              "waiver for the entry that is recorded next."));
}

static void decide(const struct contest *contest, struct check *out)
{
    bool guarded = by_base(contest) && contest->has_bar;
    bool below = contest->has_bar && is_worse(contest, &contest->now, &contest->bar);
    bool broken = is_broken(contest, &contest->now);
    bool used_up = guarded && broken && !is_worse(contest, &contest->now, &contest->base);
    const struct reference *reference =
        by_base(contest) && !used_up ? &contest->base : &contest->bar;
    struct buf why;
    buf_init(&why);
    out->outcome = broken ? OUTCOME_FAIL : OUTCOME_PASS;
    out->has_bar = true;
    out->bar = limit(contest);
    ratchet_say(&why, contest, reference, broken);
    if (broken) {
        add_remedy(contest, out);
    }
    if (guarded && below) {
        say_branch(&why, contest, broken, used_up);
    } else if (broken && !by_base(contest)) {
        say_run(&why, contest, out);
    }
    if (guarded && below && !broken) {
        warn_of_branch(contest, out);
    }
    if (broken && contest->facts->yardstick == YARDSTICK_NONE) {
        buf_add_text(&why,
                     " A tag or scheduled run is judged by thresholds, so this only informs.");
        out->outcome = OUTCOME_INFO;
    }
    out->why = judge_sentence(contest->facts, &why);
}

/* ---- the rule ---- */

static void evaluate(const struct rule *rule, const struct facts *facts, struct check *out)
{
    if (!judge_metric(rule, facts, out)) {
        return;
    }
    struct contest contest = {
        .rule = rule,
        .facts = facts,
        .direction = rule_direction(rule),
        .now = out->now,
        .base = {.kind = REFERENCE_BASE, .slack = rule->params[SLACK].amount}};
    if (contest.base.slack.digits < 0) {
        contest.base.slack = decimal_make(0, 0);
    }
    find_bar(&contest);
    if (!find_base(&contest, out)) {
        return;
    }
    out->has_base = contest.has_base;
    out->base = contest.base.value;
    if (contest.has_bar) {
        out->branch_bar =
            bars_find(&facts->baseline->bars, rule->metric, rule->group, rule->component);
    }
    decide(&contest, out);
}

static const struct param_word raise_words[] = {{"immediately", 1}, {"never", 0}, {NULL, 0}};
static const struct param_word better_words[] = {
    {"higher", DIRECTION_UP}, {"lower", DIRECTION_DOWN}, {NULL, 0}};

static const struct param_spec params[] = {
    [RATCHET] = {.name = "ratchet",
                 .type = PARAM_FLAG,
                 .triggers = true,
                 .text = "Whether the value may not become worse than the baseline."},
    [SLACK] = {.name = "slack",
               .type = PARAM_AMOUNT,
               .sense = AMOUNT_SLACK,
               .fallback = "0",
               .text = "How much worse is tolerated in one change: percentage points for ratios, "
                       "else in the metric's unit."},
    [TOTAL_SLACK] = {.name = "total_slack",
                     .type = PARAM_AMOUNT,
                     .sense = AMOUNT_SLACK,
                     .idle_beside = "median",
                     .text = "How far below its bar the branch may come by many changes; left out, "
                             "as much as `slack`."},
    [RAISE] = {.name = "raise",
               .type = PARAM_CHOICE,
               .words = raise_words,
               .most = RAISE_MOST,
               .fallback = "immediately",
               .idle_beside = "median",
               .text = "When a better value becomes the bar: at once, never, or after that many "
                       "better entries in a row, which raise it to the worst of them."},
    [MEDIAN] = {.name = "median",
                .type = PARAM_CHOICE,
                .most = MEDIAN_MOST,
                .text = "For noisy metrics: compare with the median of that many of the branch's "
                        "last entries, without a bar."},
    [BETTER] = {.name = "better",
                .type = PARAM_CHOICE,
                .words = better_words,
                .directs = true,
                .text = "Which way a number of your own is better."},
    {.name = NULL}};

const struct rule_kind rule_ratchet = {
    .spec = {.name = "ratchet",
             .summary = "The value must not become worse than on the baseline, nor fall below the "
                        "branch's bar.",
             .directed = true,
             .keeps_bar = true,
             .params = params},
    .evaluate = evaluate};
