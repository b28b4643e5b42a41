/* XML -> events (XML 1.0, Namespaces in XML 1.0), by libxml2's push parser.
 *
 * The push parser was chosen over its siblings because it is the only one that needs no more memory
 * than the longest tag and no more time than the bytes are worth: the pull parser collects a CDATA
 * section of any size, the reader and the tree are several times slower. How it gets the bytes, and
 * what a token may cost, is in xml_feed.c. What else it lacks is added here:
 * - It has no limit on depth.
 * - With XML_PARSE_HUGE, which a log of 10 MB in a CDATA section needs, its guard against entities
 *   is off: what may be declared is in xml_entities.c.
 * - Some of its errors are none, and some come in the wrong words: xml_errors.c. */
#include "base/xml_read.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/xml_inside.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

static size_t slot_of(const xmlChar *name)
{
    uintptr_t address = (uintptr_t)name;
    return (address >> 2 ^ address >> 10) % WORD_SLOTS;
}

/* The word that this name is, or -1. libxml2 gives the same pointer for the same name, so no text
 * is compared. */
static int find_word(const struct xml_reader *reader, const xmlChar *name)
{
    for (size_t at = slot_of(name);; at = (at + 1) % WORD_SLOTS) {
        const struct word_slot *slot = &reader->words[at];
        if (slot->name == name) {
            return slot->word;
        }
        if (slot->name == NULL) {
            return -1;
        }
    }
}

static void add_words(struct xml_reader *reader)
{
    for (int word = 0; reader->handler->words[word] != NULL; word++) {
        const xmlChar *name =
            xmlDictLookup(reader->parser->dict, (const xmlChar *)reader->handler->words[word], -1);
        if (name == NULL) {
            mem_exhausted();
        }
        size_t at = slot_of(name);
        while (reader->words[at].name != NULL) {
            at = (at + 1) % WORD_SLOTS;
        }
        reader->words[at] = (struct word_slot){name, word};
        reader->names[word] = name;
    }
}

/* ---- elements and text ---- */

void xml_after_callback(struct xml_reader *reader)
{
    if (reader->handler->stop != NULL && *reader->handler->stop && !reader->stopped) {
        xml_stop(reader);
    }
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct xml_reader *reader = context;
    if (!reader->stopped) {
        reader->handler->text(reader->self, span_make((const char *)text, (size_t)size));
        xml_after_callback(reader);
    }
}

/* libxml2 makes no call for text while it has none to make. */
static void listen(struct xml_reader *reader, bool wanted)
{
    xmlSAXHandler *sax = reader->parser->sax;
    reader->listening = wanted;
    sax->characters = wanted ? on_text : NULL;
    sax->cdataBlock = sax->characters;
    sax->ignorableWhitespace = sax->characters;
}

static void after_tag(struct xml_reader *reader)
{
    const bool *wanted = reader->handler->wants_text;
    if (wanted != NULL && *wanted != reader->listening) {
        listen(reader, *wanted);
    }
    xml_after_callback(reader);
}

static struct span value_of(const xmlChar *const *parts)
{
    return span_make((const char *)parts[XML_VALUE],
                     (size_t)(parts[XML_VALUE_END] - parts[XML_VALUE]));
}

static bool holds_replaced(struct span text)
{
    return span_find_text(text, XML_REPLACEMENT) != SIZE_MAX;
}

/* In a tag a replaced character may have changed what is meant. XML allows U+FFFD even in names. */
static void check_replaced(struct xml_reader *reader, const struct xml_element *element)
{
    bool found = holds_replaced(span_of(element->name));
    const xmlChar *const *parts = element->attributes;
    for (size_t index = 0; index < element->attribute_count && !found;
         index++, parts += XML_PARTS) {
        found = holds_replaced(span_of((const char *)parts[XML_NAME])) ||
                holds_replaced(value_of(parts));
    }
    if (found) {
        xml_refuse(reader, FAULT_CONTROL, "a forbidden control character in a tag");
    }
}

static bool start_allowed(struct xml_reader *reader, int attributes, int defaulted)
{
    if (reader->depth > LIMIT_XML_DEPTH) {
        xml_refuse(reader, FAULT_LIMIT, "elements are nested deeper than the ceiling");
    } else if ((uint64_t)attributes > LIMIT_XML_ATTRIBUTES) {
        xml_refuse(reader, FAULT_LIMIT, "an element has more attributes than the ceiling");
    } else if (defaulted > 0) {
        xml_refuse(reader, FAULT_ENTITY, "an attribute has its value from a declaration");
    }
    return !reader->stopped;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes)
{
    struct xml_reader *reader = context;
    (void)prefix;
    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    if (reader->stopped) {
        return;
    }
    reader->root_seen = true;
    reader->depth++;
    if (!start_allowed(reader, attribute_count, defaulted_count)) {
        return;
    }
    const struct xml_element element = {.word = find_word(reader, name),
                                        .depth = reader->depth,
                                        .name = (const char *)name,
                                        .line = xml_line(reader),
                                        .words = reader->names,
                                        .attributes = attributes,
                                        .attribute_count = (size_t)attribute_count};
    if (reader->bytes.replaced > 0) {
        check_replaced(reader, &element);
    }
    if (!reader->stopped) {
        reader->handler->start(reader->self, &element);
        after_tag(reader);
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_reader *reader = context;
    (void)prefix;
    (void)uri;
    if (reader->stopped) {
        return;
    }
    reader->handler->end(reader->self, find_word(reader, name));
    reader->depth--;
    after_tag(reader);
}

/* ---- the door ---- */

static xmlParserCtxtPtr open_parser(struct xml_reader *reader)
{
    /* No default handler stays: nothing builds a tree, loads a DTD or resolves an entity. */
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof(sax));
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    xml_entities_listen(&sax);
    xml_errors_listen(&sax);
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    if (parser == NULL) {
        mem_exhausted();
    }
    /* NOENT makes `&amp;` in attributes come as `&`; there is no entity that it could expand.
     * IGNORE_ENC: the bytes are UTF-8 by now, whatever the declaration says. */
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOENT |
                                  XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES);
    return parser;
}

static void close_parser(xmlParserCtxtPtr parser)
{
    /* libxml2 makes a document of its own for entity declarations. */
    xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
}

enum err xml_read(struct input *input, const struct xml_handler *handler, void *self,
                  struct xml_notes *notes)
{
    struct xml_reader *reader = mem_alloc(sizeof(*reader));
    reader->handler = handler;
    reader->self = self;
    reader->fault = input_fault_slot(input);
    reader->only_blank = true;
    reader->parser = open_parser(reader);
    listen(reader, handler->text != NULL && (handler->wants_text == NULL || *handler->wants_text));
    add_words(reader);
    xml_bytes_open(&reader->bytes, input);
    xml_feed_all(reader);
    if (notes != NULL) {
        *notes =
            (struct xml_notes){.replaced = reader->bytes.replaced + reader->replaced_references,
                               .replaced_line = reader->replaced_line,
                               .line = reader->end_line};
    }
    bool good = !reader->stopped && reader->fault->kind == FAULT_NONE;
    xml_bytes_release(&reader->bytes);
    close_parser(reader->parser);
    free(reader);
    return good ? ERR_NONE : ERR_FORMAT;
}

struct span xml_attribute_named(const struct xml_element *element, struct span name)
{
    const xmlChar *const *parts = element->attributes;
    for (size_t index = 0; index < element->attribute_count; index++, parts += XML_PARTS) {
        if (span_equal(span_of((const char *)parts[XML_NAME]), name)) {
            return value_of(parts);
        }
    }
    return span_make(NULL, 0);
}
