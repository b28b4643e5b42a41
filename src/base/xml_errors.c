/* Errors of libxml2 -> the fault of the input, or a replaced character.
 *
 * - At a cut end libxml2 speaks of extra content: what is missing is worked out from the depth.
 * - A reference to a character that XML forbids is replaced where it stands in text, as raw ones
 *   are by xml_bytes.c; the parser has to be told to go on. */
#include "base/xml_errors.h"

#include "base/mem.h"
#include "base/xml_inside.h"

#include <string.h>

void xml_stop(struct xml_reader *reader)
{
    reader->stopped = true;
    xmlStopParser(reader->parser);
}

uint64_t xml_line(const struct xml_reader *reader)
{
    return (uint64_t)reader->parser->input->line;
}

uint64_t xml_column(const struct xml_reader *reader)
{
    int column = reader->parser->input->col; /* which libxml2 lets overflow */
    return column > 0 ? (uint64_t)column : 0;
}

void xml_refuse(struct xml_reader *reader, enum fault_kind kind, const char *why)
{
    fault_set(reader->fault, kind, xml_line(reader), xml_column(reader), "%s", why);
    xml_stop(reader);
}

/* ---- errors of libxml2 ---- */

/* Does the parser stand at a character that was put in place of a forbidden one? */
static bool at_replaced(const struct xml_reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    return reader->bytes.replaced > 0 && input->end - input->cur >= 3 &&
           memcmp(input->cur, XML_REPLACEMENT, 3) == 0;
}

static enum fault_kind kind_of(const struct xml_reader *reader, int code)
{
    switch (code) {
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF: return FAULT_CONTROL;
    case XML_ERR_ATTRIBUTE_REDEFINED:
    case XML_NS_ERR_ATTRIBUTE_REDEFINED: return FAULT_DUPLICATE;
    case XML_ERR_NAME_TOO_LONG: return FAULT_LIMIT;
    default: return at_replaced(reader) ? FAULT_CONTROL : FAULT_SYNTAX;
    }
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

/* Did the parser run out of bytes, rather than stumble over one? */
static bool is_cut(const struct xml_reader *reader, int code)
{
    const xmlParserInput *input = reader->parser->input;
    bool unfinished = code == XML_ERR_DOCUMENT_END || code == XML_ERR_CDATA_NOT_FINISHED ||
                      code == XML_ERR_COMMENT_NOT_FINISHED || code == XML_ERR_PI_NOT_FINISHED ||
                      code == XML_ERR_DOCTYPE_NOT_FINISHED;
    return reader->ending && (reader->depth > 0 || !reader->root_seen) &&
           (unfinished || input->cur == input->end);
}

/* A reference such as `&#27;` in text: raw characters of this kind never come here. The parser has
 * read it and would go on but for its flags. */
static void replace_reference(struct xml_reader *reader)
{
    reader->parser->recovery = 1;
    reader->parser->disableSAX = 0;
    reader->tolerant = true;
    reader->replaced_references++;
    if (reader->replaced_line == 0) {
        reader->replaced_line = xml_line(reader);
    }
    if (reader->listening) {
        reader->handler->text(reader->self, SPAN(XML_REPLACEMENT));
        xml_after_callback(reader);
    }
}

static void on_error(void *context, error_pointer error)
{
    struct xml_reader *reader = context;
    /* A namespace name that is no URI hurts nobody; libxml2 calls it an error. */
    if (error->level < XML_ERR_ERROR || error->code == XML_WAR_NS_URI || reader->stopped) {
        return;
    }
    if (error->code == XML_ERR_INVALID_CHAR && reader->parser->instate == XML_PARSER_CONTENT) {
        replace_reference(reader);
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        mem_exhausted();
    }
    if (is_cut(reader, error->code)) {
        fault_set(reader->fault, FAULT_TRUNCATED, reader->end_line, reader->end_column,
                  reader->depth > 0 ? "the document ends before its root element is closed"
                                    : "the document ends before its root element");
    } else {
        struct span text = error->code == XML_ERR_DOCUMENT_EMPTY
                               ? SPAN("this does not begin like an XML document")
                               : span_trim(span_of(error->message));
        fault_set(reader->fault, kind_of(reader, error->code), (uint64_t)error->line,
                  (uint64_t)error->int2, "%.*s", SPAN_ARG(text));
    }
    xml_stop(reader);
}

void xml_errors_listen(xmlSAXHandler *sax)
{
    sax->serror = on_error;
}
