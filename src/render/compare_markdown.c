/* A comparison as a Markdown section with one table. */
#include "render/compare.h"

#include "render/compare_rows.h"
#include "render/escape.h"
#include "render/figures.h"

static void add_cell(struct buf *out, struct buf *text)
{
    if (text->size > 0) {
        escape_add_markdown(out, buf_span(text), 0, ESCAPE_CELL);
    }
    buf_add_text(out, " | ");
    buf_clear(text);
}

static void add_row(struct buf *out, const struct compare_row *row)
{
    const struct metric *metric = compare_row_metric(row);
    struct buf text = {0};
    figures_add_label(&text, metric->key, metric->group, metric->component);
    buf_add_text(out, "| ");
    escape_add_code(out, buf_span(&text), 0, ESCAPE_CELL);
    buf_add_text(out, " | ");
    buf_clear(&text);
    compare_row_add_value(&text, row, false);
    add_cell(out, &text);
    compare_row_add_value(&text, row, true);
    add_cell(out, &text);
    compare_row_add_change(&text, row);
    add_cell(out, &text);
    buf_add_text(out, compare_row_word(row));
    buf_add_text(out, " |\n");
    buf_release(&text);
}

void compare_markdown(const struct comparison *comparison, struct buf *out)
{
    struct vec rows;
    size_t same = 0;
    vec_init(&rows, sizeof(struct compare_row));
    compare_rows(comparison, &rows);
    buf_add_text(out, "### Compared ");
    escape_add_code(out, span_of(comparison->now_label), 0, ESCAPE_LINE);
    buf_add_text(out, " with ");
    escape_add_code(out, span_of(comparison->base_label), 0, ESCAPE_LINE);
    buf_add_text(out, "\n\n| Metric | Base | Now | Change | |\n|---|--:|--:|--:|---|\n");
    for (size_t i = 0; i < rows.count; i++) {
        const struct compare_row *row = vec_at(&rows, i);
        if (row->changed || comparison->all) {
            add_row(out, row);
        } else {
            same++;
        }
    }
    if (same > 0) {
        buf_add_byte(out, '\n');
        buf_add_count(out, same, "metric", "metrics");
        buf_add_text(out, " did not change.\n");
    }
    vec_release(&rows);
}
