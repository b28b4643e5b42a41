/* A table of text: one source for a listing on the terminal, as JSON and as a page of the
 * documentation.
 *
 * Life cycle: listing_init with the column names, listing_add for each cell in row order,
 * listing_write_*, listing_release. */
#ifndef TIDEGATE_CLI_LISTING_H
#define TIDEGATE_CLI_LISTING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

struct listing {
    const char *const *columns; /* ends with NULL; borrowed */
    size_t column_count;
    struct vec cells; /* struct span, in the arena */
    struct arena arena;
};

void listing_init(struct listing *listing, const char *const *columns);
void listing_release(struct listing *listing);

/* The next cell; rows fill from left to right. */
void listing_add(struct listing *listing, struct span cell);
void listing_add_text(struct listing *listing, const char *cell);

/* Aligned columns with a heading; the last column is not padded. */
void listing_write_text(const struct listing *listing, struct buf *out);
/* An array of objects, one a line. */
void listing_write_json(const struct listing *listing, struct buf *out);
/* A Markdown table. */
void listing_write_markdown(const struct listing *listing, struct buf *out);

#endif
