/* Results of a SARIF run that cannot be settled yet, because the tool, the files or the invocations that
 * they refer to come later (the order of keys is free, and some writers put the results first).
 *
 * Results that differ only in line and message are one row with a count, as in a report; the first ones
 * of each level keep line and message too. So memory grows with the variety of the results only. */
#ifndef TIDEGATE_COLLECTORS_SARIF_PENDING_H
#define TIDEGATE_COLLECTORS_SARIF_PENDING_H

#include "base/name.h"
#include "collectors/sarif_result.h"

struct sarif_pending {
    struct arena arena; /* texts of samples */
    struct names names; /* texts of rows */
    struct arena text;  /* holds the names */
    struct vec rows;    /* struct pending_row */
    struct vec samples; /* struct pending_sample */
    struct map row_of_key;
    uint64_t kept[SARIF_LEVEL_UNSET + 1]; /* samples by level as written */
};

void sarif_pending_init(struct sarif_pending *pending);
void sarif_pending_release(struct sarif_pending *pending);

void sarif_pending_add(struct sarif_pending *pending, const struct sarif_result *result);

/* Hands every result over: each sample, and the others of its row as `repeats`. */
void sarif_pending_each(const struct sarif_pending *pending,
                        void (*take)(void *self, const struct sarif_result *result,
                                     uint64_t repeats),
                        void *self);

#endif
