/* A rule kind judges one metric: pure and total, so missing data is an outcome and never an error.
 *
 * To add one: write gates/NAME.c that ends in `const struct rule_kind rule_NAME`, and add
 * RULE(NAME) to rules.def. Policy parsing, the JSON Schema, `tidegate rules` and
 * docs/reference/rules.md follow from its table. */
#ifndef TIDEGATE_GATES_RULE_KIND_H
#define TIDEGATE_GATES_RULE_KIND_H

#include "model/verdict.h"

/* What a rule may look at. */
struct facts {
    struct names *names; /* for sentences */
    const struct snapshot *now;
    const struct baseline *baseline;
    enum yardstick yardstick; /* what a ratchet judges by */
    const struct policy *policy;
    const struct metric *metric; /* of this rule's key and labels; NULL if it was not measured */
    uint32_t today;              /* 20270131, given by the caller: no clock here */
    int64_t commit_time;         /* seconds since 1970 of the commit under test; 0 if unknown */
    /* Seconds since 1970 of the oldest report behind the metric; 0 if unknown. */
    int64_t oldest_report;
};

struct rule_kind {
    struct rule_spec spec;
    /* Fills outcome (PASS, FAIL, NO_DATA, or WARN where there was nothing to compare with), values,
     * bar, why and remedy of a zeroed check; severity and waivers are applied by evaluate.c. */
    void (*evaluate)(const struct rule *rule, const struct facts *facts, struct check *out);
};

#define RULE(name) extern const struct rule_kind rule_##name;
#include "gates/rules.def"
#undef RULE

#endif
