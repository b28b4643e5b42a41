/* Choosing the baseline: one walk through the entries that keeps the best candidate of each kind.
 *
 * The walk ends at the first entry that cannot be beaten: the newest one for the base commit on the
 * wanted branch, or without a base the newest of the branch. Where the copy of a remote's history ends
 * before that, more is fetched and the walk begins again. Whether a branch has any entry is seen in
 * the newest entry's folders, whatever depth was fetched. */
#include "base/hash.h"
#include "base/map.h"
#include "ledger/git_ledger_inside.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"
#include "model/value_order.h"

#include <inttypes.h>

enum {
    RECENT_MOST = 50,
    SEARCHED = 2000, /* entries; what is older is found as an ancestor or not at all */
    ID_SHOWN = 10
};

static const unsigned depths[] = {200, SEARCHED, 0};

/* From best to worst. */
enum rank {
    RANK_COMMIT,
    RANK_COMMIT_ELSEWHERE,
    RANK_TREE,
    RANK_TREE_ELSEWHERE,
    RANK_COVERED,
    RANK_ANCESTOR,
    RANK_NEWEST,
    RANK_LATE, /* recorded behind the entry of the commit under test */
    RANK_NONE
};

/* What is kept of an entry. */
struct candidate {
    git_oid id;
    const struct name *commit, *branch;
    int64_t time; /* of the code commit */
    bool there;
};

struct choice {
    struct git_ledger *ledger;
    const struct ledger_wanted *wanted;
    struct buf branch;    /* as trailers write it */
    struct map ancestors; /* of the base: place + 1 */
    struct vec recent;    /* struct candidate: the last entries of the branch, newest first */
    struct candidate best[RANK_NONE];
    struct candidate goes_back;  /* to the entry with the tree of the commit under test, */
    struct candidate before_bad; /* or to the one before the commit that it reverts */
    bool after_bad;              /* the walk has passed the reverted commit's entry */
    uint64_t distance;           /* of best[RANK_ANCESTOR] from the base, in commits */
    size_t seen;                 /* entries */
    bool own_only;               /* the branch has entries, all of the commit under test */
    bool cut;                    /* the walk has ended where the copy ends */
    bool known;                  /* the newest entry has a folder of the branch */
};

static bool is_name(struct span text, const struct name *name)
{
    return name != NULL && span_equal(text, name_span(name));
}

static void keep(const struct choice *choice, struct candidate *candidate,
                 const struct ledger_walk *walk)
{
    struct names *names = choice->ledger->names;
    struct buf branch = {NULL, 0, 0};
    if (candidate->there) {
        return; /* a newer one */
    }
    bool sound = percent_decode(&branch, walk->entry.branch);
    uint64_t time = 0;
    candidate->time = span_to_u64(walk->entry.time, &time) ? (int64_t)time : walk->commit.time;
    git_oid_cpy(&candidate->id, &walk->id);
    candidate->there = true;
    candidate->commit = names_add(names, walk->entry.commit);
    candidate->branch = names_add(names, sound ? buf_span(&branch) : walk->entry.branch);
    buf_release(&branch);
}

static bool covers(struct span ids, const struct name *commit)
{
    while (ids.size > 0) {
        if (is_name(span_cut(&ids, ' '), commit)) {
            return true;
        }
    }
    return false;
}

static enum rank rank_of(const struct choice *choice, const struct entry_text *entry, bool here)
{
    if (is_name(entry->commit, choice->wanted->base)) {
        return here ? RANK_COMMIT : RANK_COMMIT_ELSEWHERE;
    }
    if (is_name(entry->tree, choice->wanted->tree)) {
        return here ? RANK_TREE : RANK_TREE_ELSEWHERE;
    }
    return here && covers(entry->covers, choice->wanted->base) ? RANK_COVERED : RANK_NONE;
}

/* An entry of the branch that may serve when there is none for the base itself. */
static void consider_here(struct choice *choice, const struct ledger_walk *walk)
{
    const struct ledger_wanted *wanted = choice->wanted;
    const struct name *commit = names_add(choice->ledger->names, walk->entry.commit);
    const uint64_t *place = map_find(&choice->ancestors, map_key(commit));
    keep(choice, &choice->best[walk->entry.late.size == 0 ? RANK_NEWEST : RANK_LATE], walk);
    if (place != NULL && (!choice->best[RANK_ANCESTOR].there || *place < choice->distance)) {
        choice->best[RANK_ANCESTOR].there = false;
        keep(choice, &choice->best[RANK_ANCESTOR], walk);
        choice->distance = *place;
    }
    if (is_name(walk->entry.tree, wanted->own_tree)) {
        keep(choice, &choice->goes_back, walk);
    }
    if (choice->after_bad) {
        keep(choice, &choice->before_bad, walk);
    }
    choice->after_bad = choice->after_bad || commit == wanted->reverts;
}

/* Looks at one entry; false when the walk may end. */
static bool consider(struct choice *choice, const struct ledger_walk *walk)
{
    const struct ledger_wanted *wanted = choice->wanted;
    const struct entry_text *entry = &walk->entry;
    bool here = span_equal(entry->branch, buf_span(&choice->branch));
    choice->seen++;
    if (is_name(entry->commit, wanted->own) && wanted->own != wanted->base) {
        choice->own_only = choice->own_only || here;
        return true;
    }
    enum rank rank = rank_of(choice, entry, here);
    if (rank != RANK_NONE) {
        keep(choice, &choice->best[rank], walk);
    }
    if (here) {
        consider_here(choice, walk);
        if (choice->recent.count < RECENT_MOST) {
            keep(choice, vec_add(&choice->recent), walk);
        }
    }
    bool unbeaten =
        choice->best[RANK_COMMIT].there ||
        (wanted->base == NULL && wanted->tree == NULL && choice->best[RANK_NEWEST].there);
    bool going_back = wanted->own_tree != NULL || wanted->reverts != NULL;
    return !unbeaten || choice->recent.count < wanted->recent ||
           (going_back && !choice->goes_back.there && choice->seen < depths[0]);
}

/* ---- in words ---- */

static void add_id(struct buf *out, const struct name *id)
{
    buf_add(out, span_until(name_span(id), ID_SHOWN));
}

static void explain_newest(const struct choice *choice, const struct candidate *found,
                           struct buf *out)
{
    const struct ledger_wanted *wanted = choice->wanted;
    buf_add_text(out, wanted->base != NULL ? "approximate: " : "");
    buf_add_text(out, "the newest entry of the branch, commit ");
    add_id(out, found->commit);
    if (wanted->base == NULL) {
        return;
    }
    buf_add_text(out, ", because the ledger has none for the base commit ");
    add_id(out, wanted->base);
    if (choice->seen >= SEARCHED) {
        buf_add_format(out, " among its newest %d entries", SEARCHED);
    }
}

static void explain(const struct choice *choice, enum rank rank, const struct candidate *found,
                    struct buf *out)
{
    const struct ledger_wanted *wanted = choice->wanted;
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
        buf_add_format(out, ", %" PRIu64 " commit%s before the base commit ", choice->distance,
                       choice->distance == 1 ? "" : "s");
        add_id(out, wanted->base);
        buf_add_text(out, ", which was not recorded");
        break;
    case RANK_NEWEST:
    case RANK_LATE:
    case RANK_NONE: explain_newest(choice, found, out); break;
    }
    if (found->branch != wanted->branch) {
        buf_add_format(out, ", recorded for branch %s", name_text(found->branch));
    }
}

/* The branch's bars and last entries. */
static enum err take_branch(const struct choice *choice, const struct candidate *found,
                            struct baseline *baseline, struct diags *diags)
{
    const struct vec *recent = &choice->recent;
    const struct candidate *newest = recent->count > 0 ? vec_at(recent, 0) : found;
    enum err err =
        git_ledger_bars_at(choice->ledger, &newest->id, newest->branch, &baseline->bars, diags);
    for (size_t index = 0;
         err == ERR_NONE && index < recent->count && index < choice->wanted->recent; index++) {
        const struct candidate *each = vec_at(recent, index);
        struct snapshot *snapshot = vec_add(&baseline->recent);
        snapshot_init(snapshot, choice->ledger->names);
        *(int64_t *)vec_add(&baseline->recent_times) = each->time;
        err = git_ledger_read_at(choice->ledger, &each->id, each->branch, snapshot, diags);
    }
    return err;
}

static enum err take(const struct choice *choice, const struct candidate *found,
                     enum baseline_match match, struct buf *reason, struct baseline *baseline,
                     struct diags *diags)
{
    struct names *names = choice->ledger->names;
    baseline->match = match;
    baseline->time = found->time;
    baseline->entry = git_objects_name(names, &found->id);
    enum err err =
        git_ledger_read_at(choice->ledger, &found->id, found->branch, &baseline->snapshot, diags);
    if (err == ERR_NONE) {
        err = take_branch(choice, found, baseline, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_text_at(choice->ledger, &found->id, found->branch, LAYOUT_POLICY,
                                 names->arena, &baseline->policy, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_text_at(choice->ledger, &found->id, found->branch, LAYOUT_CODEOWNERS,
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

/* Was what an entry measured as good as the bars that the branch had then? Only that may be gone back to: a
 * change that once closed the gate is not opened to by doing it again. */
static enum err was_accepted(const struct choice *choice, const struct candidate *candidate,
                             bool *accepted, struct diags *diags)
{
    static const struct decimal no_slack = {0, 0};
    struct snapshot snapshot;
    struct bars bars;
    snapshot_init(&snapshot, choice->ledger->names);
    bars_init(&bars, choice->ledger->names);
    enum err err =
        git_ledger_read_at(choice->ledger, &candidate->id, candidate->branch, &snapshot, diags);
    if (err == ERR_NONE) {
        err = git_ledger_bars_at(choice->ledger, &candidate->id, candidate->branch, &bars, diags);
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

/* A commit that restores what was measured before is compared with that, not with what it undoes. NULL when
 * it does not, or when that state was not accepted. */
static enum err find_return(const struct choice *choice, const struct candidate **found,
                            struct buf *reason, struct diags *diags)
{
    bool accepted = false;
    enum err err = ERR_NONE;
    *found = NULL;
    if (choice->goes_back.there) {
        *found = &choice->goes_back;
        buf_add_text(reason, "a revert: the files are the same as in commit ");
    } else if (choice->before_bad.there) {
        *found = &choice->before_bad;
        buf_add_text(reason, "a revert of commit ");
        add_id(reason, choice->wanted->reverts);
        buf_add_text(reason, ": the entry before it, commit ");
    }
    if (*found != NULL) {
        add_id(reason, (*found)->commit);
        err = was_accepted(choice, *found, &accepted, diags);
        *found = accepted ? *found : NULL;
    }
    return err;
}

/* Everything was read and nothing fits. */
static void say_none(const struct choice *choice, struct baseline *baseline)
{
    struct buf reason = {NULL, 0, 0};
    baseline->state = BASELINE_NONE_YET;
    if (choice->own_only) {
        buf_add_text(&reason, "the ledger has only the entry of the commit under test itself");
    } else {
        buf_add_format(&reason, "the ledger has no entry for branch %s yet",
                       name_text(choice->wanted->branch));
    }
    baseline->reason = names_add(choice->ledger->names, buf_span(&reason));
    buf_release(&reason);
}

static enum err decide(const struct choice *choice, struct baseline *baseline, struct diags *diags)
{
    static const enum baseline_match matches[] = {
        [RANK_COMMIT] = MATCH_COMMIT,   [RANK_COMMIT_ELSEWHERE] = MATCH_COMMIT,
        [RANK_TREE] = MATCH_TREE,       [RANK_TREE_ELSEWHERE] = MATCH_TREE,
        [RANK_COVERED] = MATCH_COVERED, [RANK_ANCESTOR] = MATCH_ANCESTOR,
        [RANK_NEWEST] = MATCH_NEWEST,   [RANK_LATE] = MATCH_NEWEST,
    };
    struct buf reason = {NULL, 0, 0};
    enum err err = ERR_NONE;
    enum rank rank = RANK_COMMIT;
    while (rank < RANK_NONE && !choice->best[rank].there) {
        rank++;
    }
    const struct candidate *back = NULL;
    err = find_return(choice, &back, &reason, diags);
    if (err != ERR_NONE) {
        baseline->state = BASELINE_UNUSABLE;
    } else if (back != NULL &&
               (rank == RANK_NONE || !git_oid_equal(&back->id, &choice->best[rank].id))) {
        err = take(choice, back, MATCH_REVERT, &reason, baseline, diags);
    } else if (rank < RANK_NONE) {
        buf_clear(&reason);
        explain(choice, rank, &choice->best[rank], &reason);
        err = take(choice, &choice->best[rank], matches[rank], &reason, baseline, diags);
    } else {
        say_none(choice, baseline);
    }
    buf_release(&reason);
    return err;
}

/* ---- the search ---- */

/* An entry of a branch that has one is looked for however old it is. */
static bool goes_on(const struct choice *choice)
{
    return choice->seen < SEARCHED || (choice->known && !choice->best[RANK_NEWEST].there);
}

static enum err search(struct choice *choice, struct diags *diags)
{
    struct ledger_walk walk;
    bool more = true;
    for (enum rank rank = RANK_COMMIT; rank < RANK_NONE; rank++) {
        choice->best[rank].there = false;
    }
    choice->goes_back.there = false;
    choice->before_bad.there = false;
    choice->after_bad = false;
    choice->own_only = false;
    choice->seen = 0;
    vec_clear(&choice->recent);
    enum err err = git_ledger_walk_start(&walk, choice->ledger, diags);
    while (err == ERR_NONE && more && goes_on(choice) && git_ledger_walk_next(&walk, &err)) {
        more = consider(choice, &walk);
    }
    choice->cut = more && walk.cut;
    git_ledger_walk_end(&walk);
    return err;
}

static enum err search_deeper(struct choice *choice, struct diags *diags)
{
    enum err err = git_ledger_knows(choice->ledger, choice->wanted->branch, &choice->known, diags);
    if (err == ERR_NONE) {
        err = search(choice, diags);
    }
    for (size_t index = 0; err == ERR_NONE && choice->cut && depths[index] > 0; index++) {
        err = git_ledger_deepen(choice->ledger, depths[index], diags);
        if (err == ERR_NONE) {
            err = search(choice, diags);
        }
    }
    if (err == ERR_NONE && choice->cut && goes_on(choice)) {
        err = git_ledger_deepen(choice->ledger, 0, diags);
        if (err == ERR_NONE) {
            err = search(choice, diags);
        }
    }
    return err;
}

enum err git_ledger_choose(struct git_ledger *ledger, const struct ledger_wanted *wanted,
                           struct baseline *baseline, struct diags *diags)
{
    struct choice choice = {.ledger = ledger, .wanted = wanted};
    percent_add_line(&choice.branch, name_span(wanted->branch));
    map_init(&choice.ancestors);
    vec_init(&choice.recent, sizeof(struct candidate));
    for (size_t index = wanted->ancestors != NULL ? wanted->ancestors->count : 0; index > 0;
         index--) {
        *map_put(&choice.ancestors,
                 map_key(*(const struct name **)vec_at(wanted->ancestors, index - 1))) = index;
    }
    baseline->state = BASELINE_UNUSABLE;
    baseline->branch = wanted->branch;
    baseline->wanted = wanted->base;
    baseline->entry = NULL;
    bars_init(&baseline->bars, ledger->names);
    vec_init(&baseline->recent, sizeof(struct snapshot));
    vec_init(&baseline->recent_times, sizeof(int64_t));
    baseline->reason = names_add(ledger->names, SPAN("the ledger cannot be read"));
    enum err err = search_deeper(&choice, diags);
    if (err == ERR_NONE) {
        err = decide(&choice, baseline, diags);
    }
    map_release(&choice.ancestors);
    vec_release(&choice.recent);
    buf_release(&choice.branch);
    return err;
}
