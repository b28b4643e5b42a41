/* The policy as plain data: its lists and what owns them. */
#include "model/policy.h"

void policy_init(struct policy *policy)
{
    *policy = (struct policy){.when_missing = MISSING_WARN};
    vec_init(&policy->reports, sizeof(struct report_spec));
    vec_init(&policy->include, sizeof(const struct name *));
    vec_init(&policy->exclude, sizeof(const struct name *));
    vec_init(&policy->components, sizeof(struct component));
    vec_init(&policy->retired, sizeof(struct retired));
    vec_init(&policy->rules, sizeof(struct rule));
    vec_init(&policy->waivers, sizeof(struct waiver));
}

void policy_release(struct policy *policy)
{
    for (size_t index = 0; index < policy->components.count; index++) {
        struct component *component = vec_at(&policy->components, index);
        vec_release(&component->patterns);
    }
    vec_release(&policy->reports);
    vec_release(&policy->include);
    vec_release(&policy->exclude);
    vec_release(&policy->components);
    vec_release(&policy->retired);
    vec_release(&policy->rules);
    vec_release(&policy->waivers);
}

bool waiver_fits(const struct waiver *waiver, const struct rule *rule)
{
    if (span_is(span_of(rule->kind->name), WAIVER_DENOMINATORS)) {
        return span_is(name_span(waiver->gate), WAIVER_DENOMINATORS);
    }
    return name_compare(waiver->gate, rule->metric) == 0 &&
           (waiver->group == NULL || name_compare(waiver->group, rule->group) == 0) &&
           (waiver->component == NULL || name_compare(waiver->component, rule->component) == 0);
}

bool waiver_holds(const struct waiver *waiver, uint32_t today)
{
    return today != 0 && waiver->until >= today;
}

enum trust report_spec_trust(const struct report_spec *spec, const struct report *report)
{
    if (spec == NULL) {
        return TRUST_BLOCK;
    }
    switch (report->state) {
    case STATE_EMPTY: return spec->empty;
    case STATE_PARTIAL:
        return report_holds_facts(report) || spec->empty > spec->partial ? spec->partial
                                                                         : spec->empty;
    default: return TRUST_BLOCK;
    }
}

bool report_spec_accepts(const struct report_spec *spec, const struct report *report)
{
    return report->state == STATE_OK || report_spec_trust(spec, report) != TRUST_BLOCK;
}

bool policy_adds_groups(const struct policy *policy)
{
    for (size_t index = 0; index < policy->reports.count; index++) {
        if (((const struct report_spec *)vec_at(&policy->reports, index))->max_age > 0) {
            return true;
        }
    }
    return policy->retired.count > 0;
}
