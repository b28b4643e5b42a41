/* Bytes -> one gzip member. Equal bytes give equal files with one version of zlib: the header
 * names no time, no file and no system.
 *
 * Life cycle: gzip_open, any number of gzip_add, gzip_close, which writes what is left. */
#ifndef TIDEGATE_BASE_GZIP_WRITE_H
#define TIDEGATE_BASE_GZIP_WRITE_H

#include "base/span.h"

/* Where the packed bytes go, in pieces. */
struct gzip_out {
    void (*write)(void *self, struct span packed);
    void *self;
};

struct gzip_writer;

struct gzip_writer *gzip_open(struct gzip_out out);
/* `writer` is a struct gzip_writer. */
void gzip_add(void *writer, struct span bytes);
void gzip_close(struct gzip_writer *writer);

#endif
