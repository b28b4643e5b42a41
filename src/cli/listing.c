/* Tables for catalogues. */
#include "cli/listing.h"

#include "base/json_write.h"
#include "base/utf8.h"

#include <assert.h>

void listing_init(struct listing *listing, const char *const *columns)
{
    *listing = (struct listing){.columns = columns};
    arena_init(&listing->arena);
    vec_init(&listing->cells, sizeof(struct span));
    while (columns[listing->column_count] != NULL) {
        listing->column_count++;
    }
}

void listing_release(struct listing *listing)
{
    vec_release(&listing->cells);
    arena_release(&listing->arena);
}

void listing_add(struct listing *listing, struct span cell)
{
    *(struct span *)vec_add(&listing->cells) = arena_copy(&listing->arena, cell);
}

void listing_add_text(struct listing *listing, const char *cell)
{
    listing_add(listing, span_of(cell));
}

static struct span cell_at(const struct listing *listing, size_t row, size_t column)
{
    return *(struct span *)vec_at(&listing->cells, row * listing->column_count + column);
}

static size_t row_count(const struct listing *listing)
{
    assert(listing->column_count > 0);
    return listing->cells.count / listing->column_count;
}

static size_t column_width(const struct listing *listing, size_t column)
{
    size_t width = utf8_width(span_of(listing->columns[column]));
    for (size_t row = 0; row < row_count(listing); row++) {
        size_t cell = utf8_width(cell_at(listing, row, column));
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

void listing_write_text(const struct listing *listing, struct buf *out)
{
    size_t last = listing->column_count - 1;
    for (size_t column = 0; column <= last; column++) {
        add_padded(out, span_of(listing->columns[column]), column_width(listing, column),
                   column == last);
    }
    for (size_t row = 0; row < row_count(listing); row++) {
        for (size_t column = 0; column <= last; column++) {
            add_padded(out, cell_at(listing, row, column), column_width(listing, column),
                       column == last);
        }
    }
}

void listing_write_json(const struct listing *listing, struct buf *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out);
    json_write_array(&writer, false);
    for (size_t row = 0; row < row_count(listing); row++) {
        json_write_object(&writer, true);
        for (size_t column = 0; column < listing->column_count; column++) {
            json_write_member_text(&writer, listing->columns[column],
                                   cell_at(listing, row, column));
        }
        json_write_object_end(&writer);
    }
    json_write_array_end(&writer);
    buf_add_byte(out, '\n');
}

void listing_write_markdown(const struct listing *listing, struct buf *out)
{
    for (size_t column = 0; column < listing->column_count; column++) {
        buf_add_format(out, "| %s ", listing->columns[column]);
    }
    buf_add_text(out, "|\n");
    for (size_t column = 0; column < listing->column_count; column++) {
        buf_add_text(out, "| --- ");
    }
    buf_add_text(out, "|\n");
    for (size_t row = 0; row < row_count(listing); row++) {
        for (size_t column = 0; column < listing->column_count; column++) {
            struct span cell = cell_at(listing, row, column);
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
