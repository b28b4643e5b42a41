/* A walk through a folder and those below it, in an order that the disk does not show. */
#ifndef TIDEGATE_CLI_FOLDER_WALK_H
#define TIDEGATE_CLI_FOLDER_WALK_H

#include "base/buf.h"
#include "model/diag.h"

#include <sys/stat.h>

struct folder_walk {
    struct names *names;
    struct diags *diags; /* for folders that cannot be read */
    const char *root;
    /* Called for each regular file; `below` is its path below the root. */
    void (*visit)(struct folder_walk *walk, struct span below, const struct stat *status);
    bool visit_lost; /* and for each link to what cannot be reached, whose mode is 0 */
    bool (*enter)(struct span folder_name); /* NULL: all folders */
    unsigned depth_most;                    /* of folders below the first one */
    bool overlooks;                         /* something could not be looked at, which was told */
    void *self;                             /* the visitor's */
};

/* Visits what is in the folder `below` the root. A folder that is not there is no trouble. */
void folder_walk_run(struct folder_walk *walk, struct span below);

/* Says that what is at this path could not be looked at (`cause` as errno has it), so that reports
 * may be overlooked. What is not there is no trouble. */
void folder_walk_failed(struct folder_walk *walk, const char *path, int cause);

/* The same of what a pattern names and what is no file: a pipe, a socket, a device. */
void folder_walk_refuse(struct folder_walk *walk, const char *path);

/* Puts "root/below", the path to open, into `path`; just "below" when the root is the current
 * folder. */
void folder_walk_path(const struct folder_walk *walk, struct buf *path, struct span below);

#endif
