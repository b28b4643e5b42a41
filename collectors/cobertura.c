/* Cobertura XML -> lines, branches and functions.
 *
 * The shape is that of http://cobertura.sourceforge.net/xml/coverage-04.dtd, which is never fetched
 * and whose defaults are not applied; twenty tools write it, none of them as the first did. What
 * holds for all of them:
 * - A file is a distinct `filename`; several classes may share it. A line that stands twice counts
 *   once, hit if any of its records is.
 * - Lines are those of `class/lines`. The lines of methods repeat them, and Istanbul lists
 *   declarations there that are no code, so they count only where a class has none of its own
 *   (VectorCAST, ReportGenerator for Swift).
 * - Branches are the `(2/4)` in `condition-coverage`, whatever `branch` says: Coverlet writes True
 *   and False, tarpaulin nothing, the percentage is rounded in five ways.
 * - A function is covered if a line of the method was hit; only a method without lines speaks by
 *   its own `hits` or `line-rate`.
 * - Totals at the root are compared with what was found and never used.
 *
 * Two other formats have the same root element: Clover and Sonar's generic coverage. They are
 * refused by name. */
#include "collectors/collector.h"

#include "base/limits.h"
#include "collectors/cobertura_class.h"
#include "collectors/cobertura_totals.h"
#include "collectors/cobertura_words.h"

static const char *const words[WORD_COUNT + 1] = {
    [COVERAGE] = "coverage",
    [SOURCE] = "source",
    [CLASS] = "class",
    [METHOD] = "method",
    [LINE] = "line",
    [PROJECT] = "project",
    [FILE_ELEMENT] = "file",
    [NAME] = "name",
    [FILENAME] = "filename",
    [SIGNATURE] = "signature",
    [NUMBER] = "number",
    [HITS] = "hits",
    [BRANCH] = "branch",
    [CONDITION_COVERAGE] = "condition-coverage",
    [LINE_RATE] = "line-rate",
    [LINES_VALID] = "lines-valid",
    [LINES_COVERED] = "lines-covered",
};

struct reader {
    struct sink *sink;
    unsigned depth;
    struct cobertura_totals totals;
    struct cobertura_class open_class;
    unsigned source_depth; /* of the open `source`; 0 if none */
    uint64_t source_line;
    bool in_source;
    struct buf source;
};

/* ---- the root ---- */

static void refuse(struct reader *reader, const struct xml_element *element, const char *why)
{
    sink_refuse(reader->sink, DIAG_FORMAT_WRONG, element->line, 0, span_of(why));
}

static void open_root(struct reader *reader, const struct xml_element *element)
{
    if (element->word != COVERAGE) {
        refuse(reader, element, "the root element of Cobertura is \"coverage\"");
        return;
    }
    sink_families(reader->sink, FAMILY_COVERAGE, false);
    sink_root(reader->sink, element->line);
    reader->totals = cobertura_totals_read(element, reader->sink);
}

/* ---- sources ---- */

static void open_source(struct reader *reader, const struct xml_element *element)
{
    reader->source_depth = element->depth;
    reader->source_line = element->line;
    reader->in_source = true;
}

static void close_source(struct reader *reader)
{
    struct span path = span_trim(buf_span(&reader->source));
    if (span_is(path, "/")) {
        sink_note_format(reader->sink, DIAG_REPORT_PATH, reader->source_line,
                         "the source root is that of the file system");
    }
    sink_source_root(reader->sink, path);
    buf_clear(&reader->source);
    reader->source_depth = 0;
    reader->in_source = false;
}

/* ---- events ---- */

static void on_start(void *self, const struct xml_element *element)
{
    struct reader *reader = self;
    reader->depth = element->depth;
    if (element->depth == 1) {
        open_root(reader, element);
        return;
    }
    if (element->word == LINE && reader->open_class.depth > 0) {
        cobertura_class_line(&reader->open_class, element); /* nearly all elements are lines */
        return;
    }
    switch (element->word) {
    case CLASS: cobertura_class_open(&reader->open_class, element); break;
    case METHOD: cobertura_class_method(&reader->open_class, element); break;
    case SOURCE: open_source(reader, element); break;
    case PROJECT:
        if (element->depth == 2) {
            refuse(reader, element, "this is a Clover report, which has the element \"project\"");
        }
        break;
    case FILE_ELEMENT:
        if (element->depth == 2) {
            refuse(reader, element,
                   "this is Sonar's generic coverage, which has the element \"file\"");
        }
        break;
    default: break;
    }
}

static void on_text(void *self, struct span text)
{
    struct reader *reader = self;
    if (reader->source.size <= LIMIT_PATH_BYTES) {
        buf_add(&reader->source, text);
    }
}

static void on_end(void *self, int word)
{
    struct reader *reader = self;
    (void)word;
    if (reader->depth == reader->source_depth) {
        close_source(reader);
    } else {
        cobertura_class_end(&reader->open_class, reader->depth);
    }
    reader->depth--;
}

/* ---- the collector ---- */

static void parse(struct input *input, struct sink *sink)
{
    struct reader reader = {.sink = sink};
    struct xml_notes notes;
    const struct xml_handler handler = {.words = words,
                                        .start = on_start,
                                        .text = on_text,
                                        .wants_text = &reader.in_source,
                                        .end = on_end,
                                        .stop = &sink->refused};
    bool coverage_py =
        span_find_text(input_head(input), "<!-- Generated by coverage.py") != SIZE_MAX;
    cobertura_class_init(&reader.open_class, sink);
    if (xml_read(input, &handler, &reader, &notes) == ERR_NONE) {
        collector_tell_xml(sink, &notes);
        reader.totals.coverage_py = coverage_py;
        cobertura_totals_check(&reader.totals, sink);
    }
    cobertura_class_release(&reader.open_class);
    buf_release(&reader.source);
}

static int probe(const struct head *head)
{
    if (!span_is(head->xml_root, "coverage") || span_is(head->xml_child, "project") ||
        span_is(head->xml_child, "file")) {
        return PROBE_NO;
    }
    bool child = span_is(head->xml_child, "packages") || span_is(head->xml_child, "sources");
    bool rates = head_has_attribute(head, "line-rate") || head_has_attribute(head, "branch-rate") ||
                 head_has_attribute(head, "lines-valid");
    return child || rates ? PROBE_SURE : PROBE_WEAK;
}

const struct collector collector_cobertura = {
    .name = "cobertura",
    .title = "Cobertura XML",
    .spec = "http://cobertura.sourceforge.net/xml/coverage-04.dtd",
    .tools =
        "coverage.py, gcovr, Coverlet, dotnet-coverage, Istanbul (nyc, jest, vitest, c8), PHPUnit, "
        "tarpaulin, grcov, ReportGenerator, VectorCAST, simplecov-cobertura, gocover-cobertura, "
        "Cobertura for Java",
    .families = FAMILY_COVERAGE,
    .probe = probe,
    .parse = parse,
};
