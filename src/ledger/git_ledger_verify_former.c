/* The ids that entries say they had before the ledger was compacted.
 *
 * A kept entry is what it was, but for the roll-up in its tree, the parent, and its trailer. So
 * what it was can be made again from what it is: from the commit that the roll-up says to stand
 * for, upwards, every former id follows from the one below it, until the commit that the ledger
 * stood on. Whoever changes a kept entry, or puts another ledger in the place of this one, would
 * need content with a given hash. What the roll-up itself says to stand for, nobody can make again;
 * entries that are only named there count as listed, and not as found. */
#include "ledger/git_ledger_former.h"
#include "ledger/git_ledger_verify_inside.h"

#include "ledger/git_ledger_rollup.h"
#include "ledger/git_objects.h"

enum { ID_SHOWN = 12 };

struct former_chain {
    struct verifying *verifying;
    struct vec ids; /* git_oid: what the commit below was, before each compaction, oldest first */
    struct vec rollups; /* git_oid: the folder of the roll-up that it had then; zero: none */
    size_t first;       /* older compactions are of no concern any more */
    git_oid top;        /* the commit that the ledger stood on before the last one */
    bool top_met;
    bool lost; /* a commit could not be read: nothing more is known */
};

/* One commit of the chain. */
struct former_step {
    const git_oid *id;
    git_odb_object *object;
    git_tree *tree;
    struct commit_text commit;
    struct entry_text entry;
    enum entry_kind kind;
};

static size_t levels(const struct former_chain *chain)
{
    return chain->ids.count - chain->first;
}

static size_t count_words(struct span words)
{
    size_t count = 0;
    for (; words.size > 0; count++) {
        span_cut(&words, ' ');
    }
    return count;
}

static struct audit_place place_of(const struct former_chain *chain, const git_oid *id)
{
    return (struct audit_place){.entry = git_objects_name(chain->verifying->ledger->names, id)};
}

/* Does the anchor begin this id? */
static bool is_anchor(const struct former_chain *chain, const git_oid *id)
{
    const char *anchor = chain->verifying->wanted->anchor;
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    return anchor != NULL && span_starts(span_of(hex), anchor);
}

static bool open_step(struct former_chain *chain, struct former_step *step)
{
    struct git_ledger *ledger = chain->verifying->ledger;
    struct diags diags;
    diags_init(&diags, ledger->names); /* checking the step itself tells what is wrong with it */
    enum err err = git_ledger_commit(ledger, step->id, &step->object, &step->commit, &diags);
    if (err == ERR_NONE) {
        err = git_ledger_tree_of(ledger, step->id, &step->tree, &diags);
        step->kind = entry_text_read(step->commit.message, &step->entry);
    }
    diags_release(&diags);
    return err == ERR_NONE && step->kind != ENTRY_DAMAGED;
}

static void close_step(struct former_step *step)
{
    git_tree_free(step->tree);
    git_odb_object_free(step->object);
}

/* ---- where it begins ---- */

static bool take_start(struct former_chain *chain, const struct entry_text *entry)
{
    struct span was = entry->was;
    struct span rollups = entry->rollups;
    while (was.size > 0 && rollups.size > 0) {
        struct span rollup = span_cut(&rollups, ' ');
        git_oid *id = vec_add(&chain->ids);
        git_oid *folder = vec_add(&chain->rollups);
        if (!git_objects_id(span_cut(&was, ' '), id) ||
            (!span_is(rollup, ROLLUP_NONE) && !git_objects_id(rollup, folder))) {
            return false;
        }
        chain->verifying->anchor_listed = chain->verifying->anchor_listed || is_anchor(chain, id);
    }
    return chain->ids.count > 0 && was.size == 0 && rollups.size == 0 &&
           git_objects_id(entry->compacted, &chain->top);
}

/* The oldest commit: without a roll-up no entry was anything else. */
static void start(struct former_chain *chain, const git_oid *id)
{
    struct former_step step = {.id = id};
    chain->lost = !open_step(chain, &step);
    if (!chain->lost && step.kind == ENTRY_ROLLUP) {
        if (!take_start(chain, &step.entry)) {
            struct audit_place place = place_of(chain, id);
            ledger_audit_add(chain->verifying->audit, DIAG_VERIFY_WAS, &place,
                             SPAN("the roll-up does not name what it stands for"));
            chain->lost = true;
        }
    }
    close_step(&step);
}

/* ---- one commit ---- */

/* What the commit was before the compaction at `level`; `kept` ids were in its trailer then. */
static bool make_again(const struct former_chain *chain, const struct former_step *step,
                       size_t level, size_t kept, git_oid *id)
{
    const git_oid *rollup = vec_at(&chain->rollups, level);
    struct buf text = {NULL, 0, 0};
    struct span rest = step->entry.was;
    git_oid tree;
    for (size_t index = 0; index < kept; index++) {
        span_cut(&rest, ' ');
    }
    struct span was = span_until(step->entry.was, step->entry.was.size - rest.size);
    const struct former_commit former = {.tree = &tree,
                                         .parent = vec_at(&chain->ids, level),
                                         .commit = git_objects_text(step->object),
                                         .message = step->commit.message,
                                         .was = span_trim(was)};
    bool made = git_ledger_former_tree(step->tree, git_oid_is_zero(rollup) ? NULL : rollup, &tree);
    git_ledger_former_write(&text, &former);
    made = made && git_odb_hash(id, text.data, text.size, GIT_OBJECT_COMMIT) == 0;
    buf_release(&text);
    return made;
}

static void say_other(const struct former_chain *chain, const struct former_step *step,
                      struct span claimed, const git_oid *id)
{
    struct audit_place place = place_of(chain, step->id);
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    ledger_audit_add_format(chain->verifying->audit, DIAG_VERIFY_WAS, &place,
                            "it says that it was %.*s, but by what it holds it was %.12s",
                            SPAN_ARG(span_until(claimed, ID_SHOWN)), hex);
}

/* Follows the former ids to this commit. One that is no entry has no trailer, and was what it
 * was. */
static void follow(struct former_chain *chain, const struct former_step *step)
{
    struct span was = step->entry.was;
    for (size_t level = chain->first; level < chain->ids.count; level++) {
        struct span claimed = step->kind == ENTRY_RECORD ? span_cut(&was, ' ') : was;
        git_oid *below = vec_at(&chain->ids, level);
        git_oid again;
        git_oid said;
        if (!make_again(chain, step, level, level - chain->first, &again)) {
            chain->lost = true;
            return;
        }
        git_oid_cpy(&said, &again);
        bool well_formed = step->kind != ENTRY_RECORD || git_objects_id(claimed, &said);
        if (!well_formed || !git_oid_equal(&said, &again)) {
            say_other(chain, step, claimed, &again);
        } else if (is_anchor(chain, &again)) {
            chain->verifying->anchor_found = true;
        }
        git_oid_cpy(below, &said); /* one that is forged is one finding */
    }
}

/* The commit that the ledger stood on; what is above it was never anything else. */
static void meet_top(struct former_chain *chain)
{
    if (levels(chain) > 0 &&
        git_oid_equal(vec_at(&chain->ids, chain->ids.count - 1), &chain->top)) {
        chain->top_met = true;
        chain->first = chain->ids.count;
    }
}

static void pass(struct former_chain *chain, const git_oid *id)
{
    struct former_step step = {.id = id};
    chain->lost = !open_step(chain, &step);
    if (chain->lost) {
        close_step(&step);
        return;
    }
    size_t named = step.kind == ENTRY_RECORD ? count_words(step.entry.was) : levels(chain);
    if (named > levels(chain)) {
        struct audit_place place = place_of(chain, id);
        ledger_audit_add_format(chain->verifying->audit, DIAG_VERIFY_WAS, &place,
                                "it names %zu former ids where there can be %zu", named,
                                levels(chain));
    } else {
        chain->first = chain->ids.count - named;
        follow(chain, &step);
        meet_top(chain);
    }
    close_step(&step);
}

/* ---- all of it ---- */

void verify_former(struct verifying *verifying, const struct vec *commits)
{
    struct former_chain chain = {.verifying = verifying};
    size_t index = commits->count;
    vec_init(&chain.ids, sizeof(git_oid));
    vec_init(&chain.rollups, sizeof(git_oid));
    if (index > 0) {
        start(&chain, vec_at(commits, index - 1));
        meet_top(&chain);
        index--;
    }
    bool compacted = chain.ids.count > 0;
    for (; !chain.lost && index > 0; index--) {
        pass(&chain, vec_at(commits, index - 1));
    }
    if (compacted && !chain.lost && !chain.top_met) {
        struct audit_place place = place_of(&chain, vec_at(commits, commits->count - 1));
        char hex[GIT_OID_HEXSZ + 1];
        git_oid_tostr(hex, sizeof(hex), &chain.top);
        ledger_audit_add_format(verifying->audit, DIAG_VERIFY_WAS, &place,
                                "no entry was %.12s, which the ledger stood on before", hex);
    }
    vec_release(&chain.ids);
    vec_release(&chain.rollups);
}
