/* The baseline file that a change brings along -> the denominators that it lowers without a cause.
 *
 * It is what the next change is compared with. So it may hold less than the file at the start only
 * as far as less was measured, which the watch itself judges; beyond that, within the same limits,
 * because two machines rarely measure the same. That holds where an optional report is not there,
 * too: what is measured without it is as little as the file may hold. */
#include "gates/denominators_parts.h"

static const char remedy[] = "Run `tidegate record` on the code of this change, with all its "
                             "reports, and commit the file.";

static void add_check(const struct evaluation *evaluation, const struct watched *watched,
                      uint64_t start, struct buf *why, struct vec *checks)
{
    struct check *check = denominators_add(evaluation, watched, checks);
    check->base = value_count(start);
    check->why = names_add(evaluation->names, buf_span(why));
    check->remedy = names_add(evaluation->names, span_of(remedy));
    buf_release(why);
}

/* `watched->base` is what was measured, `start` what the file held before. */
static void check_count(const struct evaluation *evaluation, const struct watched *watched,
                        uint64_t start, const struct name *path, struct vec *checks)
{
    struct buf why = {NULL, 0, 0};
    if (watched->now >= start || watched->now >= denominators_least(watched)) {
        return;
    }
    buf_add_format(&why, "This change lowers the %s in %s from ", watched->things, name_text(path));
    buf_add_grouped(&why, start);
    buf_add_text(&why, " to ");
    buf_add_grouped(&why, watched->now);
    buf_add_text(&why, ", and ");
    buf_add_grouped(&why, watched->base);
    buf_add_text(&why, watched->base == 1 ? " was measured." : " were measured.");
    add_check(evaluation, watched, start, &why, checks);
}

static void check_reports(const struct evaluation *evaluation, struct watched *watched,
                          const struct snapshot *copy, const struct name *path, struct vec *checks)
{
    const struct snapshot *start = &evaluation->baseline->snapshot;
    struct buf lost = {NULL, 0, 0};
    watched->now = denominators_usable(copy);
    watched->base = denominators_usable(evaluation->now);
    if (decimal_compare(watched->limit, decimal_make(100, 0)) < 0 &&
        denominators_lost_kinds(copy, start, evaluation->now, &lost) > 0) {
        struct buf why = {NULL, 0, 0};
        buf_add_format(&why,
                       "This change takes reports out of %s that this run has: ", name_text(path));
        buf_add(&why, buf_span(&lost));
        buf_add_byte(&why, '.');
        add_check(evaluation, watched, denominators_usable(start), &why, checks);
    } else {
        check_count(evaluation, watched, denominators_usable(start), path, checks);
    }
    buf_release(&lost);
}

void denominators_check_copy(const struct evaluation *evaluation, const struct snapshot *copy,
                             const struct name *path, struct vec *checks)
{
    struct watched all[WATCHED_COUNT];
    if (!denominators_apply(evaluation)) {
        return;
    }
    denominators_list(evaluation->policy, all);
    for (size_t index = WATCHED_LINES; index < WATCHED_COUNT; index++) {
        struct watched *watched = &all[index];
        uint64_t start = 0;
        if (denominators_units(evaluation, evaluation->now, watched->key, &watched->base) &&
            denominators_units(evaluation, &evaluation->baseline->snapshot, watched->key, &start)) {
            /* A copy that does not hold it any more holds none. */
            denominators_units(evaluation, copy, watched->key, &watched->now);
            check_count(evaluation, watched, start, path, checks);
        }
    }
    check_reports(evaluation, &all[WATCHED_REPORTS], copy, path, checks);
}
