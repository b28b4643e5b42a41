/* Reports and diagnostics as Markdown: those in trouble open, the others folded. */
#include "render/markdown_parts.h"

#include "render/figures.h"

enum { TROUBLED = 10, READ = 100, DIAGS = 10 };

static void add_diag(struct buf *out, const struct diag *diag, const char *indent)
{
    struct buf text = {0};
    buf_add_format(out, "%s- %s", indent, severity_text(diag->severity));
    if (diag->file != NULL) {
        buf_add_byte(out, ' ');
        details_add_place(&text, diag->file, diag->line, diag->column);
        markdown_take_code(out, &text, ESCAPE_LINE);
    }
    buf_add_text(out, ": ");
    markdown_add_sentence(out, diag->text, ESCAPE_LINE);
    buf_add_format(out, " (`%s`", diag_kind(diag->code)->code);
    if (diag->repeats > 0) {
        buf_add_text(out, ", and ");
        buf_add_grouped(out, diag->repeats);
        buf_add_text(out, " more like this");
    }
    buf_add_text(out, ")\n");
    buf_release(&text);
}

static void add_diags(struct buf *out, const struct diags *diags, const char *indent)
{
    struct markdown_list list;
    struct buf lead = {0};
    uint64_t hidden = 0; /* repeats of those that are left out */
    buf_add_format(&lead, "%s- ", indent);
    markdown_list_open(&list, out, DIAGS, MARKDOWN_SECTION / 2);
    for (size_t i = 0; diags != NULL && i < diags_count(diags); i++) {
        if (diags_at(diags, i)->severity != SEVERITY_INFO) {
            add_diag(&list.item, diags_at(diags, i), indent);
            markdown_list_take(&list);
            hidden += list.shown < list.total ? diags_at(diags, i)->repeats : 0;
        }
    }
    markdown_list_close(&list, list.total + hidden, buf_text(&lead));
    buf_release(&lead);
}

static void add_report(struct buf *out, const struct report *report)
{
    buf_add_text(out, "- ");
    escape_add_code(out, name_span(report->path), MARKDOWN_NAME, ESCAPE_LINE);
    buf_add_format(out, report->state == STATE_OK ? ": %s" : ": **%s**", state_text(report->state));
    if (report->state != STATE_MISSING) {
        buf_add_format(out, ", %s, ", report->format != NULL ? report->format : "unknown format");
        buf_add_count(out, report->bytes, "byte", "bytes");
    }
    buf_add_text(out, report->accepted ? ", accepted by the policy\n" : "\n");
    if (!report->accepted || report->state != STATE_EMPTY) {
        add_diags(out, &report->diags, "  ");
    }
}

/* Lists the reports that are ok, or those that are not. Returns how many there are. */
static uint64_t list_reports(struct buf *out, const struct vec *reports, bool ok)
{
    struct markdown_list list;
    markdown_list_open(&list, out, ok ? READ : TROUBLED, MARKDOWN_SECTION);
    for (size_t i = 0; reports != NULL && i < reports->count; i++) {
        const struct report *report = *(struct report *const *)vec_at(reports, i);
        if ((report->state == STATE_OK) == ok) {
            add_report(&list.item, report);
            markdown_list_take(&list);
        }
    }
    markdown_list_close(&list, 0, "- ");
    return list.total;
}

void markdown_trouble(struct buf *out, const struct scene *scene)
{
    struct buf text = {0};
    if (list_reports(&text, scene->reports, false) > 0) {
        buf_add_text(out, "\n**Reports that are not ok**\n\n");
        buf_add(out, buf_span(&text));
    }
    buf_clear(&text);
    add_diags(&text, scene->diags, "");
    if (text.size > 0) {
        buf_add_text(out, "\n**Messages**\n\n");
        buf_add(out, buf_span(&text));
    }
    buf_release(&text);
}

void markdown_reports(struct buf *out, const struct scene *scene)
{
    struct buf content = {0};
    uint64_t count = list_reports(&content, scene->reports, true);
    markdown_fold(out, "Reports read", count, &content);
    buf_release(&content);
}
