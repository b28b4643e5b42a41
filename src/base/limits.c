/* The table of ceilings, for the documentation. */
#include "base/limits.h"

static const struct limit all[] = {
#define LIMIT(id, value, unit, why) {#id, value, unit, why},
#include "base/limits.def"
#undef LIMIT
};

const struct limit *limits_all(size_t *count)
{
    *count = sizeof(all) / sizeof(all[0]);
    return all;
}
