/* The rules of two policies -> sentences about those that are gone or different.
 *
 * Rules are compared by what they are about: kind, metric, group and component. A rule that stands
 * in both as it is is paired first, so that of several about one thing only those are told that
 * were touched. */
#include "policy/policy_difference_parts.h"

#include "base/date.h"
#include "base/mem.h"
#include "model/rule_text.h"

#include <stdlib.h>

/* "80 from 2027-03-01 on, 85 from …" */
static void add_steps(struct buf *out, const struct param_value *value)
{
    for (size_t index = 0; index < value->step_count; index++) {
        const struct param_step *step = &value->steps[index];
        buf_add_text(out, index > 0 ? ", " : "");
        decimal_add_text(out, decimal_trim(step->amount));
        buf_add_text(out, " from ");
        date_add(out, step->day);
        buf_add_text(out, " on");
    }
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
    case PARAM_CHOICE: rule_add_choice(out, spec, value->number); break;
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
    return one->kind == two->kind && rule_same_metric(one, two);
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

static void add_subject(struct difference *list, const struct rule *rule)
{
    buf_add(&list->text, name_span(rule->metric));
    difference_add_labels(list, rule->group, rule->component);
}

static void say_gone(struct difference *list, const struct rule *rule)
{
    add_subject(list, rule);
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
    difference_take(list);
}

static void say_different(struct difference *list, const struct rule *before,
                          const struct rule *after)
{
    const char *separator = ": ";
    add_subject(list, before);
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
        buf_add_format(&list->text, "%sseverity of the %s rule was %s, is %s", separator,
                       before->kind->name, gate_severity_text(before->severity),
                       gate_severity_text(after->severity));
    }
    difference_take(list);
}

void difference_compare_rules(struct difference *list, const struct policy *before,
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
