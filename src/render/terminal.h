/* What goes to a terminal or a log: styled words, wrapped sentences, aligned tables. ASCII, but
 * for what foreign text holds. Colours only repeat what the words say. */
#ifndef TIDEGATE_RENDER_TERMINAL_H
#define TIDEGATE_RENDER_TERMINAL_H

#include "base/buf.h"
#include "base/vec.h"

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_RED, STYLE_YELLOW, STYLE_GREEN, STYLE_CYAN };

struct terminal {
    struct buf *out; /* borrowed */
    bool colour;
    unsigned width; /* columns; 0 is unlimited */
};

/* Appends words of ours. */
void terminal_add(const struct terminal *terminal, enum style style, const char *text);
/* Appends foreign text, escaped and cut to `columns` (0: not cut). */
void terminal_add_foreign(const struct terminal *terminal, struct span text, size_t columns);

enum {
    TERMINAL_SENTENCE = 600, /* columns at which a sentence is cut */
    TERMINAL_NAME = 100      /* and a name in a table */
};

/* Writes `lead` behind `indent` blanks, then a sentence that may hold foreign text, wrapped
 * between words to the width; further lines begin below the first word of the sentence. Ends the
 * line. */
void terminal_sentence(const struct terminal *terminal, size_t indent, const char *lead,
                       struct span sentence);

/* ---- tables ---- */

enum { TABLE_COLUMNS = 8 };

struct table {
    struct buf text; /* of all cells, escaped */
    struct vec cells;
    size_t columns;
    bool right[TABLE_COLUMNS]; /* columns whose cells end below each other */
    bool headed;               /* the first row holds headings */
};

void table_init(struct table *table, size_t columns);
void table_release(struct table *table);
/* The next cell, row by row; foreign text, escaped and cut to `columns` (0: not cut). */
void table_cell(struct table *table, enum style style, struct span text, size_t columns);
/* Writes all rows with two blanks between columns, behind `indent` blanks. Columns without any
 * text, or with nothing but a heading, are left out. */
void table_write(const struct table *table, const struct terminal *terminal, size_t indent);

#endif
