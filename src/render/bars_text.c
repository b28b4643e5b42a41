/* The bars of a branch as a table: what each one is, where it came from, what may move it. */
#include "base/date.h"
#include "render/collect.h"
#include "render/figures.h"
#include "render/terminal.h"

static void add_value(struct buf *out, const struct bar *bar, const struct value *value)
{
    const struct metric_kind *kind = metric_find(name_span(bar->key));
    figures_add_full(out, value, FIGURES_PLACES, span_of(kind != NULL ? kind->unit : NULL));
}

/* "2 better entries, at least 85.00 % = …", "lowered by the waiver of @ada until 2027-01-31" */
static void add_notes(struct buf *out, const struct bar *bar)
{
    const struct bar_pending *pending = &bar->pending;
    if (bar->waiver_owner != NULL) {
        buf_add_text(out, "lowered by the waiver of ");
        buf_add(out, name_span(bar->waiver_owner));
        buf_add_text(out, " until ");
        date_add(out, bar->waiver_until);
    }
    if (pending->entries > 0) {
        buf_add_text(out, out->size > 0 ? "; " : "");
        buf_add_format(out, "%u better in a row, the worst of them ", (unsigned)pending->entries);
        add_value(out, bar, &pending->value);
    }
}

static void add_row(struct table *table, const struct bar *bar)
{
    struct buf text = {0};
    figures_add_label(&text, bar->key, bar->group, bar->component);
    table_cell(table, STYLE_PLAIN, buf_span(&text), TERMINAL_NAME);
    buf_clear(&text);
    add_value(&text, bar, &bar->value);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    buf_add_text(&text, "commit ");
    buf_add(&text, span_until(name_span(bar->commit), FIGURES_ID));
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    add_notes(&text, bar);
    table_cell(table, STYLE_PLAIN, buf_span(&text), TERMINAL_NAME);
    buf_release(&text);
}

void bars_text(const struct bars *bars, struct buf *out)
{
    struct terminal terminal = {out, false, 0};
    struct table table;
    if (bars->all.count == 0) {
        return;
    }
    buf_add_text(out, "\nBars of the branch\n");
    table_init(&table, 4);
    for (size_t index = 0; index < bars->all.count; index++) {
        add_row(&table, vec_at(&bars->all, index));
    }
    table_write(&table, &terminal, 2);
    table_release(&table);
}
