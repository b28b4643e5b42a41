/* A folder of the file system -> each regular file below it, sorted by name in every folder.
 *
 * Symbolic links to files are followed, those to folders are not: a walk ends. */
#include "cli/folder_walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

void folder_walk_path(const struct folder_walk *walk, struct buf *path, struct span below)
{
    const char *root = walk->root;
    buf_clear(path);
    if (strcmp(root, ".") != 0 || below.size == 0) {
        buf_add_text(path, root);
        buf_add_text(path, below.size > 0 ? "/" : "");
    }
    buf_add(path, below);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void folder_walk_failed(struct folder_walk *walk, const char *path, int cause)
{
    if (cause != 0 && cause != ENOENT && cause != ENOTDIR) {
        diags_add_format(walk->diags, DIAG_CLI_FOLDER, names_add(walk->names, span_of(path)), 0, 0,
                         "cannot look here for reports: %s", strerror(cause));
        walk->overlooks = true;
    }
}

void folder_walk_refuse(struct folder_walk *walk, const char *path)
{
    diags_add(walk->diags, DIAG_CLI_FOLDER, names_add(walk->names, span_of(path)), 0, 0,
              SPAN("cannot be read as a report: this is a pipe, a socket or a device, not a file"));
    walk->overlooks = true;
}

/* The names in a folder, sorted; with a diagnostic when they cannot be read, or not all of them. */
static void list_folder(struct folder_walk *walk, const char *path, struct vec *entries)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        folder_walk_failed(walk, path, errno);
        return;
    }
    errno = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            *(char **)vec_add(entries) = strdup(entry->d_name);
        }
    }
    folder_walk_failed(walk, path, errno);
    closedir(folder);
    vec_sort(entries, compare_texts);
}

static void walk_folder(struct folder_walk *walk, struct span below, unsigned depth);

static void walk_entry(struct folder_walk *walk, struct span below, const char *entry,
                       unsigned depth)
{
    struct buf path;
    struct buf inner;
    struct stat status;
    buf_init(&path);
    buf_init(&inner);
    buf_add(&inner, below);
    buf_add_text(&inner, below.size > 0 ? "/" : "");
    buf_add_text(&inner, entry);
    folder_walk_path(walk, &path, buf_span(&inner));
    if (lstat(buf_text(&path), &status) != 0) {
        folder_walk_failed(walk, buf_text(&path), errno);
    } else {
        bool link = S_ISLNK(status.st_mode);
        if (link && stat(buf_text(&path), &status) != 0) {
            status.st_mode = 0; /* a link to nowhere */
        }
        if (S_ISDIR(status.st_mode) && !link) {
            if (walk->enter == NULL || walk->enter(span_of(entry))) {
                walk_folder(walk, buf_span(&inner), depth + 1);
            }
        } else if (S_ISREG(status.st_mode) || (status.st_mode == 0 && walk->visit_lost)) {
            walk->visit(walk, buf_span(&inner), &status);
        }
    }
    buf_release(&inner);
    buf_release(&path);
}

static void walk_folder(struct folder_walk *walk, struct span below, unsigned depth)
{
    struct vec entries;
    struct buf path;
    if (depth > walk->depth_most) {
        return;
    }
    buf_init(&path);
    vec_init(&entries, sizeof(char *));
    folder_walk_path(walk, &path, below);
    list_folder(walk, buf_text(&path), &entries);
    for (size_t index = 0; index < entries.count; index++) {
        char *entry = *(char **)vec_at(&entries, index);
        walk_entry(walk, below, entry, depth);
        free(entry);
    }
    vec_release(&entries);
    buf_release(&path);
}

void folder_walk_run(struct folder_walk *walk, struct span below)
{
    walk_folder(walk, below, 0);
}
