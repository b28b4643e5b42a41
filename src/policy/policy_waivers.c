/* Waivers: which broken rules are excused, by whom, why and until when. */
#include "policy/policy_reader.h"

const struct field policy_waiver_fields[] = {
    {"gate", FIELD_METRIC, true, offsetof(struct waiver, gate), NULL,
     "The metric whose rules are excused; or `denominators`, or `policy`."},
    {"component", FIELD_COMPONENT, false, offsetof(struct waiver, component), NULL,
     "Only rules about this component."},
    {"group", FIELD_GROUP, false, offsetof(struct waiver, group), NULL,
     "Only rules about this group of reports."},
    {"reason", FIELD_TEXT, true, offsetof(struct waiver, reason), NULL,
     "Why the rule may be broken, for the people who review it."},
    {"owner", FIELD_TEXT, true, offsetof(struct waiver, owner), NULL,
     "Who answers for it, a person or a team."},
    {"until", FIELD_DATE, true, offsetof(struct waiver, until), NULL,
     "The last day on which it holds, as in 2027-01-31."},
    {.name = NULL}};

static bool fits_a_rule(const struct policy *policy, const struct waiver *waiver)
{
    for (size_t index = 0; index < policy->rules.count; index++) {
        if (waiver_fits(waiver, vec_at(&policy->rules, index))) {
            return true;
        }
    }
    return false;
}

static bool gate_known(const struct policy *policy, const struct name *gate)
{
    struct waiver any = {.gate = gate};
    return fits_a_rule(policy, &any);
}

/* What is excused without being a rule; group and component cannot narrow it. */
static bool names_no_rule(const struct waiver *waiver)
{
    struct span gate = name_span(waiver->gate);
    return span_is(gate, WAIVER_DENOMINATORS) || span_is(gate, WAIVER_POLICY);
}

/* A waiver that speaks of no rule excuses nothing, and its author believes otherwise. */
static void check_match(struct policy_reader *reader, const struct yaml_node *item,
                        const struct waiver *waiver)
{
    const struct yaml_node *gate = yaml_get(item, "gate");
    if (waiver->gate == NULL || (!names_no_rule(waiver) && fits_a_rule(reader->policy, waiver))) {
        return;
    }
    if (names_no_rule(waiver)) {
        if (waiver->group != NULL || waiver->component != NULL) {
            reader_error(reader, gate, DIAG_POLICY_WAIVER_MATCH,
                         "a waiver for %s takes no group and no component",
                         name_text(waiver->gate));
        }
        return;
    }
    if (gate_known(reader->policy, waiver->gate)) {
        reader_error(reader, gate, DIAG_POLICY_WAIVER_MATCH,
                     "no rule about %s has this group and component", name_text(waiver->gate));
        return;
    }
    struct vec words;
    words_init(&words);
    for (size_t index = 0; index < reader->policy->rules.count; index++) {
        const struct rule *rule = vec_at(&reader->policy->rules, index);
        words_add(&words, name_span(rule->metric));
    }
    reader_unknown(reader, gate, false, DIAG_POLICY_WAIVER_MATCH, "gate", name_span(waiver->gate),
                   &words);
}

void read_waivers(struct policy_reader *reader, const struct yaml_node *node)
{
    if (!reader_list(reader, node, "a list of waivers")) {
        return;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        struct waiver waiver = {.line = item->line, .column = item->column};
        size_t errors = reader->diags->errors;
        if (reader_fields(reader, item, policy_waiver_fields, &waiver)) {
            if (reader->diags->errors == errors) {
                check_match(reader, item, &waiver);
            }
            *(struct waiver *)vec_add(&reader->policy->waivers) = waiver;
        }
    }
}
