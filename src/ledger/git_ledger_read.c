/* The snapshot and the policy of one entry, from the files of its branch folder. */
#include "base/limits.h"
#include "ledger/git_ledger_inside.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"

/* Does the snapshot tell of the commit that the entry's message tells of? An entry also carries
 * what other branches had at that time; those are not in its message. */
static enum err check_entry(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, const struct snapshot *snapshot,
                            struct diags *diags)
{
    git_odb_object *object = NULL;
    struct commit_text text;
    struct entry_text entry;
    struct buf line = {NULL, 0, 0};
    enum err err = git_ledger_commit(ledger, commit, &object, &text, diags);
    if (err != ERR_NONE) {
        return err;
    }
    percent_add_line(&line, name_span(branch));
    if (entry_text_read(text.message, &entry) == ENTRY_RECORD &&
        span_equal(entry.branch, buf_span(&line)) &&
        (!span_equal(entry.commit, name_span(snapshot->commit)) ||
         !span_equal(entry.tree, name_span(snapshot->tree)))) {
        err = git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                "an entry's message and snapshot tell of different commits", diags);
    }
    buf_release(&line);
    git_odb_object_free(object);
    return err;
}

enum err git_ledger_read_file(const struct git_ledger *ledger, const git_oid *commit,
                              const struct name *branch, struct snapshot *snapshot,
                              git_odb_object **file, struct diags *diags)
{
    git_tree *folder = NULL;
    bool found = false;
    *file = NULL;
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = git_ledger_entry_folder(ledger, commit, branch, &folder, diags);
    if (err == ERR_NONE && folder != NULL) {
        err = git_ledger_blob(ledger, folder, LAYOUT_SNAPSHOT, file, &found, diags);
    }
    if (err == ERR_NONE && !found) {
        struct buf why = {NULL, 0, 0};
        buf_add_format(&why, "the entry has no snapshot of branch %s", name_text(branch));
        git_ledger_refuse(ledger, ERR_MISSING, DIAG_LEDGER_ENTRY, buf_text(&why), diags);
        buf_release(&why);
        err = ERR_MISSING;
    }
    if (err == ERR_NONE) {
        err = snapshot_read(snapshot, git_objects_text(*file), &fault);
        err = err == ERR_NONE ? err
                              : git_ledger_refuse_file(ledger, LAYOUT_SNAPSHOT, err, &fault, diags);
    }
    if (err == ERR_NONE) {
        err = check_entry(ledger, commit, branch, snapshot, diags);
    }
    if (err != ERR_NONE) {
        snapshot_release(snapshot);
        snapshot_init(snapshot, ledger->names);
        git_odb_object_free(*file);
        *file = NULL;
    }
    git_tree_free(folder);
    return err;
}

enum err git_ledger_read_at(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, struct snapshot *snapshot,
                            struct diags *diags)
{
    git_odb_object *file = NULL;
    enum err err = git_ledger_read_file(ledger, commit, branch, snapshot, &file, diags);
    git_odb_object_free(file);
    return err;
}

/* The commit of an entry that a person or a script named. */
static enum err find_entry(struct git_ledger *ledger, const struct name *id, git_oid *commit,
                           struct diags *diags)
{
    if (git_objects_id(name_span(id), commit) && git_odb_exists(ledger->database, commit)) {
        return ERR_NONE;
    }
    struct buf why = {NULL, 0, 0};
    buf_add_format(&why, "no entry %s", name_text(id));
    git_ledger_refuse(ledger, ERR_MISSING, DIAG_LEDGER_ENTRY, buf_text(&why), diags);
    buf_release(&why);
    return ERR_MISSING;
}

enum err git_ledger_read(struct git_ledger *ledger, const struct name *id,
                         const struct name *branch, struct snapshot *snapshot, struct diags *diags)
{
    git_oid commit;
    enum err err = find_entry(ledger, id, &commit, diags);
    return err == ERR_NONE ? git_ledger_read_at(ledger, &commit, branch, snapshot, diags) : err;
}

enum err git_ledger_bars(struct git_ledger *ledger, const struct name *id,
                         const struct name *branch, struct bars *bars, struct diags *diags)
{
    git_oid commit;
    enum err err = find_entry(ledger, id, &commit, diags);
    return err == ERR_NONE ? git_ledger_bars_at(ledger, &commit, branch, bars, diags) : err;
}

enum err git_ledger_text_at(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, const char *name, struct arena *arena,
                            struct span *text, struct diags *diags)
{
    git_tree *folder = NULL;
    git_odb_object *object = NULL;
    bool found = false;
    *text = span_make(NULL, 0);
    enum err err = git_ledger_entry_folder(ledger, commit, branch, &folder, diags);
    if (err == ERR_NONE && folder != NULL) {
        err = git_ledger_blob(ledger, folder, name, &object, &found, diags);
    }
    if (err == ERR_NONE && found) {
        *text = arena_copy(arena, git_objects_text(object));
    }
    git_odb_object_free(object);
    git_tree_free(folder);
    return err;
}
