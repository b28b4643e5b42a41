/* An object database from our own reader of loose objects and libgit2's readers of packs. */
#include "ledger/git_store.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "ledger/git_loose.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALTERNATES_DEEPEST = 5 };
enum { PRIORITY_WRITE = 1, PRIORITY_LOOSE = 2, PRIORITY_PACK = 3 }; /* the highest is asked first */

/* libgit2's backend of packs behind a look at the size. */
struct pack_backend {
    git_odb_backend parent; /* first, so that the two pointers are one */
    git_odb_backend *packs;
};

int git_store_too_large(uint64_t bytes)
{
    char text[120];
    snprintf(text, sizeof(text),
             "it has %" PRIu64 " bytes, more than LIMIT_GIT_OBJECT_BYTES allows", bytes);
    git_error_set_str(GIT_ERROR_ODB, text);
    return GIT_STORE_TOO_LARGE;
}

static git_odb_backend *packs_of(git_odb_backend *parent)
{
    return ((struct pack_backend *)(void *)parent)->packs;
}

static int packs_read(void **data, size_t *size, git_object_t *type, git_odb_backend *parent,
                      const git_oid *id)
{
    git_odb_backend *packs = packs_of(parent);
    int error = packs->read_header(size, type, packs, id);
    if (error == 0 && *size > LIMIT_GIT_OBJECT_BYTES) {
        return git_store_too_large(*size);
    }
    return error != 0 ? error : packs->read(data, size, type, packs, id);
}

static int packs_read_header(size_t *size, git_object_t *type, git_odb_backend *parent,
                             const git_oid *id)
{
    git_odb_backend *packs = packs_of(parent);
    return packs->read_header(size, type, packs, id);
}

static int packs_exist(git_odb_backend *parent, const git_oid *id)
{
    git_odb_backend *packs = packs_of(parent);
    return packs->exists(packs, id);
}

static int packs_refresh(git_odb_backend *parent)
{
    git_odb_backend *packs = packs_of(parent);
    return packs->refresh(packs);
}

static int packs_foreach(git_odb_backend *parent, git_odb_foreach_cb visit, void *payload)
{
    git_odb_backend *packs = packs_of(parent);
    return packs->foreach (packs, visit, payload);
}

static void packs_free(git_odb_backend *parent)
{
    git_odb_backend *packs = packs_of(parent);
    packs->free(packs);
    free(parent);
}

static int packs_open(git_odb_backend **parent, const char *objects_folder)
{
    git_odb_backend *packs = NULL;
    int error = git_odb_backend_pack(&packs, objects_folder);
    if (error != 0) {
        return error;
    }
    struct pack_backend *backend = mem_alloc(sizeof(*backend));
    backend->packs = packs;
    backend->parent.version = GIT_ODB_BACKEND_VERSION;
    backend->parent.read = packs_read;
    backend->parent.read_header = packs_read_header;
    backend->parent.exists = packs_exist;
    backend->parent.refresh = packs_refresh;
    backend->parent.foreach = packs_foreach;
    backend->parent.free = packs_free;
    *parent = &backend->parent;
    return 0;
}

static int add_backend(git_odb *database, git_odb_backend *backend, int priority, bool alternate)
{
    int error = alternate ? git_odb_add_alternate(database, backend, priority)
                          : git_odb_add_backend(database, backend, priority);
    if (error != 0) {
        backend->free(backend);
    }
    return error;
}

static int add_readers(git_odb *database, const char *objects_folder, bool alternate)
{
    git_odb_backend *packs = NULL;
    int error = add_backend(database, git_loose_open(objects_folder), PRIORITY_LOOSE, alternate);
    if (error == 0) {
        error = packs_open(&packs, objects_folder);
    }
    return error != 0 ? error : add_backend(database, packs, PRIORITY_PACK, alternate);
}

/* libgit2's own loose backend, which may write but not read. */
static int add_writer(git_odb *database, const char *objects_folder)
{
    git_odb_backend *writer = NULL;
    int error = git_odb_backend_loose(&writer, objects_folder, -1, 1, 0, 0);
    if (error != 0) {
        return error;
    }
    writer->read = NULL;
    writer->read_prefix = NULL;
    writer->read_header = NULL;
    writer->readstream = NULL;
    return add_backend(database, writer, PRIORITY_WRITE, false);
}

/* Further folders of objects (gitrepository-layout: objects/info/alternates), one a line,
 * relative ones to the folder that names them. */
static int add_alternates(git_odb *database, const char *objects_folder, unsigned depth)
{
    struct buf path = {NULL, 0, 0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    int error = 0;
    buf_add_format(&path, "%s/info/alternates", objects_folder);
    FILE *list = depth < ALTERNATES_DEEPEST ? fopen(buf_text(&path), "re") : NULL;
    while (list != NULL && error == 0 && (size = getline(&line, &capacity, list)) > 0) {
        struct span folder = span_make(line, (size_t)size);
        folder = span_ends(folder, "\n") ? span_until(folder, folder.size - 1) : folder;
        if (folder.size == 0 || folder.data[0] == '#') {
            continue;
        }
        buf_clear(&path);
        if (folder.data[0] != '/') {
            buf_add_format(&path, "%s/", objects_folder);
        }
        buf_add(&path, folder);
        error = add_readers(database, buf_text(&path), true);
        if (error == 0) {
            error = add_alternates(database, buf_text(&path), depth + 1);
        }
    }
    if (list != NULL) {
        fclose(list);
    }
    free(line);
    buf_release(&path);
    return error;
}

int git_store_open(git_odb **database, const char *objects_folder, enum store_use use)
{
    int error = git_odb_new(database);
    if (error != 0) {
        return error;
    }
    error = add_readers(*database, objects_folder, false);
    if (error == 0) {
        error = use == STORE_WRITE ? add_writer(*database, objects_folder)
                                   : add_alternates(*database, objects_folder, 0);
    }
    if (error != 0) {
        git_odb_free(*database);
        *database = NULL;
    }
    return error;
}
