/* Base, copy and measurement, rule by rule.
 *
 * Whether a value is worse than another one is asked of the ratchet itself, so that a copy may
 * differ from what was measured by the rule's slack, as numbers of different machines do. */
#include "cli/file_review.h"

#include "cli/file_baseline.h"
#include "ledger/git_ancestor.h"
#include "model/value_order.h"

#include <string.h>

static const char again[] = "Run `tidegate record` on the code of this change and commit the file.";

struct review {
    struct session *session;
    const struct policy *policy;
    const struct name *path; /* of the copy */
    const struct snapshot *base, *now;
    const struct snapshot *own; /* NULL: the change removes the file or breaks it */
    const struct bars *base_bars, *own_bars;
    struct bars due; /* the base's bars, moved by what was measured */
    const char *why; /* own == NULL: what it does to the file */
    struct verdict *verdict;
    struct diags *diags;
};

static const struct rule_kind *kind_named(const char *name)
{
    const struct rule_kind *const *kind = rules_all();
    while (strcmp((*kind)->spec.name, name) != 0) {
        kind++;
    }
    return *kind;
}

static const struct rule_kind *ratchet_kind(const struct rule *rule)
{
    const struct rule_kind *kind = kind_named("ratchet");
    return &kind->spec == rule->kind ? kind : NULL;
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
        .policy = review->policy,
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
    buf_add_format(out, "%s in %s from ", name_text(rule->metric), name_text(review->path));
    add_value(out, find(review->base, rule));
    buf_add_text(out, " to ");
    add_value(out, find(review->own, rule));
}

/* One broken rule; `why` is released. */
static void add_check(const struct review *review, const struct rule *rule, const struct value *own,
                      const struct value *base, struct buf *why, const char *remedy)
{
    static const enum outcome outcomes[] = {
        [GATE_BLOCK] = OUTCOME_FAIL, [GATE_WARN] = OUTCOME_WARN, [GATE_INFO] = OUTCOME_INFO};
    struct names *names = &review->session->run.names;
    struct check *check = vec_add(&review->verdict->checks);
    check->rule = rule;
    check->outcome = outcomes[rule->severity];
    check->has_base = true;
    check->base = *base;
    if (own != NULL) {
        check->has_now = true;
        check->now = *own;
    }
    check->why = names_add(names, buf_span(why));
    check->remedy = names_add(names, span_of(remedy));
    buf_release(why);
}

static void say_lowered(const struct review *review, const struct rule *rule)
{
    struct buf why = {NULL, 0, 0};
    const struct metric *own = find(review->own, rule);
    buf_add_text(&why, "This change lowers ");
    add_step(&why, review, rule);
    buf_add_text(&why, ", and ");
    add_value(&why, find(review->now, rule));
    buf_add_text(&why, " was measured.");
    add_check(review, rule, is_sound(own) ? &own->value : NULL, &find(review->base, rule)->value,
              &why, again);
}

/* A broken rule of its own: what the file holds besides ratchets is watched, too. */
static void say_lost(const struct review *review)
{
    struct names *names = &review->session->run.names;
    struct rule *rule = arena_alloc(names->arena, sizeof(*rule));
    struct check *check = vec_add(&review->verdict->checks);
    struct buf why = {NULL, 0, 0};
    rule->kind = &kind_named("present")->spec;
    rule->metric = names_add(names, SPAN("baseline"));
    buf_add_format(&why, "This change %s, which is what the next change would be compared with.",
                   review->why);
    check->rule = rule;
    check->outcome = OUTCOME_FAIL;
    check->why = names_add(names, buf_span(&why));
    check->remedy = names_add(
        names, SPAN("Restore the file, or write it with `tidegate record`, and commit it."));
    buf_release(&why);
}

/* ---- bars ---- */

static const struct bar *find_bar(const struct bars *bars, const struct rule *rule)
{
    return bars_find(bars, rule->metric, rule->group, rule->component);
}

/* A bar that is gone or speaks of something else is worse than any. */
static bool bar_worse(const struct bar *now, const struct bar *then, struct decimal slack)
{
    return now == NULL || now->value.kind != then->value.kind ||
           now->direction != then->direction ||
           value_worse(&now->value, &then->value, slack, then->direction);
}

/* "the bar of coverage.line in FILE from 80.00 % to 8.00 %" */
static void add_bar_step(struct buf *out, const struct review *review, const struct rule *rule)
{
    const struct bar *base = find_bar(review->base_bars, rule);
    const struct bar *own = find_bar(review->own_bars, rule);
    buf_add_format(out, "the bar of %s in %s from ", name_text(rule->metric),
                   name_text(review->path));
    value_add_text(out, &base->value);
    buf_add_text(out, " to ");
    if (own != NULL) {
        value_add_text(out, &own->value);
    } else {
        buf_add_text(out, "nothing");
    }
}

/* Only a waiver lowers a bar, to what was measured; two machines may measure it a little
 * differently. And nothing but a waiver will lower one again that was raised too far. */
static void review_bar(const struct review *review, const struct rule *rule)
{
    const struct decimal none = decimal_make(0, 0);
    const struct bar *base = find_bar(review->base_bars, rule);
    const struct bar *own = find_bar(review->own_bars, rule);
    const struct bar *due = find_bar(&review->due, rule);
    struct buf text = {NULL, 0, 0};
    if (base == NULL || !bar_wanted(rule)) {
        return;
    }
    bool waived = bar_worse(due, base, none);
    if (!bar_worse(own, base, none)) {
        if (bar_worse(base, own, none) && bar_worse(due, own, none)) {
            buf_add_text(&text, "this change raises ");
            add_bar_step(&text, review, rule);
            buf_add_text(&text, ", more than what was measured does");
            diags_add(review->diags, DIAG_LEDGER_FILE_AHEAD, NULL, 0, 0, buf_span(&text));
        }
    } else if (bar_worse(own, due, waived ? rule_param(rule, "slack")->amount : none)) {
        buf_add_text(&text, "This change lowers ");
        add_bar_step(&text, review, rule);
        buf_add_text(&text, ", which only a waiver could.");
        add_check(review, rule, own != NULL ? &own->value : NULL, &base->value, &text, again);
    }
    buf_release(&text);
}

/* ---- rule by rule ---- */

/* A merge may have added up what two branches did alike. Whoever comes next would be blamed for
 * it. */
static void warn_if_ahead(const struct review *review, const struct rule *rule)
{
    struct buf text = {NULL, 0, 0};
    if (worse(review, rule, review->base, review->own) &&
        worse(review, rule, review->now, review->own)) {
        buf_add_text(&text, "this change raises ");
        add_step(&text, review, rule);
        buf_add_text(&text, ", and only ");
        add_value(&text, find(review->now, rule));
        buf_add_text(&text, " was measured");
        diags_add(review->diags, DIAG_LEDGER_FILE_AHEAD, NULL, 0, 0, buf_span(&text));
    }
    buf_release(&text);
}

static void review_rule(const struct review *review, const struct rule *rule)
{
    const struct metric *now = find(review->now, rule);
    if (!is_sound(find(review->base, rule)) || !is_sound(now)) {
        return; /* without a sound measurement the rule itself blocks */
    }
    if (!worse(review, rule, review->own, review->base)) {
        warn_if_ahead(review, rule);
        return;
    }
    if (worse(review, rule, review->own, review->now)) {
        say_lowered(review, rule);
        return;
    }
    struct buf text = {NULL, 0, 0};
    buf_add_text(&text, "this change lowers ");
    add_step(&text, review, rule);
    diags_add(review->diags, DIAG_LEDGER_FILE_LOWERED, NULL, 0, 0, buf_span(&text));
    buf_release(&text);
}

static void review_rules(const struct review *review)
{
    const struct vec *rules = &review->policy->rules;
    for (size_t index = 0; index < rules->count; index++) {
        const struct rule *rule = vec_at(rules, index);
        if (ratchet_kind(rule) != NULL) {
            review_rule(review, rule);
            review_bar(review, rule);
        }
    }
}

/* What the bars are to be after this change. */
static void move_bars(struct review *review)
{
    const struct bars_change change = {.snapshot = review->now,
                                       .seed = review->base,
                                       .policy = review->policy,
                                       .today = session_today()};
    bars_init(&review->due, &review->session->run.names);
    for (size_t index = 0; index < review->base_bars->all.count; index++) {
        const struct bar *bar = vec_at(&review->base_bars->all, index);
        *bars_put(&review->due, bar->key, bar->group, bar->component) = *bar;
    }
    bars_update(&review->due, &change);
}

/* A commit that the user named and that is not in the history of this work: its gains are not lost
 * here. */
static bool is_elsewhere(struct session *session, const struct baseline *baseline)
{
    const struct name *base = baseline->wanted;
    return options_has(session->options, "base") &&
           git_ancestor(session->repo, &session->run.names, name_text(base)) != base;
}

/* Reads the copy, or says what the change does to it. */
static void read_copy(struct review *review, struct file_ledger *copy)
{
    struct session *session = review->session;
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = file_baseline_read_own(session, review->path, copy, &fault, review->diags);
    if (err == ERR_NONE) {
        review->own = &copy->snapshot;
        review->own_bars = &copy->bars;
    } else if (err == ERR_MISSING) {
        review->why = "removes the baseline file";
    } else {
        review->why = "leaves a baseline file that cannot be read";
        if (review->policy == &session->policy) { /* once is enough */
            file_baseline_refuse(session, review->path, err, &fault);
        }
    }
}

void file_review(struct session *session, const struct file_review *asked)
{
    const struct evaluation *evaluation = asked->evaluation;
    const struct baseline *baseline = evaluation->baseline;
    const struct name *own_path = session->policy.ledger_file;
    struct review review = {.session = session,
                            .policy = evaluation->policy,
                            .path = own_path != NULL ? own_path : evaluation->policy->ledger_file,
                            .base = &baseline->snapshot,
                            .base_bars = &baseline->bars,
                            .now = evaluation->now,
                            .verdict = asked->verdict,
                            .diags = asked->diags};
    struct file_ledger copy;
    if (baseline->state != BASELINE_FOUND || baseline->match != MATCH_LEDGER_FILE ||
        is_elsewhere(session, baseline)) {
        return;
    }
    if (own_path == NULL && evaluation->policy == &session->policy) {
        diags_add(&session->run.diags, DIAG_LEDGER_FILE_GIVEN_UP, session->policy.path, 0, 0,
                  span_make(NULL, 0));
    }
    if (review.path == NULL) {
        return;
    }
    file_ledger_init(&copy, &session->run.names);
    read_copy(&review, &copy);
    if (review.own != NULL) {
        move_bars(&review);
        review_rules(&review);
        bars_release(&review.due);
        gates_watch_copy(evaluation, review.own, review.path, review.verdict);
    } else if (own_path != NULL) { /* what is given up may go */
        say_lost(&review);
    }
    file_ledger_release(&copy);
}
