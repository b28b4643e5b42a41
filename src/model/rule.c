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
