/* Words that rules share: severities, families, parameters by name. */
#include "model/rule.h"

const char *gate_severity_text(enum gate_severity severity)
{
    static const char *const texts[] = {"block", "warn", "info"};
    return texts[severity];
}

static const char *const words[] = {"coverage", "tests", "findings", "security", NULL};
static const enum family families[] = {FAMILY_COVERAGE, FAMILY_TESTS, FAMILY_FINDINGS,
                                       FAMILY_SECURITY};

const char *const *family_words(void)
{
    return words;
}

unsigned family_of_word(struct span word)
{
    for (size_t index = 0; words[index] != NULL; index++) {
        if (span_is(word, words[index])) {
            return families[index];
        }
    }
    return 0;
}

const struct param_spec *rule_spec_trigger(const struct rule_spec *spec)
{
    const struct param_spec *param = spec->params;
    while (!param->triggers) {
        param++;
    }
    return param;
}

const struct param_value *rule_param(const struct rule *rule, const char *name)
{
    static const struct param_value none;
    const struct param_spec *params = rule->kind->params;
    for (size_t index = 0; params[index].name != NULL; index++) {
        if (span_is(span_of(params[index].name), name)) {
            return &rule->params[index];
        }
    }
    return &none;
}

enum direction rule_direction(const struct rule *rule)
{
    const struct metric_kind *kind = metric_find(name_span(rule->metric));
    if (kind != NULL) {
        return kind->direction;
    }
    const struct param_value *better = rule_param(rule, "better");
    return better->given ? (enum direction)better->number : DIRECTION_NEUTRAL;
}

bool rule_same_metric(const struct rule *one, const struct rule *two)
{
    return one->metric == two->metric && one->group == two->group &&
           one->component == two->component;
}
