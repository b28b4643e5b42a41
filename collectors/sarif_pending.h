/* Results of a SARIF run that cannot be settled yet, because the tool, the files or the invocations
 * that they refer to come later (the order of keys is free, and some writers put the results
 * first).
 *
 * Results that differ only in line and message are one row with a count, as in a report; the first
 * ones of each level keep line and message too. So memory grows with the variety of the results
 * only. */
#ifndef TIDEGATE_COLLECTORS_SARIF_PENDING_H
#define TIDEGATE_COLLECTORS_SARIF_PENDING_H

#include "base/name.h"
#include "collectors/sarif_result.h"

struct sarif_pending {
    struct arena arena;       /* texts of samples */
    struct names names;       /* texts of rows */
    struct arena text;        /* holds the names */
    struct vec rules, places; /* struct pending_rule, struct pending_place */
    struct map rule_of_key, place_of_key;
    struct vec rows;                      /* struct pending_row */
    uint32_t *slots;                      /* open addressing over row numbers + 1; 0 is free */
    size_t capacity;                      /* of slots: a power of two, or 0 */
    struct vec samples;                   /* struct pending_sample */
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
