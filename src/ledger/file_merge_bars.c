/* Bars are best values and no sums. A sum can be more than anybody will measure, when both sides
 * mended the same thing; a metric is put right by the next recording, but a bar would never come
 * down again. */
#include "ledger/file_merge_bars.h"

#include "model/value_order.h"

/* One bar on all sides; NULL where a side does not have it. */
struct sides {
    const struct bar *base, *ours, *theirs;
};

static bool same_value(const struct value *left, const struct value *right)
{
    return left->kind == right->kind && value_compare(left, right) == 0 &&
           (left->kind != VALUE_RATIO || left->ratio.total == right->ratio.total);
}

static bool same_bar(const struct bar *left, const struct bar *right)
{
    if (left == NULL || right == NULL) {
        return left == right;
    }
    return left->direction == right->direction && left->waiver_owner == right->waiver_owner &&
           left->waiver_until == right->waiver_until && same_value(&left->value, &right->value) &&
           left->pending.entries == right->pending.entries &&
           (left->pending.entries == 0 || same_value(&left->pending.value, &right->pending.value));
}

/* Fewer better entries in a row, to the worse value: what is pending may raise the bar by itself
 * soon. */
static const struct bar_pending *smaller_pending(const struct bar *left, const struct bar *right)
{
    const struct bar_pending *one = &left->pending;
    const struct bar_pending *two = &right->pending;
    if (one->entries != two->entries || one->entries == 0) {
        return one->entries < two->entries ? one : two;
    }
    if (value_compare(&one->value, &two->value) == 0) { /* of equal shares that of fewer units */
        return one->value.ratio.total < two->value.ratio.total ? one : two;
    }
    return value_better(&two->value, &one->value, left->direction) ? one : two;
}

/* Can what one bar says be weighed against what the other one says? */
static bool is_comparable(const struct bar *left, const struct bar *right)
{
    return left->value.kind == right->value.kind && left->direction == right->direction;
}

/* An order that has no ties among different bars, so that the sides may change places. */
static const struct bar *better_of(const struct bar *ours, const struct bar *theirs)
{
    if (!is_comparable(ours, theirs)) {
        return ours->value.kind * 4 + ours->direction < theirs->value.kind * 4 + theirs->direction
                   ? ours
                   : theirs;
    }
    if (!same_value(&ours->value, &theirs->value)) {
        bool equal = value_compare(&ours->value, &theirs->value) == 0;
        bool ours_better = value_better(&ours->value, &theirs->value, ours->direction) ||
                           (equal && ours->value.ratio.total < theirs->value.ratio.total);
        return ours_better ? ours : theirs;
    }
    if (ours->waiver_until != theirs->waiver_until) {
        return ours->waiver_until < theirs->waiver_until ? ours : theirs;
    }
    return name_compare(ours->waiver_owner, theirs->waiver_owner) < 0 ? ours : theirs;
}

static struct bar join(struct sides sides)
{
    struct bar bar = *better_of(sides.ours, sides.theirs);
    if (!is_comparable(sides.ours, sides.theirs)) {
        return bar;
    }
    const struct bar_pending *pending = smaller_pending(sides.ours, sides.theirs);
    bar.pending = (struct bar_pending){.entries = 0};
    if (pending->entries > 0 && value_better(&pending->value, &bar.value, bar.direction)) {
        bar.pending = *pending;
    }
    return bar;
}

static void merge_bar(struct sides sides, struct bars *merged)
{
    const struct bar *taken = NULL;
    struct bar joined;
    bool theirs_changed = !same_bar(sides.theirs, sides.base) && sides.theirs != NULL;
    if (same_bar(sides.ours, sides.base) || (sides.ours == NULL && theirs_changed)) {
        taken = sides.theirs;
    } else if (!theirs_changed) {
        taken = sides.ours;
    } else {
        joined = join(sides);
        taken = &joined;
    }
    if (taken != NULL) {
        *bars_put(merged, taken->key, taken->group, taken->component) = *taken;
    }
}

static const struct bar *find(const struct bars *bars, const struct bar *bar)
{
    return bars_find(bars, bar->key, bar->group, bar->component);
}

void file_merge_bars(const struct bars *base, const struct bars *ours, const struct bars *theirs,
                     struct bars *merged)
{
    for (size_t index = 0; index < ours->all.count; index++) {
        const struct bar *bar = vec_at(&ours->all, index);
        merge_bar((struct sides){find(base, bar), bar, find(theirs, bar)}, merged);
    }
    for (size_t index = 0; index < theirs->all.count; index++) {
        const struct bar *bar = vec_at(&theirs->all, index);
        if (find(ours, bar) == NULL) {
            merge_bar((struct sides){find(base, bar), NULL, bar}, merged);
        }
    }
}
