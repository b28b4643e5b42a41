/* Commits, folders and files of the ledger's branch.
 *
 * What is listed must be there and be sound. Only regular files are taken: a symbolic link's
 * blob would be read as if it were the file. */
#include "ledger/git_ledger_inside.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"

#include <inttypes.h>

enum err git_ledger_refuse_file(const struct git_ledger *ledger, const char *file, enum err err,
                                const struct fault *fault, struct diags *diags)
{
    struct buf why = {NULL, 0, 0};
    buf_add_text(&why, file);
    if (fault->line > 0) {
        buf_add_format(&why, ":%" PRIu64 ":%" PRIu64, fault->line, fault->column);
    }
    buf_add_format(&why, ": %s", fault->text);
    git_ledger_refuse(ledger, ERR_UNUSABLE,
                      err == ERR_UNUSABLE ? DIAG_LEDGER_NEWER : DIAG_LEDGER_DAMAGED, buf_text(&why),
                      diags);
    buf_release(&why);
    return ERR_UNUSABLE;
}

enum err git_ledger_commit(const struct git_ledger *ledger, const git_oid *id,
                           git_odb_object **object, struct commit_text *commit, struct diags *diags)
{
    struct buf why = {NULL, 0, 0};
    if (git_objects_read(ledger->database, id, GIT_OBJECT_COMMIT, object, &why) != ERR_NONE) {
        return git_ledger_damaged(ledger, &why, diags);
    }
    if (!commit_text_read(git_objects_text(*object), commit)) {
        git_odb_object_free(*object);
        *object = NULL;
        return git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                 "a commit has no well-formed header", diags);
    }
    return ERR_NONE;
}

static enum err read_tree(const struct git_ledger *ledger, const git_oid *id, git_tree **tree,
                          struct diags *diags)
{
    struct buf why = {NULL, 0, 0};
    if (git_objects_tree(ledger->handle, ledger->database, id, tree, &why) != ERR_NONE) {
        return git_ledger_damaged(ledger, &why, diags);
    }
    return ERR_NONE;
}

enum err git_ledger_tree_of(const struct git_ledger *ledger, const git_oid *commit, git_tree **tree,
                            struct diags *diags)
{
    git_odb_object *object = NULL;
    struct commit_text text = {0};
    git_oid id;
    *tree = NULL;
    enum err err = git_ledger_commit(ledger, commit, &object, &text, diags);
    if (err != ERR_NONE) {
        return err;
    }
    git_objects_id(text.tree, &id);
    git_odb_object_free(object);
    return read_tree(ledger, &id, tree, diags);
}

static enum err refuse_mode(const struct git_ledger *ledger, const git_tree_entry *entry,
                            struct diags *diags)
{
    struct buf why = {NULL, 0, 0};
    buf_add_format(&why, "%s has mode %06o, which does not belong there",
                   git_tree_entry_name(entry), (unsigned)git_tree_entry_filemode(entry));
    return git_ledger_damaged(ledger, &why, diags);
}

enum err git_ledger_file(const struct git_ledger *ledger, const git_tree_entry *entry,
                         git_odb_object **object, struct diags *diags)
{
    struct buf why = {NULL, 0, 0};
    if (git_tree_entry_filemode(entry) != GIT_FILEMODE_BLOB) {
        return refuse_mode(ledger, entry, diags);
    }
    if (git_objects_read(ledger->database, git_tree_entry_id(entry), GIT_OBJECT_BLOB, object,
                         &why) != ERR_NONE) {
        return git_ledger_damaged(ledger, &why, diags);
    }
    return ERR_NONE;
}

enum err git_ledger_blob(const struct git_ledger *ledger, const git_tree *tree, const char *name,
                         git_odb_object **object, bool *found, struct diags *diags)
{
    const git_tree_entry *entry = git_tree_entry_byname(tree, name);
    *found = entry != NULL;
    *object = NULL;
    return entry != NULL ? git_ledger_file(ledger, entry, object, diags) : ERR_NONE;
}

enum err git_ledger_folder(const struct git_ledger *ledger, const git_tree *tree, const char *name,
                           git_tree **folder, struct diags *diags)
{
    const git_tree_entry *entry = git_tree_entry_byname(tree, name);
    *folder = NULL;
    if (entry == NULL) {
        return ERR_NONE;
    }
    if (git_tree_entry_filemode(entry) != GIT_FILEMODE_TREE) {
        return refuse_mode(ledger, entry, diags);
    }
    return read_tree(ledger, git_tree_entry_id(entry), folder, diags);
}

enum err git_ledger_branch_folder(const struct git_ledger *ledger, const git_oid *commit,
                                  const struct name *branch, git_tree **folder, struct diags *diags)
{
    git_tree *root = NULL;
    git_tree *branches = NULL;
    struct buf key = {NULL, 0, 0};
    *folder = NULL;
    enum err err = git_ledger_tree_of(ledger, commit, &root, diags);
    if (err == ERR_NONE) {
        err = git_ledger_folder(ledger, root, LAYOUT_BRANCHES, &branches, diags);
    }
    if (err == ERR_NONE && branches != NULL) {
        percent_add_file_name(&key, name_span(branch));
        err = git_ledger_folder(ledger, branches, buf_text(&key), folder, diags);
    }
    git_tree_free(root);
    git_tree_free(branches);
    buf_release(&key);
    return err;
}

/* Is this the entry of the branch itself, and a late one? */
static enum err find_late(const struct git_ledger *ledger, const git_oid *commit,
                          const struct name *branch, bool *late, struct diags *diags)
{
    git_odb_object *object = NULL;
    struct commit_text text = {.time = 0};
    struct entry_text entry;
    struct buf line = {NULL, 0, 0};
    enum err err = git_ledger_commit(ledger, commit, &object, &text, diags);
    *late = false;
    if (err != ERR_NONE) {
        return err;
    }
    percent_add_line(&line, name_span(branch));
    *late = entry_text_read(text.message, &entry) == ENTRY_RECORD &&
            span_equal(entry.branch, buf_span(&line)) && entry.late.size > 0;
    buf_release(&line);
    git_odb_object_free(object);
    return ERR_NONE;
}

enum err git_ledger_entry_folder(const struct git_ledger *ledger, const git_oid *commit,
                                 const struct name *branch, git_tree **folder, struct diags *diags)
{
    git_tree *own = NULL;
    bool late = false;
    *folder = NULL;
    enum err err = find_late(ledger, commit, branch, &late, diags);
    if (err == ERR_NONE) {
        err = git_ledger_branch_folder(ledger, commit, branch, &own, diags);
    }
    if (err == ERR_NONE && late && own != NULL) {
        err = git_ledger_folder(ledger, own, LAYOUT_LATE, folder, diags);
        git_tree_free(own);
        return err;
    }
    *folder = own;
    return err;
}

/* The folders of the newest entry name every branch that was ever recorded. */
enum err git_ledger_knows(struct git_ledger *ledger, const struct name *branch, bool *known,
                          struct diags *diags)
{
    git_tree *folder = NULL;
    git_oid tip;
    bool found = false;
    enum err err = git_ledger_tip(ledger, &tip, &found, diags);
    if (err == ERR_NONE && found && branch != NULL) {
        err = git_ledger_branch_folder(ledger, &tip, branch, &folder, diags);
    }
    *known = folder != NULL;
    git_tree_free(folder);
    return err;
}
