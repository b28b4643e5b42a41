/* The ceilings of limits.def as constants, and as a table for the documentation. */
#ifndef TIDEGATE_BASE_LIMITS_H
#define TIDEGATE_BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* One constant each; static const would be unusable in array sizes, an enum could not hold 8
 * GiB. */
#define LIMIT(id, value, unit, why) static const uint64_t id __attribute__((unused)) = value;
#include "base/limits.def"
#undef LIMIT

struct limit {
    const char *name;
    uint64_t value;
    const char *unit;
    const char *why;
};

/* All ceilings in the order of the list. */
const struct limit *limits_all(size_t *count);

#endif
