/* An object database from our own reader of loose objects and libgit2's readers of packs. */
#include "ledger/git_store.h"

#include "base/buf.h"
#include "ledger/git_loose.h"

#include <stdio.h>
#include <stdlib.h>

enum { ALTERNATES_DEEPEST = 5 };
enum { PRIORITY_WRITE = 1, PRIORITY_PACK = 2, PRIORITY_LOOSE = 3 };

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
        error = git_odb_backend_pack(&packs, objects_folder);
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
