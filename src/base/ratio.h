/* Exact ratios: `covered` of `total`, never a floating-point number.
 *
 * A ratio with total 0 is "nothing to cover": neither 0 % nor 100 %. Compare two ratios only when
 * both totals are above 0. */
#ifndef TIDEGATE_BASE_RATIO_H
#define TIDEGATE_BASE_RATIO_H

#include "base/buf.h"
#include "base/decimal.h"

struct ratio {
    uint64_t covered;
    uint64_t total;
};

/* <0, 0, >0 by cross multiplication in 128 bits; both totals must be above 0. */
int ratio_compare(struct ratio left, struct ratio right);

/* Compares left with right + points, where `points` is in percentage points (a decimal of at most 9
 * places) and may be negative. Exact. Both totals must be above 0. */
int ratio_compare_shifted(struct ratio left, struct ratio right, struct decimal points);

/* Compares a ratio with a percentage, exactly. The total must be above 0. */
int ratio_compare_percent(struct ratio ratio, struct decimal percent);

/* How many of `total` must be covered to be at least `percent`: the smallest such count, which may
 * be above the total when percent is above 100. A percent below 0 needs 0. */
uint64_t ratio_needed(uint64_t total, struct decimal percent);

/* Appends the percentage with `places` digits (at most 9), cut and never rounded up, so that only a
 * full ratio shows 100. "n/a" for a total of 0. */
void ratio_add_percent(struct buf *out, struct ratio ratio, unsigned places);

#endif
