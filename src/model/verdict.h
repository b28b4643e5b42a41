/* The verdict: what each rule said, and what follows. */
#ifndef TIDEGATE_MODEL_VERDICT_H
#define TIDEGATE_MODEL_VERDICT_H

#include "model/baseline.h"
#include "model/policy.h"

enum outcome {
    OUTCOME_PASS,
    OUTCOME_INFO,    /* broken, but the rule only informs */
    OUTCOME_WARN,    /* broken, but the rule only warns */
    OUTCOME_WAIVED,  /* broken, but a waiver holds */
    OUTCOME_NO_DATA, /* cannot be judged; blocks unless severity says otherwise */
    OUTCOME_FAIL
};

/* Why there was nothing to judge; decides the exit code. */
enum no_data { NO_DATA_NONE, NO_DATA_REPORT, NO_DATA_BASELINE };

/* What one rule said. */
struct check {
    const struct rule *rule;
    enum outcome outcome;
    enum no_data no_data;
    bool has_now, has_base, has_bar;
    struct value now; /* measured */
    enum state now_state;
    struct value base; /* baseline */
    struct value
        bar; /* what was demanded, in the metric's kind; for ratios a VALUE_DECIMAL percentage */
    uint64_t
        short_of_bar; /* ratios: how many more must be covered; counts: how many too many; 0 if met */
    const struct waiver *waiver; /* that applied */
    const struct name *why;      /* one sentence: what was compared with what result */
    const struct name *remedy;   /* one sentence: what to do next; NULL when passed */
};

enum exit_code {
    EXIT_OPEN = 0,
    EXIT_CLOSED = 1,
    EXIT_USAGE = 2,
    EXIT_REPORT = 3,
    EXIT_BASELINE = 4,
    EXIT_PUBLISH = 5,
    EXIT_INTERNAL = 70
};

struct verdict {
    enum outcome outcome; /* the worst of the checks: PASS, WARN, NO_DATA or FAIL */
    enum exit_code exit_code;
    struct vec checks; /* struct check, in policy order */
    size_t failed, warned, waived, without_data, passed;
    const struct name *summary; /* one sentence */
};

void verdict_init(struct verdict *verdict);
void verdict_release(struct verdict *verdict);
const char *
outcome_text(enum outcome outcome); /* "PASS", "INFO", "WARN", "WAIVED", "NO_DATA", "FAIL" */

#endif
