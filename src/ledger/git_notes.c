/* Notes are blobs in the tree of the notes ref; a blob's path without slashes is the id of what it
 * hangs on, in any number of folders (gitnamespaces aside, see git-notes(1)). What has no such path
 * is no note and is passed over. */
#include "ledger/git_notes.h"

#include "ledger/git_objects.h"
#include "ledger/git_repo_inside.h"

#include <string.h>

enum { FOLDERS_MOST = 20 };

static int order_names(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

void git_notes_refs(const struct git_repo *repo, const char *pattern, struct vec *refs)
{
    git_reference_iterator *iterator = NULL;
    const char *name = NULL;
    if (git_reference_iterator_glob_new(&iterator, repo->handle, pattern) != 0) {
        return;
    }
    while (git_reference_next_name(&name, iterator) == 0) {
        *(const struct name **)vec_add(refs) = names_add(repo->names, span_of(name));
    }
    git_reference_iterator_free(iterator);
    vec_sort(refs, order_names);
}

/* On the way through the tree of a notes ref. */
struct notes_walk {
    const struct git_repo *repo;
    void (*take)(void *self, struct span commit, struct span text);
    void *self;
    struct buf path; /* without slashes */
    struct buf why;
    unsigned depth;
};

static enum err take_note(struct notes_walk *walk, const git_oid *blob)
{
    git_odb_object *object = NULL;
    enum err err =
        git_objects_read(walk->repo->database, blob, GIT_OBJECT_BLOB, &object, &walk->why);
    if (err == ERR_NONE) {
        walk->take(walk->self, buf_span(&walk->path), git_objects_text(object));
        git_odb_object_free(object);
    }
    return err;
}

static enum err walk_folder(struct notes_walk *walk, const git_oid *id)
{
    git_tree *tree = NULL;
    enum err err =
        git_objects_tree(walk->repo->handle, walk->repo->database, id, &tree, &walk->why);
    size_t count = err == ERR_NONE ? git_tree_entrycount(tree) : 0;
    walk->depth++;
    for (size_t index = 0; err == ERR_NONE && index < count; index++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, index);
        git_object_t type = git_tree_entry_type(entry);
        size_t size = walk->path.size;
        git_oid commit;
        buf_add_text(&walk->path, git_tree_entry_name(entry));
        if (type == GIT_OBJECT_TREE && walk->depth < FOLDERS_MOST) {
            err = walk_folder(walk, git_tree_entry_id(entry));
        } else if (type == GIT_OBJECT_BLOB && git_objects_id(buf_span(&walk->path), &commit)) {
            err = take_note(walk, git_tree_entry_id(entry));
        }
        walk->path.size = size;
    }
    walk->depth--;
    git_tree_free(tree);
    return err;
}

enum err git_notes_each(const struct git_repo *repo, const struct name *ref,
                        void (*take)(void *self, struct span commit, struct span text), void *self,
                        struct diags *diags)
{
    struct notes_walk walk = {.repo = repo, .take = take, .self = self};
    git_odb_object *object = NULL;
    struct commit_text commit;
    git_oid id;
    git_oid tree;
    if (git_reference_name_to_id(&id, repo->handle, name_text(ref)) != 0) {
        return ERR_MISSING;
    }
    enum err err = git_repo_commit_at(repo, &id, &object, &commit, &walk.why);
    if (err == ERR_NONE && git_objects_id(commit.tree, &tree)) {
        err = walk_folder(&walk, &tree);
    }
    git_odb_object_free(object);
    if (err != ERR_NONE) {
        err = git_repo_refuse(repo, err, &walk.why, diags);
    } else {
        buf_release(&walk.why);
    }
    buf_release(&walk.path);
    return err;
}
