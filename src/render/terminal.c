/* Styled words, wrapped sentences and aligned tables for terminals and logs. Every piece of
 * foreign text passes through escape_add_text here, so that callers cannot forget it. */
#include "render/terminal.h"

#include "base/utf8.h"
#include "render/escape.h"

static const char *const codes[] = {
    [STYLE_PLAIN] = "",         [STYLE_BOLD] = "\x1b[1m",      [STYLE_DIM] = "\x1b[2m",
    [STYLE_RED] = "\x1b[1;31m", [STYLE_YELLOW] = "\x1b[1;33m", [STYLE_GREEN] = "\x1b[32m",
    [STYLE_CYAN] = "\x1b[36m",
};

static void add_styled(const struct terminal *terminal, enum style style, struct span text)
{
    bool styled = terminal->colour && style != STYLE_PLAIN;
    buf_add_text(terminal->out, styled ? codes[style] : "");
    buf_add(terminal->out, text);
    buf_add_text(terminal->out, styled ? "\x1b[0m" : "");
}

void terminal_add(const struct terminal *terminal, enum style style, const char *text)
{
    add_styled(terminal, style, span_of(text));
}

void terminal_add_foreign(const struct terminal *terminal, struct span text, size_t columns)
{
    escape_add_text(terminal->out, text, columns);
}

void terminal_sentence(const struct terminal *terminal, size_t indent, const char *lead,
                       struct span sentence)
{
    struct buf visible = {0};
    size_t start = indent + utf8_width(span_of(lead));
    size_t column = start;
    bool first = true;
    escape_add_text(&visible, sentence, TERMINAL_SENTENCE);
    struct span rest = buf_span(&visible);
    buf_add_repeat(terminal->out, ' ', indent);
    buf_add_text(terminal->out, lead);
    while (rest.size > 0) {
        struct span word = span_cut(&rest, ' ');
        size_t width = utf8_width(word);
        if (!first && terminal->width > 0 && column + 1 + width > terminal->width) {
            buf_add_byte(terminal->out, '\n');
            buf_add_repeat(terminal->out, ' ', start);
            column = start;
        } else if (!first) {
            buf_add_byte(terminal->out, ' ');
            column++;
        }
        buf_add(terminal->out, word);
        column += width;
        first = false;
    }
    buf_add_byte(terminal->out, '\n');
    buf_release(&visible);
}

/* ---- tables ---- */

struct cell {
    size_t start, size; /* in the table's text */
    size_t width;       /* columns on the terminal */
    enum style style;
};

void table_init(struct table *table, size_t columns)
{
    *table = (struct table){.columns = columns};
    vec_init(&table->cells, sizeof(struct cell));
}

void table_release(struct table *table)
{
    buf_release(&table->text);
    vec_release(&table->cells);
}

static struct span text_of(const struct table *table, const struct cell *cell)
{
    return span_until(span_from(buf_span(&table->text), cell->start), cell->size);
}

void table_cell(struct table *table, enum style style, struct span text, size_t columns)
{
    struct cell *cell = vec_add(&table->cells);
    cell->style = style;
    cell->start = table->text.size;
    if (text.size > 0) {
        escape_add_text(&table->text, text, columns);
    }
    cell->size = table->text.size - cell->start;
    cell->width = utf8_width(text_of(table, cell));
}

static void write_row(const struct table *table, const struct terminal *terminal,
                      const struct cell *row, const size_t *widths)
{
    size_t owed = 0; /* blanks that are only written before more text */
    bool filled = false;
    for (size_t column = 0; column < table->columns; column++) {
        const struct cell *cell = &row[column];
        if (widths[column] == 0) {
            continue;
        }
        size_t fill = widths[column] - cell->width;
        owed += (filled ? 2 : 0) + (table->right[column] ? fill : 0);
        filled = true;
        if (cell->size > 0) {
            buf_add_repeat(terminal->out, ' ', owed);
            add_styled(terminal, cell->style, text_of(table, cell));
            owed = 0;
        }
        owed += table->right[column] ? 0 : fill;
    }
    buf_add_byte(terminal->out, '\n');
}

void table_write(const struct table *table, const struct terminal *terminal, size_t indent)
{
    size_t widths[TABLE_COLUMNS] = {0};
    bool filled[TABLE_COLUMNS] = {false};
    for (size_t i = 0; i < table->cells.count; i++) {
        const struct cell *cell = vec_at(&table->cells, i);
        size_t column = i % table->columns;
        widths[column] = cell->width > widths[column] ? cell->width : widths[column];
        filled[column] = filled[column] || (cell->size > 0 && (!table->headed || i != column));
    }
    for (size_t column = 0; column < table->columns; column++) {
        widths[column] = filled[column] ? widths[column] : 0;
    }
    for (size_t row = 0; row + table->columns <= table->cells.count; row += table->columns) {
        buf_add_repeat(terminal->out, ' ', indent);
        write_row(table, terminal, vec_at(&table->cells, row), widths);
    }
}
