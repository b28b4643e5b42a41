/* Baseline -> what a ratchet compares its metric with: the base's value or the median of several,
 * and the branch's bar. When there is nothing to compare with, that is the outcome. */
#include "gates/ratchet_reference.h"

#include "model/value_order.h"

/* ---- nothing to compare with ---- */

static void say_value(const struct contest *contest, const char *rest, struct buf *why)
{
    buf_init(why);
    judge_add_value(why, contest->rule, contest->facts, &contest->now, 2);
    buf_add_text(why, rest);
}

static bool is_asked(const struct facts *facts)
{
    return facts->baseline != NULL && facts->baseline->state != BASELINE_NOT_ASKED;
}

/* How there comes to be a baseline. */
static const char *first_remedy(const struct facts *facts)
{
    if (!is_asked(facts)) {
        return "Run this in the checkout, with its .git folder (in a container: mount it), or "
               "compare with a snapshot file (--base FILE).";
    }
    if (facts->policy->ledger_file != NULL) {
        return "Run `tidegate record` and commit the file that it writes; the next change is then "
               "compared with it.";
    }
    return "Run `tidegate record` on the protected branch; the next change is then compared with "
           "that entry.";
}

/* No baseline, and that is proven or wanted: the policy says what that means. */
static void judge_without_baseline(const struct contest *contest, struct check *out)
{
    const struct facts *facts = contest->facts;
    const char *remedy = first_remedy(facts);
    bool asked = is_asked(facts);
    struct buf why;
    say_value(contest,
              asked ? "; there is no baseline to compare with yet."
                    : "; it was not compared, because there is no git repository here.",
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

static void judge_unusable_baseline(const struct contest *contest, struct check *out)
{
    struct buf why;
    say_value(contest, "; the baseline that it should be compared with cannot be read.", &why);
    judge_no_data(contest->facts, out, NO_DATA_BASELINE, &why,
                  "The messages about the baseline say why it cannot be read and what to do.");
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
    struct vec values;
    vec_init(&values, sizeof(struct value));
    for (size_t index = 0; index < recent->count && index < contest->median; index++) {
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
    if (baseline == NULL || contest->median > 0) {
        return;
    }
    const struct bar *bar = bars_find(&baseline->bars, rule->metric, rule->group, rule->component);
    if (bar != NULL && bar->direction == contest->direction &&
        bar->value.kind == contest->now.kind) {
        contest->has_bar = true;
        contest->branch_bar = bar;
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
        judge_unusable_baseline(contest, out);
        return false;
    }
    if (baseline == NULL || baseline->state != BASELINE_FOUND) {
        if (!contest->has_bar) {
            judge_without_baseline(contest, out);
        }
        return contest->has_bar;
    }
    if (contest->median > 0 && find_median(contest)) {
        return true;
    }
    struct buf why;
    const struct metric *metric =
        snapshot_find(&baseline->snapshot, rule->metric, rule->group, rule->component);
    if (metric == NULL && !contest->has_bar) {
        out->outcome = OUTCOME_PASS;
        say_value(contest, "; measured for the first time, so there is nothing to compare.", &why);
        out->why = judge_sentence(facts, &why);
        return false;
    }
    contest->has_base = is_sound(metric, &contest->now);
    if (contest->has_base) {
        contest->base.value = metric->value;
    } else if (metric != NULL && !bar_decides) {
        say_value(contest, "; the baseline holds no sound value to compare with.", &why);
        judge_no_data(facts, out, NO_DATA_BASELINE, &why,
                      "Run `tidegate record` on the protected branch with all its reports.");
        return false;
    }
    return true;
}

bool ratchet_find_references(struct contest *contest, struct check *out)
{
    find_bar(contest);
    return find_base(contest, out);
}
