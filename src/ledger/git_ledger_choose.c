/* Choosing the baseline: the best candidate of the ledger -> what a change is compared with, and
 * why.
 *
 * A revert is compared with the state that it goes back to, if that was accepted then. An entry
 * that was chosen and cannot be read is never replaced by the next best. */
#include "ledger/git_ledger_candidates.h"

#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "model/value_order.h"

#include <inttypes.h>

enum { ID_SHOWN = 10 }; /* digits of a commit's id */

/* ---- in words ---- */

static void add_id(struct buf *out, const struct name *id)
{
    buf_add(out, span_until(name_span(id), ID_SHOWN));
}

static void explain_newest(const struct ledger_candidates *candidates,
                           const struct candidate *found, struct buf *out)
{
    const struct ledger_wanted *wanted = candidates->wanted;
    buf_add_text(out, wanted->base != NULL ? "approximate: " : "");
    buf_add_text(out, "the newest entry of the branch, commit ");
    add_id(out, found->commit);
    if (wanted->base == NULL) {
        return;
    }
    buf_add_text(out, ", because the ledger has none for the base commit ");
    add_id(out, wanted->base);
    if (candidates->seen >= CANDIDATES_SEARCHED) {
        buf_add_format(out, " among its newest %d entries", CANDIDATES_SEARCHED);
    }
}

static void explain(const struct ledger_candidates *candidates, enum rank rank,
                    const struct candidate *found, struct buf *out)
{
    const struct ledger_wanted *wanted = candidates->wanted;
    switch (rank) {
    case RANK_COMMIT:
    case RANK_COMMIT_ELSEWHERE:
        buf_add_text(out, "the entry of the base commit ");
        add_id(out, found->commit);
        break;
    case RANK_TREE:
    case RANK_TREE_ELSEWHERE:
        buf_add_text(out, "the entry of commit ");
        add_id(out, found->commit);
        buf_add_text(out, ", which has the same files as the base commit ");
        add_id(out, wanted->base);
        break;
    case RANK_COVERED:
        buf_add_text(out, "the entry of commit ");
        add_id(out, found->commit);
        buf_add_text(out, ", which was pushed together with the base commit ");
        add_id(out, wanted->base);
        break;
    case RANK_ANCESTOR:
        buf_add_text(out, "approximate: the entry of commit ");
        add_id(out, found->commit);
        buf_add_format(out, ", %" PRIu64 " commit%s before the base commit ", candidates->distance,
                       candidates->distance == 1 ? "" : "s");
        add_id(out, wanted->base);
        buf_add_text(out, ", which was not recorded");
        break;
    case RANK_NEWEST:
    case RANK_LATE:
    case RANK_NONE: explain_newest(candidates, found, out); break;
    }
    if (found->branch != wanted->branch) {
        buf_add_format(out, ", recorded for branch %s", name_text(found->branch));
    }
}

/* The branch's bars and last entries. */
static enum err take_branch(const struct ledger_candidates *candidates,
                            const struct candidate *found, struct baseline *baseline,
                            struct diags *diags)
{
    const struct vec *recent = &candidates->recent;
    const struct candidate *newest = recent->count > 0 ? vec_at(recent, 0) : found;
    enum err err =
        git_ledger_bars_at(candidates->ledger, &newest->id, newest->branch, &baseline->bars, diags);
    for (size_t index = 0;
         err == ERR_NONE && index < recent->count && index < candidates->wanted->recent; index++) {
        const struct candidate *each = vec_at(recent, index);
        struct snapshot *snapshot = vec_add(&baseline->recent);
        snapshot_init(snapshot, candidates->ledger->names);
        *(int64_t *)vec_add(&baseline->recent_times) = each->time;
        err = git_ledger_read_at(candidates->ledger, &each->id, each->branch, snapshot, diags);
    }
    return err;
}

static enum err take(const struct ledger_candidates *candidates, const struct candidate *found,
                     enum baseline_match match, struct buf *reason, struct baseline *baseline,
                     struct diags *diags)
{
    struct names *names = candidates->ledger->names;
    baseline->match = match;
    baseline->time = found->time;
    baseline->entry = git_objects_name(names, &found->id);
    baseline->entry_branch = found->branch;
    enum err err = git_ledger_read_at(candidates->ledger, &found->id, found->branch,
                                      &baseline->snapshot, diags);
    if (err == ERR_NONE) {
        err = take_branch(candidates, found, baseline, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_text_at(candidates->ledger, &found->id, found->branch, LAYOUT_POLICY,
                                 names->arena, &baseline->policy, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_text_at(candidates->ledger, &found->id, found->branch, LAYOUT_CODEOWNERS,
                                 names->arena, &baseline->codeowners, diags);
    }
    if (err == ERR_NONE) {
        baseline->state = BASELINE_FOUND;
    } else {
        err = ERR_UNUSABLE;
        buf_add_text(reason, " cannot be read");
    }
    baseline->reason = names_add(names, buf_span(reason));
    return err;
}

/* Was what an entry measured as good as the bars that the branch had then? Only that may be gone
 * back to: a change that once closed the gate is not opened to by doing it again. */
static enum err was_accepted(const struct ledger_candidates *candidates,
                             const struct candidate *candidate, bool *accepted, struct diags *diags)
{
    static const struct decimal no_slack = {0, 0};
    struct snapshot snapshot;
    struct bars bars;
    snapshot_init(&snapshot, candidates->ledger->names);
    bars_init(&bars, candidates->ledger->names);
    enum err err =
        git_ledger_read_at(candidates->ledger, &candidate->id, candidate->branch, &snapshot, diags);
    if (err == ERR_NONE) {
        err =
            git_ledger_bars_at(candidates->ledger, &candidate->id, candidate->branch, &bars, diags);
    }
    *accepted = err == ERR_NONE;
    for (size_t index = 0; *accepted && index < bars.all.count; index++) {
        const struct bar *bar = vec_at(&bars.all, index);
        const struct metric *metric =
            snapshot_find(&snapshot, bar->key, bar->group, bar->component);
        *accepted = metric != NULL && metric->state == STATE_OK &&
                    metric->value.kind == bar->value.kind && !value_is_void(&metric->value) &&
                    !value_worse(&metric->value, &bar->value, no_slack, bar->direction);
    }
    bars_release(&bars);
    snapshot_release(&snapshot);
    return err;
}

/* A commit that restores what was measured before is compared with that, not with what it undoes.
 * NULL when it does not, or when that state was not accepted. */
static enum err find_return(const struct ledger_candidates *candidates,
                            const struct candidate **found, struct buf *reason, struct diags *diags)
{
    bool accepted = false;
    enum err err = ERR_NONE;
    *found = NULL;
    if (candidates->goes_back.there) {
        *found = &candidates->goes_back;
        buf_add_text(reason, "a revert: the files are the same as in commit ");
    } else if (candidates->before_bad.there) {
        *found = &candidates->before_bad;
        buf_add_text(reason, "a revert of commit ");
        add_id(reason, candidates->wanted->reverts);
        buf_add_text(reason, ": the entry before it, commit ");
    }
    if (*found != NULL) {
        add_id(reason, (*found)->commit);
        err = was_accepted(candidates, *found, &accepted, diags);
        *found = accepted ? *found : NULL;
    }
    return err;
}

/* Everything was read and nothing fits. */
static void say_none(const struct ledger_candidates *candidates, struct baseline *baseline)
{
    struct buf reason = {NULL, 0, 0};
    baseline->state = BASELINE_NONE_YET;
    if (candidates->own_only) {
        buf_add_text(&reason, "the ledger has only the entry of the commit under test itself");
    } else {
        buf_add_format(&reason, "the ledger has no entry for branch %s yet",
                       name_text(candidates->wanted->branch));
    }
    baseline->reason = names_add(candidates->ledger->names, buf_span(&reason));
    buf_release(&reason);
}

static enum err decide(const struct ledger_candidates *candidates, struct baseline *baseline,
                       struct diags *diags)
{
    static const enum baseline_match matches[] = {
        [RANK_COMMIT] = MATCH_COMMIT,   [RANK_COMMIT_ELSEWHERE] = MATCH_COMMIT,
        [RANK_TREE] = MATCH_TREE,       [RANK_TREE_ELSEWHERE] = MATCH_TREE,
        [RANK_COVERED] = MATCH_COVERED, [RANK_ANCESTOR] = MATCH_ANCESTOR,
        [RANK_NEWEST] = MATCH_NEWEST,   [RANK_LATE] = MATCH_NEWEST,
    };
    struct buf reason = {NULL, 0, 0};
    enum rank rank = RANK_COMMIT;
    while (rank < RANK_NONE && !candidates->best[rank].there) {
        rank++;
    }
    const struct candidate *best = rank < RANK_NONE ? &candidates->best[rank] : NULL;
    const struct candidate *back = NULL;
    enum err err = find_return(candidates, &back, &reason, diags);
    if (err != ERR_NONE) {
        baseline->state = BASELINE_UNUSABLE;
    } else if (back != NULL && (best == NULL || !git_oid_equal(&back->id, &best->id))) {
        err = take(candidates, back, MATCH_REVERT, &reason, baseline, diags);
    } else if (best != NULL) {
        buf_clear(&reason);
        explain(candidates, rank, best, &reason);
        err = take(candidates, best, matches[rank], &reason, baseline, diags);
    } else {
        say_none(candidates, baseline);
    }
    buf_release(&reason);
    return err;
}

enum err git_ledger_choose(struct git_ledger *ledger, const struct ledger_wanted *wanted,
                           struct baseline *baseline, struct diags *diags)
{
    struct ledger_candidates candidates;
    git_ledger_candidates_init(&candidates, ledger, wanted);
    baseline->state = BASELINE_UNUSABLE;
    baseline->branch = wanted->branch;
    baseline->wanted = wanted->base;
    baseline->entry = NULL;
    bars_init(&baseline->bars, ledger->names);
    vec_init(&baseline->recent, sizeof(struct snapshot));
    vec_init(&baseline->recent_times, sizeof(int64_t));
    baseline->reason = names_add(ledger->names, SPAN("the ledger cannot be read"));
    enum err err = git_ledger_candidates_find(&candidates, diags);
    if (err == ERR_NONE) {
        err = decide(&candidates, baseline, diags);
    }
    git_ledger_candidates_release(&candidates);
    return err;
}
