/* Where a new entry stands among those of its branch: runs do not finish in the order of the code.
 *
 * An entry is late when the newest entry of its branch is known to be of a later commit. Late
 * entries are kept, but the branch's newest values stay. What is known, from best to worst: where
 * the branch stood before the push; the checkout's own history; what the entries tell of theirs;
 * and at last the times of the commits, which people's clocks made.
 *
 * Groups that were carried over are those of the entry that was the newest one then. Written behind
 * another one they would undo what that has measured. */
#include "base/map.h"
#include "ledger/git_ledger_build.h"
#include "ledger/percent.h"

enum {
    LOOKED_AT = 200,  /* entries of the branch */
    COVERS_MOST = 100 /* ids in one message */
};

/* What is asked about one entry of the branch after the other, newest first. */
struct ordering {
    struct appending *add;
    struct map behind;         /* commits that are known to be behind the newest entry's */
    struct map mine;           /* first parents of the commit that is recorded: place + 1 */
    const struct name *newest; /* commit of the newest entry that is not late; NULL: none */
    git_oid newest_entry;
    git_oid own_entry; /* the last one of the commit that is recorded; zero: none */
    int64_t newest_time;
    bool meets; /* an older entry is of an ancestor of ours */
};

static void note_behind(struct ordering *ordering, struct span ids)
{
    struct names *names = ordering->add->ledger->names;
    while (ids.size > 0) {
        struct span id = span_cut(&ids, ' ');
        if (id.size > 0) {
            *map_put(&ordering->behind, map_key(names_add(names, id))) = 1;
        }
    }
}

static void consider(struct ordering *ordering, const struct ledger_walk *walk)
{
    const struct entry_text *entry = &walk->entry;
    struct names *names = ordering->add->ledger->names;
    const struct name *commit = names_add(names, entry->commit);
    uint64_t time = 0;
    if (commit == ordering->add->snapshot.commit && git_oid_is_zero(&ordering->own_entry)) {
        git_oid_cpy(&ordering->own_entry, &walk->id);
    }
    if (ordering->newest == NULL) {
        if (entry->late.size > 0) {
            return;
        }
        ordering->newest = commit;
        git_oid_cpy(&ordering->newest_entry, &walk->id);
        ordering->newest_time = span_to_u64(entry->time, &time) ? (int64_t)time : 0;
        /* No commit is newer than its entry: a clock that ran ahead would make all that follow
         * late. */
        if (ordering->newest_time > walk->commit.time) {
            ordering->newest_time = walk->commit.time;
        }
    } else if (map_find(&ordering->behind, map_key(commit)) == NULL) {
        return;
    }
    ordering->meets = ordering->meets || map_find(&ordering->mine, map_key(commit)) != NULL;
    note_behind(ordering, entry->parent);
    note_behind(ordering, entry->covers);
}

static enum err read_entries(struct ordering *ordering)
{
    struct appending *add = ordering->add;
    struct ledger_walk walk;
    struct buf branch = {NULL, 0, 0};
    size_t seen = 0;
    percent_add_line(&branch, name_span(add->record->branch));
    enum err err = git_ledger_walk_start(&walk, add->ledger, add->diags);
    while (err == ERR_NONE && seen < LOOKED_AT && git_ledger_walk_next(&walk, &err)) {
        seen++;
        if (span_equal(walk.entry.branch, buf_span(&branch))) {
            consider(ordering, &walk);
        }
    }
    git_ledger_walk_end(&walk);
    buf_release(&branch);
    return err;
}

/* The commits between the newest entry and ours: they came with this push and have no run of their
 * own. */
static void note_covered(struct ordering *ordering)
{
    struct appending *add = ordering->add;
    const struct vec *ancestors = add->record->ancestors;
    const uint64_t *place = map_find(&ordering->mine, map_key(ordering->newest));
    if (place == NULL || *place - 1 > COVERS_MOST) {
        add->since = place != NULL ? ordering->newest : add->record->before;
        return;
    }
    for (size_t index = 0; index + 1 < *place; index++) {
        buf_add_text(&add->covers, index > 0 ? " " : "");
        buf_add(&add->covers, name_span(*(const struct name **)vec_at(ancestors, index)));
    }
}

static void decide(struct ordering *ordering)
{
    struct appending *add = ordering->add;
    const struct ledger_record *record = add->record;
    const struct name *mine = add->snapshot.commit;
    if (ordering->newest == NULL || ordering->newest == mine) {
        return;
    }
    bool newer = map_find(&ordering->mine, map_key(ordering->newest)) != NULL;
    bool behind = map_find(&ordering->behind, map_key(mine)) != NULL;
    bool moved_from_newest = record->before == ordering->newest;
    if (newer) {
        note_covered(ordering);
    } else if (record->forced || moved_from_newest) {
        /* not an ancestor, although the branch stood there: it was moved elsewhere */
        add->rewritten = record->forced || behind || ordering->meets;
        add->since = record->before;
    } else if (behind) {
        add->late = true;
    } else if (ordering->meets) {
        add->rewritten = true; /* an older entry is our ancestor and the newest is not */
    } else if (record->commit_time > 0 && record->commit_time < ordering->newest_time) {
        add->late = true;
        add->guessed = true;
    }
}

/* Has somebody recorded behind the entry that groups were carried over from? */
static bool is_outdated(const struct ordering *ordering)
{
    char last[GIT_OID_HEXSZ + 1];
    const struct ledger_record *record = ordering->add->record;
    bool newest = record->carried_newest;
    bool known = newest ? ordering->newest != NULL : !git_oid_is_zero(&ordering->own_entry);
    git_oid_tostr(last, sizeof(last), newest ? &ordering->newest_entry : &ordering->own_entry);
    return record->carried_from != NULL && known && !span_is(name_span(record->carried_from), last);
}

enum err git_ledger_order(struct appending *add)
{
    struct ordering ordering = {.add = add};
    const struct vec *ancestors = add->record->ancestors;
    add->late = false;
    add->guessed = false;
    add->rewritten = false;
    add->since = NULL;
    buf_clear(&add->covers);
    map_init(&ordering.behind);
    map_init(&ordering.mine);
    for (size_t index = 0; ancestors != NULL && index < ancestors->count; index++) {
        *map_put(&ordering.mine, map_key(*(const struct name **)vec_at(ancestors, index))) =
            index + 1;
    }
    if (add->record->parent != NULL && ordering.mine.count == 0) {
        *map_put(&ordering.mine, map_key(add->record->parent)) = 1;
    }
    enum err err = read_entries(&ordering);
    if (err == ERR_NONE && is_outdated(&ordering)) {
        err = ERR_OUTDATED;
    } else if (err == ERR_NONE) {
        decide(&ordering);
    }
    map_release(&ordering.behind);
    map_release(&ordering.mine);
    return err;
}
