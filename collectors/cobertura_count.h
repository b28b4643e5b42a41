/* The numbers in attributes of Cobertura: counts, and branches in brackets. */
#ifndef TIDEGATE_COLLECTORS_COBERTURA_COUNT_H
#define TIDEGATE_COLLECTORS_COBERTURA_COUNT_H

#include "base/span.h"

/* The whole part of a decimal number that is not negative; *cut tells whether there was another
 * part. False if the text is none such. */
bool cobertura_count_read(struct span text, uint64_t *value, bool *cut);

/* Is the text a number above 0? */
bool cobertura_count_is_positive(struct span text);

enum cobertura_conditions {
    CONDITIONS_NONE,  /* nothing is said of branches */
    CONDITIONS_READ,  /* *taken and *total are valid, and fit 32 bits */
    CONDITIONS_EMPTY, /* 0 of 0 */
    CONDITIONS_WRONG  /* what is said cannot be read */
};

/* Reads `condition-coverage`. */
enum cobertura_conditions cobertura_conditions_read(struct span text, uint64_t *taken,
                                                    uint64_t *total);

#endif
