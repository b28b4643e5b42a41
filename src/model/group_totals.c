/* Totals as sums over groups, and what a retired group takes along. */
#include "model/group_totals.h"

/* ---- sums ---- */

static void add_value(struct value *sum, const struct value *part)
{
    switch (sum->kind) {
    case VALUE_RATIO:
        sum->ratio.covered += part->ratio.covered;
        sum->ratio.total += part->ratio.total;
        break;
    case VALUE_COUNT: sum->count += part->count; break;
    case VALUE_DECIMAL: sum->decimal = decimal_add(sum->decimal, part->decimal); break;
    }
}

/* Adds the part of one group to the total of its metric and component. */
static void add_part(struct vec *totals, const struct metric *part)
{
    struct metric label = *part;
    label.group = NULL;
    for (size_t index = 0; index < totals->count; index++) {
        struct metric *total = vec_at(totals, index);
        if (metric_compare(total, &label) != 0) {
            continue;
        }
        bool both = state_has_value(total->state) && state_has_value(part->state) &&
                    total->value.kind == part->value.kind;
        total->state = state_worse(total->state, part->state);
        total->sources += part->sources;
        if (both) {
            add_value(&total->value, &part->value);
        }
        return;
    }
    *(struct metric *)vec_add(totals) = label;
}

void group_totals_make(struct snapshot *snapshot)
{
    struct vec totals;
    size_t kept = 0;
    vec_init(&totals, sizeof(struct metric));
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&snapshot->metrics, index);
        if (metric->group != NULL) {
            add_part(&totals, metric);
            *(struct metric *)vec_at(&snapshot->metrics, kept++) = *metric;
        }
    }
    snapshot->metrics.count = kept;
    for (size_t index = 0; index < totals.count; index++) {
        *snapshot_add(snapshot) = *(struct metric *)vec_at(&totals, index);
    }
    snapshot_sort(snapshot);
    vec_release(&totals);
}

/* ---- groups that there are no more ---- */

static bool is_retired(const struct policy *policy, const struct name *group)
{
    for (size_t index = 0; index < policy->retired.count; index++) {
        if (((const struct retired *)vec_at(&policy->retired, index))->group == group) {
            return true;
        }
    }
    return false;
}

bool group_totals_retire(const struct policy *policy, struct snapshot *baseline)
{
    size_t kept = 0;
    size_t before = baseline->metrics.count;
    for (size_t index = 0; index < before; index++) {
        const struct metric *metric = vec_at(&baseline->metrics, index);
        if (metric->group == NULL || !is_retired(policy, metric->group)) {
            *(struct metric *)vec_at(&baseline->metrics, kept++) = *metric;
        }
    }
    baseline->metrics.count = kept;
    return kept < before;
}

/* Is `part` so small that the bar may hold it? A group that got worse after the bar was reached is
 * not in it as it is now. */
static bool is_part(const struct value *part, const struct value *bar)
{
    if (part->kind != bar->kind) {
        return false;
    }
    switch (bar->kind) {
    case VALUE_RATIO:
        return part->ratio.covered <= bar->ratio.covered &&
               part->ratio.total - part->ratio.covered <= bar->ratio.total - bar->ratio.covered;
    case VALUE_COUNT: return part->count <= bar->count;
    case VALUE_DECIMAL: break;
    }
    return true;
}

static void take_off(struct value *bar, const struct value *part)
{
    switch (bar->kind) {
    case VALUE_RATIO:
        bar->ratio.covered -= part->ratio.covered;
        bar->ratio.total -= part->ratio.total;
        break;
    case VALUE_COUNT: bar->count -= part->count; break;
    case VALUE_DECIMAL: bar->decimal = decimal_subtract(bar->decimal, part->decimal); break;
    }
}

/* A bar that the group cannot be taken off stays as it is: without it the branch could fall to any
 * depth. False when nothing is left of the bar. */
static bool retire_from(struct bar *bar, const struct policy *policy, const struct snapshot *before)
{
    for (size_t index = 0; index < policy->retired.count; index++) {
        const struct retired *retired = vec_at(&policy->retired, index);
        const struct metric *part = snapshot_find(before, bar->key, retired->group, bar->component);
        if (part != NULL && part->state == STATE_OK && is_part(&part->value, &bar->value)) {
            take_off(&bar->value, &part->value);
            bar->pending = (struct bar_pending){0};
        }
    }
    return bar->value.kind != VALUE_RATIO || bar->value.ratio.total > 0;
}

void group_totals_retire_bars(struct bars *bars, const struct policy *policy,
                              const struct snapshot *before)
{
    size_t kept = 0;
    for (size_t index = 0; index < bars->all.count; index++) {
        struct bar *bar = vec_at(&bars->all, index);
        if (bar->group != NULL || retire_from(bar, policy, before)) {
            *(struct bar *)vec_at(&bars->all, kept++) = *bar;
        }
    }
    bars->all.count = kept;
}
