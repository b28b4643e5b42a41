/* Tables for catalogues. */
#include "cli/table.h"

#include "base/json_write.h"
#include "base/utf8.h"

void table_init(struct table *table, const char *const *columns)
{
    *table = (struct table){.columns = columns};
    arena_init(&table->arena);
    vec_init(&table->cells, sizeof(struct span));
    while (columns[table->column_count] != NULL) {
        table->column_count++;
    }
}

void table_release(struct table *table)
{
    vec_release(&table->cells);
    arena_release(&table->arena);
}

void table_add(struct table *table, struct span cell)
{
    *(struct span *)vec_add(&table->cells) = arena_copy(&table->arena, cell);
}

void table_add_text(struct table *table, const char *cell)
{
    table_add(table, span_of(cell));
}

static struct span cell_at(const struct table *table, size_t row, size_t column)
{
    return *(struct span *)vec_at(&table->cells, row * table->column_count + column);
}

static size_t row_count(const struct table *table)
{
    return table->cells.count / table->column_count;
}

static size_t column_width(const struct table *table, size_t column)
{
    size_t width = utf8_width(span_of(table->columns[column]));
    for (size_t row = 0; row < row_count(table); row++) {
        size_t cell = utf8_width(cell_at(table, row, column));
        width = cell > width ? cell : width;
    }
    return width;
}

static void add_padded(struct buf *out, struct span cell, size_t width, bool last)
{
    size_t used = utf8_width(cell);
    buf_add(out, cell);
    if (last) {
        buf_add_byte(out, '\n');
    } else {
        buf_add_repeat(out, ' ', (width > used ? width - used : 0) + 2);
    }
}

void table_write_text(const struct table *table, struct buf *out)
{
    size_t last = table->column_count - 1;
    for (size_t column = 0; column <= last; column++) {
        add_padded(out, span_of(table->columns[column]), column_width(table, column),
                   column == last);
    }
    for (size_t row = 0; row < row_count(table); row++) {
        for (size_t column = 0; column <= last; column++) {
            add_padded(out, cell_at(table, row, column), column_width(table, column),
                       column == last);
        }
    }
}

void table_write_json(const struct table *table, struct buf *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out);
    json_write_array(&writer, false);
    for (size_t row = 0; row < row_count(table); row++) {
        json_write_object(&writer, true);
        for (size_t column = 0; column < table->column_count; column++) {
            json_write_member_text(&writer, table->columns[column], cell_at(table, row, column));
        }
        json_write_object_end(&writer);
    }
    json_write_array_end(&writer);
    buf_add_byte(out, '\n');
}

void table_write_markdown(const struct table *table, struct buf *out)
{
    for (size_t column = 0; column < table->column_count; column++) {
        buf_add_format(out, "| %s ", table->columns[column]);
    }
    buf_add_text(out, "|\n");
    for (size_t column = 0; column < table->column_count; column++) {
        buf_add_text(out, "| --- ");
    }
    buf_add_text(out, "|\n");
    for (size_t row = 0; row < row_count(table); row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            struct span cell = cell_at(table, row, column);
            buf_add_text(out, "| ");
            for (size_t at = 0; at < cell.size; at++) {
                buf_add_text(out, cell.data[at] == '|' ? "\\" : "");
                buf_add_byte(out, cell.data[at]);
            }
            buf_add_byte(out, ' ');
        }
        buf_add_text(out, "|\n");
    }
}
