/* Trials of one rule: what the gate would say, were the measured values, the reports or the
 * baseline others. */
#ifndef TIDEGATE_GATES_TRIAL_H
#define TIDEGATE_GATES_TRIAL_H

#include "gates/gates.h"

/* What the gate said. */
struct answer {
    bool applies; /* is the rule among the checks? */
    struct check check;
    enum outcome outcome; /* of the gate */
    enum exit_code code;
};

/* One rule with everything that it is asked with. What is measured now stands in for its own
 * baseline.
 *
 * Life cycle: trial_init, trial_choose and questions for each rule, trial_release. */
struct trial {
    const struct evaluation *now; /* borrowed; its baseline is not looked at */
    const struct rule *rule;      /* NULL: all rules of the policy */
    struct policy policy;         /* the policy with this rule alone; its lists are borrowed */
    struct baseline baseline;
    int64_t commit_time; /* of the commit under test */
};

void trial_init(struct trial *trial, const struct evaluation *now);
void trial_release(struct trial *trial);
/* The rule to ask, alone, so that no other closes the gate for it; NULL: all of the policy. */
void trial_choose(struct trial *trial, struct rule *rule);

/* With what is measured now. */
struct answer trial_ask(const struct trial *trial);
/* With the least change of the rule's metric in this direction that the rule objects to, be it
 * waived or not; *moved is the changed value. False when it objects to none. The metric must be
 * there with a sound value. */
bool trial_break(const struct trial *trial, bool up, struct answer *answer, struct value *moved);
/* Without what the rule speaks of: its metric, a family of them, or a group with its reports. */
struct answer trial_ask_without(const struct trial *trial);
/* With reports that are older than the rule allows: the commit comes so much later. False when no
 * report has an age. */
bool trial_ask_aged(struct trial *trial, struct answer *answer);
/* With a baseline in this state. */
struct answer trial_ask_baseline(struct trial *trial, enum baseline_state state);

#endif
