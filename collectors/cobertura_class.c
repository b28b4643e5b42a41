/* Elements of a Cobertura class -> rows of its file: lines, branches and functions.
 *
 * Lines are those of `class/lines`; those of methods repeat them, so they are set aside and count
 * only where the class has none of its own. A function is covered if a line of the method was hit;
 * only a method without lines speaks by its own `hits` or `line-rate`. */
#include "collectors/cobertura_class.h"

#include "base/limits.h"
#include "collectors/cobertura_count.h"
#include "collectors/cobertura_words.h"

void cobertura_class_init(struct cobertura_class *open, struct sink *sink)
{
    *open = (struct cobertura_class){.sink = sink};
    arena_init(&open->arena);
    open->aside = coverage_new(&open->arena);
}

void cobertura_class_release(struct cobertura_class *open)
{
    buf_release(&open->function);
    arena_release(&open->arena);
}

/* ---- lines ---- */

/* Hits of a line; 0 with a note when they cannot be read. */
static uint64_t read_hits(struct cobertura_class *open, struct span text, uint64_t line)
{
    uint64_t hits = 0;
    bool cut = false;
    if (span_to_u64(text, &hits) && hits < UINT64_MAX) {
        return hits;
    }
    if (text.data == NULL) {
        sink_note_format(open->sink, DIAG_REPORT_VALUE, line,
                         "a line without hits counts as not hit");
    } else if (!cobertura_count_read(text, &hits, &cut)) {
        sink_note_format(open->sink, DIAG_REPORT_VALUE, line,
                         "hits \"%.*s\" are no count: the line counts as not hit",
                         SPAN_ARG(span_until(text, 40)));
    } else if (cut || hits == UINT64_MAX) {
        sink_note_format(open->sink, DIAG_REPORT_VALUE, line, "hits \"%.*s\" are cut to %llu",
                         SPAN_ARG(span_until(text, 40)), (unsigned long long)hits);
    }
    return hits;
}

static void add_line(struct cobertura_class *open, uint64_t number, uint64_t hits)
{
    if (open->method_depth == 0) {
        sink_line(open->sink, number, hits);
    } else if (!open->has_lines) {
        coverage_add_line(open->aside, (uint32_t)number, hits > 0);
    }
}

static void add_branches(struct cobertura_class *open, uint64_t number, uint64_t taken,
                         uint64_t total)
{
    if (open->method_depth == 0) {
        sink_branches(open->sink, number, taken, total);
    } else if (!open->has_lines) {
        coverage_add_branches(open->aside, (uint32_t)number, (uint32_t)taken, (uint32_t)total);
    }
}

/* Something of a line is not taken. Of a method it is lost only if its class has no lines. */
static void drop(struct cobertura_class *open, enum diag_code code, uint64_t line,
                 const char *format, struct span text)
{
    sink_note_format(open->sink, code, line, format, SPAN_ARG(span_until(text, 40)));
    if (open->method_depth > 0) {
        open->aside_dropped = true;
    } else {
        open->sink->partial = true;
    }
}

static void take_branches(struct cobertura_class *open, const struct xml_element *element,
                          uint64_t number)
{
    struct span text = xml_attribute(element, CONDITION_COVERAGE);
    uint64_t line = element->line;
    uint64_t taken = 0;
    uint64_t total = 0;
    switch (cobertura_conditions_read(text, &taken, &total)) {
    case CONDITIONS_READ: add_branches(open, number, taken, total); break;
    case CONDITIONS_EMPTY:
        sink_note_format(open->sink, DIAG_REPORT_VALUE, line, "0 of 0 branches are no branches");
        break;
    case CONDITIONS_WRONG:
        drop(open, DIAG_REPORT_VALUE, line, "the branches \"%.*s\" are no (taken/total)", text);
        break;
    case CONDITIONS_NONE:
        if (span_is_caseless(xml_attribute(element, BRANCH), "true")) {
            sink_note_format(open->sink, DIAG_REPORT_VALUE, line,
                             "a line with branches does not say how many");
        }
        break;
    }
}

void cobertura_class_line(struct cobertura_class *open, const struct xml_element *element)
{
    struct span text = xml_attribute(element, NUMBER);
    struct span hits_text = xml_attribute(element, HITS);
    uint64_t number = 0;
    uint64_t hits = read_hits(open, hits_text, element->line);
    if (open->method_depth > 0) {
        open->method_has_lines = true;
        open->method_hit = open->method_hit || hits > 0;
    } else {
        open->has_lines = true;
    }
    if (!span_to_u64(text, &number) || number == 0 || number > LIMIT_LINE_NUMBER) {
        drop(open, DIAG_REPORT_LINE_NUMBER, element->line,
             "the line number \"%.*s\" is not possible", text);
        return;
    }
    add_line(open, number, hits);
    /* Lines without branches are not searched for more than they hold. */
    size_t known = hits_text.data != NULL ? 2 : 1;
    if (element->attribute_count > known) {
        take_branches(open, element, number);
    }
}

/* ---- the class and its methods ---- */

static void add_part(struct buf *id, struct span part)
{
    buf_add(id, part);
    buf_add_byte(id, '\0');
}

void cobertura_class_open(struct cobertura_class *open, const struct xml_element *element)
{
    struct span path = xml_attribute(element, FILENAME);
    if (open->depth > 0) {
        return;
    }
    sink_note_path(open->sink, path, element->line);
    sink_file(open->sink, path);
    buf_clear(&open->function);
    add_part(&open->function, xml_attribute(element, NAME));
    open->name_size = open->function.size;
    open->depth = element->depth;
    open->has_lines = false;
    open->aside_dropped = false;
}

static void close_class(struct cobertura_class *open)
{
    if (!open->has_lines) {
        sink_rows_add(open->sink, open->aside);
        open->sink->partial = open->sink->partial || open->aside_dropped;
    }
    coverage_clear(open->aside);
    open->depth = 0;
}

void cobertura_class_method(struct cobertura_class *open, const struct xml_element *element)
{
    struct span hits = xml_attribute(element, HITS);
    if (open->depth == 0 || open->method_depth > 0) {
        return;
    }
    open->function.size = open->name_size;
    add_part(&open->function, xml_attribute(element, NAME));
    add_part(&open->function, xml_attribute(element, SIGNATURE));
    open->method_depth = element->depth;
    open->method_has_lines = false;
    open->method_hit = false;
    open->method_says_hit =
        cobertura_count_is_positive(hits.data != NULL ? hits : xml_attribute(element, LINE_RATE));
}

static void close_method(struct cobertura_class *open)
{
    bool hit = open->method_has_lines ? open->method_hit : open->method_says_hit;
    sink_function(open->sink, buf_span(&open->function), hit);
    open->method_depth = 0;
}

void cobertura_class_end(struct cobertura_class *open, unsigned depth)
{
    if (depth == open->method_depth) {
        close_method(open);
    } else if (depth == open->depth) {
        close_class(open);
    }
}
