/* Numbers for people: exact, in ASCII, the same in every locale, and with what is behind them.
 *
 * Whole numbers are grouped by commas: 7,301. Percentages are cut, never rounded up. A change of
 * a ratio is rounded down too, towards the worse, and written with as many places as it takes
 * not to read as zero, so that no figure contradicts the verdict beside it. */
#ifndef TIDEGATE_RENDER_FIGURES_H
#define TIDEGATE_RENDER_FIGURES_H

#include "base/buf.h"
#include "model/snapshot.h"

enum {
    FIGURES_PLACES = 2, /* of a percentage, when nothing asks for more */
    FIGURES_ID = 10     /* digits of an object id that people are shown */
};

/* Places that tell two ratios apart, at least `least`; `least` for other values and equal
 * ratios. */
unsigned figures_places(const struct value *left, const struct value *right, unsigned least);

/* "84.12 %", "7,301", "1.250"; "n/a" for a ratio of nothing. `places` is for ratios. */
void figures_add_value(struct buf *out, const struct value *value, unsigned places);
/* What stands behind it: "7,301 of 8,679 lines" for a ratio, the unit for others; nothing
 * without unit. */
void figures_add_behind(struct buf *out, const struct value *value, struct span unit);
/* Both: "84.12 % = 7,301 of 8,679 lines", "2 tests", "1.250 seconds". */
void figures_add_full(struct buf *out, const struct value *value, unsigned places,
                      struct span unit);

/* now - base: "-0.30" (percentage points), "+2", "+0.125", "0" for equal values, "n/a" when they
 * cannot be compared. `places` is the least for ratios. */
void figures_add_change(struct buf *out, const struct value *now, const struct value *base,
                        unsigned places);

/* 1 when `now` is better than `base`, -1 when it is worse, 0 when equal, not comparable or
 * without direction. */
int figures_trend(const struct value *now, const struct value *base, enum direction direction);

/* The unit of a metric, plural: its own, or the catalogue's, or nothing. */
struct span figures_unit(const struct metric *metric);
/* "coverage.line (group unit, component api)": foreign text, to be escaped. */
void figures_add_label(struct buf *out, const struct name *key, const struct name *group,
                       const struct name *component);

#endif
