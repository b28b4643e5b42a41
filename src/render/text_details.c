/* Failed tests and the worst findings as text: the first few of each, and how many more there
 * are. */
#include "render/text_parts.h"

#include "render/figures.h"

static void write_heading(const struct terminal *terminal, const char *heading, uint64_t count)
{
    struct buf text = {0};
    buf_add_format(&text, "%s (", heading);
    buf_add_grouped(&text, count);
    buf_add_text(&text, ")");
    buf_add_byte(terminal->out, '\n');
    terminal_add(terminal, STYLE_BOLD, buf_text(&text));
    buf_add_byte(terminal->out, '\n');
    buf_release(&text);
}

static void write_more(const struct terminal *terminal, uint64_t total, size_t shown)
{
    if (total > shown) {
        buf_add_text(terminal->out, "  and ");
        buf_add_grouped(terminal->out, total - shown);
        buf_add_text(terminal->out, " more\n");
    }
}

static size_t shown_of(const struct vec *items, bool verbose)
{
    return verbose || items->count < DETAILS_SHOWN ? items->count : DETAILS_SHOWN;
}

static void write_test(const struct terminal *terminal, const struct test_detail *test)
{
    struct buf text = {0};
    details_add_test_name(&text, test);
    terminal_sentence(terminal, 2, (test->outcome & TEST_FAILED) != 0 ? "failed  " : "broke   ",
                      buf_span(&text));
    buf_clear(&text);
    if (test->message != NULL && test->message->size > 0) {
        terminal_sentence(terminal, 10, "", name_span(test->message));
    }
    if (test->file != NULL) {
        details_add_place(&text, test->file, 0, 0);
        terminal_sentence(terminal, 10, "in ", buf_span(&text));
    }
    buf_release(&text);
}

void text_failed_tests(const struct terminal *terminal, const struct details *details, bool verbose)
{
    size_t shown = shown_of(&details->tests, verbose);
    if (shown == 0) {
        return;
    }
    write_heading(terminal, "Failed tests", details->tests_total);
    for (size_t i = 0; i < shown; i++) {
        const struct test_detail *const *test = vec_at(&details->tests, i);
        write_test(terminal, *test);
    }
    write_more(terminal, details->tests_total, shown);
}

/* Compilers end their messages with the rule: `unused variable [-Wunused]`. */
static bool ends_with_rule(struct span text, struct span rule)
{
    if (text.size < rule.size + 2 || text.data[text.size - 1] != ']') {
        return false;
    }
    size_t begin = text.size - rule.size - 2;
    return text.data[begin] == '[' && span_equal(span_make(text.data + begin + 1, rule.size), rule);
}

static void write_finding(const struct terminal *terminal, const struct finding_detail *finding)
{
    struct buf text = {0};
    struct buf lead = {0};
    buf_add_format(&lead, "%-10s", details_weight(finding)); /* the longest is "critical" */
    if (finding->path != NULL) {
        details_add_place(&text, details_path(finding), finding->line, finding->column);
        buf_add_text(&text, ": ");
    }
    details_add_message(&text, finding);
    if (finding->rule != NULL && !ends_with_rule(buf_span(&text), name_span(finding->rule))) {
        buf_add_text(&text, " [");
        buf_add(&text, name_span(finding->rule));
        buf_add_text(&text, "]");
    }
    terminal_sentence(terminal, 2, buf_text(&lead), buf_span(&text));
    buf_release(&lead);
    buf_release(&text);
}

void text_findings(const struct terminal *terminal, const struct details *details, bool verbose)
{
    size_t shown = shown_of(&details->findings, verbose);
    if (shown == 0) {
        return;
    }
    write_heading(terminal, "Findings, worst first", details->findings_total);
    for (size_t i = 0; i < shown; i++) {
        const struct finding_detail *const *finding = vec_at(&details->findings, i);
        write_finding(terminal, *finding);
    }
    write_more(terminal, details->findings_total, shown);
}
