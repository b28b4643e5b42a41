/* The entries of the ledger, one commit after the other, and the list of them.
 *
 * A damaged commit ends the walk with an error: what stands behind it is not known, so nothing
 * may be said to be missing. */
#include "ledger/git_ledger_inside.h"
#include "ledger/git_objects.h"
#include "ledger/percent.h"

enum err git_ledger_walk_start(struct ledger_walk *walk, const struct git_ledger *ledger,
                               struct diags *diags)
{
    *walk = (struct ledger_walk){.ledger = ledger, .diags = diags};
    return git_ledger_tip(ledger, &walk->next, &walk->more, diags);
}

void git_ledger_walk_from(struct ledger_walk *walk, const struct git_ledger *ledger,
                          const git_oid *commit, struct diags *diags)
{
    *walk = (struct ledger_walk){.ledger = ledger, .diags = diags, .more = true};
    git_oid_cpy(&walk->next, commit);
}

void git_ledger_walk_end(struct ledger_walk *walk)
{
    git_odb_object_free(walk->object);
    walk->object = NULL;
}

/* Were the parents of this commit left out when it was fetched? */
static bool is_cut(const struct git_ledger *ledger, const git_oid *id)
{
    for (size_t index = 0; index < ledger->cut.count; index++) {
        if (git_oid_equal(vec_at(&ledger->cut, index), id)) {
            return true;
        }
    }
    return false;
}

/* Reads the next commit, whatever it is. */
static enum err walk_step(struct ledger_walk *walk)
{
    struct span parent;
    git_ledger_walk_end(walk);
    git_oid_cpy(&walk->id, &walk->next);
    enum err err =
        git_ledger_commit(walk->ledger, &walk->id, &walk->object, &walk->commit, walk->diags);
    if (err == ERR_NONE) {
        struct span parents = walk->commit.parents;
        walk->more = commit_text_parent(&parents, &parent) && git_objects_id(parent, &walk->next);
        if (walk->more && is_cut(walk->ledger, &walk->id)) {
            walk->more = false;
            walk->cut = true;
        }
    }
    return err;
}

bool git_ledger_walk_next(struct ledger_walk *walk, enum err *err)
{
    while (walk->more) {
        *err = walk_step(walk);
        if (*err != ERR_NONE) {
            return false;
        }
        enum entry_kind kind = entry_text_read(walk->commit.message, &walk->entry);
        if (kind == ENTRY_RECORD) {
            return true;
        }
        if (kind == ENTRY_DAMAGED) {
            struct buf why = {NULL, 0, 0};
            char hex[GIT_OID_HEXSZ + 1];
            git_oid_tostr(hex, sizeof(hex), &walk->id);
            buf_add_format(&why, "the message of entry %s is not as it was written", hex);
            *err = git_ledger_damaged(walk->ledger, &why, walk->diags);
            return false;
        }
    }
    return false;
}

/* A name from a percent-encoded part of a message; NULL for an empty one. */
static const struct name *decoded(const struct git_ledger *ledger, struct span text)
{
    struct buf plain = {NULL, 0, 0};
    const struct name *name = NULL;
    if (text.size > 0) {
        bool sound = percent_decode(&plain, text);
        name = names_add(ledger->names, sound ? buf_span(&plain) : text);
    }
    buf_release(&plain);
    return name;
}

static void fill_entry(const struct ledger_walk *walk, struct ledger_entry *entry)
{
    const struct git_ledger *ledger = walk->ledger;
    entry->id = git_objects_name(ledger->names, &walk->id);
    entry->summary = decoded(ledger, walk->entry.summary);
    entry->commit = decoded(ledger, walk->entry.commit);
    entry->tree = decoded(ledger, walk->entry.tree);
    entry->parent = decoded(ledger, walk->entry.parent);
    entry->branch = decoded(ledger, walk->entry.branch);
    entry->policy = decoded(ledger, walk->entry.policy);
    entry->run = decoded(ledger, walk->entry.run);
    entry->key = decoded(ledger, walk->entry.key);
    entry->origin = decoded(ledger, walk->entry.origin);
    entry->late = walk->entry.late.size > 0;
    entry->rewritten = span_is(walk->entry.event, ENTRY_REWRITTEN);
    entry->time = walk->commit.time;
}

enum err git_ledger_list(struct git_ledger *ledger, size_t most, struct vec *entries,
                         struct diags *diags)
{
    struct ledger_walk walk;
    enum err err = git_ledger_deepen(ledger, (unsigned)most, diags);
    if (err != ERR_NONE) {
        return err;
    }
    err = git_ledger_walk_start(&walk, ledger, diags);
    while (err == ERR_NONE && (most == 0 || entries->count < most) &&
           git_ledger_walk_next(&walk, &err)) {
        fill_entry(&walk, vec_add(entries));
    }
    git_ledger_walk_end(&walk);
    return err;
}
