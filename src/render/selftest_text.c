/* A self-test as an aligned table, with a sentence below it. */
#include "render/selftest_view.h"

#include "render/terminal.h"

static const enum style styles[] = {STYLE_GREEN, STYLE_YELLOW, STYLE_RED};

static void add_verdict(struct table *table, const struct selftest_row *row, bool after)
{
    struct buf text = {0};
    if (row->judged) {
        buf_add_format(&text, "%s %d", outcome_text(after ? row->after : row->before),
                       (int)(after ? row->after_code : row->before_code));
    }
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_release(&text);
}

static void add_row(struct table *table, const struct selftest_row *row)
{
    struct buf text = {0};
    table_cell(table, STYLE_PLAIN, name_span(row->subject), TERMINAL_NAME);
    table_cell(table, STYLE_PLAIN, name_span(row->change), TERMINAL_NAME);
    add_verdict(table, row, false);
    add_verdict(table, row, true);
    buf_add_text(&text, selftest_result_text(row->result));
    if (row->why != NULL) {
        buf_add_text(&text, ": ");
        buf_add(&text, name_span(row->why));
    }
    table_cell(table, styles[row->result], buf_span(&text), 0);
    buf_release(&text);
}

void selftest_text(const struct selftest_view *view, struct buf *out)
{
    static const char *const words[] = {"rule or report", "made worse", "before", "after",
                                        "result"};
    const struct selftest *selftest = view->selftest;
    const struct terminal terminal = {out, view->colour, view->width};
    struct table table;
    table_init(&table, sizeof(words) / sizeof(words[0]));
    table.headed = true;
    for (size_t at = 0; at < sizeof(words) / sizeof(words[0]); at++) {
        table_cell(&table, STYLE_DIM, span_of(words[at]), 0);
    }
    for (size_t at = 0; at < selftest->rows.count; at++) {
        add_row(&table, vec_at(&selftest->rows, at));
    }
    terminal_sentence(&terminal, 0, "Tested on copies of ", name_span(selftest->source));
    buf_add_byte(out, '\n');
    table_write(&table, &terminal, 0);
    table_release(&table);
    buf_add_byte(out, '\n');
    size_t cannot = selftest->count[SELFTEST_CANNOT];
    buf_add_format(out, "%zu closed the gate as they should, %zu are exempt, %zu cannot fail\n",
                   selftest->count[SELFTEST_OK], selftest->count[SELFTEST_EXEMPT], cannot);
}
