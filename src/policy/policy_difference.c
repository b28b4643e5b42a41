/* Two policies -> sentences about what the second one gives up.
 *
 * Nothing is weighed: whether a change is stricter or laxer is decided by judging under both, here
 * people only read what was touched. Rules are in policy_difference_rules.c, reports and groups in
 * policy_difference_reports.c. */
#include "policy/policy_difference.h"

#include "base/date.h"
#include "policy/policy_difference_parts.h"

#include <string.h>

/* ---- sentences ---- */

void difference_take(struct difference *list)
{
    *(const struct name **)vec_add(list->lines) = names_add(list->names, buf_span(&list->text));
    buf_clear(&list->text);
}

void difference_add_labels(struct difference *list, const struct name *group,
                           const struct name *component)
{
    if (group != NULL) {
        buf_add_format(&list->text, " (group %s)", name_text(group));
    }
    if (component != NULL) {
        buf_add_format(&list->text, " (component %s)", name_text(component));
    }
}

void difference_say_setting(struct difference *list, const char *key, const char *before,
                            const char *after)
{
    if (strcmp(before, after) != 0) {
        buf_add_format(&list->text, "%s was %s, is %s", key, before[0] != '\0' ? before : "not set",
                       after[0] != '\0' ? after : "not set");
        difference_take(list);
    }
}

/* ---- which files count ---- */

static bool has_name(const struct vec *patterns, const struct name *pattern)
{
    for (size_t index = 0; index < patterns->count; index++) {
        if (*(const struct name *const *)vec_at(patterns, index) == pattern) {
            return true;
        }
    }
    return false;
}

/* The patterns of `these` that `those` does not have. */
static void say_patterns(struct difference *list, const char *key, const struct vec *these,
                         const struct vec *those, const char *what)
{
    for (size_t index = 0; index < these->count; index++) {
        const struct name *pattern = *(const struct name *const *)vec_at(these, index);
        if (!has_name(those, pattern)) {
            buf_add_format(&list->text, "%s: %s is %s", key, name_text(pattern), what);
            difference_take(list);
        }
    }
}

static void compare_components(struct difference *list, const struct policy *before,
                               const struct policy *after)
{
    for (size_t index = 0; index < before->components.count; index++) {
        const struct component *component = vec_at(&before->components, index);
        const struct component *now = NULL;
        for (size_t at = 0; at < after->components.count; at++) {
            const struct component *other = vec_at(&after->components, at);
            now = other->name == component->name ? other : now;
        }
        struct buf key = {NULL, 0, 0};
        buf_add_format(&key, "component %s", name_text(component->name));
        if (now != NULL) {
            say_patterns(list, buf_text(&key), &component->patterns, &now->patterns, "gone");
            say_patterns(list, buf_text(&key), &now->patterns, &component->patterns, "new");
        } else {
            buf_add_format(&list->text, "%s is gone", buf_text(&key));
            difference_take(list);
        }
        buf_release(&key);
    }
}

/* ---- single settings ---- */

static void say_percent(struct difference *list, const char *key, const struct param_value *before,
                        const struct param_value *after)
{
    struct buf one = {NULL, 0, 0};
    struct buf two = {NULL, 0, 0};
    if (before->given) {
        decimal_add_text(&one, decimal_trim(before->amount));
    }
    if (after->given) {
        decimal_add_text(&two, decimal_trim(after->amount));
    }
    difference_say_setting(list, key, buf_text(&one), buf_text(&two));
    buf_release(&one);
    buf_release(&two);
}

static void compare_settings(struct difference *list, const struct policy *before,
                             const struct policy *after)
{
    static const char *const missing[] = {"seed", "warn", "fail"};
    static const char *const in_change[] = {"codeowners", "deny", "allow"};
    const struct denominators *old = &before->denominators;
    const struct denominators *new = &after->denominators;
    difference_say_setting(list, "baseline.branch", name_text(before->branch),
                           name_text(after->branch));
    difference_say_setting(list, "baseline.missing", missing[before->when_missing],
                           missing[after->when_missing]);
    difference_say_setting(list, "ledger.remote", name_text(before->ledger_remote),
                           name_text(after->ledger_remote));
    difference_say_setting(list, "ledger.file", name_text(before->ledger_file),
                           name_text(after->ledger_file));
    difference_say_setting(list, "ledger.id", name_text(before->ledger_id),
                           name_text(after->ledger_id));
    say_percent(list, "denominators.may_shrink", &old->may_shrink, &new->may_shrink);
    say_percent(list, "denominators.coverage.line", &old->lines, &new->lines);
    say_percent(list, "denominators.coverage.files", &old->files, &new->files);
    say_percent(list, "denominators.tests.total", &old->tests, &new->tests);
    say_percent(list, "denominators.findings.rules", &old->rules, &new->rules);
    say_percent(list, "denominators.reports", &old->reports, &new->reports);
    difference_say_setting(list, "waiver_in_change", in_change[before->waiver_in_change],
                           in_change[after->waiver_in_change]);
}

/* ---- waivers ---- */

bool policy_has_waiver(const struct policy *policy, const struct waiver *waiver)
{
    for (size_t index = 0; index < policy->waivers.count; index++) {
        const struct waiver *other = vec_at(&policy->waivers, index);
        if (other->gate == waiver->gate && other->until >= waiver->until &&
            (other->group == NULL || other->group == waiver->group) &&
            (other->component == NULL || other->component == waiver->component)) {
            return true;
        }
    }
    return false;
}

static void compare_waivers(struct difference *list, const struct policy *before,
                            const struct policy *after)
{
    for (size_t index = 0; index < after->waivers.count; index++) {
        const struct waiver *waiver = vec_at(&after->waivers, index);
        if (policy_has_waiver(before, waiver)) {
            continue;
        }
        buf_add_format(&list->text, "a new waiver for %s", name_text(waiver->gate));
        difference_add_labels(list, waiver->group, waiver->component);
        buf_add_format(&list->text, " by %s until ", name_text(waiver->owner));
        date_add(&list->text, waiver->until);
        buf_add_format(&list->text, ": %s", name_text(waiver->reason));
        difference_take(list);
    }
}

void policy_difference(const struct policy *before, const struct policy *after, struct names *names,
                       struct vec *lines)
{
    struct difference list = {.names = names, .lines = lines};
    difference_compare_rules(&list, before, after);
    difference_compare_reports(&list, before, after);
    difference_compare_groups(&list, before, after);
    say_patterns(&list, "exclude", &after->exclude, &before->exclude, "new");
    say_patterns(&list, "exclude", &before->exclude, &after->exclude, "gone");
    say_patterns(&list, "include", &after->include, &before->include, "new");
    say_patterns(&list, "include", &before->include, &after->include, "gone");
    compare_components(&list, before, after);
    compare_settings(&list, before, after);
    compare_waivers(&list, before, after);
    buf_release(&list.text);
}
