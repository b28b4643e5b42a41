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

/* What will be demanded from a day on that is still to come. */
struct goal {
    uint32_t day;      /* 20270131; 0: there is no goal */
    struct value bar;  /* as in struct check */
    bool upper;        /* the value must not be above it; else not below */
    bool met;          /* by what was measured today */
    uint64_t short_of; /* as short_of_bar */
};

/* What one rule said. */
struct check {
    const struct rule *rule;
    enum outcome outcome;
    enum no_data no_data;
    bool has_now, has_base, has_bar;
    enum state now_state;
    struct value now;  /* measured */
    struct value base; /* baseline */
    /* What was demanded: for ratios a VALUE_DECIMAL in percent, else the kind of `now`. */
    struct value bar;
    /* Ratios: how many more must be covered; counts: how many too many or too few; else 0. */
    uint64_t short_of_bar;
    struct goal goal;
    const struct bar *branch_bar; /* the branch's bar that a ratchet looked at; NULL if none */
    bool inherited; /* the branch was below its bar before, and this run did not make it worse */
    const struct waiver *waiver; /* that applied */
    const struct name *why;      /* one sentence: what was compared with what result */
    const struct name *remedy;   /* one sentence: what to do next; NULL when passed */
    const struct name *origin; /* "the policy of main": whose rule it is; NULL: the change's own */
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
    /* How many checks ended so; together they are all of them. */
    size_t failed, warned, waived, without_data, informed, passed;
    const struct name *summary; /* one sentence */
};

/* Does this check close the gate: broken, or without data, at severity block? */
bool check_blocks(const struct check *check);

void verdict_init(struct verdict *verdict);
void verdict_release(struct verdict *verdict);
/* "PASS", "INFO", "WARN", "WAIVED", "NO_DATA", "FAIL" */
const char *outcome_text(enum outcome outcome);

#endif
