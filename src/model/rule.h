/* Rules as data: what a rule kind is called, which parameters it takes, and one rule of a policy.
 *
 * The gates declare their parameters in tables of this form; the policy reader, the documentation
 * and the JSON Schema are driven by the same tables. */
#ifndef TIDEGATE_MODEL_RULE_H
#define TIDEGATE_MODEL_RULE_H

#include "model/metric.h"

enum param_type {
    PARAM_FLAG,     /* true or false */
    PARAM_AMOUNT,   /* a number in the metric's unit: percent for ratios, else a count or decimal */
    PARAM_DURATION, /* seconds; written as 90s, 15m, 2h or 7d */
    PARAM_CHOICE,   /* one of `words`, or a whole number from 2 to `most` */
    PARAM_STEPS     /* amounts that hold from a day on: {2027-03-01: 80, 2027-09-01: 85} */
};

/* What a PARAM_AMOUNT or the amounts of PARAM_STEPS say about the value. */
enum amount_sense { AMOUNT_LEAST, AMOUNT_MOST, AMOUNT_SLACK /* a distance, at least 0 */ };

/* A word of a PARAM_CHOICE with the number that it stands for. */
struct param_word {
    const char *text;
    uint64_t number;
};

struct param_spec {
    const char *name;
    enum param_type type;
    enum amount_sense sense;        /* PARAM_AMOUNT, PARAM_STEPS */
    const struct param_word *words; /* PARAM_CHOICE: NULL text at the end; NULL: no words */
    uint64_t most;                  /* PARAM_CHOICE: the largest number; 0: words only */
    bool directs;                   /* says which way a number of one's own is better */
    const char *idle_beside; /* the parameter beside which this one does nothing; NULL: none */
    bool triggers;           /* naming this parameter asks for a rule of this kind */
    const char *fallback;    /* what holds when it is left out, as in a policy; NULL: nothing */
    const char *text;        /* one sentence for the documentation */
};

struct rule_spec {
    const char *name; /* "threshold" */
    const char *summary;
    bool directed;                   /* takes only metrics that have a better direction */
    bool gathers;                    /* also takes a family word or the name of a group */
    bool keeps_bar;                  /* what it judges has a bar on the branch; see model/bars.h */
    const struct param_spec *params; /* ends with a NULL name; at most RULE_PARAMS */
};

enum { RULE_PARAMS = 8 };

enum gate_severity { GATE_BLOCK, GATE_WARN, GATE_INFO };

/* From this day on this amount. */
struct param_step {
    uint32_t day; /* 20270131 */
    struct decimal amount;
};

struct param_value {
    bool given;
    bool flag;
    struct decimal amount; /* PARAM_AMOUNT, and PARAM_DURATION in seconds */
    uint64_t number;       /* PARAM_CHOICE */
    /* PARAM_STEPS: by day, each stricter than the one before; as long-lived as the names */
    const struct param_step *steps;
    size_t step_count;
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
/* The parameter of that name; all zero when the kind has none. */
const struct param_value *rule_param(const struct rule *rule, const char *name);
/* Which way is better: the catalogue's word, else the rule's parameter `better`, else neutral. */
enum direction rule_direction(const struct rule *rule);
/* Do both speak of the same metric with the same labels? */
bool rule_same_metric(const struct rule *one, const struct rule *two);
/* The first parameter that asks for a rule of this kind; every kind has one. */
const struct param_spec *rule_spec_trigger(const struct rule_spec *spec);

#endif
