/* A decided contest -> the ratchet's sentences: one shape for every kind of reference, with the
 * counts behind every percentage, and whose doing it is. */
#include "gates/ratchet_words.h"

#include "model/value_order.h"

#include <string.h>

enum { SHORT_ID = 10 };

/* "84.28 % = 7315 of 8679", "12" */
static void add_figure(struct buf *out, const struct contest *contest, const struct value *value)
{
    if (value->kind != VALUE_RATIO) {
        value_add_text(out, value);
        return;
    }
    ratio_add_percent(out, value->ratio, contest_places(contest));
    buf_add_text(out, " % = ");
    buf_add_grouped(out, value->ratio.covered);
    buf_add_text(out, " of ");
    buf_add_grouped(out, value->ratio.total);
}

/* What stands around the figure of each kind of reference. */
static const struct {
    const char *of_ratio, *of_number, *behind_number, *same, *then;
} words[] = {
    [REFERENCE_BASE] = {"the baseline's ", "the ", " on the baseline", "on the baseline", "before"},
    [REFERENCE_MEDIAN] = {"the median ", "the median ", "", "the median", "in the median entry"},
    [REFERENCE_BAR] = {"the bar of ", "the bar of ", "", "the bar", "at the bar"},
};

static void add_origin(struct buf *out, const struct reference *reference)
{
    if (reference->kind == REFERENCE_BAR && reference->commit != NULL) {
        buf_add_text(out, " from commit ");
        buf_add(out, span_until(name_span(reference->commit), SHORT_ID));
    } else if (reference->kind == REFERENCE_MEDIAN && reference->entries == 1) {
        buf_add_text(out, " of the only entry");
    } else if (reference->kind == REFERENCE_MEDIAN) {
        buf_add_format(out, " of the last %zu entries", reference->entries);
    }
}

/* "the bar of 84.28 % = 7315 of 8679 from commit 1a2b3c4d5e"; a baseline file names no commits. */
static void add_reference(struct buf *out, const struct contest *contest,
                          const struct reference *reference)
{
    bool ratio = reference->value.kind == VALUE_RATIO;
    buf_add_text(out, ratio ? words[reference->kind].of_ratio : words[reference->kind].of_number);
    add_figure(out, contest, &reference->value);
    buf_add_text(out, ratio ? "" : words[reference->kind].behind_number);
    add_origin(out, reference);
}

static void add_slack(struct buf *out, const struct reference *reference, const char *before,
                      const char *behind)
{
    if (reference->slack.digits > 0) {
        buf_add_text(out, before);
        buf_add_text(out, reference->kind == REFERENCE_BAR ? "total slack of " : "slack of ");
        decimal_add_grouped(out, decimal_trim(reference->slack));
        buf_add_text(out, behind);
    }
}

static const char *points_of(struct decimal slack)
{
    return decimal_compare(slack, decimal_make(1, 0)) == 0 ? " point" : " points";
}

/* "12 lines are uncovered, ", "1 line is uncovered, " */
static void add_uncovered(struct buf *out, uint64_t uncovered, const char *unit)
{
    static const char *const units[][2] = {
        {"lines", "line"}, {"branches", "branch"}, {"functions", "function"}};
    const char *one = unit;
    for (size_t at = 0; at < sizeof(units) / sizeof(units[0]); at++) {
        one = strcmp(unit, units[at][0]) == 0 ? units[at][1] : one;
    }
    buf_add_count(out, uncovered, one, unit);
    buf_add_text(out, uncovered == 1 ? " is uncovered, " : " are uncovered, ");
}

static void say_ratio(struct buf *out, const struct contest *contest,
                      const struct reference *reference, bool fails)
{
    struct ratio now = contest->now.ratio;
    struct ratio then = reference->value.ratio;
    const char *unit = judge_unit(contest->facts);
    const struct decimal points = {-reference->slack.digits, reference->slack.scale};
    int order = ratio_compare(now, then);
    judge_add_value(out, contest->rule, contest->facts, &contest->now, contest_places(contest));
    buf_add_text(out, order == 0 ? ", the same share as " : order > 0 ? ", above " : ", below ");
    add_reference(out, contest, reference);
    if (fails) {
        add_slack(out, reference, " by more than the ", points_of(reference->slack));
        buf_add_text(out, ", and ");
        add_uncovered(out, ratio_uncovered(now), unit);
        buf_add_grouped(out, ratio_uncovered(then));
        buf_add_format(out, " %s", words[reference->kind].then);
    } else if (ratio_compare_shifted(now, then, points) < 0) {
        buf_add_format(out, ", but no more %s are uncovered than %s (", unit,
                       words[reference->kind].then);
        buf_add_grouped(out, ratio_uncovered(now));
        buf_add_text(out, ", were ");
        buf_add_grouped(out, ratio_uncovered(then));
        buf_add_byte(out, ')');
    } else if (order < 0) {
        add_slack(out, reference, ", within the ", points_of(reference->slack));
    }
    buf_add_byte(out, '.');
}

/* How far two counts or decimals are apart. */
static struct value gap_between(const struct value *left, const struct value *right)
{
    bool more = value_compare(left, right) > 0;
    if (left->kind == VALUE_COUNT) {
        return value_count(more ? left->count - right->count : right->count - left->count);
    }
    return value_decimal(decimal_trim(more ? decimal_subtract(left->decimal, right->decimal)
                                           : decimal_subtract(right->decimal, left->decimal)));
}

static void say_number(struct buf *out, const struct contest *contest,
                       const struct reference *reference, bool fails)
{
    int order = value_compare(&contest->now, &reference->value);
    bool worse_side = (order > 0) == (contest->direction == DIRECTION_DOWN);
    struct value gap = gap_between(&contest->now, &reference->value);
    judge_add_value(out, contest->rule, contest->facts, &contest->now, 0);
    if (order == 0) {
        buf_add_format(out, ", the same as %s", words[reference->kind].same);
        add_origin(out, reference);
        buf_add_byte(out, '.');
        return;
    }
    buf_add_text(out, ", ");
    value_add_text(out, &gap);
    buf_add_text(out, order > 0                 ? " more than "
                      : gap.kind == VALUE_COUNT ? " fewer than "
                                                : " less than ");
    add_reference(out, contest, reference);
    if (fails) {
        add_slack(out, reference, "; a ", " is allowed");
    } else if (worse_side) {
        add_slack(out, reference, ", within the ", "");
    }
    buf_add_byte(out, '.');
}

void ratchet_say(struct buf *out, const struct contest *contest, const struct reference *reference,
                 bool fails)
{
    if (contest->now.kind == VALUE_RATIO) {
        say_ratio(out, contest, reference, fails);
    } else {
        say_number(out, contest, reference, fails);
    }
}

/* ---- whose doing it is ---- */

/* "below the bar", or above it where less is better. */
static const char *beyond(const struct contest *contest)
{
    return contest->direction == DIRECTION_DOWN ? "above" : "below";
}

static void add_base_figure(struct buf *out, const struct contest *contest, const char *before,
                            const char *behind)
{
    buf_add_text(out, before);
    add_figure(out, contest, &contest->base.value);
    buf_add_text(out, behind);
}

void ratchet_say_branch(struct buf *out, const struct contest *contest, bool broken, bool used_up)
{
    bool was_beyond = contest_is_worse(contest, &contest->base.value, &contest->bar);
    if (used_up && was_beyond) {
        buf_add_format(out, " The branch was %s its bar before", beyond(contest));
        add_base_figure(out, contest, ", at ", ", and this change makes it worse.");
    } else if (used_up) {
        add_base_figure(out, contest,
                        " This change uses up more than was left of the slack: it was ",
                        " before.");
    } else if (was_beyond) {
        buf_add_format(out, " The branch was already %s ", beyond(contest));
        add_reference(out, contest, &contest->bar);
        buf_add_text(out, " before this change.");
    } else if (!broken) {
        buf_add_format(out, " That is %s ", beyond(contest));
        add_reference(out, contest, &contest->bar);
        buf_add_byte(out, '.');
    }
}

void ratchet_say_run(struct buf *out, const struct contest *contest)
{
    if (!contest->has_base) {
        return;
    }
    if (contest_is_worse(contest, &contest->base.value, &contest->bar)) {
        buf_add_format(out, " It was already %s the bar before this run", beyond(contest));
        add_base_figure(out, contest, ", at ",
                        contest_is_inherited(contest) ? "." : ", and is worse now.");
    } else {
        add_base_figure(out, contest, " This run made it worse: the baseline holds ", ".");
    }
}
