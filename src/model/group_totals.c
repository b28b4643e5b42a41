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

/* Takes a part off a total; false when it cannot be a part of it. */
static bool take_off(struct value *total, const struct value *part)
{
    if (total->kind != part->kind) {
        return false;
    }
    switch (total->kind) {
    case VALUE_RATIO:
        if (part->ratio.covered > total->ratio.covered ||
            part->ratio.total - part->ratio.covered > total->ratio.total - total->ratio.covered) {
            return false;
        }
        total->ratio.covered -= part->ratio.covered;
        total->ratio.total -= part->ratio.total;
        return total->ratio.total > 0;
    case VALUE_COUNT:
        if (part->count > total->count) {
            return false;
        }
        total->count -= part->count;
        break;
    case VALUE_DECIMAL: total->decimal = decimal_subtract(total->decimal, part->decimal); break;
    }
    return true;
}

/* False when the bar makes no sense without the groups. */
static bool retire_from(struct bar *bar, const struct policy *policy, const struct snapshot *before)
{
    bool sound = true;
    for (size_t index = 0; sound && index < policy->retired.count; index++) {
        const struct retired *retired = vec_at(&policy->retired, index);
        const struct metric *part = snapshot_find(before, bar->key, retired->group, bar->component);
        if (part != NULL && part->state == STATE_OK) {
            sound = take_off(&bar->value, &part->value);
            bar->pending = (struct bar_pending){0};
        }
    }
    return sound;
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
