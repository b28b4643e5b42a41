/* Two policies -> sentences about what the second one gives up.
 *
 * Rules are compared by what they are about: kind, metric, group and component. Nothing is weighed: whether a change is
 * stricter or laxer is decided by judging under both, here people only read what was touched. */
#include "policy/policy_difference.h"

#include "base/mem.h"

#include <stdlib.h>

struct listing {
    struct names *names;
    struct vec *lines;
    struct buf text; /* of the next line */
};

static void take(struct listing *list)
{
    *(const struct name **)vec_add(list->lines) = names_add(list->names, buf_span(&list->text));
    buf_clear(&list->text);
}

/* ---- rules ---- */

static void add_labels(struct buf *out, const struct name *group, const struct name *component)
{
    if (group != NULL) {
        buf_add_format(out, " (group %s)", name_text(group));
    }
    if (component != NULL) {
        buf_add_format(out, " (component %s)", name_text(component));
    }
}

/* "80 from 2027-03-01 on, 85 from …" */
static void add_steps(struct buf *out, const struct param_value *value)
{
    for (size_t index = 0; index < value->step_count; index++) {
        const struct param_step *step = &value->steps[index];
        buf_add_text(out, index > 0 ? ", " : "");
        decimal_add_text(out, decimal_trim(step->amount));
        buf_add_format(out, " from %04u-%02u-%02u on", step->day / 10000, step->day / 100 % 100,
                       step->day % 100);
    }
}

static void add_choice(struct buf *out, const struct param_spec *spec, uint64_t number)
{
    for (const struct param_word *word = spec->words; word != NULL && word->text != NULL; word++) {
        if (word->number == number) {
            buf_add_text(out, word->text);
            return;
        }
    }
    buf_add_u64(out, number);
}

static void add_param(struct buf *out, const struct param_spec *spec,
                      const struct param_value *value)
{
    if (!value->given) {
        buf_add_text(out, spec->fallback != NULL ? spec->fallback : "not set");
        return;
    }
    switch (spec->type) {
    case PARAM_FLAG: buf_add_text(out, value->flag ? "true" : "false"); break;
    case PARAM_CHOICE: add_choice(out, spec, value->number); break;
    case PARAM_STEPS: add_steps(out, value); break;
    case PARAM_AMOUNT: decimal_add_text(out, decimal_trim(value->amount)); break;
    case PARAM_DURATION:
        decimal_add_text(out, decimal_trim(value->amount));
        buf_add_text(out, " seconds");
        break;
    }
}

static bool same_param(const struct param_value *one, const struct param_value *two)
{
    bool same = one->given == two->given && one->flag == two->flag && one->number == two->number &&
                decimal_compare(one->amount, two->amount) == 0 &&
                one->step_count == two->step_count;
    for (size_t index = 0; same && index < one->step_count; index++) {
        same = one->steps[index].day == two->steps[index].day &&
               decimal_compare(one->steps[index].amount, two->steps[index].amount) == 0;
    }
    return same;
}

static bool same_subject(const struct rule *one, const struct rule *two)
{
    return one->kind == two->kind && one->metric == two->metric && one->group == two->group &&
           one->component == two->component;
}

static bool same_rule(const struct rule *one, const struct rule *two)
{
    bool same = same_subject(one, two) && one->severity == two->severity;
    for (size_t index = 0; same && one->kind->params[index].name != NULL; index++) {
        same = same_param(&one->params[index], &two->params[index]);
    }
    return same;
}

/* The first rule that `same` accepts and that stands for no other one yet. */
static size_t find_rule(const struct policy *policy, const struct rule *rule, const bool *used,
                        bool (*same)(const struct rule *, const struct rule *))
{
    for (size_t index = 0; index < policy->rules.count; index++) {
        if (!used[index] && same(rule, vec_at(&policy->rules, index))) {
            return index;
        }
    }
    return SIZE_MAX;
}

static void say_gone(struct listing *list, const struct rule *rule)
{
    buf_add(&list->text, name_span(rule->metric));
    add_labels(&list->text, rule->group, rule->component);
    buf_add_format(&list->text, ": the %s rule is gone", rule->kind->name);
    const char *before = " (";
    for (size_t index = 0; rule->kind->params[index].name != NULL; index++) {
        if (rule->params[index].given) {
            buf_add_format(&list->text, "%s%s ", before, rule->kind->params[index].name);
            add_param(&list->text, &rule->kind->params[index], &rule->params[index]);
            before = ", ";
        }
    }
    buf_add_text(&list->text, before[0] == ',' ? ")" : "");
    take(list);
}

static void say_different(struct listing *list, const struct rule *before, const struct rule *after)
{
    const char *separator = ": ";
    buf_add(&list->text, name_span(before->metric));
    add_labels(&list->text, before->group, before->component);
    for (size_t index = 0; before->kind->params[index].name != NULL; index++) {
        const struct param_spec *spec = &before->kind->params[index];
        if (!same_param(&before->params[index], &after->params[index])) {
            buf_add_format(&list->text, "%s%s was ", separator, spec->name);
            add_param(&list->text, spec, &before->params[index]);
            buf_add_text(&list->text, ", is ");
            add_param(&list->text, spec, &after->params[index]);
            separator = "; ";
        }
    }
    if (before->severity != after->severity) {
        buf_add_format(&list->text, "%sseverity was %s, is %s", separator,
                       gate_severity_text(before->severity), gate_severity_text(after->severity));
    }
    take(list);
}

static void compare_rules(struct listing *list, const struct policy *before,
                          const struct policy *after)
{
    bool *used = mem_alloc(after->rules.count + 1);
    bool *kept = mem_alloc(before->rules.count + 1);
    for (size_t index = 0; index < before->rules.count; index++) {
        size_t place = find_rule(after, vec_at(&before->rules, index), used, same_rule);
        kept[index] = place != SIZE_MAX;
        used[kept[index] ? place : after->rules.count] = true;
    }
    for (size_t index = 0; index < before->rules.count; index++) {
        const struct rule *rule = vec_at(&before->rules, index);
        if (kept[index]) {
            continue;
        }
        size_t place = find_rule(after, rule, used, same_subject);
        if (place == SIZE_MAX) {
            say_gone(list, rule);
        } else {
            used[place] = true;
            say_different(list, rule, vec_at(&after->rules, place));
        }
    }
    free(used);
    free(kept);
}

/* ---- reports ---- */

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

static void say_word(struct listing *list, const struct report_spec *spec, const char *what,
                     const char *before, const char *after)
{
    if (strcmp(before, after) != 0) {
        buf_add_format(&list->text, "the report %s: %s was %s, is %s", name_text(spec->pattern),
                       what, before[0] != '\0' ? before : "not set",
                       after[0] != '\0' ? after : "not set");
        take(list);
    }
}

static void say_number(struct listing *list, const struct report_spec *spec, const char *what,
                       uint64_t before, uint64_t after)
{
    if (before != after) {
        buf_add_format(&list->text, "the report %s: %s was %llu, is %llu", name_text(spec->pattern),
                       what, (unsigned long long)before, (unsigned long long)after);
        take(list);
    }
}

static void compare_report(struct listing *list, const struct report_spec *before,
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

static bool is_retired(const struct policy *policy, const struct name *group)
{
    for (size_t index = 0; index < policy->retired.count; index++) {
        if (((const struct retired *)vec_at(&policy->retired, index))->group == group) {
            return true;
        }
    }
    return false;
}

/* Groups that need not be there any more. */
static void compare_retired(struct listing *list, const struct policy *before,
                            const struct policy *after)
{
    for (size_t index = 0; index < after->retired.count; index++) {
        const struct retired *retired = vec_at(&after->retired, index);
        if (!is_retired(before, retired->group)) {
            buf_add_format(&list->text, "the group %s is retired: %s", name_text(retired->group),
                           name_text(retired->reason));
            take(list);
        }
    }
    if (policy_adds_groups(before) && !policy_adds_groups(after)) {
        buf_add_text(&list->text, "totals are no longer sums over the groups: what several groups "
                                  "measure counts once");
        take(list);
    }
    if (policy_adds_groups(after) && !policy_adds_groups(before)) {
        buf_add_text(&list->text, "totals are sums over the groups: what several groups measure "
                                  "counts as often");
        take(list);
    }
}

static void compare_reports(struct listing *list, const struct policy *before,
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
        add_labels(&list->text, spec->group, NULL);
        take(list);
    }
    if (before->reports.count > 0 && after->reports.count == 0) {
        buf_add_text(&list->text, "reports: none is listed any more, so none is missed");
        take(list);
    }
    if (before->reports.count == 0 && after->reports.count > 0) {
        buf_add_text(&list->text, "reports: only those that are listed are read, no longer all "
                                  "that are found");
        take(list);
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
static void say_patterns(struct listing *list, const char *key, const struct vec *these,
                         const struct vec *those, const char *what)
{
    for (size_t index = 0; index < these->count; index++) {
        const struct name *pattern = *(const struct name *const *)vec_at(these, index);
        if (!has_name(those, pattern)) {
            buf_add_format(&list->text, "%s: %s is %s", key, name_text(pattern), what);
            take(list);
        }
    }
}

static void compare_components(struct listing *list, const struct policy *before,
                               const struct policy *after)
{
    for (size_t index = 0; index < before->components.count; index++) {
        const struct component *component = vec_at(&before->components, index);
        const struct component *now = NULL;
        for (size_t at = 0; at < after->components.count; at++) {
            const struct component *other = vec_at(&after->components, at);
            now = other->name == component->name ? other : now;
        }
        buf_add_format(&list->text, "component %s", name_text(component->name));
        if (now == NULL) {
            buf_add_text(&list->text, " is gone");
            take(list);
            continue;
        }
        struct buf key = {NULL, 0, 0};
        buf_add(&key, buf_span(&list->text));
        buf_clear(&list->text);
        say_patterns(list, buf_text(&key), &component->patterns, &now->patterns, "gone");
        say_patterns(list, buf_text(&key), &now->patterns, &component->patterns, "new");
        buf_release(&key);
    }
}

/* ---- single settings ---- */

static void say_setting(struct listing *list, const char *key, const char *before,
                        const char *after)
{
    if (strcmp(before, after) != 0) {
        buf_add_format(&list->text, "%s was %s, is %s", key, before[0] != '\0' ? before : "not set",
                       after[0] != '\0' ? after : "not set");
        take(list);
    }
}

static void say_percent(struct listing *list, const char *key, const struct param_value *before,
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
    say_setting(list, key, buf_text(&one), buf_text(&two));
    buf_release(&one);
    buf_release(&two);
}

static void compare_settings(struct listing *list, const struct policy *before,
                             const struct policy *after)
{
    static const char *const missing[] = {"seed", "warn", "fail"};
    static const char *const in_change[] = {"codeowners", "deny", "allow"};
    const struct denominators *old = &before->denominators;
    const struct denominators *new = &after->denominators;
    say_setting(list, "baseline.branch", name_text(before->branch), name_text(after->branch));
    say_setting(list, "baseline.missing", missing[before->when_missing],
                missing[after->when_missing]);
    say_setting(list, "ledger.remote", name_text(before->ledger_remote),
                name_text(after->ledger_remote));
    say_setting(list, "ledger.file", name_text(before->ledger_file), name_text(after->ledger_file));
    say_setting(list, "ledger.id", name_text(before->ledger_id), name_text(after->ledger_id));
    say_percent(list, "denominators.may_shrink", &old->may_shrink, &new->may_shrink);
    say_percent(list, "denominators.coverage.line", &old->lines, &new->lines);
    say_percent(list, "denominators.coverage.files", &old->files, &new->files);
    say_percent(list, "denominators.tests.total", &old->tests, &new->tests);
    say_percent(list, "denominators.findings.rules", &old->rules, &new->rules);
    say_percent(list, "denominators.reports", &old->reports, &new->reports);
    say_setting(list, "waiver_in_change", in_change[before->waiver_in_change],
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

static void compare_waivers(struct listing *list, const struct policy *before,
                            const struct policy *after)
{
    for (size_t index = 0; index < after->waivers.count; index++) {
        const struct waiver *waiver = vec_at(&after->waivers, index);
        if (policy_has_waiver(before, waiver)) {
            continue;
        }
        buf_add_format(&list->text, "a new waiver for %s", name_text(waiver->gate));
        add_labels(&list->text, waiver->group, waiver->component);
        buf_add_format(&list->text, " by %s until %04u-%02u-%02u: %s", name_text(waiver->owner),
                       waiver->until / 10000, waiver->until / 100 % 100, waiver->until % 100,
                       name_text(waiver->reason));
        take(list);
    }
}

void policy_difference(const struct policy *before, const struct policy *after, struct names *names,
                       struct vec *lines)
{
    struct listing list = {.names = names, .lines = lines};
    compare_rules(&list, before, after);
    compare_reports(&list, before, after);
    compare_retired(&list, before, after);
    say_patterns(&list, "exclude", &after->exclude, &before->exclude, "new");
    say_patterns(&list, "exclude", &before->exclude, &after->exclude, "gone");
    say_patterns(&list, "include", &after->include, &before->include, "new");
    say_patterns(&list, "include", &before->include, &after->include, "gone");
    compare_components(&list, before, after);
    compare_settings(&list, before, after);
    compare_waivers(&list, before, after);
    buf_release(&list.text);
}
