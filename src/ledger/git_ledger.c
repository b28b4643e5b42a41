/* Opening the ledger: the private repository, its branch, and the format that it says it has. */
#include "base/mem.h"
#include "ledger/git_ledger_create.h"
#include "ledger/git_ledger_inside.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"
#include "ledger/git_store.h"
#include "ledger/ledger_layout.h"

#include <errno.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LEDGER_PLACE "/tidegate/ledger.git"

enum err git_ledger_refuse(const struct git_ledger *ledger, enum err err, enum diag_code code,
                           const char *what, struct diags *diags)
{
    diags_add_format(diags, code, ledger->path, 0, 0, "%s", what);
    return err;
}

enum err git_ledger_damaged(const struct git_ledger *ledger, struct buf *why, struct diags *diags)
{
    git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED, buf_text(why), diags);
    buf_release(why);
    return ERR_UNUSABLE;
}

enum err git_ledger_tip(const struct git_ledger *ledger, git_oid *tip, bool *found,
                        struct diags *diags)
{
    git_reference *reference = NULL;
    int error = git_reference_lookup(&reference, ledger->handle, name_text(ledger->ref));
    *found = error == 0;
    if (error == GIT_ENOTFOUND) {
        return ERR_NONE;
    }
    if (error != 0) {
        return git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED, git_library_said(),
                                 diags);
    }
    const git_oid *target = git_reference_target(reference);
    if (target != NULL) {
        git_oid_cpy(tip, target);
    }
    git_reference_free(reference);
    return target != NULL ? ERR_NONE
                          : git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                              "the ledger's branch is a symbolic ref", diags);
}

/* Reads format.json at the tip: whose ledger is it, and do we know how to read it? */
static enum err check_format(struct git_ledger *ledger, const git_tree *tree, struct diags *diags)
{
    git_odb_object *object = NULL;
    bool found = false;
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = git_ledger_blob(ledger, tree, LAYOUT_FORMAT, &object, &found, diags);
    if (err != ERR_NONE) {
        return err;
    }
    if (!found) {
        return git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                 "the branch holds no " LAYOUT_FORMAT ": it is no ledger", diags);
    }
    err = layout_read_format(ledger->names, git_objects_text(object), &ledger->id, &fault);
    git_odb_object_free(object);
    if (err == ERR_UNUSABLE) {
        return git_ledger_refuse(ledger, err, DIAG_LEDGER_NEWER, fault.text, diags);
    }
    if (err != ERR_NONE) {
        struct buf why = {NULL, 0, 0};
        buf_add_format(&why, LAYOUT_FORMAT ": %s", fault.text);
        return git_ledger_damaged(ledger, &why, diags);
    }
    return ERR_NONE;
}

/* Stops at a commit that has a parent. */
static int find_history(const git_oid *id, void *payload)
{
    git_odb *database = payload;
    git_odb_object *object = NULL;
    struct commit_text commit;
    struct buf why = {NULL, 0, 0};
    bool found = git_objects_read(database, id, GIT_OBJECT_COMMIT, &object, &why) == ERR_NONE &&
                 commit_text_read(git_objects_text(object), &commit) && commit.parents.size > 0;
    git_odb_object_free(object);
    buf_release(&why);
    return found ? GIT_EUSER : 0;
}

/* Was there ever a second entry? A commit without a parent proves nothing, since a first recording
 * may have been cut off before the branch was made. */
static enum err has_history(const struct git_ledger *ledger, bool *history, struct diags *diags)
{
    int error = git_odb_foreach(ledger->database, find_history, ledger->database);
    *history = error == GIT_EUSER;
    return error == 0 || *history ? ERR_NONE
                                  : git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                                      git_library_said(), diags);
}

static enum err open_handle(struct git_ledger *ledger, struct diags *diags)
{
    struct buf objects = {NULL, 0, 0};
    buf_add_format(&objects, "%s/objects", name_text(ledger->path));
    unsigned flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE;
    int error = git_repository_open_ext(&ledger->handle, name_text(ledger->path), flags, NULL);
    if (error == 0) {
        error = git_store_open(&ledger->database, buf_text(&objects), STORE_WRITE);
    }
    if (error == 0) {
        error = git_repository_set_odb(ledger->handle, ledger->database);
    }
    buf_release(&objects);
    return error == 0 ? ERR_NONE
                      : git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                          git_library_said(), diags);
}

enum err git_ledger_recognise(struct git_ledger *ledger, bool *found, struct diags *diags)
{
    git_tree *tree = NULL;
    git_oid tip;
    enum err err = git_ledger_tip(ledger, &tip, found, diags);
    if (err == ERR_NONE && *found) {
        err = git_ledger_tree_of(ledger, &tip, &tree, diags);
        if (err == ERR_NONE) {
            err = check_format(ledger, tree, diags);
        }
        git_tree_free(tree);
    }
    return err;
}

/* The ledger of this repository alone. No branch means that nothing was recorded yet, unless there
 * is history: then a crash or a hand has lost it, or others have recorded the first entries since
 * we looked. */
static enum err open_local(struct git_ledger *ledger, struct diags *diags)
{
    bool found = false;
    bool history = false;
    enum err err = git_ledger_recognise(ledger, &found, diags);
    if (err == ERR_NONE && !found) {
        err = has_history(ledger, &history, diags);
    }
    if (err == ERR_NONE && history) {
        err = git_ledger_recognise(ledger, &found, diags);
    }
    return err == ERR_NONE && history && !found
               ? git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_DAMAGED,
                                   "the branch is gone, but entries of it are there", diags)
               : err;
}

/* Is there anything at the ledger's place? What cannot be looked at counts as there. */
static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

static void set_deadline(struct git_ledger *ledger, unsigned seconds)
{
    clock_gettime(CLOCK_MONOTONIC, &ledger->deadline);
    ledger->deadline.tv_sec += seconds;
}

/* What the whole open does, in order; on failure the caller closes. */
static enum err open_all(struct git_ledger *ledger, const struct ledger_place *place,
                         struct diags *diags)
{
    enum err err = is_there(name_text(ledger->path)) ? ERR_NONE : git_ledger_create(ledger, diags);
    if (err == ERR_NONE) {
        err = open_handle(ledger, diags);
    }
    if (err == ERR_NONE) {
        err = place->remote == NULL ? open_local(ledger, diags)
                                    : git_ledger_open_copy(ledger, place, diags);
    }
    if (err == ERR_NONE && place->id != NULL && ledger->id != NULL && ledger->id != place->id) {
        struct buf why = {NULL, 0, 0};
        buf_add_format(&why, "the policy wants the ledger %s, here is %s", name_text(place->id),
                       name_text(ledger->id));
        git_ledger_refuse(ledger, ERR_UNUSABLE, DIAG_LEDGER_REPLACED, buf_text(&why), diags);
        buf_release(&why);
        err = ERR_UNUSABLE;
    }
    return err;
}

enum err git_ledger_open(struct git_ledger **ledger, struct names *names,
                         const struct ledger_place *place, struct diags *diags)
{
    struct buf path = {NULL, 0, 0};
    *ledger = NULL;
    buf_add_format(&path, "%s" LEDGER_PLACE, place->common_dir);
    const struct name *store = names_add(names, buf_span(&path));
    buf_release(&path);
    if (!is_there(name_text(store)) && !place->create && place->remote == NULL) {
        return ERR_MISSING;
    }
    enum err err = git_library_start(diags);
    if (err != ERR_NONE) {
        return err;
    }
    struct git_ledger *opened = mem_alloc(sizeof(*opened));
    *opened = (struct git_ledger){.names = names, .path = store};
    vec_init(&opened->cut, sizeof(git_oid));
    set_deadline(opened, place->seconds);
    opened->ref = git_ledger_ref(names, place->remote);
    if (place->remote != NULL && !place->offline) {
        git_ledger_find_room(opened, place->common_dir);
    }
    err = open_all(opened, place, diags);
    if (err != ERR_NONE) {
        git_ledger_close(opened);
        return err;
    }
    *ledger = opened;
    return ERR_NONE;
}

void git_ledger_close(struct git_ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    git_server_close(ledger->server);
    git_odb_free(ledger->database);
    git_repository_free(ledger->handle);
    if (ledger->temporary) {
        git_ledger_remove(ledger);
    }
    vec_release(&ledger->cut);
    free(ledger);
    git_library_stop();
}
