/* The reports and groups of two policies -> sentences about what need not be there any more, or is
 * trusted more. */
#include "policy/policy_difference_parts.h"

#include <string.h>

static const char *trust_text(enum trust trust)
{
    static const char *const texts[] = {"block", "warn", "ok"};
    return texts[trust];
}

static const struct report_spec *find_report(const struct policy *policy,
                                             const struct report_spec *wanted)
{
    for (size_t index = 0; index < policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&policy->reports, index);
        if (spec->pattern == wanted->pattern && spec->group == wanted->group) {
            return spec;
        }
    }
    return NULL;
}

static void say_word(struct difference *list, const struct report_spec *spec, const char *what,
                     const char *before, const char *after)
{
    struct buf key = {NULL, 0, 0};
    buf_add_format(&key, "the report %s: %s", name_text(spec->pattern), what);
    difference_say_setting(list, buf_text(&key), before, after);
    buf_release(&key);
}

static void say_number(struct difference *list, const struct report_spec *spec, const char *what,
                       uint64_t before, uint64_t after)
{
    struct buf one = {NULL, 0, 0};
    struct buf two = {NULL, 0, 0};
    buf_add_u64(&one, before);
    buf_add_u64(&two, after);
    say_word(list, spec, what, buf_text(&one), buf_text(&two));
    buf_release(&one);
    buf_release(&two);
}

static void compare_report(struct difference *list, const struct report_spec *before,
                           const struct report_spec *after)
{
    say_word(list, before, "optional", before->optional ? "true" : "false",
             after->optional ? "true" : "false");
    say_word(list, before, "empty", trust_text(before->empty), trust_text(after->empty));
    say_word(list, before, "partial", trust_text(before->partial), trust_text(after->partial));
    say_word(list, before, "format", name_text(before->format), name_text(after->format));
    say_word(list, before, "root", name_text(before->root), name_text(after->root));
    say_number(list, before, "expect", before->expect, after->expect);
    say_number(list, before, "max_age in seconds", before->max_age, after->max_age);
}

void difference_compare_reports(struct difference *list, const struct policy *before,
                                const struct policy *after)
{
    for (size_t index = 0; index < before->reports.count && after->reports.count > 0; index++) {
        const struct report_spec *spec = vec_at(&before->reports, index);
        const struct report_spec *now = find_report(after, spec);
        if (now != NULL) {
            compare_report(list, spec, now);
            continue;
        }
        buf_add_format(&list->text, "reports: %s is no longer read", name_text(spec->pattern));
        difference_add_labels(list, spec->group, NULL);
        difference_take(list);
    }
    if (before->reports.count > 0 && after->reports.count == 0) {
        buf_add_text(&list->text, "reports: none is listed any more, so none is missed");
        difference_take(list);
    }
    if (before->reports.count == 0 && after->reports.count > 0) {
        buf_add_text(&list->text, "reports: only those that are listed are read, no longer all "
                                  "that are found");
        difference_take(list);
    }
}

/* ---- groups ---- */

static bool is_retired(const struct policy *policy, const struct name *group)
{
    for (size_t index = 0; index < policy->retired.count; index++) {
        if (((const struct retired *)vec_at(&policy->retired, index))->group == group) {
            return true;
        }
    }
    return false;
}

void difference_compare_groups(struct difference *list, const struct policy *before,
                               const struct policy *after)
{
    for (size_t index = 0; index < after->retired.count; index++) {
        const struct retired *retired = vec_at(&after->retired, index);
        if (!is_retired(before, retired->group)) {
            buf_add_format(&list->text, "the group %s is retired: %s", name_text(retired->group),
                           name_text(retired->reason));
            difference_take(list);
        }
    }
    if (policy_adds_groups(before) && !policy_adds_groups(after)) {
        buf_add_text(&list->text, "totals are no longer sums over the groups: what several groups "
                                  "measure counts once");
        difference_take(list);
    }
    if (policy_adds_groups(after) && !policy_adds_groups(before)) {
        buf_add_text(&list->text, "totals are sums over the groups: what several groups measure "
                                  "counts as often");
        difference_take(list);
    }
}
