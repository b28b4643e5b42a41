/* Worse and better, exactly. */
#include "model/value_order.h"

uint64_t ratio_uncovered(struct ratio ratio)
{
    return ratio.total - ratio.covered;
}

static struct decimal at_least_none(struct decimal slack)
{
    return slack.digits < 0 ? decimal_make(0, 0) : slack;
}

static uint64_t whole_part(struct decimal value)
{
    int64_t digits = value.digits;
    for (unsigned place = 0; place < value.scale; place++) {
        digits /= 10;
    }
    return (uint64_t)digits;
}

static uint64_t count_limit(uint64_t then, uint64_t slack, enum direction direction)
{
    if (direction == DIRECTION_DOWN) {
        return then > UINT64_MAX - slack ? UINT64_MAX : then + slack;
    }
    return then > slack ? then - slack : 0;
}

struct value value_limit(const struct value *then, struct decimal slack, enum direction direction)
{
    struct decimal tolerated = at_least_none(slack);
    if (then->kind == VALUE_COUNT) {
        return value_count(count_limit(then->count, whole_part(tolerated), direction));
    }
    return value_decimal(direction == DIRECTION_DOWN ? decimal_add(then->decimal, tolerated)
                                                     : decimal_subtract(then->decimal, tolerated));
}

bool value_better(const struct value *now, const struct value *then, enum direction direction)
{
    int order = value_compare(now, then);
    return direction != DIRECTION_NEUTRAL && (direction == DIRECTION_DOWN ? order < 0 : order > 0);
}

bool value_worse(const struct value *now, const struct value *then, struct decimal slack,
                 enum direction direction)
{
    struct decimal tolerated = at_least_none(slack);
    if (now->kind != VALUE_RATIO) {
        struct value limit = value_limit(then, tolerated, direction);
        return value_better(&limit, now, direction);
    }
    const struct decimal points = {-tolerated.digits, tolerated.scale};
    return ratio_compare_shifted(now->ratio, then->ratio, points) < 0 &&
           ratio_uncovered(now->ratio) > ratio_uncovered(then->ratio);
}
