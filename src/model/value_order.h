/* Worse, better, and how much of the one is tolerated: the comparisons of the ratchet.
 *
 * A ratio is worse only when its share fell and more units are uncovered: deleting well covered
 * code lowers a percentage without adding anything untested. More of a ratio is always better.
 * Everything is exact. */
#ifndef TIDEGATE_MODEL_VALUE_ORDER_H
#define TIDEGATE_MODEL_VALUE_ORDER_H

#include "model/metric.h"

/* Is `now` worse than `then` by more than the slack? Both are of one kind, ratios have totals above
 * 0. The slack is in points for ratios, else in the metric's unit; below 0 it is none. */
bool value_worse(const struct value *now, const struct value *then, struct decimal slack,
                 enum direction direction);
/* Is `now` strictly better as a number? False for a neutral direction. */
bool value_better(const struct value *now, const struct value *then, enum direction direction);
/* The worst count or decimal that is not worse than `then` by more than the slack. */
struct value value_limit(const struct value *then, struct decimal slack, enum direction direction);

uint64_t ratio_uncovered(struct ratio ratio);

#endif
