/* Reports, diagnostics and metrics as text. A diagnostic is one line of the form that editors
 * and problem matchers know (path:line:column: severity: message [code]), its remedy below, once
 * for each code. */
#include "render/text_parts.h"

#include "render/figures.h"
#include "render/metrics_json.h"

enum { DIAGS_SHOWN = 10 };

static void write_heading(const struct terminal *terminal, const char *heading)
{
    buf_add_text(terminal->out, terminal->out->size > 0 ? "\n" : "");
    terminal_add(terminal, STYLE_BOLD, heading);
    buf_add_byte(terminal->out, '\n');
}

static enum style style_of(enum severity severity)
{
    return severity == SEVERITY_ERROR     ? STYLE_RED
           : severity == SEVERITY_WARNING ? STYLE_YELLOW
                                          : STYLE_DIM;
}

static void write_diag(const struct terminal *terminal, const struct diag *diag, size_t indent)
{
    struct buf text = {0};
    buf_add_repeat(terminal->out, ' ', indent);
    if (diag->file != NULL) {
        details_add_place(&text, diag->file, diag->line, diag->column);
        terminal_add_foreign(terminal, buf_span(&text), 0);
        buf_add_text(terminal->out, ": ");
        buf_clear(&text);
    }
    terminal_add(terminal, style_of(diag->severity), severity_text(diag->severity));
    buf_add(&text, name_span(diag->text));
    buf_add_format(&text, " [%s]", diag_kind(diag->code)->code);
    if (diag->repeats > 0) {
        buf_add_text(&text, " and ");
        buf_add_grouped(&text, diag->repeats);
        buf_add_text(&text, " more like this");
    }
    buf_add_text(terminal->out, ": ");
    terminal_add_foreign(terminal, buf_span(&text), 0);
    buf_add_byte(terminal->out, '\n');
    buf_release(&text);
}

static bool code_comes_later(const struct diags *diags, size_t index)
{
    for (size_t i = index + 1; i < diags_count(diags); i++) {
        if (diags_at(diags, i)->code == diags_at(diags, index)->code) {
            return true;
        }
    }
    return false;
}

/* All diagnostics, or without `verbose` the first few above severity info. */
static void write_diags(const struct terminal *terminal, const struct diags *diags, size_t indent,
                        bool verbose)
{
    size_t shown = 0;
    uint64_t left_out = 0;
    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *diag = diags_at(diags, i);
        if (!verbose && (diag->severity == SEVERITY_INFO || shown == DIAGS_SHOWN)) {
            left_out += diag->severity == SEVERITY_INFO ? 0 : 1 + diag->repeats;
            continue;
        }
        write_diag(terminal, diag, indent);
        shown++;
        if ((!code_comes_later(diags, i) || (!verbose && shown == DIAGS_SHOWN))) {
            terminal_sentence(terminal, indent + 2, "-> ", span_of(diag_kind(diag->code)->remedy));
        }
    }
    if (left_out > 0) {
        buf_add_repeat(terminal->out, ' ', indent);
        buf_add_text(terminal->out, "and ");
        buf_add_grouped(terminal->out, left_out);
        buf_add_text(terminal->out, " more; --verbose shows all\n");
    }
}

static void write_report(const struct terminal *terminal, const struct report *report, bool verbose)
{
    buf_add_text(terminal->out, "  ");
    terminal_add_foreign(terminal, name_span(report->path), 0);
    buf_add_text(terminal->out, ": ");
    terminal_add(terminal, report->state == STATE_OK ? STYLE_GREEN : STYLE_RED,
                 state_text(report->state));
    if (report->state == STATE_MISSING) {
        buf_add_byte(terminal->out, '\n');
        write_diags(terminal, &report->diags, 4, verbose);
        return;
    }
    buf_add_text(terminal->out, report->accepted ? ", accepted by the policy (" : " (");
    buf_add_text(terminal->out, report->format != NULL ? report->format : "unknown format");
    buf_add_text(terminal->out, ", ");
    buf_add_count(terminal->out, report->bytes, "byte", "bytes");
    buf_add_text(terminal->out, ")\n");
    if (verbose || !report->accepted || report->state != STATE_EMPTY) {
        write_diags(terminal, &report->diags, 4, verbose);
    }
}

static void write_quiet_warnings(const struct terminal *terminal, size_t warnings, size_t reports)
{
    if (warnings == 0) {
        return;
    }
    buf_add_text(terminal->out, "\n");
    buf_add_count(terminal->out, warnings, "warning", "warnings");
    buf_add_text(terminal->out, " in ");
    buf_add_count(terminal->out, reports, "usable report", "usable reports");
    buf_add_text(terminal->out, "; --verbose shows them\n");
}

void text_reports(const struct terminal *terminal, const struct vec *reports, bool verbose)
{
    bool heading = false;
    size_t warned = 0;
    size_t warnings = 0;
    for (size_t i = 0; reports != NULL && i < reports->count; i++) {
        const struct report *report = *(struct report *const *)vec_at(reports, i);
        if (report->state == STATE_OK && !verbose) {
            warned += report->diags.warnings > 0 ? 1 : 0;
            warnings += report->diags.warnings;
            continue;
        }
        if (!heading) {
            write_heading(terminal, verbose ? "All reports" : "Reports that are not ok");
            heading = true;
        }
        write_report(terminal, report, verbose);
    }
    write_quiet_warnings(terminal, warnings, warned);
}

void text_diags(const struct terminal *terminal, const struct diags *diags, bool verbose)
{
    bool any = false;
    for (size_t i = 0; diags != NULL && i < diags_count(diags); i++) {
        any = any || verbose || diags_at(diags, i)->severity != SEVERITY_INFO;
    }
    if (any) {
        write_heading(terminal, "Messages");
        write_diags(terminal, diags, 2, verbose);
    }
}

void text_metrics(const struct terminal *terminal, const struct snapshot *snapshot,
                  const char *heading)
{
    struct table table;
    struct buf text = {0};
    table_init(&table, 4);
    table.right[1] = true;
    for (size_t i = 0; snapshot != NULL && i < snapshot->metrics.count; i++) {
        const struct metric *metric = vec_at(&snapshot->metrics, i);
        bool value = metrics_json_has_value(metric);
        figures_add_label(&text, metric->key, metric->group, metric->component);
        table_cell(&table, STYLE_PLAIN, buf_span(&text), 0);
        buf_clear(&text);
        if (value) {
            figures_add_value(&text, &metric->value, FIGURES_PLACES);
        }
        table_cell(&table, STYLE_PLAIN, buf_span(&text), 0);
        buf_clear(&text);
        if (value) {
            figures_add_behind(&text, &metric->value, figures_unit(metric));
        }
        table_cell(&table, STYLE_DIM, buf_span(&text), 0);
        buf_clear(&text);
        table_cell(&table, STYLE_RED,
                   span_of(metric->state != STATE_OK ? state_text(metric->state)
                           : value                   ? ""
                                                     : "nothing to measure"),
                   0);
    }
    if (table.cells.count > 0) {
        write_heading(terminal, heading);
        table_write(&table, terminal, 2);
    }
    table_release(&table);
    buf_release(&text);
}
