/* Breaks each rule on a copy of the snapshot, to see that the gate closes.
 *
 * A rule is tried with the least worse value, with nothing measured, and with reports that are too
 * old. One that no value breaks, that a waiver excuses, or that has nothing to judge, cannot
 * fail. */
#include "gates/prove.h"

#include "base/date.h"
#include "gates/trial.h"
#include "model/rule_text.h"

struct proof {
    struct trial trial;
    struct selftest *selftest;
    struct names *names;
};

/* ---- rows ---- */

static const struct name *take(const struct proof *proof, struct buf *text)
{
    const struct name *name = names_add(proof->names, buf_span(text));
    buf_release(text);
    return name;
}

static struct selftest_row start_row(const struct proof *proof, const struct answer *before)
{
    struct buf text = {0};
    rule_add_text(&text, proof->trial.rule);
    return (struct selftest_row){.subject = take(proof, &text),
                                 .before = before->check.outcome,
                                 .before_code = before->code};
}

static void add_row(const struct proof *proof, struct selftest_row *row,
                    enum selftest_result result, const char *why)
{
    row->result = result;
    row->why = why != NULL ? names_add(proof->names, span_of(why)) : NULL;
    selftest_add(proof->selftest, row);
}

static void set_after(struct selftest_row *row, const struct answer *after)
{
    row->judged = true;
    row->after = after->check.outcome;
    row->after_code = after->code;
}

static void add_waived(const struct proof *proof, struct selftest_row *row,
                       const struct waiver *waiver)
{
    struct buf why = {0};
    buf_add_text(&why, "waived until ");
    date_add(&why, waiver->until);
    if (waiver->owner != NULL) {
        buf_add_format(&why, " by %s", name_text(waiver->owner));
    }
    add_row(proof, row, SELFTEST_CANNOT, buf_text(&why));
    buf_release(&why);
}

static const struct name *describe(const struct proof *proof, const struct value *before,
                                   const struct value *after)
{
    struct buf text = {0};
    if (before->kind == VALUE_RATIO) {
        buf_add_grouped(&text, before->ratio.covered);
        buf_add_text(&text, " -> ");
        buf_add_grouped(&text, after->ratio.covered);
        buf_add_text(&text, " of ");
        buf_add_grouped(&text, before->ratio.total);
    } else {
        value_add_text(&text, before);
        buf_add_text(&text, " -> ");
        value_add_text(&text, after);
    }
    return take(proof, &text);
}

/* Makes the value worse until the rule objects. */
static void try_value(const struct proof *proof, const struct answer *before)
{
    struct selftest_row row = start_row(proof, before);
    struct answer after;
    struct value moved;
    bool up_first = rule_direction(proof->trial.rule) == DIRECTION_DOWN;
    if (!trial_break(&proof->trial, up_first, &after, &moved) &&
        !trial_break(&proof->trial, !up_first, &after, &moved)) {
        add_row(proof, &row, SELFTEST_CANNOT, "no value breaks it");
        return;
    }
    row.change = describe(proof, &before->check.now, &moved);
    set_after(&row, &after);
    if (after.check.outcome == OUTCOME_WAIVED) {
        add_waived(proof, &row, after.check.waiver);
    } else if (after.code != EXIT_CLOSED) {
        add_row(proof, &row, SELFTEST_CANNOT, "it is broken, and the exit code does not say so");
    } else {
        add_row(proof, &row, SELFTEST_OK, NULL);
    }
}

static void try_absence(const struct proof *proof, const struct answer *before)
{
    struct selftest_row row = start_row(proof, before);
    struct answer after = trial_ask_without(&proof->trial);
    row.change = names_add(proof->names, SPAN("not measured"));
    set_after(&row, &after);
    /* Without its reports a group also shrinks what is measured, and that is a broken rule. */
    bool closes = after.check.outcome == OUTCOME_NO_DATA &&
                  (after.code == EXIT_REPORT || after.code == EXIT_CLOSED);
    add_row(proof, &row, closes ? SELFTEST_OK : SELFTEST_CANNOT,
            closes ? NULL : "the gate does not miss it");
}

/* Reports that are older than the rule allows. */
static void try_age(struct proof *proof, const struct answer *before)
{
    struct answer after;
    if (!trial_ask_aged(&proof->trial, &after)) {
        return;
    }
    struct selftest_row row = start_row(proof, before);
    row.change = names_add(proof->names, SPAN("reports older than the commit"));
    set_after(&row, &after);
    bool closes = after.check.outcome == OUTCOME_NO_DATA && after.code == EXIT_REPORT;
    add_row(proof, &row, closes ? SELFTEST_OK : SELFTEST_CANNOT,
            closes ? NULL : "the gate does not see their age");
}

/* ---- one rule ---- */

static void try_rule(struct proof *proof)
{
    struct answer before = trial_ask(&proof->trial);
    struct selftest_row row = start_row(proof, &before);
    if (!before.applies) {
        add_row(proof, &row, SELFTEST_EXEMPT, "built in, and no report speaks of it");
    } else if (proof->trial.rule->severity != GATE_BLOCK) {
        struct buf why = {0};
        buf_add_format(&why, "severity: %s", gate_severity_text(proof->trial.rule->severity));
        add_row(proof, &row, SELFTEST_EXEMPT, buf_text(&why));
        buf_release(&why);
    } else if (before.check.outcome == OUTCOME_NO_DATA) {
        add_row(proof, &row, SELFTEST_CANNOT,
                "there is nothing to try it with, so the gate is closed for lack of data now");
    } else if (before.check.outcome == OUTCOME_WAIVED) {
        add_waived(proof, &row, before.check.waiver);
    } else if (before.check.outcome == OUTCOME_FAIL) {
        set_after(&row, &before);
        row.change = names_add(proof->names, SPAN("nothing: it is broken now"));
        add_row(proof, &row, SELFTEST_OK, NULL);
    } else {
        if (proof->trial.rule->kind != &rule_present.spec) {
            try_value(proof, &before);
        } else {
            try_age(proof, &before);
        }
        try_absence(proof, &before);
    }
}

static void try_baseline(struct proof *proof, enum baseline_state state, const char *change)
{
    struct answer before = trial_ask(&proof->trial);
    struct selftest_row row = {.subject = names_add(proof->names, SPAN("baseline")),
                               .change = names_add(proof->names, span_of(change)),
                               .before = before.outcome,
                               .before_code = before.code};
    struct answer after = trial_ask_baseline(&proof->trial, state);
    row.judged = true;
    row.after = after.outcome;
    row.after_code = after.code;
    bool closes =
        after.code == EXIT_BASELINE || (before.code != EXIT_OPEN && after.code == before.code);
    add_row(proof, &row, closes ? SELFTEST_OK : SELFTEST_CANNOT,
            closes ? NULL : "the gate stays open without it");
}

/* ---- the whole ---- */

void gates_prove(const struct evaluation *now, struct selftest *selftest)
{
    struct proof proof = {.selftest = selftest, .names = now->names};
    bool compares = false;
    trial_init(&proof.trial, now);
    for (size_t index = 0; index < now->policy->rules.count; index++) {
        struct rule *rule = vec_at(&now->policy->rules, index);
        compares = compares || (rule->kind == &rule_ratchet.spec && rule->severity == GATE_BLOCK);
        trial_choose(&proof.trial, rule);
        try_rule(&proof);
    }
    trial_choose(&proof.trial, NULL);
    if (compares) {
        try_baseline(&proof, BASELINE_UNUSABLE, "cannot be read");
        if (now->policy->when_missing == MISSING_FAIL) {
            try_baseline(&proof, BASELINE_NONE_YET, "not there");
        }
    }
    trial_release(&proof.trial);
}
