/* Rules as data: what a rule kind is called, which parameters it takes, and one rule of a policy.
 *
 * The gates declare their parameters in tables of this form; the policy reader, the documentation
 * and the JSON Schema are driven by the same tables. */
#ifndef TIDEGATE_MODEL_RULE_H
#define TIDEGATE_MODEL_RULE_H

#include "model/metric.h"

enum param_type {
    PARAM_FLAG,    /* true or false */
    PARAM_AMOUNT,  /* a number in the metric's unit: percent for ratios, else a count or decimal */
    PARAM_DURATION /* seconds; written as 90s, 15m, 2h or 7d */
};

/* What a PARAM_AMOUNT says about the value. */
enum amount_sense { AMOUNT_LEAST, AMOUNT_MOST, AMOUNT_SLACK /* a distance, at least 0 */ };

struct param_spec {
    const char *name;
    enum param_type type;
    enum amount_sense sense; /* PARAM_AMOUNT */
    bool triggers;           /* naming this parameter asks for a rule of this kind */
    const char *fallback;    /* what holds when it is left out, as in a policy; NULL: nothing */
    const char *text;        /* one sentence for the documentation */
};

struct rule_spec {
    const char *name; /* "threshold" */
    const char *summary;
    bool directed;                   /* takes only metrics that have a better direction */
    bool gathers;                    /* also takes a family word or the name of a group */
    const struct param_spec *params; /* ends with a NULL name; at most RULE_PARAMS */
};

enum { RULE_PARAMS = 8 };

enum gate_severity { GATE_BLOCK, GATE_WARN, GATE_INFO };

struct param_value {
    bool given;
    bool flag;
    struct decimal amount; /* PARAM_AMOUNT, and PARAM_DURATION in seconds */
};

/* One rule of a policy: one kind applied to one metric with its labels. */
struct rule {
    const struct rule_spec *kind;
    const struct name *metric; /* metric key; for `present` also a family word or a group's name */
    const struct name *group;  /* NULL: all reports together */
    const struct name *component; /* NULL: all files */
    enum gate_severity severity;
    struct param_value params[RULE_PARAMS]; /* in the order of kind->params */
    uint64_t line;                          /* in the policy; 0 for defaults */
    uint64_t column;
};

const char *gate_severity_text(enum gate_severity severity); /* "block", "warn", "info" */
/* The words for families of metrics, NULL at the end. */
const char *const *family_words(void);
/* The family bit of "coverage", "tests", "findings" or "security"; 0 for any other word. */
unsigned family_of_word(struct span word);
/* The first parameter that asks for a rule of this kind; every kind has one. */
const struct param_spec *rule_spec_trigger(const struct rule_spec *spec);

#endif
