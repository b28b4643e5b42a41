/* A bar that only moves the good way: not worse than the baseline, beyond a slack, and not below
 * the branch's bar, beyond a total slack.
 *
 * A change is compared with its base, so that it answers for its own doing only; the bar keeps many
 * small steps within the slack from adding up. A change that does not make things worse passes,
 * also while its branch is below the bar; that is said as a warning. The branch itself, and a merge
 * queue, are compared with the bar. Which way is better comes from the metric catalogue, for a
 * user's number from the policy. When a ratio is worse, see value_worse. Every comparison is
 * exact. */
#include "gates/ratchet_reference.h"
#include "gates/ratchet_words.h"

enum { RATCHET, SLACK, TOTAL_SLACK, RAISE, MEDIAN, BETTER };

enum { MEDIAN_MOST = 50, RAISE_MOST = 100 };

/* ---- the decision ---- */

static void add_remedy(const struct contest *contest, struct check *out)
{
    const struct rule *rule = contest->rule;
    bool down = contest->direction == DIRECTION_DOWN;
    struct buf remedy;
    buf_init(&remedy);
    if (out->now.kind == VALUE_RATIO) {
        out->short_of_bar = contest_missing(contest);
        judge_add_cover(&remedy, contest->facts, out->now.ratio, out->short_of_bar);
    } else if (out->now.kind == VALUE_COUNT) {
        uint64_t now = out->now.count;
        out->short_of_bar = down ? now - out->bar.count : out->bar.count - now;
        if (down) {
            judge_add_lower(&remedy, rule, now, out->short_of_bar);
        } else {
            judge_add_raise(&remedy, rule, now, out->short_of_bar);
        }
    } else {
        buf_add_format(&remedy, "Bring %s %s to ", name_text(rule->metric), down ? "down" : "up");
        decimal_add_grouped(&remedy, decimal_trim(out->bar.decimal));
        buf_add_text(&remedy, down ? " or less." : " or more.");
    }
    out->remedy = judge_sentence(contest->facts, &remedy);
}

/* Not worse by this change, but its branch is below the bar. */
static void warn_of_branch(const struct contest *contest, struct check *out)
{
    out->outcome = OUTCOME_WARN;
    out->inherited = true;
    out->remedy =
        names_add(contest->facts->names, SPAN("This change may pass. Bring the branch back to its "
                                              "bar, or accept the worse value with a "
                                              "waiver for the entry that is recorded next."));
}

static void decide(const struct contest *contest, struct check *out)
{
    bool guarded = contest_by_base(contest) && contest->has_bar;
    bool below = contest->has_bar && contest_is_worse(contest, &contest->now, &contest->bar);
    bool broken = contest_is_broken(contest, &contest->now);
    bool used_up = guarded && broken && !contest_is_worse(contest, &contest->now, &contest->base);
    const struct reference *reference =
        contest_by_base(contest) && !used_up ? &contest->base : &contest->bar;
    struct buf why;
    buf_init(&why);
    out->outcome = broken ? OUTCOME_FAIL : OUTCOME_PASS;
    out->has_bar = true;
    out->bar = contest_limit(contest);
    ratchet_say(&why, contest, reference, broken);
    if (broken) {
        add_remedy(contest, out);
    }
    if (guarded && below) {
        ratchet_say_branch(&why, contest, broken, used_up);
    } else if (broken && !contest_by_base(contest)) {
        out->inherited = contest_is_inherited(contest);
        ratchet_say_run(&why, contest);
    }
    if (guarded && below && !broken) {
        warn_of_branch(contest, out);
    }
    if (broken && contest->facts->yardstick == YARDSTICK_NONE) {
        buf_add_text(&why,
                     " A tag or scheduled run is judged by thresholds, so this only informs.");
        out->outcome = OUTCOME_INFO;
    }
    out->why = judge_sentence(contest->facts, &why);
}

/* ---- the rule ---- */

static void evaluate(const struct rule *rule, const struct facts *facts, struct check *out)
{
    if (!judge_metric(rule, facts, out)) {
        return;
    }
    struct contest contest = {
        .rule = rule,
        .facts = facts,
        .direction = rule_direction(rule),
        .median = rule->params[MEDIAN].given ? rule->params[MEDIAN].number : 0,
        .now = out->now,
        .base = {.kind = REFERENCE_BASE, .slack = rule->params[SLACK].amount}};
    if (contest.base.slack.digits < 0) {
        contest.base.slack = decimal_make(0, 0);
    }
    if (!ratchet_find_references(&contest, out)) {
        return;
    }
    out->has_base = contest.has_base;
    out->base = contest.base.value;
    out->branch_bar = contest.branch_bar;
    decide(&contest, out);
}

static const struct param_word raise_words[] = {{"immediately", 1}, {"never", 0}, {NULL, 0}};
static const struct param_word better_words[] = {
    {"higher", DIRECTION_UP}, {"lower", DIRECTION_DOWN}, {NULL, 0}};

static const struct param_spec params[] = {
    [RATCHET] = {.name = "ratchet",
                 .type = PARAM_FLAG,
                 .triggers = true,
                 .text = "Whether the value may not become worse than the baseline."},
    [SLACK] = {.name = "slack",
               .type = PARAM_AMOUNT,
               .sense = AMOUNT_SLACK,
               .fallback = "0",
               .text = "How much worse is tolerated in one change: percentage points for ratios, "
                       "else in the metric's unit."},
    [TOTAL_SLACK] = {.name = "total_slack",
                     .type = PARAM_AMOUNT,
                     .sense = AMOUNT_SLACK,
                     .idle_beside = "median",
                     .text = "How far below its bar the branch may come by many changes; left out, "
                             "as much as `slack`."},
    [RAISE] = {.name = "raise",
               .type = PARAM_CHOICE,
               .words = raise_words,
               .most = RAISE_MOST,
               .fallback = "immediately",
               .idle_beside = "median",
               .text = "When a better value becomes the bar: at once, never, or after that many "
                       "better entries in a row, which raise it to the worst of them."},
    [MEDIAN] = {.name = "median",
                .type = PARAM_CHOICE,
                .most = MEDIAN_MOST,
                .text = "For noisy metrics: compare with the median of that many of the branch's "
                        "last entries, without a bar."},
    [BETTER] = {.name = "better",
                .type = PARAM_CHOICE,
                .words = better_words,
                .directs = true,
                .text = "Which way a number of your own is better."},
    {.name = NULL}};

const struct rule_kind rule_ratchet = {
    .spec = {.name = "ratchet",
             .summary = "The value must not become worse than on the baseline, nor fall below the "
                        "branch's bar.",
             .directed = true,
             .keeps_bar = true,
             .params = params},
    .evaluate = evaluate};
