/* The list of formats, detection, and reading one source. */
#ifndef TIDEGATE_COLLECTORS_COLLECTORS_H
#define TIDEGATE_COLLECTORS_COLLECTORS_H

#include "collectors/collector.h"

/* All collectors in alphabetical order. */
const struct collector *const *collectors_all(size_t *count);
/* The collector with this name, or NULL. */
const struct collector *collectors_find(struct span name);

/* Fills `head` from the first bytes of a report. Pure. */
void head_read(struct head *head, struct span bytes, struct span file_name);

struct detection {
    const struct collector *best;   /* NULL: nothing recognised it, or a tie */
    const struct collector *second; /* one of several equal ones, when `best` is NULL; else NULL */
    int score;
};
struct detection collectors_detect(const struct head *head);

/* Reads one source into a new report; never NULL. `format` NULL means: detect. The input stays the
 * caller's. The report's state and diags say how it went. */
struct report *collectors_read(struct names *names, struct span path, struct input *input,
                               const struct collector *format);

#endif
