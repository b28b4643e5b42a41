/* Totals of a Cobertura report -> a remark when they differ from its elements. They are never used
 * as a result.
 *
 * `lines-covered` and `lines-valid` are compared exactly. Where a writer has only `line-rate`, it
 * is compared by a whole percentage point, because each tool rounds in its own way. Totals without
 * any line are no empty report but one that lost its lines. So is one of coverage.py with fewer
 * lines than it counts: of files with one path below several sources it writes only the last. */
#include "collectors/cobertura_totals.h"

#include "collectors/cobertura_count.h"
#include "collectors/cobertura_words.h"

#include <stdio.h>

struct cobertura_totals cobertura_totals_read(const struct xml_element *root, struct sink *sink)
{
    struct cobertura_totals totals = {.lines_given = false};
    struct span rate = xml_attribute(root, LINE_RATE);
    bool cut = false;
    totals.lines_given =
        cobertura_count_read(xml_attribute(root, LINES_COVERED), &totals.lines.covered, &cut) &&
        cobertura_count_read(xml_attribute(root, LINES_VALID), &totals.lines.total, &cut);
    totals.rate_given = decimal_parse(rate, &totals.rate, NULL);
    if (rate.data != NULL && !totals.rate_given) {
        sink_note_format(sink, DIAG_REPORT_VALUE, root->line, "the line-rate \"%.*s\" is no number",
                         SPAN_ARG(span_until(rate, 40)));
    }
    return totals;
}

static bool rate_differs(struct decimal rate, struct ratio lines)
{
    struct ratio stated = {(uint64_t)rate.digits, 1};
    for (unsigned places = rate.scale; places > 0; places--) {
        stated.total *= 10;
    }
    return rate.digits < 0 || ratio_compare_shifted(stated, lines, decimal_make(1, 0)) > 0 ||
           ratio_compare_shifted(stated, lines, decimal_make(-1, 0)) < 0;
}

/* A report of totals alone, or one that lost its lines. */
static void tell_unlisted(struct ratio stated, struct sink *sink)
{
    if (stated.total > 0) {
        char text[100];
        snprintf(text, sizeof(text), "the totals say %llu of %llu lines, and no line is listed",
                 (unsigned long long)stated.covered, (unsigned long long)stated.total);
        sink_drop(sink, DIAG_REPORT_TOTALS, sink->root_line, span_of(text));
    }
}

/* coverage.py counts the lines of each file, and lists those of some. */
static void tell_lost(struct ratio stated, struct ratio lines, struct sink *sink)
{
    char text[120];
    snprintf(text, sizeof(text), "the totals say %llu of %llu lines, and %llu are listed",
             (unsigned long long)stated.covered, (unsigned long long)stated.total,
             (unsigned long long)lines.total);
    sink_drop(sink, DIAG_COBERTURA_LOST, sink->root_line, span_of(text));
}

void cobertura_totals_check(const struct cobertura_totals *totals, struct sink *sink)
{
    struct ratio stated = totals->lines;
    struct ratio lines = sink_lines(sink);
    if (lines.total == 0) {
        tell_unlisted(stated, sink);
        return;
    }
    if (totals->coverage_py && totals->lines_given && stated.total > lines.total) {
        tell_lost(stated, lines, sink);
    } else if (totals->lines_given) {
        if (stated.covered != lines.covered || stated.total != lines.total) {
            sink_note_format(sink, DIAG_REPORT_TOTALS, sink->root_line,
                             "the totals say %llu of %llu lines, the elements are %llu of %llu",
                             (unsigned long long)stated.covered, (unsigned long long)stated.total,
                             (unsigned long long)lines.covered, (unsigned long long)lines.total);
        }
    } else if (totals->rate_given && rate_differs(totals->rate, lines)) {
        sink_note_format(sink, DIAG_REPORT_TOTALS, sink->root_line,
                         "the line-rate is not that of the elements, which are %llu of %llu lines",
                         (unsigned long long)lines.covered, (unsigned long long)lines.total);
    }
}
