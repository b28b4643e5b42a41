/* Paths and contents of tracked files.
 *
 * The index is only read; where libgit2 cannot (split index, sparse index) or where there is
 * none, HEAD's tree tells. Trees of a hostile repository can name one another until a short list
 * of objects means more paths than memory holds, so depth and number have ceilings. */
#include "base/limits.h"
#include "base/path.h"
#include "ledger/git_objects.h"
#include "ledger/git_repo_inside.h"

#include <string.h>

enum { TREE_DEEPEST = 256 };

/* Walking a tree into a list of paths. */
struct tree_walk {
    struct git_repo *repo;
    struct vec *paths;
    struct buf path; /* of the folder that is open, with a final slash */
    struct buf why;
    unsigned depth;
};

static enum err walk_tree(struct tree_walk *walk, const git_oid *id);

static enum err walk_entry(struct tree_walk *walk, const git_tree_entry *entry)
{
    size_t size = walk->path.size;
    enum err err = ERR_NONE;
    buf_add_text(&walk->path, git_tree_entry_name(entry));
    if (git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE) {
        buf_add_byte(&walk->path, '/');
        err = walk_tree(walk, git_tree_entry_id(entry));
    } else if (git_tree_entry_filemode(entry) == GIT_FILEMODE_COMMIT) {
        err = ERR_NONE; /* a submodule: its files are another repository's */
    } else if (walk->paths->count == LIMIT_TRACKED_PATHS || walk->path.size > LIMIT_PATH_BYTES) {
        buf_add_text(&walk->why, "more tracked files, or longer paths, than the limits allow");
        err = ERR_FORMAT;
    } else {
        *(const struct name **)vec_add(walk->paths) =
            names_add(walk->repo->names, buf_span(&walk->path));
    }
    walk->path.size = size;
    return err;
}

static enum err walk_tree(struct tree_walk *walk, const git_oid *id)
{
    git_tree *tree = NULL;
    if (walk->depth == TREE_DEEPEST) {
        buf_add_text(&walk->why, "folders are nested too deep");
        return ERR_FORMAT;
    }
    enum err err =
        git_objects_tree(walk->repo->handle, walk->repo->database, id, &tree, &walk->why);
    walk->depth++;
    for (size_t index = 0; err == ERR_NONE && index < git_tree_entrycount(tree); index++) {
        err = walk_entry(walk, git_tree_entry_byindex(tree, index));
    }
    walk->depth--;
    git_tree_free(tree);
    return err;
}

/* True when the index could be read and lists something. */
static bool list_index(struct git_repo *repo, struct vec *paths)
{
    git_index *index = NULL;
    const char *last = "";
    if (git_repository_index(&index, repo->handle) != 0) {
        return false; /* a split or sparse index, which libgit2 does not read */
    }
    size_t count = git_index_entrycount(index);
    for (size_t at = 0; at < count; at++) {
        const git_index_entry *entry = git_index_get_byindex(index, at);
        bool again = strcmp(entry->path, last) == 0; /* a conflict lists up to three stages */
        if (!again && entry->mode != GIT_FILEMODE_COMMIT) {
            *(const struct name **)vec_add(paths) = names_add(repo->names, span_of(entry->path));
        }
        last = entry->path;
    }
    git_index_free(index);
    return count > 0;
}

bool git_repo_is_as_checked_out(struct git_repo *repo, const char *path, const struct stat *file)
{
    git_index *index = NULL;
    bool same = false;
    if (git_repository_index(&index, repo->handle) == 0) {
        const git_index_entry *entry = git_index_get_bypath(index, path, 0);
        same = entry != NULL && S_ISREG(file->st_mode) && S_ISREG(entry->mode) &&
               entry->mtime.seconds == (int32_t)file->st_mtim.tv_sec &&
               entry->file_size == (uint32_t)file->st_size &&
               (entry->mtime.nanoseconds == 0 ||
                entry->mtime.nanoseconds == (uint32_t)file->st_mtim.tv_nsec);
    }
    git_index_free(index);
    return same;
}

enum err git_repo_tracked(struct git_repo *repo, struct vec *paths, struct diags *diags)
{
    git_oid id;
    if (list_index(repo, paths) || repo->tree == NULL) {
        return ERR_NONE;
    }
    struct tree_walk walk = {.repo = repo, .paths = paths};
    enum err err = ERR_UNUSABLE;
    if (git_objects_id(name_span(repo->tree), &id)) {
        err = walk_tree(&walk, &id);
    }
    if (err != ERR_NONE) {
        err = git_repo_refuse(repo, err, &walk.why, diags);
    }
    buf_release(&walk.path);
    buf_release(&walk.why);
    return err;
}

/* Looks one part of a path up. *listed tells whether the tree, which could be read, has it. */
static enum err find_part(struct git_repo *repo, git_oid *id, struct span part,
                          git_filemode_t *mode, bool *listed, struct buf *why)
{
    git_tree *tree = NULL;
    struct buf name = {NULL, 0, 0};
    enum err err = git_objects_tree(repo->handle, repo->database, id, &tree, why);
    if (err == ERR_NONE) {
        buf_add(&name, part);
        const git_tree_entry *entry = git_tree_entry_byname(tree, buf_text(&name));
        *listed = entry != NULL;
        if (entry != NULL) {
            *mode = git_tree_entry_filemode(entry);
            git_oid_cpy(id, git_tree_entry_id(entry));
        }
    }
    git_tree_free(tree);
    buf_release(&name);
    return err;
}

/* From a tree's id in *id to the id of the file's blob. Has said why, or leaves *listed false. */
static enum err find_blob(struct git_repo *repo, git_oid *id, const char *path, bool *listed,
                          struct diags *diags)
{
    struct span rest = span_of(path);
    git_filemode_t mode = GIT_FILEMODE_TREE;
    struct buf why = {NULL, 0, 0};
    enum err err = ERR_NONE;
    *listed = true;
    while (err == ERR_NONE && *listed && rest.size > 0 && mode == GIT_FILEMODE_TREE) {
        err = find_part(repo, id, span_cut(&rest, '/'), &mode, listed, &why);
    }
    if (err != ERR_NONE) {
        err = git_repo_refuse(repo, err, &why, diags);
    } else if (*listed && (rest.size > 0 ||
                           (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE))) {
        diags_add_format(diags, DIAG_GIT_NOT_A_FILE, names_add(repo->names, span_of(path)), 0, 0,
                         "it has mode %06o in git, where a file should be", (unsigned)mode);
        err = ERR_UNUSABLE;
    }
    buf_release(&why);
    return err;
}

/* The tree of `commit`, or of HEAD. */
static enum err start_tree(struct git_repo *repo, const struct name *commit, git_oid *id,
                           struct diags *diags)
{
    git_oid commit_id;
    git_odb_object *object = NULL;
    struct commit_text text;
    struct buf why = {NULL, 0, 0};
    enum err err = ERR_UNUSABLE;
    if (git_objects_id(name_span(commit), &commit_id)) {
        err = git_repo_commit_at(repo, &commit_id, &object, &text, &why);
    } else {
        buf_add_text(&why, "not a commit id");
    }
    if (err != ERR_NONE) {
        err = git_repo_refuse(repo, err, &why, diags);
    } else {
        git_objects_id(text.tree, id);
    }
    git_odb_object_free(object);
    buf_release(&why);
    return err;
}

/* Does HEAD's tree list a submodule at this path? */
static bool lists_submodule(struct git_repo *repo, struct span path)
{
    git_oid id;
    git_filemode_t mode = GIT_FILEMODE_TREE;
    struct buf why = {NULL, 0, 0};
    bool listed = repo->tree != NULL && git_objects_id(name_span(repo->tree), &id);
    while (listed && path.size > 0 && mode == GIT_FILEMODE_TREE) {
        bool found = false;
        enum err err = find_part(repo, &id, span_cut(&path, '/'), &mode, &found, &why);
        listed = err == ERR_NONE && found;
    }
    buf_release(&why);
    return listed && path.size == 0 && mode == GIT_FILEMODE_COMMIT;
}

bool git_repo_is_submodule(const struct git_repo *repo)
{
    struct git_repo *around = NULL;
    struct diags ignored; /* what cannot be read lists nothing */
    struct buf folder = {NULL, 0, 0};
    struct span below;
    size_t slash = span_find_last(span_of(repo->root), '/');
    diags_init(&ignored, repo->names);
    buf_add(&folder, span_until(span_of(repo->root), slash != SIZE_MAX && slash > 0 ? slash : 1));
    bool is = git_repo_open(&around, repo->names, buf_text(&folder), &ignored) == ERR_NONE &&
              path_below(span_of(repo->root), span_of(around->root), &below) &&
              lists_submodule(around, below);
    git_repo_close(around);
    buf_release(&folder);
    diags_release(&ignored);
    return is;
}

enum err git_repo_file(struct git_repo *repo, const struct name *commit, const char *path,
                       struct arena *arena, struct span *content, struct diags *diags)
{
    git_oid id;
    bool listed = false;
    git_odb_object *object = NULL;
    struct buf why = {NULL, 0, 0};
    commit = commit != NULL ? commit : repo->commit;
    if (commit == NULL) {
        return ERR_MISSING; /* nothing was committed yet */
    }
    enum err err = start_tree(repo, commit, &id, diags);
    if (err == ERR_NONE) {
        err = find_blob(repo, &id, path, &listed, diags);
    }
    if (err != ERR_NONE || !listed) {
        return err != ERR_NONE ? err : ERR_MISSING;
    }
    err = git_objects_read(repo->database, &id, GIT_OBJECT_BLOB, &object, &why);
    if (err == ERR_NONE) {
        *content = arena_copy(arena, git_objects_text(object));
    } else {
        err = git_repo_refuse(repo, err, &why, diags);
    }
    git_odb_object_free(object);
    buf_release(&why);
    return err;
}

const struct name *git_repo_blob_id(const struct git_repo *repo, struct span content)
{
    git_oid id;
    const char *data = content.size > 0 ? content.data : "";
    return git_odb_hash(&id, data, content.size, GIT_OBJECT_BLOB) == 0
               ? git_objects_name(repo->names, &id)
               : NULL;
}
