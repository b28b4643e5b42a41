/* A value and its references -> which of them decides, whether it is met, and where the limit is.
 * Every comparison is exact. When a ratio is worse, see value_worse. */
#include "gates/ratchet_contest.h"

#include "model/value_order.h"

bool contest_is_worse(const struct contest *contest, const struct value *now,
                      const struct reference *reference)
{
    return value_worse(now, &reference->value, reference->slack, contest->direction);
}

bool contest_is_lowered(const struct contest *contest, const struct value *now)
{
    return value_worse(now, &contest->base.value, decimal_make(0, 0), contest->direction);
}

bool contest_by_base(const struct contest *contest)
{
    return contest->has_base && (!contest->has_bar || contest->facts->yardstick == YARDSTICK_BASE);
}

/* Below the bar, and made worse by this very change. */
static bool breaks_guard(const struct contest *contest, const struct value *now)
{
    return contest->has_bar && contest_is_worse(contest, now, &contest->bar) &&
           contest_is_lowered(contest, now);
}

bool contest_is_broken(const struct contest *contest, const struct value *now)
{
    if (!contest_by_base(contest)) {
        return contest_is_worse(contest, now, &contest->bar);
    }
    return contest_is_worse(contest, now, &contest->base) || breaks_guard(contest, now);
}

uint64_t contest_missing(const struct contest *contest)
{
    struct ratio low = contest->now.ratio;
    uint64_t enough = low.total;
    while (low.covered < enough) {
        uint64_t middle = low.covered + (enough - low.covered) / 2;
        const struct value value = value_ratio(middle, low.total);
        if (contest_is_broken(contest, &value)) {
            low.covered = middle + 1;
        } else {
            enough = middle;
        }
    }
    return enough - contest->now.ratio.covered;
}

bool contest_is_inherited(const struct contest *contest)
{
    return contest->has_base && contest_is_worse(contest, &contest->base.value, &contest->bar) &&
           !contest_is_lowered(contest, &contest->now);
}

unsigned contest_places(const struct contest *contest)
{
    unsigned places = 2;
    if (contest->now.kind != VALUE_RATIO) {
        return places;
    }
    if (contest->has_base) {
        places = judge_places(contest->now.ratio, contest->base.value.ratio);
    }
    if (contest->has_bar) {
        unsigned more = judge_places(contest->now.ratio, contest->bar.value.ratio);
        places = more > places ? more : places;
    }
    return places;
}

/* The worst value that one reference lets pass; a percentage for ratios. */
static struct value limit_by(const struct contest *contest, const struct reference *reference,
                             struct decimal slack)
{
    if (reference->value.kind != VALUE_RATIO) {
        return value_limit(&reference->value, slack, contest->direction);
    }
    struct decimal percent = judge_percent(reference->value.ratio, contest_places(contest));
    return value_decimal(decimal_trim(decimal_subtract(percent, slack)));
}

struct value contest_limit(const struct contest *contest)
{
    if (!contest_by_base(contest)) {
        return limit_by(contest, &contest->bar, contest->bar.slack);
    }
    struct value by_the_base = limit_by(contest, &contest->base, contest->base.slack);
    if (!contest->has_bar) {
        return by_the_base;
    }
    struct value guard = limit_by(contest, &contest->bar, contest->bar.slack);
    struct value unchanged = limit_by(contest, &contest->base, decimal_make(0, 0));
    if (value_better(&guard, &unchanged, contest->direction)) {
        guard = unchanged;
    }
    return value_better(&guard, &by_the_base, contest->direction) ? guard : by_the_base;
}
