/* Entries of the ledger -> candidates for the baseline: one walk that keeps the best of each kind.
 *
 * The walk ends at the first entry that cannot be beaten: the newest one for the base commit on the
 * wanted branch, or without a base the newest of the branch. Where the copy of a remote's history
 * ends before that, more is fetched and the walk begins again. Whether a branch has any entry is
 * seen in the newest entry's folders, whatever depth was fetched. */
#include "ledger/git_ledger_candidates.h"

#include "ledger/percent.h"

enum { RECENT_MOST = 50 };

/* Depths to fetch, one after the other, in entries; 0 ends the list. */
static const unsigned depths[] = {200, CANDIDATES_SEARCHED, 0};

void git_ledger_candidates_init(struct ledger_candidates *candidates, struct git_ledger *ledger,
                                const struct ledger_wanted *wanted)
{
    const struct vec *ancestors = wanted->ancestors;
    *candidates = (struct ledger_candidates){.ledger = ledger, .wanted = wanted};
    percent_add_line(&candidates->branch, name_span(wanted->branch));
    map_init(&candidates->ancestors);
    vec_init(&candidates->recent, sizeof(struct candidate));
    for (size_t place = ancestors != NULL ? ancestors->count : 0; place > 0; place--) {
        const struct name *ancestor = *(const struct name **)vec_at(ancestors, place - 1);
        *map_put(&candidates->ancestors, map_key(ancestor)) = place;
    }
}

void git_ledger_candidates_release(struct ledger_candidates *candidates)
{
    map_release(&candidates->ancestors);
    vec_release(&candidates->recent);
    buf_release(&candidates->branch);
}

/* ---- one entry ---- */

static bool is_name(struct span text, const struct name *name)
{
    return name != NULL && span_equal(text, name_span(name));
}

static void keep(const struct ledger_candidates *candidates, struct candidate *candidate,
                 const struct ledger_walk *walk)
{
    struct names *names = candidates->ledger->names;
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

static enum rank rank_of(const struct ledger_candidates *candidates, const struct entry_text *entry,
                         bool here)
{
    if (is_name(entry->commit, candidates->wanted->base)) {
        return here ? RANK_COMMIT : RANK_COMMIT_ELSEWHERE;
    }
    if (is_name(entry->tree, candidates->wanted->tree)) {
        return here ? RANK_TREE : RANK_TREE_ELSEWHERE;
    }
    return here && covers(entry->covers, candidates->wanted->base) ? RANK_COVERED : RANK_NONE;
}

/* An entry of the branch that may serve when there is none for the base itself. */
static void consider_here(struct ledger_candidates *candidates, const struct ledger_walk *walk)
{
    const struct ledger_wanted *wanted = candidates->wanted;
    const struct name *commit = names_add(candidates->ledger->names, walk->entry.commit);
    const uint64_t *place = map_find(&candidates->ancestors, map_key(commit));
    keep(candidates, &candidates->best[walk->entry.late.size == 0 ? RANK_NEWEST : RANK_LATE], walk);
    if (place != NULL &&
        (!candidates->best[RANK_ANCESTOR].there || *place < candidates->distance)) {
        candidates->best[RANK_ANCESTOR].there = false;
        keep(candidates, &candidates->best[RANK_ANCESTOR], walk);
        candidates->distance = *place;
    }
    if (is_name(walk->entry.tree, wanted->own_tree)) {
        keep(candidates, &candidates->goes_back, walk);
    }
    if (candidates->after_bad) {
        keep(candidates, &candidates->before_bad, walk);
    }
    /* Only the last change can be undone by its word alone: with others behind it, what is left of
     * it is not known. */
    bool last = candidates->recent.count == 0 && walk->entry.late.size == 0;
    candidates->after_bad = candidates->after_bad || (last && commit == wanted->reverts);
}

/* Looks at one entry; false when the walk may end. */
static bool consider(struct ledger_candidates *candidates, const struct ledger_walk *walk)
{
    const struct ledger_wanted *wanted = candidates->wanted;
    const struct entry_text *entry = &walk->entry;
    bool here = span_equal(entry->branch, buf_span(&candidates->branch));
    candidates->seen++;
    if (is_name(entry->commit, wanted->own) && wanted->own != wanted->base) {
        candidates->own_only = candidates->own_only || here;
        return true;
    }
    enum rank rank = rank_of(candidates, entry, here);
    if (rank != RANK_NONE) {
        keep(candidates, &candidates->best[rank], walk);
    }
    if (here) {
        consider_here(candidates, walk);
        if (candidates->recent.count < RECENT_MOST) {
            keep(candidates, vec_add(&candidates->recent), walk);
        }
    }
    bool unbeaten =
        candidates->best[RANK_COMMIT].there ||
        (wanted->base == NULL && wanted->tree == NULL && candidates->best[RANK_NEWEST].there);
    bool going_back = wanted->own_tree != NULL || wanted->reverts != NULL;
    return !unbeaten || candidates->recent.count < wanted->recent ||
           (going_back && !candidates->goes_back.there && candidates->seen < depths[0]);
}

/* ---- the walk ---- */

/* An entry of a branch that has one is looked for however old it is. */
static bool goes_on(const struct ledger_candidates *candidates)
{
    return candidates->seen < CANDIDATES_SEARCHED ||
           (candidates->known && !candidates->best[RANK_NEWEST].there);
}

static enum err search(struct ledger_candidates *candidates, struct diags *diags)
{
    struct ledger_walk walk;
    bool more = true;
    for (enum rank rank = RANK_COMMIT; rank < RANK_NONE; rank++) {
        candidates->best[rank].there = false;
    }
    candidates->goes_back.there = false;
    candidates->before_bad.there = false;
    candidates->after_bad = false;
    candidates->own_only = false;
    candidates->seen = 0;
    vec_clear(&candidates->recent);
    enum err err = git_ledger_walk_start(&walk, candidates->ledger, diags);
    while (err == ERR_NONE && more && goes_on(candidates) && git_ledger_walk_next(&walk, &err)) {
        more = consider(candidates, &walk);
    }
    candidates->cut = more && walk.cut;
    git_ledger_walk_end(&walk);
    return err;
}

static enum err fetch_and_search(struct ledger_candidates *candidates, unsigned depth,
                                 struct diags *diags)
{
    enum err err = git_ledger_deepen(candidates->ledger, depth, diags);
    return err == ERR_NONE ? search(candidates, diags) : err;
}

enum err git_ledger_candidates_find(struct ledger_candidates *candidates, struct diags *diags)
{
    enum err err =
        git_ledger_knows(candidates->ledger, candidates->wanted->branch, &candidates->known, diags);
    if (err == ERR_NONE) {
        err = search(candidates, diags);
    }
    for (size_t index = 0; err == ERR_NONE && candidates->cut && depths[index] > 0; index++) {
        err = fetch_and_search(candidates, depths[index], diags);
    }
    if (err == ERR_NONE && candidates->cut && goes_on(candidates)) {
        err = fetch_and_search(candidates, 0, diags);
    }
    return err;
}
