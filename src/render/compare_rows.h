/* The rows of a comparison: metrics of two snapshots paired by key and labels. */
#ifndef TIDEGATE_RENDER_COMPARE_ROWS_H
#define TIDEGATE_RENDER_COMPARE_ROWS_H

#include "base/vec.h"
#include "render/compare.h"

struct compare_row {
    const struct metric *base, *now; /* one may be NULL */
    bool has_base, has_now;          /* does it hold a number? */
    bool changed;                    /* in value, in state, or there in one only */
    int trend;                       /* 1 better, -1 worse, 0 neither */
};

/* Fills `rows` (struct compare_row, which must be initialised) in the order of metric_compare. */
void compare_rows(const struct comparison *comparison, struct vec *rows);
/* The metric of a row, whichever side has it. */
const struct metric *compare_row_metric(const struct compare_row *row);
/* "better", "worse", "new", "gone", "measured" (again), "no data" (any more), "changed" or
 * "same". */
const char *compare_row_word(const struct compare_row *row);
/* "84.12 %" of one side, the state where there is no number, nothing where there is no metric. */
void compare_row_add_value(struct buf *out, const struct compare_row *row, bool now);
/* now - base, or nothing. */
void compare_row_add_change(struct buf *out, const struct compare_row *row);

#endif
