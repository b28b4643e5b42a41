/* Cobertura XML -> lines, branches and functions.
 *
 * The shape is that of http://cobertura.sourceforge.net/xml/coverage-04.dtd, which is never fetched and whose
 * defaults are not applied; twenty tools write it, none of them as the first did. What holds for all of them:
 * - A file is a distinct `filename`; several classes may share it. A line that stands twice counts once, hit if
 *   any of its records is.
 * - Lines are those of `class/lines`. The lines of methods repeat them, and Istanbul lists declarations there that
 *   are no code, so they count only where a class has none of its own (VectorCAST, ReportGenerator for Swift).
 * - Branches are the `(2/4)` in `condition-coverage`, whatever `branch` says: Coverlet writes True and False,
 *   tarpaulin nothing, the percentage is rounded in five ways.
 * - A function is covered if a line of the method was hit; only a method without lines speaks by its own `hits`
 *   or `line-rate`.
 * - Totals at the root are compared with what was found and never used.
 *
 * Two other formats have the same root element: Clover and Sonar's generic coverage. They are refused by name. */
#include "collectors/collector.h"

#include "base/limits.h"

/* Elements first, then attributes; `words` has the same order. */
enum word {
    COVERAGE,
    SOURCE,
    CLASS,
    METHOD,
    LINE,
    PROJECT,
    FILE_ELEMENT,
    NAME,
    FILENAME,
    SIGNATURE,
    NUMBER,
    HITS,
    BRANCH,
    CONDITION_COVERAGE,
    LINE_RATE,
    LINES_VALID,
    LINES_COVERED,
    WORD_COUNT
};

static const char *const words[WORD_COUNT + 1] = {
    "coverage",  "source",      "class",         "method", "line", "project", "file",
    "name",      "filename",    "signature",     "number", "hits", "branch",  "condition-coverage",
    "line-rate", "lines-valid", "lines-covered", NULL};

struct reader {
    struct sink *sink;
    struct decimal rate; /* what the root states, as far as it can be read */
    bool rate_given;
    bool totals_given;
    struct ratio stated;

    struct arena arena;     /* holds `aside` */
    struct coverage *aside; /* lines of the methods of the open class */
    bool aside_dropped;     /* something of them was not taken */
    unsigned depth;
    unsigned class_depth, method_depth, source_depth; /* of the open one; 0 if none */
    bool in_source;
    uint64_t source_line;
    bool class_has_lines;
    bool method_has_lines, method_hit;
    bool method_says_hit; /* by an attribute */
    struct buf source;
    struct buf function; /* class name, method name and signature, each with a NUL behind it */
    size_t class_size;   /* of the class name in it */
};

/* ---- numbers ---- */

/* The whole part of a decimal number that is not negative; *cut tells whether there was another part. */
static bool read_whole(struct span text, uint64_t *value, bool *cut)
{
    struct decimal number;
    *cut = false;
    if (span_to_u64(text, value)) {
        return true;
    }
    if (!decimal_parse(text, &number, cut) || number.digits < 0) {
        return false;
    }
    while (number.scale > 0) {
        *cut = *cut || number.digits % 10 != 0;
        number.digits /= 10;
        number.scale--;
    }
    *value = (uint64_t)number.digits;
    return true;
}

static bool is_positive(struct span text)
{
    struct decimal number;
    return decimal_parse(text, &number, NULL) && number.digits > 0;
}

/* Hits of a line; 0 with a note when they cannot be read. */
static uint64_t read_hits(struct reader *reader, struct span text, uint64_t line)
{
    uint64_t hits = 0;
    bool cut = false;
    if (span_to_u64(text, &hits) && hits < UINT64_MAX) {
        return hits;
    }
    if (text.data == NULL) {
        sink_note_format(reader->sink, DIAG_REPORT_VALUE, line,
                         "a line without hits counts as not hit");
    } else if (!read_whole(text, &hits, &cut)) {
        sink_note_format(reader->sink, DIAG_REPORT_VALUE, line,
                         "hits \"%.*s\" are no count: the line counts as not hit",
                         SPAN_ARG(span_until(text, 40)));
    } else if (cut || hits == UINT64_MAX) {
        sink_note_format(reader->sink, DIAG_REPORT_VALUE, line, "hits \"%.*s\" are cut to %llu",
                         SPAN_ARG(span_until(text, 40)), (unsigned long long)hits);
    }
    return hits;
}

enum conditions { CONDITIONS_NONE, CONDITIONS_READ, CONDITIONS_EMPTY, CONDITIONS_WRONG };

/* Reads the digits in front of `mark`, or all of the rest if there is no mark, and moves behind it. */
static bool cut_count(struct span *rest, char mark, uint64_t *count)
{
    size_t digits = 0;
    while (digits < rest->size && rest->data[digits] != mark) {
        digits++;
    }
    bool good = span_to_u64(span_until(*rest, digits), count);
    *rest = span_from(*rest, digits + 1);
    return good;
}

/* "50% (1/2)": the last pair in brackets counts. A percentage alone says nothing about branches. */
static enum conditions read_conditions(struct span text, uint64_t *taken, uint64_t *total)
{
    size_t open = span_find_last(text, '(');
    if (open == SIZE_MAX) {
        text = span_trim(text);
        return text.size == 0 || span_ends(text, "%") ? CONDITIONS_NONE : CONDITIONS_WRONG;
    }
    struct span rest = span_from(text, open + 1);
    if (!cut_count(&rest, '/', taken) || !cut_count(&rest, ')', total) || *taken > *total ||
        *total > UINT32_MAX) {
        return CONDITIONS_WRONG;
    }
    return *total == 0 ? CONDITIONS_EMPTY : CONDITIONS_READ;
}

/* ---- lines ---- */

static void add_line(struct reader *reader, uint64_t number, uint64_t hits)
{
    if (reader->method_depth == 0) {
        sink_line(reader->sink, number, hits);
    } else if (!reader->class_has_lines) {
        coverage_add_line(reader->aside, (uint32_t)number, hits > 0);
    }
}

static void add_branches(struct reader *reader, uint64_t number, uint64_t taken, uint64_t total)
{
    if (reader->method_depth == 0) {
        sink_branches(reader->sink, number, taken, total);
    } else if (!reader->class_has_lines) {
        coverage_add_branches(reader->aside, (uint32_t)number, (uint32_t)taken, (uint32_t)total);
    }
}

/* Something of a line is not taken. Of a method it is lost only if its class has no lines. */
static void drop(struct reader *reader, enum diag_code code, uint64_t line, const char *format,
                 struct span text)
{
    sink_note_format(reader->sink, code, line, format, SPAN_ARG(span_until(text, 40)));
    if (reader->method_depth > 0) {
        reader->aside_dropped = true;
    } else {
        reader->sink->partial = true;
    }
}

static void take_branches(struct reader *reader, const struct xml_element *element, uint64_t number)
{
    struct span text = xml_attribute(element, CONDITION_COVERAGE);
    uint64_t line = element->line;
    uint64_t taken = 0;
    uint64_t total = 0;
    switch (read_conditions(text, &taken, &total)) {
    case CONDITIONS_READ: add_branches(reader, number, taken, total); break;
    case CONDITIONS_EMPTY:
        sink_note_format(reader->sink, DIAG_REPORT_VALUE, line, "0 of 0 branches are no branches");
        break;
    case CONDITIONS_WRONG:
        drop(reader, DIAG_REPORT_VALUE, line, "the branches \"%.*s\" are no (taken/total)", text);
        break;
    case CONDITIONS_NONE:
        if (span_is_caseless(xml_attribute(element, BRANCH), "true")) {
            sink_note_format(reader->sink, DIAG_REPORT_VALUE, line,
                             "a line with branches does not say how many");
        }
        break;
    }
}

static void take_line(struct reader *reader, const struct xml_element *element)
{
    struct span text = xml_attribute(element, NUMBER);
    struct span hits_text = xml_attribute(element, HITS);
    uint64_t number = 0;
    uint64_t hits = read_hits(reader, hits_text, element->line);
    if (reader->method_depth > 0) {
        reader->method_has_lines = true;
        reader->method_hit = reader->method_hit || hits > 0;
    } else {
        reader->class_has_lines = true;
    }
    if (!span_to_u64(text, &number) || number == 0 || number > LIMIT_LINE_NUMBER) {
        drop(reader, DIAG_REPORT_LINE_NUMBER, element->line,
             "the line number \"%.*s\" is not possible", text);
        return;
    }
    add_line(reader, number, hits);
    /* Lines without branches are not searched for more than they hold. */
    size_t known = hits_text.data != NULL ? 2 : 1;
    if (element->attribute_count > known) {
        take_branches(reader, element, number);
    }
}

/* ---- classes and methods ---- */

static void add_part(struct buf *id, struct span part)
{
    buf_add(id, part);
    buf_add_byte(id, '\0');
}

static void open_class(struct reader *reader, const struct xml_element *element)
{
    struct span path = xml_attribute(element, FILENAME);
    sink_note_path(reader->sink, path, element->line);
    sink_file(reader->sink, path);
    buf_clear(&reader->function);
    add_part(&reader->function, xml_attribute(element, NAME));
    reader->class_size = reader->function.size;
    reader->class_depth = element->depth;
    reader->class_has_lines = false;
    reader->aside_dropped = false;
}

static void close_class(struct reader *reader)
{
    if (!reader->class_has_lines) {
        sink_rows_add(reader->sink, reader->aside);
        reader->sink->partial = reader->sink->partial || reader->aside_dropped;
    }
    coverage_clear(reader->aside);
    reader->class_depth = 0;
}

static void open_method(struct reader *reader, const struct xml_element *element)
{
    struct span hits = xml_attribute(element, HITS);
    reader->function.size = reader->class_size;
    add_part(&reader->function, xml_attribute(element, NAME));
    add_part(&reader->function, xml_attribute(element, SIGNATURE));
    reader->method_depth = element->depth;
    reader->method_has_lines = false;
    reader->method_hit = false;
    reader->method_says_hit =
        is_positive(hits.data != NULL ? hits : xml_attribute(element, LINE_RATE));
}

static void close_method(struct reader *reader)
{
    bool hit = reader->method_has_lines ? reader->method_hit : reader->method_says_hit;
    sink_function(reader->sink, buf_span(&reader->function), hit);
    reader->method_depth = 0;
}

/* ---- the root ---- */

static void refuse(struct reader *reader, const struct xml_element *element, const char *why)
{
    sink_refuse(reader->sink, DIAG_FORMAT_WRONG, element->line, 0, span_of(why));
}

static void open_root(struct reader *reader, const struct xml_element *element)
{
    struct span rate = xml_attribute(element, LINE_RATE);
    if (element->word != COVERAGE) {
        refuse(reader, element, "the root element of Cobertura is \"coverage\"");
        return;
    }
    sink_families(reader->sink, FAMILY_COVERAGE, false);
    sink_root(reader->sink, element->line);
    bool cut = false;
    reader->totals_given =
        read_whole(xml_attribute(element, LINES_COVERED), &reader->stated.covered, &cut) &&
        read_whole(xml_attribute(element, LINES_VALID), &reader->stated.total, &cut);
    reader->rate_given = decimal_parse(rate, &reader->rate, NULL);
    if (rate.data != NULL && !reader->rate_given) {
        sink_note_format(reader->sink, DIAG_REPORT_VALUE, element->line,
                         "the line-rate \"%.*s\" is no number", SPAN_ARG(span_until(rate, 40)));
    }
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
    if (element->word == LINE && reader->class_depth > 0) {
        take_line(reader, element); /* nearly all elements are lines */
        return;
    }
    switch (element->word) {
    case CLASS:
        if (reader->class_depth == 0) {
            open_class(reader, element);
        }
        break;
    case METHOD:
        if (reader->class_depth > 0 && reader->method_depth == 0) {
            open_method(reader, element);
        }
        break;
    case SOURCE:
        reader->source_depth = element->depth;
        reader->in_source = true;
        reader->source_line = element->line;
        break;
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

static void on_end(void *self, int word)
{
    struct reader *reader = self;
    (void)word;
    if (reader->depth == reader->method_depth) {
        close_method(reader);
    } else if (reader->depth == reader->class_depth) {
        close_class(reader);
    } else if (reader->depth == reader->source_depth) {
        close_source(reader);
    }
    reader->depth--;
}

/* ---- the end ---- */

/* Is the stated rate more than one percentage point away? Tools round it, so less says nothing. */
static bool rate_differs(struct decimal rate, struct ratio lines)
{
    struct ratio stated = {(uint64_t)rate.digits, 1};
    for (unsigned places = rate.scale; places > 0; places--) {
        stated.total *= 10;
    }
    return rate.digits < 0 || ratio_compare_shifted(stated, lines, decimal_make(1, 0)) > 0 ||
           ratio_compare_shifted(stated, lines, decimal_make(-1, 0)) < 0;
}

static void check_totals(struct reader *reader)
{
    struct ratio lines = sink_lines(reader->sink);
    if (lines.total == 0) {
        return;
    }
    if (reader->totals_given) {
        if (reader->stated.covered != lines.covered || reader->stated.total != lines.total) {
            sink_note_format(reader->sink, DIAG_REPORT_TOTALS, reader->sink->root_line,
                             "the totals say %llu of %llu lines, the elements are %llu of %llu",
                             (unsigned long long)reader->stated.covered,
                             (unsigned long long)reader->stated.total,
                             (unsigned long long)lines.covered, (unsigned long long)lines.total);
        }
    } else if (reader->rate_given && rate_differs(reader->rate, lines)) {
        sink_note_format(reader->sink, DIAG_REPORT_TOTALS, reader->sink->root_line,
                         "the line-rate is not that of the elements, which are %llu of %llu lines",
                         (unsigned long long)lines.covered, (unsigned long long)lines.total);
    }
}

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
    arena_init(&reader.arena);
    reader.aside = coverage_new(&reader.arena);
    if (xml_read(input, &handler, &reader, &notes) == ERR_NONE) {
        collector_tell_xml(sink, &notes);
        check_totals(&reader);
    }
    buf_release(&reader.source);
    buf_release(&reader.function);
    arena_release(&reader.arena);
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
