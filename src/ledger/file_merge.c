/* The additive three-way merge of baseline files.
 *
 * Two branches that start from 80 of 100 lines covered, one adding 10 covered lines and one adding
 * 5 of which 4 are covered, meet at 94 of 115: the sum of what each changed. Where the parts of a
 * sum overlap (both branches mended the same finding) the merged code is worse than the sum; then
 * the next recording says so. */
#include "ledger/file_ledger.h"
#include "ledger/file_merge_bars.h"

/* Above it most JSON readers lose digits, and so snapshots refuse it. */
#define INTEGER_MOST (UINT64_C(1) << 53)

/* One metric on all sides; NULL where a side does not have it. */
struct sides {
    const struct metric *base, *ours, *theirs;
};

/* ---- equal and worse ---- */

static bool same_value(const struct value *left, const struct value *right)
{
    if (left->kind != right->kind) {
        return false;
    }
    if (left->kind == VALUE_RATIO) {
        return left->ratio.covered == right->ratio.covered &&
               left->ratio.total == right->ratio.total;
    }
    return value_compare(left, right) == 0;
}

static bool same_metric(const struct metric *left, const struct metric *right)
{
    if (left == NULL || right == NULL) {
        return left == right;
    }
    return left->state == right->state && left->unit == right->unit &&
           (!state_has_value(left->state) || same_value(&left->value, &right->value));
}

/* Where less is better the larger value is the worse one. So it is where nobody knows: numbers of
 * one's own are mostly sizes and times. */
static bool larger_is_worse(const struct metric *metric)
{
    const struct metric_kind *kind = metric_find(name_span(metric->key));
    return kind == NULL || kind->direction != DIRECTION_UP;
}

/* Ratios of nothing are the worst; of equal shares that of the larger number. */
static bool ratio_is_worse(struct ratio left, struct ratio right)
{
    if (left.total == 0 || right.total == 0) {
        return left.total < right.total;
    }
    int order = ratio_compare(left, right);
    return order < 0 || (order == 0 && left.total > right.total);
}

static bool value_is_worse(const struct metric *left, const struct metric *right)
{
    if (left->value.kind == VALUE_RATIO) {
        return ratio_is_worse(left->value.ratio, right->value.ratio);
    }
    int order = value_compare(&left->value, &right->value);
    return larger_is_worse(left) ? order > 0 : order < 0;
}

static const struct metric *worse_of(const struct metric *ours, const struct metric *theirs)
{
    if (ours->state != theirs->state) {
        return ours->state > theirs->state ? ours : theirs;
    }
    return state_has_value(ours->state) && value_is_worse(theirs, ours) ? theirs : ours;
}

/* ---- sums ---- */

static bool add_count(uint64_t base, uint64_t ours, uint64_t theirs, uint64_t *sum)
{
    if (ours + theirs < base || ours + theirs - base > INTEGER_MOST) {
        return false;
    }
    *sum = ours + theirs - base;
    return true;
}

/* False when the changes cannot both have happened to the base, or are no whole numbers. */
static bool add_value(const struct value *base, const struct value *ours,
                      const struct value *theirs, struct value *sum)
{
    *sum = *ours;
    switch (base->kind) {
    case VALUE_COUNT: return add_count(base->count, ours->count, theirs->count, &sum->count);
    case VALUE_RATIO:
        return add_count(base->ratio.covered, ours->ratio.covered, theirs->ratio.covered,
                         &sum->ratio.covered) &&
               add_count(base->ratio.total, ours->ratio.total, theirs->ratio.total,
                         &sum->ratio.total) &&
               sum->ratio.covered <= sum->ratio.total && sum->ratio.total > 0;
    case VALUE_DECIMAL: break; /* a time measured twice is no sum of two changes */
    }
    return false;
}

static bool all_sound(struct sides sides)
{
    return sides.base != NULL && sides.base->state == STATE_OK && sides.ours->state == STATE_OK &&
           sides.theirs->state == STATE_OK && sides.base->value.kind == sides.ours->value.kind;
}

static const struct name *merge_unit(struct sides sides)
{
    const struct name *base = sides.base != NULL ? sides.base->unit : NULL;
    if (sides.ours->unit == base) {
        return sides.theirs->unit;
    }
    bool ours_first = name_compare(sides.ours->unit, sides.theirs->unit) < 0;
    return sides.theirs->unit == base || ours_first ? sides.ours->unit : sides.theirs->unit;
}

/* Both sides have it and neither is as it was. False when the values are of different kinds. */
static bool join(struct sides sides, struct metric *merged)
{
    bool both_valued = state_has_value(sides.ours->state) && state_has_value(sides.theirs->state);
    *merged = *worse_of(sides.ours, sides.theirs);
    merged->unit = merge_unit(sides);
    if (both_valued && sides.ours->value.kind != sides.theirs->value.kind) {
        return false;
    }
    struct value sum;
    if (all_sound(sides) &&
        add_value(&sides.base->value, &sides.ours->value, &sides.theirs->value, &sum)) {
        merged->value = sum;
    }
    return true;
}

/* ---- all metrics ---- */

static bool merge_metric(struct sides sides, struct snapshot *merged, struct fault *fault)
{
    const struct metric *taken = NULL;
    struct metric joined;
    bool theirs_changed = !same_metric(sides.theirs, sides.base) && sides.theirs != NULL;
    if (same_metric(sides.ours, sides.base) || (sides.ours == NULL && theirs_changed)) {
        taken = sides.theirs; /* when one side took away what the other one still measures, too */
    } else if (!theirs_changed) {
        taken = sides.ours;
    } else if (join(sides, &joined)) {
        taken = &joined;
    } else {
        fault_set(fault, FAULT_SYNTAX, 0, 0,
                  "the two sides have values of different kinds for %.100s",
                  name_text(sides.ours->key));
        return false;
    }
    if (taken != NULL) {
        *snapshot_add(merged) = *taken;
    }
    return true;
}

static const struct metric *metric_at(const struct snapshot *snapshot, size_t place)
{
    return place < snapshot->metrics.count ? vec_at(&snapshot->metrics, place) : NULL;
}

static const struct metric *first_of(const struct metric *left, const struct metric *right)
{
    if (left == NULL || right == NULL) {
        return left != NULL ? left : right;
    }
    return metric_compare(left, right) <= 0 ? left : right;
}

/* The metric at *place if it has the labels of `wanted`, which is then passed. */
static const struct metric *take_metric(const struct snapshot *snapshot, size_t *place,
                                        const struct metric *wanted)
{
    const struct metric *metric = metric_at(snapshot, *place);
    if (metric == NULL || metric_compare(metric, wanted) != 0) {
        return NULL;
    }
    (*place)++;
    return metric;
}

static bool merge_metrics(const struct snapshot *base, const struct snapshot *ours,
                          const struct snapshot *theirs, struct snapshot *merged,
                          struct fault *fault)
{
    size_t places[3] = {0, 0, 0};
    for (;;) {
        const struct metric *next =
            first_of(metric_at(ours, places[1]), metric_at(theirs, places[2]));
        next = first_of(metric_at(base, places[0]), next);
        if (next == NULL) {
            return true;
        }
        struct sides sides = {.base = take_metric(base, &places[0], next)};
        sides.ours = take_metric(ours, &places[1], next);
        sides.theirs = take_metric(theirs, &places[2], next);
        if (!merge_metric(sides, merged, fault)) {
            return false;
        }
    }
}

/* ---- the reports, as a set ---- */

static bool has_source(const struct snapshot *snapshot, const struct snapshot_source *wanted)
{
    size_t low = 0;
    size_t high = snapshot->sources.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = snapshot_source_compare(wanted, vec_at(&snapshot->sources, middle));
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

/* Adds what `side` has: with the other side if both have it, alone if it is new. */
static void add_sources(const struct snapshot *base, const struct snapshot *side,
                        const struct snapshot *other, bool also_common, struct snapshot *merged)
{
    for (size_t index = 0; index < side->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&side->sources, index);
        bool common = has_source(other, source);
        if (common ? also_common : !has_source(base, source)) {
            *(struct snapshot_source *)vec_add(&merged->sources) = *source;
        }
    }
}

bool file_ledger_merge(const struct file_ledger *base, const struct file_ledger *ours,
                       const struct file_ledger *theirs, struct file_ledger *merged,
                       struct fault *fault)
{
    if (!merge_metrics(&base->snapshot, &ours->snapshot, &theirs->snapshot, &merged->snapshot,
                       fault)) {
        return false;
    }
    if (merged->snapshot.metrics.count == 0) {
        fault_set(fault, FAULT_SYNTAX, 0, 0, "each side takes away what the other one keeps");
        return false;
    }
    add_sources(&base->snapshot, &ours->snapshot, &theirs->snapshot, true, &merged->snapshot);
    add_sources(&base->snapshot, &theirs->snapshot, &ours->snapshot, false, &merged->snapshot);
    snapshot_sort(&merged->snapshot);
    file_merge_bars(&base->bars, &ours->bars, &theirs->bars, &merged->bars);
    return true;
}
