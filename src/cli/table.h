/* A table of text: one source for a listing on the terminal, as JSON and as a page of the documentation.
 *
 * Life cycle: table_init with the column names, table_add for each cell in row order, table_write_*,
 * table_release. */
#ifndef TIDEGATE_CLI_TABLE_H
#define TIDEGATE_CLI_TABLE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

struct table {
    const char *const *columns; /* ends with NULL; borrowed */
    size_t column_count;
    struct vec cells; /* struct span, in the arena */
    struct arena arena;
};

void table_init(struct table *table, const char *const *columns);
void table_release(struct table *table);

/* The next cell; rows fill from left to right. */
void table_add(struct table *table, struct span cell);
void table_add_text(struct table *table, const char *cell);

/* Aligned columns with a heading; the last column is not padded. */
void table_write_text(const struct table *table, struct buf *out);
/* An array of objects, one a line. */
void table_write_json(const struct table *table, struct buf *out);
/* A Markdown table. */
void table_write_markdown(const struct table *table, struct buf *out);

#endif
