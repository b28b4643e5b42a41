/* Failed tests and findings of all reports, sorted. Counts come from the rows, which are
 * complete; the details are only what the sink kept for display. */
#include "render/details.h"

static int compare_tests(const void *left, const void *right)
{
    const struct test_detail *one = *(const struct test_detail *const *)left;
    const struct test_detail *two = *(const struct test_detail *const *)right;
    const struct name *const parts[][2] = {{one->suite, two->suite},
                                           {one->class_name, two->class_name},
                                           {one->test, two->test},
                                           {one->file, two->file},
                                           {one->message, two->message}};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        int order = name_compare(parts[i][0], parts[i][1]);
        if (order != 0) {
            return order;
        }
    }
    return one->line < two->line ? -1 : one->line > two->line;
}

const struct name *details_path(const struct finding_detail *finding)
{
    return finding->file != NULL ? finding->file : finding->path;
}

static int compare_findings(const void *left, const void *right)
{
    const struct finding_detail *one = *(const struct finding_detail *const *)left;
    const struct finding_detail *two = *(const struct finding_detail *const *)right;
    if (one->band != two->band) {
        return one->band > two->band ? -1 : 1;
    }
    if (one->level != two->level) {
        return one->level > two->level ? -1 : 1;
    }
    int order = name_compare(details_path(one), details_path(two));
    if (order == 0 && one->line != two->line) {
        order = one->line < two->line ? -1 : 1;
    }
    if (order == 0 && one->column != two->column) {
        order = one->column < two->column ? -1 : 1;
    }
    if (order == 0) {
        order = name_compare(one->rule, two->rule);
    }
    return order != 0 ? order : name_compare(one->message, two->message);
}

static void take_tests(struct details *details, const struct tests *tests)
{
    uint64_t failing = tests->suite_errors;
    for (unsigned outcome = 0; outcome < 1U << TEST_OUTCOME_BITS; outcome++) {
        failing += (outcome & (TEST_FAILED | TEST_ERROR)) != 0 ? tests->by_outcome[outcome] : 0;
    }
    uint64_t listed = 0;
    for (size_t i = 0; i < tests->details.count; i++) {
        const struct test_detail *detail = vec_at(&tests->details, i);
        if ((detail->outcome & (TEST_FAILED | TEST_ERROR)) != 0) {
            *(const struct test_detail **)vec_add(&details->tests) = detail;
            listed++;
        }
    }
    details->tests_total += failing > listed ? failing : listed;
}

static void take_findings(struct details *details, const struct findings *findings)
{
    for (size_t i = 0; i < findings->rows.count; i++) {
        const struct finding_row *row = vec_at(&findings->rows, i);
        details->findings_total += row->suppressed || row->left_out ? 0 : row->count;
    }
    for (size_t i = 0; i < findings->details.count; i++) {
        const struct finding_detail *detail = vec_at(&findings->details, i);
        if (!detail->suppressed && !detail->left_out) {
            *(const struct finding_detail **)vec_add(&details->findings) = detail;
        }
    }
}

void details_open(struct details *details, const struct vec *reports)
{
    *details = (struct details){0};
    vec_init(&details->tests, sizeof(const struct test_detail *));
    vec_init(&details->findings, sizeof(const struct finding_detail *));
    for (size_t i = 0; reports != NULL && i < reports->count; i++) {
        const struct report *report = *(struct report *const *)vec_at(reports, i);
        if (!report->repeated) {
            take_tests(details, &report->tests);
            take_findings(details, &report->findings);
        }
    }
    vec_sort(&details->tests, compare_tests);
    vec_sort(&details->findings, compare_findings);
}

void details_close(struct details *details)
{
    vec_release(&details->tests);
    vec_release(&details->findings);
}

void details_add_test_name(struct buf *out, const struct test_detail *test)
{
    const struct name *parts[] = {test->suite, test->class_name, test->test};
    const struct name *previous = NULL;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i] == NULL || parts[i] == previous || parts[i]->size == 0) {
            continue;
        }
        buf_add_text(out, previous != NULL ? " > " : "");
        buf_add(out, name_span(parts[i]));
        previous = parts[i];
    }
    buf_add_text(out, previous == NULL ? "a test without a name" : "");
}

void details_add_place(struct buf *out, const struct name *path, uint64_t line, uint64_t column)
{
    buf_add(out, name_span(path));
    if (line > 0) {
        buf_add_byte(out, ':');
        buf_add_u64(out, line);
    }
    if (line > 0 && column > 0) {
        buf_add_byte(out, ':');
        buf_add_u64(out, column);
    }
}

const char *details_weight(const struct finding_detail *finding)
{
    return finding->band != BAND_NONE ? band_text(finding->band) : level_text(finding->level);
}

void details_add_message(struct buf *out, const struct finding_detail *finding)
{
    if (finding->package != NULL) {
        buf_add(out, name_span(finding->package));
        buf_add_text(out, finding->version != NULL ? " " : "");
        buf_add(out, name_span(finding->version));
        buf_add_text(out, finding->fixed_version != NULL ? " (fixed in " : "");
        buf_add(out, name_span(finding->fixed_version));
        buf_add_text(out, finding->fixed_version != NULL ? ")" : "");
        buf_add_text(out, finding->message != NULL ? ": " : "");
    }
    buf_add(out, name_span(finding->message));
    if (finding->package == NULL && finding->message == NULL) {
        buf_add_text(out, "no message");
    }
}
