/* Failed tests, findings and metrics as folded Markdown sections. */
#include "render/markdown_parts.h"

#include "render/figures.h"
#include "render/metrics_json.h"

enum { TESTS = 50, FINDINGS = 50, METRICS = 200 };

static void add_test(struct buf *out, const struct test_detail *test)
{
    struct buf text = {0};
    buf_add_text(out, "- ");
    details_add_test_name(&text, test);
    markdown_take_code(out, &text, ESCAPE_LINE);
    if (test->message != NULL && test->message->size > 0) {
        buf_add_text(out, "<br>");
        markdown_add_sentence(out, test->message, ESCAPE_LINE);
    }
    buf_add_byte(out, '\n');
    buf_release(&text);
}

void markdown_failed_tests(struct buf *out, const struct details *details)
{
    struct markdown_list list;
    struct buf content = {0};
    markdown_list_open(&list, &content, TESTS, MARKDOWN_SECTION);
    for (size_t i = 0; i < details->tests.count; i++) {
        add_test(&list.item, *(const struct test_detail *const *)vec_at(&details->tests, i));
        markdown_list_take(&list);
    }
    markdown_list_close(&list, details->tests_total, "- ");
    markdown_fold(out, "Failed tests", details->tests_total, &content);
    buf_release(&content);
}

static void add_finding(struct buf *out, const struct finding_detail *finding)
{
    struct buf text = {0};
    buf_add_format(out, "| %s | ", details_weight(finding));
    if (finding->path != NULL) {
        details_add_place(&text, details_path(finding), finding->line, finding->column);
        markdown_take_code(out, &text, ESCAPE_CELL);
    }
    buf_add_text(out, " | ");
    if (finding->rule != NULL) {
        escape_add_code(out, name_span(finding->rule), MARKDOWN_NAME, ESCAPE_CELL);
    }
    buf_add_text(out, " | ");
    details_add_message(&text, finding);
    markdown_take_prose(out, &text, ESCAPE_CELL);
    buf_add_text(out, " |\n");
    buf_release(&text);
}

void markdown_findings(struct buf *out, const struct details *details)
{
    struct markdown_list list;
    struct buf content = {0};
    if (details->findings.count == 0) {
        return;
    }
    buf_add_text(&content, "| | Where | Rule | Message |\n|---|---|---|---|\n");
    markdown_list_open(&list, &content, FINDINGS, MARKDOWN_SECTION);
    for (size_t i = 0; i < details->findings.count; i++) {
        add_finding(&list.item,
                    *(const struct finding_detail *const *)vec_at(&details->findings, i));
        markdown_list_take(&list);
    }
    markdown_list_close(&list, details->findings_total, "\n");
    markdown_fold(out, "Findings, worst first", details->findings_total, &content);
    buf_release(&content);
}

static void add_metric(struct buf *out, const struct metric *metric)
{
    struct buf text = {0};
    buf_add_text(out, "| ");
    figures_add_label(&text, metric->key, metric->group, metric->component);
    markdown_take_code(out, &text, ESCAPE_CELL);
    buf_add_text(out, " | ");
    if (metrics_json_has_value(metric)) {
        figures_add_value(out, &metric->value, FIGURES_PLACES);
        figures_add_behind(&text, &metric->value, figures_unit(metric));
    } else if (metric->state == STATE_OK) {
        buf_add_text(&text, "nothing to measure");
    }
    buf_add_text(out, " | ");
    markdown_take_prose(out, &text, ESCAPE_CELL);
    if (metric->state != STATE_OK) {
        buf_add_format(out, " **%s**", state_text(metric->state));
    }
    buf_add_text(out, " |\n");
    buf_release(&text);
}

void markdown_metrics(struct buf *out, const struct scene *scene)
{
    size_t total = scene->snapshot != NULL ? scene->snapshot->metrics.count : 0;
    struct markdown_list list;
    struct buf content = {0};
    if (total == 0) {
        return;
    }
    buf_add_text(&content, "| Metric | Value | |\n|---|--:|---|\n");
    markdown_list_open(&list, &content, METRICS, MARKDOWN_SECTION);
    for (size_t i = 0; i < total; i++) {
        add_metric(&list.item, vec_at(&scene->snapshot->metrics, i));
        markdown_list_take(&list);
    }
    markdown_list_close(&list, 0, "\n");
    markdown_fold(out, "Metrics", total, &content);
    buf_release(&content);
}
