/* Base, copy and measurement, rule by rule.
 *
 * Whether a value is worse than another one is asked of the ratchet itself, so that a copy may differ
 * from what was measured by the rule's slack, as numbers of different machines do. */
#include "cli/file_review.h"

#include "cli/file_baseline.h"
#include "gates/gates.h"

#include <string.h>

struct review {
    struct session *session;
    const struct snapshot *base, *now;
    const struct snapshot *own; /* NULL: the change removes the file or breaks it */
    const char *why;            /* own == NULL: what it does to the file */
    struct verdict *verdict;
};

static const struct rule_kind *ratchet_kind(const struct rule *rule)
{
    const struct rule_kind *const *kind = rules_all();
    while (*kind != NULL && &(*kind)->spec != rule->kind) {
        kind++;
    }
    return *kind != NULL && strcmp((*kind)->spec.name, "ratchet") == 0 ? *kind : NULL;
}

static const struct metric *find(const struct snapshot *snapshot, const struct rule *rule)
{
    return snapshot_find(snapshot, rule->metric, rule->group, rule->component);
}

static bool is_sound(const struct metric *metric)
{
    return metric != NULL && metric->state == STATE_OK;
}

/* Would the ratchet object to `now` after `then`? */
static bool worse(const struct review *review, const struct rule *rule, const struct snapshot *now,
                  const struct snapshot *then)
{
    struct check check;
    struct baseline baseline = {.state = BASELINE_FOUND, .match = MATCH_FILE, .snapshot = *then};
    const struct facts facts = {
        .names = &review->session->run.names,
        .now = now,
        .baseline = &baseline,
        .policy = &review->session->policy,
        .metric = find(now, rule),
    };
    memset(&check, 0, sizeof(check));
    check.rule = rule;
    ratchet_kind(rule)->evaluate(rule, &facts, &check);
    return check.outcome == OUTCOME_FAIL || check.outcome == OUTCOME_NO_DATA;
}

static void add_value(struct buf *out, const struct metric *metric)
{
    if (is_sound(metric)) {
        value_add_text(out, &metric->value);
    } else {
        buf_add_text(out, "nothing");
    }
}

/* "coverage.line in FILE from 97.22 % to 80.43 %" */
static void add_step(struct buf *out, const struct review *review, const struct rule *rule)
{
    buf_add_format(out, "%s in %s from ", name_text(rule->metric),
                   name_text(review->session->policy.ledger_file));
    add_value(out, find(review->base, rule));
    buf_add_text(out, " to ");
    add_value(out, review->own != NULL ? find(review->own, rule) : NULL);
}

static void add_check(const struct review *review, const struct rule *rule, const char *remedy)
{
    static const enum outcome outcomes[] = {
        [GATE_BLOCK] = OUTCOME_FAIL, [GATE_WARN] = OUTCOME_WARN, [GATE_INFO] = OUTCOME_INFO};
    struct names *names = &review->session->run.names;
    struct check *check = vec_add(&review->verdict->checks);
    struct buf why = {NULL, 0, 0};
    const struct metric *own = review->own != NULL ? find(review->own, rule) : NULL;
    check->rule = rule;
    check->outcome = outcomes[rule->severity];
    check->has_base = true;
    check->base = find(review->base, rule)->value;
    if (is_sound(own)) {
        check->has_now = true;
        check->now = own->value;
    }
    buf_add_text(&why, "This change lowers ");
    add_step(&why, review, rule);
    buf_add_text(&why, ", and ");
    add_value(&why, find(review->now, rule));
    buf_add_text(&why, " was measured.");
    if (review->own == NULL) {
        buf_clear(&why);
        buf_add_format(&why,
                       "This change %s, which is what the next change would be compared with.",
                       review->why);
    }
    check->why = names_add(names, buf_span(&why));
    check->remedy = names_add(names, span_of(remedy));
    buf_release(&why);
}

static void review_rule(const struct review *review, const struct rule *rule)
{
    const struct metric *now = find(review->now, rule);
    if (!is_sound(find(review->base, rule)) || !is_sound(now) ||
        !worse(review, rule, review->own, review->base)) {
        return; /* without a sound measurement the rule itself blocks */
    }
    if (worse(review, rule, review->own, review->now)) {
        add_check(review, rule,
                  "Run `tidegate record` on the code of this change and commit the file.");
        return;
    }
    struct buf text = {NULL, 0, 0};
    buf_add_text(&text, "this change lowers ");
    add_step(&text, review, rule);
    diags_add(&review->session->run.diags, DIAG_LEDGER_FILE_LOWERED, NULL, 0, 0, buf_span(&text));
    buf_release(&text);
}

static void review_rules(const struct review *review)
{
    const struct vec *rules = &review->session->policy.rules;
    for (size_t index = 0; index < rules->count; index++) {
        const struct rule *rule = vec_at(rules, index);
        if (ratchet_kind(rule) == NULL) {
            continue;
        }
        if (review->own != NULL) {
            review_rule(review, rule);
        } else if (is_sound(find(review->base, rule))) {
            add_check(review, rule,
                      "Restore the file, or write it with `tidegate record`, and "
                      "commit it.");
            return; /* one is enough to say it */
        }
    }
}

void file_review(struct session *session, const struct snapshot *now,
                 const struct baseline *baseline, struct verdict *verdict)
{
    struct review review = {
        .session = session, .base = &baseline->snapshot, .now = now, .verdict = verdict};
    struct fault fault = {.kind = FAULT_NONE};
    struct file_ledger own;
    if (baseline->state != BASELINE_FOUND || baseline->match != MATCH_LEDGER_FILE) {
        return;
    }
    if (session->policy.ledger_file == NULL) {
        diags_add(&session->run.diags, DIAG_LEDGER_FILE_GIVEN_UP, session->policy.path, 0, 0,
                  span_make(NULL, 0));
        return;
    }
    file_ledger_init(&own, &session->run.names);
    enum err err = file_baseline_read_own(session, &own, &fault);
    if (err == ERR_NONE) {
        review.own = &own.snapshot;
    } else if (err == ERR_MISSING) {
        review.why = "removes the baseline file";
    } else {
        review.why = "leaves a baseline file that cannot be read";
        file_baseline_refuse(session, session->policy.ledger_file, err, &fault);
    }
    review_rules(&review);
    file_ledger_release(&own);
}
