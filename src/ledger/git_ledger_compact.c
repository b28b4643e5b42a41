/* Rebuilding the chain on a new first commit, and moving the branch to it.
 *
 * The kept entries keep their trees, so that what they say and the bars that follow from them stay
 * as they were; only the folder of the roll-up is added. Their trailer `Tidegate-Was` names the ids
 * that they had, so that an id from an old log is still found. */
#include "ledger/git_ledger_compact.h"

#include "ledger/git_ledger_build.h"
#include "ledger/git_ledger_former.h"
#include "ledger/git_ledger_rollup.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"

enum { TRIES = 20, WAIT_FIRST = 50 /* milliseconds */, WAIT_DOUBLES = 5 };

struct compacting {
    struct git_ledger *ledger;
    struct diags *diags;
    size_t keep;
    int64_t time;
    struct vec chain; /* git_oid, newest first */
    struct rolled_up rollup;
    git_oid top; /* newest commit of the new chain */
    struct compacted *result;
};

static enum err refuse_write(const struct compacting *compacting)
{
    return git_ledger_refuse(compacting->ledger, ERR_WRITE, DIAG_LEDGER_WRITE, git_library_said(),
                             compacting->diags);
}

/* ---- the old chain ---- */

static enum err collect(struct compacting *compacting)
{
    struct git_ledger *ledger = compacting->ledger;
    struct ledger_walk walk;
    git_oid id;
    bool more = false;
    vec_clear(&compacting->chain);
    enum err err = git_ledger_walk_start(&walk, ledger, compacting->diags);
    while (err == ERR_NONE && git_ledger_walk_next(&walk, &err)) {
    }
    bool cut = walk.cut;
    git_ledger_walk_end(&walk);
    if (err == ERR_NONE && cut) {
        return git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_COMPACT,
                                 "the older part of the ledger is not here", compacting->diags);
    }
    err = err == ERR_NONE ? git_ledger_tip(ledger, &id, &more, compacting->diags) : err;
    while (err == ERR_NONE && more) {
        git_odb_object *object = NULL;
        struct commit_text commit;
        struct span parent;
        err = git_ledger_commit(ledger, &id, &object, &commit, compacting->diags);
        if (err == ERR_NONE) {
            git_oid_cpy(vec_add(&compacting->chain), &id);
            more = commit_text_parent(&commit.parents, &parent) && git_objects_id(parent, &id);
        }
        git_odb_object_free(object);
    }
    return err;
}

/* ---- the new one ---- */

/* The tree of a commit with the roll-up in it. */
static enum err tree_with_rollup(const struct compacting *compacting, const git_oid *commit,
                                 git_oid *id)
{
    git_tree *tree = NULL;
    git_treebuilder *builder = NULL;
    enum err err = git_ledger_tree_of(compacting->ledger, commit, &tree, compacting->diags);
    if (err != ERR_NONE) {
        return err;
    }
    if (git_treebuilder_new(&builder, compacting->ledger->handle, tree) != 0 ||
        git_treebuilder_insert(NULL, builder, LAYOUT_ROLLUP, &compacting->rollup.folder,
                               GIT_FILEMODE_TREE) != 0 ||
        git_treebuilder_write(id, builder) != 0) {
        err = refuse_write(compacting);
    }
    git_treebuilder_free(builder);
    git_tree_free(tree);
    return err;
}

static enum err write_commit(struct compacting *compacting, const struct buf *text)
{
    int error = git_odb_write(&compacting->top, compacting->ledger->database, text->data,
                              text->size, GIT_OBJECT_COMMIT);
    return error == 0 ? ERR_NONE : refuse_write(compacting);
}

/* Former ids with one more behind them. */
static void add_former(struct buf *out, struct span was, const git_oid *id)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    buf_add(out, was);
    buf_add_text(out, was.size > 0 ? " " : "");
    buf_add_text(out, hex);
}

static size_t count_words(struct span words)
{
    size_t count = 0;
    for (; words.size > 0; count++) {
        span_cut(&words, ' ');
    }
    return count;
}

/* The folders of the roll-up that a commit with `count` former ids had under each of them, and the
 * one that it has now. Those of the time before are named by the first commit of the chain. */
static enum err add_rollups(const struct compacting *compacting, size_t count, struct buf *out)
{
    struct git_ledger *ledger = compacting->ledger;
    const struct rolled_up *rollup = &compacting->rollup;
    git_odb_object *object = NULL;
    struct commit_text commit;
    struct entry_text first;
    enum err err =
        git_ledger_commit(ledger, vec_at(&compacting->chain, compacting->chain.count - 1), &object,
                          &commit, compacting->diags);
    if (err != ERR_NONE) {
        return err;
    }
    entry_text_read(commit.message, &first);
    struct span before = first.rollups;
    for (size_t more = count_words(before); more > count; more--) {
        span_cut(&before, ' ');
    }
    buf_add(out, before);
    buf_add_text(out, before.size > 0 ? " " : "");
    if (rollup->had_folder) {
        add_former(out, span_make(NULL, 0), &rollup->folder_before);
    } else {
        buf_add_text(out, ROLLUP_NONE);
    }
    git_odb_object_free(object);
    return ERR_NONE;
}

/* The first commit: the state before the oldest kept entry. */
static enum err write_root(struct compacting *compacting, const git_oid *old)
{
    char top[GIT_OID_HEXSZ + 1];
    struct buf summary = {NULL, 0, 0};
    struct buf was = {NULL, 0, 0};
    struct buf rollups = {NULL, 0, 0};
    struct buf text = {NULL, 0, 0};
    git_odb_object *object = NULL;
    struct commit_text commit;
    struct entry_text entry = {.was = {NULL, 0}};
    git_oid tree;
    git_oid_tostr(top, sizeof(top), vec_at(&compacting->chain, 0));
    enum err err = tree_with_rollup(compacting, old, &tree);
    if (err == ERR_NONE) {
        err = git_ledger_commit(compacting->ledger, old, &object, &commit, compacting->diags);
    }
    if (err == ERR_NONE) {
        entry_text_read(commit.message, &entry);
        add_former(&was, entry.was, old);
        err = add_rollups(compacting, count_words(entry.was), &rollups);
    }
    if (err == ERR_NONE) {
        char hex[GIT_OID_HEXSZ + 1];
        git_oid_tostr(hex, sizeof(hex), &tree);
        buf_add_format(&summary, "compact: %zu older entries are rolled up",
                       compacting->rollup.entries);
        const struct entry_text root = {.summary = buf_span(&summary),
                                        .was = buf_span(&was),
                                        .compacted = span_of(top),
                                        .rollups = buf_span(&rollups)};
        buf_add_format(&text, "tree %s\n", hex);
        for (size_t index = 0; index < 2; index++) {
            buf_add_format(&text, "%s tidegate <tidegate@localhost> %lld +0000\n",
                           index == 0 ? "author" : "committer", (long long)compacting->time);
        }
        buf_add_byte(&text, '\n');
        entry_text_write(&text, &root);
        err = write_commit(compacting, &text);
    }
    git_odb_object_free(object);
    buf_release(&summary);
    buf_release(&was);
    buf_release(&rollups);
    buf_release(&text);
    return err;
}

static enum err rebuild(struct compacting *compacting, const git_oid *old)
{
    struct git_ledger *ledger = compacting->ledger;
    git_odb_object *object = NULL;
    struct commit_text commit;
    struct entry_text entry;
    struct buf was = {NULL, 0, 0};
    struct buf text = {NULL, 0, 0};
    git_oid tree;
    enum err err = git_ledger_commit(ledger, old, &object, &commit, compacting->diags);
    if (err == ERR_NONE) {
        err = tree_with_rollup(compacting, old, &tree);
    }
    if (err == ERR_NONE) {
        if (entry_text_read(commit.message, &entry) == ENTRY_RECORD) {
            compacting->result->kept++;
            add_former(&was, entry.was, old);
        }
        const struct former_commit again = {.tree = &tree,
                                            .parent = &compacting->top,
                                            .commit = git_objects_text(object),
                                            .message = commit.message,
                                            .was = buf_span(&was)};
        git_ledger_former_write(&text, &again);
        err = write_commit(compacting, &text);
    }
    git_odb_object_free(object);
    buf_release(&was);
    buf_release(&text);
    return err;
}

/* Builds all of it; nothing points to it yet. */
static enum err build(struct compacting *compacting)
{
    struct compacted *result = compacting->result;
    enum err err = git_ledger_roll_up(compacting->ledger, &compacting->chain, compacting->keep,
                                      &compacting->rollup, compacting->diags);
    result->kept = 0;
    result->rolled_up = compacting->rollup.entries;
    if (err == ERR_NONE) {
        err = write_root(compacting, vec_at(&compacting->chain, compacting->keep));
    }
    for (size_t index = compacting->keep; err == ERR_NONE && index > 0; index--) {
        err = rebuild(compacting, vec_at(&compacting->chain, index - 1));
    }
    return err;
}

/* ---- moving the branch ---- */

static enum err move_here(struct compacting *compacting, bool *beaten)
{
    git_reference *reference = NULL;
    int error =
        git_reference_create_matching(&reference, compacting->ledger->handle, LEDGER_BRANCH,
                                      &compacting->top, 1, vec_at(&compacting->chain, 0), NULL);
    git_reference_free(reference);
    *beaten = error == GIT_EMODIFIED || error == GIT_EEXISTS || error == GIT_ELOCKED;
    return error == 0 || *beaten ? ERR_NONE : refuse_write(compacting);
}

static enum err move_there(struct compacting *compacting, bool *beaten)
{
    struct git_ledger *ledger = compacting->ledger;
    char old[GIT_OID_HEXSZ + 1];
    char commit[GIT_OID_HEXSZ + 1];
    struct buf why = {NULL, 0, 0};
    enum err err = ERR_NONE;
    git_oid_tostr(old, sizeof(old), vec_at(&compacting->chain, 0));
    git_oid_tostr(commit, sizeof(commit), &compacting->top);
    enum server_answer answer =
        git_server_replace(ledger->server, commit, old, git_ledger_time_left(ledger), &why);
    *beaten = answer == SERVER_MOVED;
    if (*beaten) {
        buf_clear(&why);
        answer = git_ledger_fetch(ledger, 0, &why);
    }
    if (answer != SERVER_DONE) {
        err = git_server_refuse(ledger->server, answer, &why, compacting->diags);
    }
    buf_release(&why);
    return err;
}

/* One try: everything from the tip of this moment. */
static enum err compact_once(struct compacting *compacting, bool *beaten)
{
    struct git_ledger *ledger = compacting->ledger;
    struct compacted *result = compacting->result;
    *beaten = false;
    enum err err = collect(compacting);
    if (err != ERR_NONE || compacting->chain.count == 0) {
        return err;
    }
    result->before = git_objects_name(ledger->names, vec_at(&compacting->chain, 0));
    result->after = result->before;
    if (compacting->chain.count <=
        compacting->keep + 1) { /* a roll-up of one entry saves nothing */
        return ERR_NONE;
    }
    err = build(compacting);
    if (err == ERR_NONE) {
        err =
            ledger->server != NULL ? move_there(compacting, beaten) : move_here(compacting, beaten);
    }
    if (err == ERR_NONE && !*beaten) {
        result->after = git_objects_name(ledger->names, &compacting->top);
    }
    return err;
}

enum err git_ledger_compact(struct git_ledger *ledger, size_t keep, int64_t time,
                            struct compacted *result, struct diags *diags)
{
    struct compacting compacting = {
        .ledger = ledger, .diags = diags, .keep = keep, .time = time, .result = result};
    bool beaten = true;
    *result = (struct compacted){.kept = 0};
    vec_init(&compacting.chain, sizeof(git_oid));
    enum err err = git_ledger_deepen(ledger, 0, diags);
    for (unsigned tries = 0; err == ERR_NONE && beaten && tries < TRIES; tries++) {
        if (tries > 0) {
            git_ledger_wait((uint64_t)WAIT_FIRST << (tries < WAIT_DOUBLES ? tries : WAIT_DOUBLES));
        }
        err = compact_once(&compacting, &beaten);
    }
    if (err == ERR_NONE && beaten) {
        err = git_ledger_refuse(ledger, ERR_CONFLICT, DIAG_LEDGER_BUSY, "", diags);
    }
    vec_release(&compacting.chain);
    return err;
}
