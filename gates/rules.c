/* The list of rule kinds, from rules.def. */
#include "gates/gates.h"

const struct rule_kind *const *rules_all(void)
{
    static const struct rule_kind *const kinds[] = {
#define RULE(name) &rule_##name,
#include "gates/rules.def"
#undef RULE
        NULL
    };
    return kinds;
}

const struct rule_spec *const *rules_specs(void)
{
    static const struct rule_spec *const specs[] = {
#define RULE(name) &rule_##name.spec,
#include "gates/rules.def"
#undef RULE
        NULL
    };
    return specs;
}
