/* Choosing the baseline: one walk through the entries that keeps the best candidate of each
 * kind.
 *
 * The walk ends at the first entry that cannot be beaten: the newest one for the base commit on
 * the wanted branch. When no base is known it ends after WINDOW entries of the branch.
 * Recordings of two commits that were pushed shortly after each other may finish in the wrong
 * order; among the last WINDOW entries of the branch the parent that each entry names puts that
 * right. */
#include "base/hash.h"
#include "base/map.h"
#include "ledger/git_ledger_inside.h"
#include "ledger/git_objects.h"
#include "ledger/percent.h"

#include <stdlib.h>

enum { WINDOW = 50, ID_SHOWN = 10 };

/* From best to worst. */
enum rank { RANK_COMMIT, RANK_COMMIT_ELSEWHERE, RANK_TREE, RANK_TREE_ELSEWHERE, RANK_NONE };

/* What is kept of an entry. */
struct candidate {
    git_oid id;
    const struct name *commit, *branch, *parent;
};

struct choice {
    const struct git_ledger *ledger;
    const struct ledger_wanted *wanted;
    struct buf branch; /* as trailers write it */
    struct candidate best[RANK_NONE];
    bool has[RANK_NONE];
    struct vec
        recent;    /* struct candidate: the last entries of the branch, newest recording first */
    bool own_only; /* the branch has entries, all of the commit under test */
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
    bool sound = percent_decode(&branch, walk->entry.branch);
    git_oid_cpy(&candidate->id, &walk->id);
    candidate->commit = names_add(names, walk->entry.commit);
    candidate->parent = walk->entry.parent.size > 0 ? names_add(names, walk->entry.parent) : NULL;
    candidate->branch = names_add(names, sound ? buf_span(&branch) : walk->entry.branch);
    buf_release(&branch);
}

static enum rank rank_of(const struct choice *choice, const struct entry_text *entry, bool here)
{
    if (is_name(entry->commit, choice->wanted->base)) {
        return here ? RANK_COMMIT : RANK_COMMIT_ELSEWHERE;
    }
    if (is_name(entry->tree, choice->wanted->tree)) {
        return here ? RANK_TREE : RANK_TREE_ELSEWHERE;
    }
    return RANK_NONE;
}

/* Looks at one entry; false when the walk may end. */
static bool consider(struct choice *choice, const struct ledger_walk *walk)
{
    const struct ledger_wanted *wanted = choice->wanted;
    const struct entry_text *entry = &walk->entry;
    bool here = span_equal(entry->branch, buf_span(&choice->branch));
    if (is_name(entry->commit, wanted->own) && wanted->own != wanted->base) {
        choice->own_only = choice->own_only || here;
        return true;
    }
    enum rank rank = rank_of(choice, entry, here);
    if (rank != RANK_NONE && !choice->has[rank]) {
        choice->has[rank] = true;
        keep(choice, &choice->best[rank], walk);
    }
    if (here && choice->recent.count < WINDOW) {
        keep(choice, vec_add(&choice->recent), walk);
    }
    bool base_known = wanted->base != NULL || wanted->tree != NULL;
    if (choice->has[RANK_COMMIT]) {
        return choice->recent.count < wanted->recent && choice->recent.count < WINDOW;
    }
    return base_known || choice->recent.count < WINDOW;
}

/* The newest of the recent entries by the order of the code: from the newest recording on to its
 * child, as long as there is one. */
static const struct candidate *newest(const struct choice *choice)
{
    struct map child_of; /* commit: place + 1 of the newest recording whose parent it is */
    map_init(&child_of);
    for (size_t index = choice->recent.count; index > 0; index--) {
        const struct candidate *candidate = vec_at(&choice->recent, index - 1);
        if (candidate->parent != NULL) {
            *map_put(&child_of, map_key(candidate->parent)) = index;
        }
    }
    const struct candidate *found = vec_at(&choice->recent, 0);
    for (size_t steps = 0; steps < choice->recent.count;
         steps++) { /* forged parents may go round */
        const uint64_t *place = map_find(&child_of, map_key(found->commit));
        if (place == NULL) {
            break;
        }
        found = vec_at(&choice->recent, *place - 1);
    }
    map_release(&child_of);
    return found;
}

static void add_id(struct buf *out, const struct name *id)
{
    buf_add(out, span_until(name_span(id), ID_SHOWN));
}

static void explain(const struct choice *choice, enum rank rank, const struct candidate *found,
                    struct buf *out)
{
    const struct ledger_wanted *wanted = choice->wanted;
    if (rank == RANK_COMMIT || rank == RANK_COMMIT_ELSEWHERE) {
        buf_add_text(out, "the entry of the base commit ");
        add_id(out, found->commit);
    } else if (rank != RANK_NONE) {
        buf_add_text(out, "the entry of commit ");
        add_id(out, found->commit);
        buf_add_text(out, ", which has the same files as the base commit ");
        add_id(out, wanted->base);
    } else {
        buf_add_text(out, wanted->base != NULL ? "approximate: " : "");
        buf_add_text(out, "the newest entry of the branch, commit ");
        add_id(out, found->commit);
        buf_add_text(
            out, wanted->base != NULL ? ", because the ledger has none for the base commit " : "");
        add_id(out, wanted->base);
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
    const struct candidate *newest_one = recent->count > 0 ? vec_at(recent, 0) : found;
    enum err err = git_ledger_bars_at(choice->ledger, &newest_one->id, newest_one->branch,
                                      &baseline->bars, diags);
    for (size_t index = 0;
         err == ERR_NONE && index < recent->count && index < choice->wanted->recent; index++) {
        const struct candidate *each = vec_at(recent, index);
        struct snapshot *snapshot = vec_add(&baseline->recent);
        snapshot_init(snapshot, choice->ledger->names);
        err = git_ledger_read_at(choice->ledger, &each->id, each->branch, snapshot, diags);
    }
    return err;
}

static enum err take(const struct choice *choice, enum rank rank, const struct candidate *found,
                     struct baseline *baseline, struct diags *diags)
{
    static const enum baseline_match matches[] = {
        [RANK_COMMIT] = MATCH_COMMIT, [RANK_COMMIT_ELSEWHERE] = MATCH_COMMIT,
        [RANK_TREE] = MATCH_TREE,     [RANK_TREE_ELSEWHERE] = MATCH_TREE,
        [RANK_NONE] = MATCH_NEWEST,
    };
    struct names *names = choice->ledger->names;
    struct buf reason = {NULL, 0, 0};
    baseline->match = matches[rank];
    baseline->entry = git_objects_name(names, &found->id);
    enum err err =
        git_ledger_read_at(choice->ledger, &found->id, found->branch, &baseline->snapshot, diags);
    if (err == ERR_NONE) {
        err = take_branch(choice, found, baseline, diags);
    }
    explain(choice, rank, found, &reason);
    if (err == ERR_NONE) {
        baseline->state = BASELINE_FOUND;
    } else {
        err = ERR_UNUSABLE;
        buf_add_text(&reason, " cannot be read");
    }
    baseline->reason = names_add(names, buf_span(&reason));
    buf_release(&reason);
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
    for (enum rank rank = RANK_COMMIT; rank < RANK_NONE; rank++) {
        if (choice->has[rank]) {
            return take(choice, rank, &choice->best[rank], baseline, diags);
        }
    }
    if (choice->recent.count > 0) {
        return take(choice, RANK_NONE, newest(choice), baseline, diags);
    }
    say_none(choice, baseline);
    return ERR_NONE;
}

enum err git_ledger_choose(struct git_ledger *ledger, const struct ledger_wanted *wanted,
                           struct baseline *baseline, struct diags *diags)
{
    struct ledger_walk walk;
    struct choice choice = {.ledger = ledger, .wanted = wanted};
    bool more = true;
    vec_init(&choice.recent, sizeof(struct candidate));
    percent_add_line(&choice.branch, name_span(wanted->branch));
    baseline->state = BASELINE_UNUSABLE;
    baseline->branch = wanted->branch;
    baseline->wanted = wanted->base;
    baseline->entry = NULL;
    bars_init(&baseline->bars, ledger->names);
    vec_init(&baseline->recent, sizeof(struct snapshot));
    baseline->reason = names_add(ledger->names, SPAN("the ledger cannot be read"));
    enum err err = git_ledger_walk_start(&walk, ledger, diags);
    while (err == ERR_NONE && more && git_ledger_walk_next(&walk, &err)) {
        more = consider(&choice, &walk);
    }
    git_ledger_walk_end(&walk);
    if (err == ERR_NONE) {
        err = decide(&choice, baseline, diags);
    }
    vec_release(&choice.recent);
    buf_release(&choice.branch);
    return err;
}
