/* Checks, verdict and baseline in words and figures. The gates have said why; here the numbers
 * are laid out so that they agree with it: as many places as it takes to tell measured value,
 * baseline and bar apart. */
#include "render/check_view.h"

#include "base/date.h"
#include "render/figures.h"

enum { SHORT_ID = 10 }; /* digits of an object id that people are shown */

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
    } else {
        buf_add_text(out, check->now_state == STATE_OK ? "no data" : state_text(check->now_state));
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

static bool param_given(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < RULE_PARAMS && rule->kind->params[i].name != NULL; i++) {
        if (span_is(span_of(rule->kind->params[i].name), name)) {
            return rule->params[i].given;
        }
    }
    return false;
}

/* Is the bar one to stay below? */
static bool bar_is_upper(const struct check *check)
{
    bool least = param_given(check->rule, "at_least") || param_given(check->rule, "at_least_from");
    bool most = param_given(check->rule, "at_most") || param_given(check->rule, "at_most_from");
    if (least != most) {
        return most;
    }
    if (!least) {
        return rule_direction(check->rule) == DIRECTION_DOWN;
    }
    if (check->now.kind ==
        VALUE_RATIO) { /* both given, a band: the side that is broken, else the lower */
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

static void add_id(struct buf *out, const char *lead, const struct name *id)
{
    if (id != NULL) {
        buf_add_text(out, lead);
        buf_add(out, span_until(name_span(id), SHORT_ID));
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
    add_id(out, ", commit ", bar->commit);
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

size_t check_view_count(const struct verdict *verdict, enum outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < verdict->checks.count; i++) {
        const struct check *check = vec_at(&verdict->checks, i);
        count += check->outcome == outcome ? 1 : 0;
    }
    return count;
}

bool check_view_open(const struct verdict *verdict)
{
    return verdict->exit_code == EXIT_OPEN || verdict->exit_code == EXIT_PUBLISH;
}

static void add_part(struct buf *out, size_t count, const char *one, const char *many)
{
    if (count > 0) {
        buf_add_text(out, out->size > 0 ? ", " : "");
        buf_add_grouped(out, count);
        buf_add_text(out, count == 1 ? one : many);
    }
}

void check_view_headline(struct buf *out, const struct verdict *verdict)
{
    size_t all = verdict->checks.count;
    size_t failed = check_view_count(verdict, OUTCOME_FAIL);
    size_t passed = check_view_count(verdict, OUTCOME_PASS);
    struct buf text = {0};
    if (all == 0) {
        buf_add_text(&text, "no rule was judged");
    } else if (passed == all) {
        buf_add_text(&text, all == 1 ? "" : "all ");
        buf_add_grouped(&text, all);
        buf_add_text(&text, all == 1 ? " rule passed" : " rules passed");
    } else if (failed > 0) {
        buf_add_grouped(&text, failed);
        buf_add_text(&text, " of ");
        buf_add_grouped(&text, all);
        buf_add_text(&text, all == 1 ? " rule broken" : " rules broken");
    }
    add_part(&text, check_view_count(verdict, OUTCOME_NO_DATA), " rule cannot be judged",
             " rules cannot be judged");
    add_part(&text, check_view_count(verdict, OUTCOME_WARN), " warning", " warnings");
    add_part(&text, check_view_count(verdict, OUTCOME_WAIVED), " waived", " waived");
    add_part(&text, check_view_count(verdict, OUTCOME_INFO), " info", " info");
    if (failed == 0 && passed < all) {
        add_part(&text, passed, " passed", " passed");
    }
    buf_add(out, buf_span(&text));
    buf_release(&text);
}

void check_view_counts(struct buf *out, const struct verdict *verdict)
{
    static const struct {
        enum outcome outcome;
        const char *words;
    } parts[] = {
        {OUTCOME_FAIL, " failed"}, {OUTCOME_NO_DATA, " without data"},
        {OUTCOME_WARN, " warned"}, {OUTCOME_WAIVED, " waived"},
        {OUTCOME_INFO, " info"},   {OUTCOME_PASS, " passed"},
    };
    struct buf text = {0};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        add_part(&text, check_view_count(verdict, parts[i].outcome), parts[i].words,
                 parts[i].words);
    }
    buf_add(out, text.size > 0 ? buf_span(&text) : SPAN("no rule was judged"));
    buf_release(&text);
}

void check_view_baseline(struct buf *out, const struct baseline *baseline)
{
    switch (baseline->state) {
    case BASELINE_FOUND:
        buf_add_text(out, baseline->snapshot.commit != NULL ? "" : "a snapshot");
        add_id(out, "commit ", baseline->snapshot.commit);
        if (baseline->branch != NULL) {
            buf_add_text(out, " of ");
            buf_add(out, name_span(baseline->branch));
        }
        add_id(out, ", ledger entry ", baseline->entry);
        break;
    case BASELINE_NONE_YET: buf_add_text(out, "none yet"); break;
    case BASELINE_UNUSABLE: buf_add_text(out, "cannot be used"); break;
    case BASELINE_NOT_ASKED: buf_add_text(out, "none was asked for"); break;
    }
    if (baseline->reason != NULL) {
        buf_add_text(out, ": ");
        buf_add(out, name_span(baseline->reason));
    }
}

static void add_policy_id(struct buf *out, const struct name *id)
{
    if (id != NULL) {
        add_id(out, "", id);
    } else {
        buf_add_text(out, "the built-in rules");
    }
}

void check_view_policy(struct buf *out, const struct policy_change *change)
{
    if (change == NULL || change->state == TARGET_NOT_ASKED || change->state == TARGET_SAME) {
        return;
    }
    add_policy_id(out, change->own_id);
    if (change->state == TARGET_DIFFERENT || change->state == TARGET_FIRST) {
        buf_add_format(out, ", on %s ",
                       change->branch != NULL ? name_text(change->branch) : "the target");
        add_policy_id(out, change->target_id);
        add_id(out, change->entry != NULL ? " (ledger entry " : " (commit ",
               change->entry != NULL ? change->entry : change->commit);
        buf_add_text(out, change->entry != NULL || change->commit != NULL ? ")" : "");
    }
    buf_add_text(out, ": ");
    buf_add(out, name_span(change->reason));
}
