/* Building the objects of a new entry: the tip's tree with this branch's folder made anew, the
 * README, and the commit.
 *
 * git_commit_create of libgit2 1.5 reports success for a commit that a full disk kept from being
 * written. So the commit's text is made first and written through the object database, which
 * reports every failure. */
#include "base/hash.h"
#include "ledger/git_ledger_build.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"

#include <sys/random.h>

#define AUTHOR_NAME "tidegate"
#define AUTHOR_MAIL "tidegate@localhost"

enum err git_ledger_refuse_write(const struct appending *add, const char *what)
{
    struct buf why = {NULL, 0, 0};
    buf_add_format(&why, "%s: %s", what, git_library_said());
    git_ledger_refuse(add->ledger, ERR_WRITE, DIAG_LEDGER_WRITE, buf_text(&why), add->diags);
    buf_release(&why);
    return ERR_WRITE;
}

/* A folder that is being made: the entries of `from` (may be NULL) and what is put in. */
static enum err start_folder(const struct appending *add, git_treebuilder **folder,
                             const git_tree *from)
{
    int error = git_treebuilder_new(folder, add->ledger->handle, from);
    return error == 0 ? ERR_NONE : git_ledger_refuse_write(add, "a folder cannot be made");
}

static enum err put_file(const struct appending *add, git_treebuilder *folder, const char *name,
                         struct span text)
{
    git_oid id;
    if (git_odb_write(&id, add->ledger->database, text.size > 0 ? text.data : "", text.size,
                      GIT_OBJECT_BLOB) != 0 ||
        git_treebuilder_insert(NULL, folder, name, &id, GIT_FILEMODE_BLOB) != 0) {
        return git_ledger_refuse_write(add, "a file cannot be written");
    }
    return ERR_NONE;
}

/* Writes `inner` and puts it into `folder`; frees `inner`. */
static enum err put_folder(const struct appending *add, git_treebuilder *folder, const char *name,
                           git_treebuilder *inner)
{
    git_oid id;
    int error = git_treebuilder_write(&id, inner);
    git_treebuilder_free(inner);
    if (error == 0) {
        error = git_treebuilder_insert(NULL, folder, name, &id, GIT_FILEMODE_TREE);
    }
    return error == 0 ? ERR_NONE : git_ledger_refuse_write(add, "a folder cannot be written");
}

/* What was measured, by which policy, and who owns that. */
static enum err put_measured(const struct appending *add, git_treebuilder *folder)
{
    enum err err = put_file(add, folder, LAYOUT_SNAPSHOT, buf_span(&add->text));
    if (err == ERR_NONE && add->record->policy.size > 0) {
        err = put_file(add, folder, LAYOUT_POLICY, add->record->policy);
    }
    if (err == ERR_NONE && add->record->codeowners.size > 0) {
        err = put_file(add, folder, LAYOUT_CODEOWNERS, add->record->codeowners);
    }
    return err;
}

/* Beside the newest values, which stay. */
static enum err put_late(const struct appending *add, git_treebuilder *folder)
{
    git_treebuilder *late = NULL;
    enum err err = start_folder(add, &late, NULL);
    if (err == ERR_NONE) {
        err = put_measured(add, late);
    }
    if (err != ERR_NONE) {
        git_treebuilder_free(late);
        return err;
    }
    return put_folder(add, folder, LAYOUT_LATE, late);
}

static enum err put_bars(const struct appending *add, git_treebuilder *folder)
{
    struct buf text = {NULL, 0, 0};
    enum err err = ERR_NONE;
    if (add->bars.all.count > 0) {
        bars_write(&add->bars, &text);
        err = put_file(add, folder, LAYOUT_BARS, buf_span(&text));
    }
    buf_release(&text);
    return err;
}

/* branches/<key>: made new, so that nothing of an older entry stays in it, unless we are late. */
static enum err put_branch(const struct appending *add, git_treebuilder *branches)
{
    git_treebuilder *folder = NULL;
    git_tree *old = NULL;
    enum err err = ERR_NONE;
    if (add->late) {
        err =
            git_ledger_branch_folder(add->ledger, &add->tip, add->record->branch, &old, add->diags);
    }
    if (err == ERR_NONE) {
        err = start_folder(add, &folder, old);
    }
    if (err == ERR_NONE) {
        err = put_bars(add, folder);
    }
    if (err == ERR_NONE) {
        err = add->late ? put_late(add, folder) : put_measured(add, folder);
    }
    git_tree_free(old);
    if (err != ERR_NONE) {
        git_treebuilder_free(folder);
        return err;
    }
    struct buf key = {NULL, 0, 0};
    buf_add(&key, buf_span(&add->key));
    err = put_folder(add, branches, buf_text(&key), folder);
    buf_release(&key);
    return err;
}

/* Names of the branch folders for the README. */
struct key_list {
    struct names *names;
    struct vec keys;
};

static int collect_key(const git_tree_entry *entry, void *payload)
{
    struct key_list *list = payload;
    *(const struct name **)vec_add(&list->keys) =
        names_add(list->names, span_of(git_tree_entry_name(entry)));
    return 0; /* keep it */
}

static int order_keys(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

static enum err put_readme(const struct appending *add, git_treebuilder *root,
                           git_treebuilder *branches)
{
    struct key_list list = {.names = add->ledger->names};
    struct buf text = {NULL, 0, 0};
    vec_init(&list.keys, sizeof(const struct name *));
    git_treebuilder_filter(branches, collect_key, &list);
    vec_sort(&list.keys, order_keys);
    layout_write_readme(&text, &list.keys);
    enum err err = put_file(add, root, LAYOUT_README, buf_span(&text));
    vec_release(&list.keys);
    buf_release(&text);
    return err;
}

/* The first entry founds the ledger and gives it an id of its own. */
static enum err put_format(const struct appending *add, git_treebuilder *root)
{
    struct buf text = {NULL, 0, 0};
    struct hash128 random;
    char id[33];
    if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        git_ledger_refuse(add->ledger, ERR_WRITE, DIAG_LEDGER_WRITE,
                          "the system gives no random numbers for the ledger's id", add->diags);
        return ERR_WRITE;
    }
    hash128_text(random, id);
    layout_write_format(&text, span_of(id), add->record->program_version);
    enum err err = put_file(add, root, LAYOUT_FORMAT, buf_span(&text));
    buf_release(&text);
    return err;
}

/* Fills `root` from the tip's tree (NULL: none yet) and the new entry. */
static enum err fill_root(const struct appending *add, git_treebuilder *root, const git_tree *tree)
{
    git_tree *old_branches = NULL;
    git_treebuilder *branches = NULL;
    enum err err = ERR_NONE;
    if (tree != NULL) {
        err = git_ledger_folder(add->ledger, tree, LAYOUT_BRANCHES, &old_branches, add->diags);
    } else {
        err = put_format(add, root);
    }
    if (err == ERR_NONE) {
        err = start_folder(add, &branches, old_branches);
    }
    if (err == ERR_NONE) {
        err = put_branch(add, branches);
    }
    if (err == ERR_NONE) {
        err = put_readme(add, root, branches);
    }
    git_tree_free(old_branches);
    if (err != ERR_NONE) {
        git_treebuilder_free(branches);
        return err;
    }
    return put_folder(add, root, LAYOUT_BRANCHES, branches);
}

static enum err build_tree(const struct appending *add, git_oid *id)
{
    git_tree *tree = NULL;
    git_treebuilder *root = NULL;
    enum err err = ERR_NONE;
    if (add->has_tip) {
        err = git_ledger_tree_of(add->ledger, &add->tip, &tree, add->diags);
    }
    if (err == ERR_NONE) {
        err = start_folder(add, &root, tree);
    }
    if (err == ERR_NONE) {
        err = fill_root(add, root, tree);
    }
    if (err == ERR_NONE && git_treebuilder_write(id, root) != 0) {
        err = git_ledger_refuse_write(add, "a folder cannot be written");
    }
    git_treebuilder_free(root);
    git_tree_free(tree);
    return err;
}

static void write_message(const struct appending *add, struct buf *out)
{
    const struct ledger_record *record = add->record;
    struct buf summary = {NULL, 0, 0};
    struct buf time = {NULL, 0, 0};
    char policy[GIT_OID_HEXSZ + 1] = "";
    git_oid id;
    if (record->policy.size > 0 &&
        git_odb_hash(&id, record->policy.data, record->policy.size, GIT_OBJECT_BLOB) == 0) {
        git_oid_tostr(policy, sizeof(policy), &id);
    }
    layout_add_summary(&summary, &add->snapshot, record->branch);
    if (record->commit_time > 0) {
        buf_add_i64(&time, record->commit_time);
    }
    const struct entry_text entry = {
        .summary = buf_span(&summary),
        .commit = name_span(add->snapshot.commit),
        .tree = name_span(add->snapshot.tree),
        .parent = name_span(record->parent),
        .branch = name_span(record->branch),
        .policy = span_of(policy),
        .run = name_span(record->run_url),
        .key = span_of(add->digest),
        .time = buf_span(&time),
        .covers = buf_span(&add->covers),
        .since = name_span(add->since),
        .event = span_of(add->rewritten ? ENTRY_REWRITTEN : NULL),
        .origin = name_span(record->origin),
        .late = span_of(add->late ? "yes" : NULL),
    };
    entry_text_write(out, &entry);
    buf_release(&time);
    buf_release(&summary);
}

/* The commit's text, written through the object database, which reports every failure. */
static int write_commit(struct appending *add, const git_tree *tree, const git_commit *parent,
                        const char *message)
{
    git_signature *author = NULL;
    git_buf text = GIT_BUF_INIT;
    const git_commit *parents[] = {parent};
    int error = git_signature_new(&author, AUTHOR_NAME, AUTHOR_MAIL, add->record->time, 0);
    if (error == 0) {
        error = git_commit_create_buffer(&text, add->ledger->handle, author, author, NULL, message,
                                         tree, parent != NULL ? 1 : 0, parents);
    }
    if (error == 0) {
        error = git_odb_write(&add->commit, add->ledger->database, text.ptr, text.size,
                              GIT_OBJECT_COMMIT);
    }
    git_buf_dispose(&text);
    git_signature_free(author);
    return error;
}

enum err git_ledger_build(struct appending *add)
{
    git_oid id;
    git_tree *tree = NULL;
    git_commit *parent = NULL;
    struct buf message = {NULL, 0, 0};
    enum err err = git_ledger_bars_make(add);
    if (err == ERR_NONE) {
        err = build_tree(add, &id);
    }
    if (err != ERR_NONE) {
        return err;
    }
    write_message(add, &message);
    int error = git_tree_lookup(&tree, add->ledger->handle, &id);
    if (error == 0 && add->has_tip) {
        error = git_commit_lookup(&parent, add->ledger->handle, &add->tip);
    }
    if (error == 0) {
        error = write_commit(add, tree, parent, buf_text(&message));
    }
    git_commit_free(parent);
    git_tree_free(tree);
    buf_release(&message);
    return error == 0 ? ERR_NONE : git_ledger_refuse_write(add, "the commit cannot be written");
}
