/* A comparison as an aligned table. */
#include "render/compare.h"

#include "render/compare_rows.h"
#include "render/figures.h"
#include "render/terminal.h"

static enum style style_of(const struct compare_row *row)
{
    return row->trend > 0   ? STYLE_GREEN
           : row->trend < 0 ? STYLE_RED
           : row->changed   ? STYLE_YELLOW
                            : STYLE_DIM;
}

static void add_behind(struct buf *out, const struct compare_row *row)
{
    const struct metric *metric = compare_row_metric(row);
    if (metric->value.kind != VALUE_RATIO) {
        return;
    }
    if (row->has_base && row->has_now) {
        struct ratio base = row->base->value.ratio;
        buf_add_grouped(out, base.covered);
        if (base.total != row->now->value.ratio.total) {
            buf_add_text(out, " of ");
            buf_add_grouped(out, base.total);
        }
        buf_add_text(out, " -> ");
    }
    if (row->has_now) {
        figures_add_behind(out, &row->now->value, figures_unit(row->now));
    }
}

static void add_row(struct table *table, const struct compare_row *row)
{
    const struct metric *metric = compare_row_metric(row);
    struct buf text = {0};
    figures_add_label(&text, metric->key, metric->group, metric->component);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    compare_row_add_value(&text, row, false);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    compare_row_add_value(&text, row, true);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    compare_row_add_change(&text, row);
    table_cell(table, style_of(row), buf_span(&text), 0);
    table_cell(table, style_of(row), span_of(compare_row_word(row)), 0);
    buf_clear(&text);
    add_behind(&text, row);
    table_cell(table, STYLE_DIM, buf_span(&text), 0);
    buf_release(&text);
}

static void add_headings(struct table *table)
{
    static const char *const words[] = {"metric", "base", "now", "change", "", ""};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        table_cell(table, STYLE_DIM, span_of(words[i]), 0);
    }
}

void compare_text(const struct comparison *comparison, struct buf *out)
{
    struct terminal terminal = {out, comparison->colour, comparison->width};
    struct table table;
    struct vec rows;
    size_t same = 0;
    vec_init(&rows, sizeof(struct compare_row));
    table_init(&table, 6);
    table.headed = true;
    table.right[1] = table.right[2] = table.right[3] = true;
    compare_rows(comparison, &rows);
    terminal_sentence(&terminal, 0, "base  ", span_of(comparison->base_label));
    terminal_sentence(&terminal, 0, "now   ", span_of(comparison->now_label));
    buf_add_byte(out, '\n');
    add_headings(&table);
    for (size_t i = 0; i < rows.count; i++) {
        const struct compare_row *row = vec_at(&rows, i);
        if (row->changed || comparison->all) {
            add_row(&table, row);
        } else {
            same++;
        }
    }
    if (same < rows.count) {
        table_write(&table, &terminal, 0);
        buf_add_text(out, same > 0 ? "\n" : "");
    }
    if (same > 0) {
        buf_add_count(out, same, "metric", "metrics");
        buf_add_text(out, " did not change\n");
    }
    table_release(&table);
    vec_release(&rows);
}
