/* A check -> words and figures. The gates have said why; here the numbers are laid out so that
 * they agree with it: as many places as it takes to tell measured value, baseline and bar apart. */
#include "render/check_view.h"

#include "base/date.h"
#include "render/figures.h"

void check_view_label(struct buf *out, const struct check *check)
{
    const struct rule *rule = check->rule;
    figures_add_label(out, rule->metric, rule->group, rule->component);
}

static struct span unit_of(const struct scene *scene, const struct check *check)
{
    const struct rule *rule = check->rule;
    const struct metric *metric = NULL;
    if (scene->snapshot != NULL) {
        metric = snapshot_find(scene->snapshot, rule->metric, rule->group, rule->component);
    }
    if (metric != NULL) {
        return figures_unit(metric);
    }
    const struct metric_kind *kind = metric_find(name_span(rule->metric));
    return span_of(kind != NULL ? kind->unit : NULL);
}

const struct value *check_view_base_value(const struct scene *scene, const struct check *check)
{
    const struct baseline *baseline = scene->baseline;
    const struct rule *rule = check->rule;
    if (check->has_base) {
        return &check->base;
    }
    if (baseline == NULL || baseline->state != BASELINE_FOUND) {
        return NULL;
    }
    const struct metric *metric =
        snapshot_find(&baseline->snapshot, rule->metric, rule->group, rule->component);
    bool there = metric != NULL && metric->state == STATE_OK && !value_is_void(&metric->value);
    return there ? &metric->value : NULL;
}

static unsigned larger(unsigned left, unsigned right)
{
    return left > right ? left : right;
}

/* Does `ratio`, cut to `places`, read like the bar without being equal to it? */
static bool reads_as(struct ratio ratio, struct decimal bar, unsigned places)
{
    struct buf text = {0};
    struct decimal shown = {0, 0};
    ratio_add_percent(&text, ratio, places);
    bool equal = decimal_parse(buf_span(&text), &shown, NULL) && decimal_compare(shown, bar) == 0;
    buf_release(&text);
    return equal && ratio_compare_percent(ratio, bar) != 0;
}

/* Places of the percentages of a check: those that the policy wrote, and more while figures read
 * alike. */
static unsigned places_of(const struct scene *scene, const struct check *check)
{
    const struct value *base = check_view_base_value(scene, check);
    const struct rule *rule = check->rule;
    unsigned places = FIGURES_PLACES;
    for (size_t i = 0; i < RULE_PARAMS && rule->kind->params[i].name != NULL; i++) {
        if (rule->params[i].given && rule->kind->params[i].type == PARAM_AMOUNT) {
            places = larger(places, decimal_trim(rule->params[i].amount).scale);
        }
    }
    if (!check->has_now || check->now.kind != VALUE_RATIO) {
        return places;
    }
    if (check->has_bar && check->bar.kind == VALUE_DECIMAL && !value_is_void(&check->now)) {
        places = larger(places, decimal_trim(check->bar.decimal).scale);
        while (places < DECIMAL_SCALE_MAX &&
               reads_as(check->now.ratio, check->bar.decimal, places)) {
            places++;
        }
    }
    return base != NULL ? figures_places(&check->now, base, places) : places;
}

static void add_value(struct buf *out, const struct scene *scene, const struct check *check,
                      const struct value *value, bool full)
{
    if (full) {
        figures_add_full(out, value, places_of(scene, check), unit_of(scene, check));
    } else {
        figures_add_value(out, value, places_of(scene, check));
    }
}

void check_view_now(struct buf *out, const struct scene *scene, const struct check *check,
                    bool full)
{
    if (check->has_now) {
        add_value(out, scene, check, &check->now, full);
    } else if (check->now_state == STATE_OK) { /* a group of reports has no value */
        buf_add_text(out, check->outcome == OUTCOME_PASS ? "present" : "no data");
    } else {
        buf_add_text(out, state_text(check->now_state));
    }
}

void check_view_base(struct buf *out, const struct scene *scene, const struct check *check,
                     bool full)
{
    const struct value *base = check_view_base_value(scene, check);
    if (base != NULL) {
        add_value(out, scene, check, base, full);
    }
}

void check_view_now_behind(struct buf *out, const struct scene *scene, const struct check *check)
{
    if (check->has_now && check->now.kind == VALUE_RATIO) {
        figures_add_behind(out, &check->now, unit_of(scene, check));
    }
}

void check_view_base_behind(struct buf *out, const struct scene *scene, const struct check *check)
{
    const struct value *base = check_view_base_value(scene, check);
    if (base != NULL && base->kind == VALUE_RATIO) {
        figures_add_behind(out, base, unit_of(scene, check));
    }
}

void check_view_change(struct buf *out, const struct scene *scene, const struct check *check)
{
    const struct value *base = check_view_base_value(scene, check);
    if (check->has_now && base != NULL) {
        figures_add_change(out, &check->now, base, places_of(scene, check));
    }
}

static bool is_given(const struct rule *rule, const char *param)
{
    return rule_param(rule, param)->given;
}

/* Is the bar one to stay below? */
static bool bar_is_upper(const struct check *check)
{
    bool least = is_given(check->rule, "at_least") || is_given(check->rule, "at_least_from");
    bool most = is_given(check->rule, "at_most") || is_given(check->rule, "at_most_from");
    if (least != most) {
        return most;
    }
    if (!least) {
        return rule_direction(check->rule) == DIRECTION_DOWN;
    }
    /* Both given, a band: the side that is broken, else the lower. */
    if (check->now.kind == VALUE_RATIO) {
        return !value_is_void(&check->now) && check->bar.kind == VALUE_DECIMAL &&
               ratio_compare_percent(check->now.ratio, check->bar.decimal) > 0 &&
               check->outcome != OUTCOME_PASS;
    }
    return check->now.kind == check->bar.kind && check->outcome != OUTCOME_PASS &&
           value_compare(&check->now, &check->bar) > 0;
}

/* A ratio may fall below the bar and pass when no more is uncovered than before: code was
 * removed. */
static bool passed_by_count(const struct check *check)
{
    return check->outcome == OUTCOME_PASS && check->has_now && check->now.kind == VALUE_RATIO &&
           check->bar.kind == VALUE_DECIMAL && !value_is_void(&check->now) &&
           !bar_is_upper(check) && ratio_compare_percent(check->now.ratio, check->bar.decimal) < 0;
}

static void add_limit(struct buf *out, const struct check *check, const struct value *bar,
                      bool upper, bool signs)
{
    static const char *const words[2][2] = {{"at least ", "at most "}, {">= ", "<= "}};
    buf_add_text(out, words[signs][upper]);
    if (bar->kind == VALUE_DECIMAL) {
        decimal_add_grouped(out, decimal_trim(bar->decimal));
        buf_add_text(out, check->has_now && check->now.kind == VALUE_RATIO ? " %" : "");
    } else {
        figures_add_value(out, bar, FIGURES_PLACES);
    }
}

void check_view_bar(struct buf *out, const struct check *check, bool signs)
{
    if (!check->has_bar) {
        return;
    }
    if (passed_by_count(check)) {
        buf_add_text(out, "no more uncovered");
        return;
    }
    add_limit(out, check, &check->bar, bar_is_upper(check), signs);
}

void check_view_goal(struct buf *out, const struct check *check, bool signs)
{
    const struct goal *goal = &check->goal;
    if (goal->day == 0) {
        return;
    }
    add_limit(out, check, &goal->bar, goal->upper, signs);
    buf_add_text(out, " from ");
    date_add(out, goal->day);
    if (signs) {
        return;
    }
    buf_add_text(out, goal->met ? " on; met already" : " on");
    if (goal->short_of > 0) {
        buf_add_text(out, check->now.kind == VALUE_RATIO ? "; short by " : "; off by ");
        buf_add_grouped(out, goal->short_of);
    }
}

/* Does the bar say no more than the baseline does? */
static bool is_base(const struct bar *bar, const struct value *base)
{
    return base != NULL && bar->waiver_owner == NULL && value_compare(&bar->value, base) == 0 &&
           (base->kind != VALUE_RATIO || base->ratio.total == bar->value.ratio.total);
}

void check_view_branch_bar(struct buf *out, const struct scene *scene, const struct check *check)
{
    const struct bar *bar = check->branch_bar;
    if (bar == NULL || is_base(bar, check_view_base_value(scene, check))) {
        return;
    }
    add_value(out, scene, check, &bar->value, true);
    if (bar->commit != NULL) {
        buf_add_text(out, ", commit ");
        buf_add(out, span_until(name_span(bar->commit), FIGURES_ID));
    }
    if (bar->waiver_owner != NULL) {
        buf_add_text(out, ", lowered by the waiver of ");
        buf_add(out, name_span(bar->waiver_owner));
        buf_add_text(out, " until ");
        date_add(out, bar->waiver_until);
    }
}

void check_view_waiver(struct buf *out, const struct check *check)
{
    const struct waiver *waiver = check->waiver;
    if (waiver == NULL) {
        return;
    }
    buf_add_text(out, "until ");
    date_add(out, waiver->until);
    if (waiver->owner != NULL) {
        buf_add_text(out, ", ");
        buf_add(out, name_span(waiver->owner));
    }
    if (waiver->reason != NULL) {
        buf_add_text(out, ": ");
        buf_add(out, name_span(waiver->reason));
    }
    if (waiver->in_change && waiver->approvers != NULL) {
        buf_add_text(
            out, "; a waiver that this change adds, owners of the policy file must approve it: ");
        buf_add(out, name_span(waiver->approvers));
    } else if (waiver->in_change) {
        buf_add_text(out, "; a waiver that this change adds");
    }
}
