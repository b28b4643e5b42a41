/* A collection as text: one row for each report with its main figures, then what is wrong, then
 * all metrics. */
#include "render/collect.h"

#include "render/figures.h"
#include "render/metrics_json.h"
#include "render/text_parts.h"

static const struct metric *find(const struct snapshot *snapshot, const char *key)
{
    for (size_t i = 0; i < snapshot->metrics.count; i++) {
        const struct metric *metric = vec_at(&snapshot->metrics, i);
        if (metric->group == NULL && metric->component == NULL &&
            span_is(name_span(metric->key), key)) {
            return metrics_json_has_value(metric) ? metric : NULL;
        }
    }
    return NULL;
}

static void add_part(struct buf *out, const struct snapshot *metrics, const char *key,
                     const char *words)
{
    const struct metric *metric = find(metrics, key);
    if (metric == NULL) {
        return;
    }
    buf_add_text(out, out->size > 0 ? ", " : "");
    if (words == NULL) {
        figures_add_full(out, &metric->value, FIGURES_PLACES, figures_unit(metric));
    } else {
        figures_add_value(out, &metric->value, FIGURES_PLACES);
        buf_add_text(out, words);
    }
}

/* The main figures of one report, by family. */
static void add_summary(struct buf *out, const struct snapshot *metrics)
{
    add_part(out, metrics, "coverage.line", NULL);
    if (find(metrics, "coverage.line") == NULL) {
        add_part(out, metrics, "coverage.branch", NULL);
    }
    add_part(out, metrics, "tests.total", NULL);
    add_part(out, metrics, "tests.failed", " failed");
    add_part(out, metrics, "tests.errors", " broken");
    add_part(out, metrics, "tests.skipped", " skipped");
    add_part(out, metrics, "findings.total", NULL);
    size_t numbers = 0;
    for (size_t i = 0; i < metrics->metrics.count; i++) {
        numbers += metrics_json_has_value(vec_at(&metrics->metrics, i)) ? 1 : 0;
    }
    if (out->size == 0 && numbers > 0) {
        buf_add_count(out, numbers, "number", "numbers");
    }
}

static void write_sources(const struct terminal *terminal, const struct collection *collection)
{
    struct table table;
    struct buf text = {0};
    table_init(&table, 4);
    for (size_t i = 0; i < collection->reports->count; i++) {
        const struct report *report = *(struct report *const *)vec_at(collection->reports, i);
        table_cell(&table, STYLE_PLAIN, name_span(report->path), TERMINAL_NAME);
        table_cell(&table, STYLE_DIM, span_of(report->format != NULL ? report->format : "?"), 0);
        table_cell(&table, report->state == STATE_OK ? STYLE_GREEN : STYLE_RED,
                   span_of(state_text(report->state)), 0);
        add_summary(&text, &collection->each[i]);
        table_cell(&table, STYLE_PLAIN, buf_span(&text), 0);
        buf_clear(&text);
    }
    terminal_add(terminal, STYLE_BOLD, "Reports");
    buf_add_byte(terminal->out, '\n');
    table_write(&table, terminal, 2);
    table_release(&table);
    buf_release(&text);
}

static void write_each(const struct terminal *terminal, const struct collection *collection)
{
    for (size_t i = 0; i < collection->reports->count; i++) {
        const struct report *report = *(struct report *const *)vec_at(collection->reports, i);
        if (collection->each[i].metrics.count > 0) {
            struct buf heading = {0};
            struct terminal plain = {&heading, false, 0};
            buf_add_text(&heading, "Metrics of ");
            terminal_add_foreign(&plain, name_span(report->path), 0);
            text_metrics(terminal, &collection->each[i], buf_text(&heading));
            buf_release(&heading);
        }
    }
}

void collect_text(const struct collection *collection, struct buf *out)
{
    struct terminal terminal = {out, collection->colour, collection->width};
    if (collection->reports->count == 0) {
        buf_add_text(out, "No report was read.\n");
    } else {
        write_sources(&terminal, collection);
    }
    text_reports(&terminal, collection->reports, collection->verbose);
    text_diags(&terminal, collection->diags, collection->verbose);
    if (collection->verbose) {
        write_each(&terminal, collection);
    }
    text_metrics(&terminal, collection->overall, "Metrics");
    if (collection->unresolved != NULL) {
        buf_add_byte(out, '\n');
        terminal_sentence(&terminal, 0, "Paths: ", name_span(collection->unresolved));
    }
}

void snapshot_text(const struct snapshot *snapshot, struct buf *out)
{
    struct terminal terminal = {out, false, 0};
    text_metrics(&terminal, snapshot, "Metrics");
}
