/* XML -> events (XML 1.0, Namespaces in XML 1.0), by libxml2's push parser.
 *
 * The push parser was chosen over its siblings because it is the only one that needs no more memory than the
 * longest tag and no more time than the bytes are worth: the pull parser collects a CDATA section of any size,
 * the reader and the tree are several times slower. How it gets the bytes, and what a token may cost, is in
 * xml_feed.c. What else it lacks is added here:
 * - It has no limit on depth.
 * - With XML_PARSE_HUGE, which a log of 10 MB in a CDATA section needs, its guard against entities is off. The
 *   first declaration of an entity stops the parser.
 * - At a cut end it speaks of extra content: what is missing is worked out from the depth. */
#include "base/xml_read.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/xml_inside.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

/* ---- trouble ---- */

static void stop(struct xml_reader *reader)
{
    reader->stopped = true;
    xmlStopParser(reader->parser);
}

static uint64_t current_line(const struct xml_reader *reader)
{
    return (uint64_t)reader->parser->input->line;
}

void xml_refuse(struct xml_reader *reader, enum fault_kind kind, const char *why)
{
    fault_set(reader->fault, kind, current_line(reader), (uint64_t)reader->parser->input->col, "%s",
              why);
    stop(reader);
}

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

/* A reference such as `&#27;` in text: raw characters of this kind never come here. The parser has read it and
 * would go on but for its flags. */
static void replace_reference(struct xml_reader *reader)
{
    reader->parser->recovery = 1;
    reader->parser->disableSAX = 0;
    reader->tolerant = true;
    reader->replaced_references++;
    if (reader->replaced_line == 0) {
        reader->replaced_line = current_line(reader);
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
    stop(reader);
}

/* ---- declarations ---- */

/* Short, and nothing in it is markup: cannot refer to others, cannot grow. */
static bool is_plain(int type, const xmlChar *content)
{
    struct span text = span_of((const char *)content);
    return type == XML_INTERNAL_GENERAL_ENTITY && text.size <= PLAIN_ENTITY_BYTES &&
           span_find(text, '&') == SIZE_MAX && span_find(text, '<') == SIZE_MAX &&
           span_find(text, '%') == SIZE_MAX;
}

static void refuse_entity(struct xml_reader *reader)
{
    fault_set(reader->fault, FAULT_ENTITY, reader->entity_line, 0,
              "the document declares entities");
    stop(reader);
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    struct xml_reader *reader = context;
    (void)public_id;
    (void)system_id;
    if (reader->stopped) {
        return;
    }
    if (reader->entity_line == 0) {
        reader->entity_line = current_line(reader);
    }
    if (!reader->handler->plain_entities || !is_plain(type, content) ||
        reader->entity_count == PLAIN_ENTITIES) {
        refuse_entity(reader);
        return;
    }
    struct plain_entity *kept = &reader->entities[reader->entity_count++];
    size_t size = strlen((const char *)content);
    memcpy(kept->content, content, size + 1);
    kept->entity.type = XML_ENTITY_DECL;
    kept->entity.name = name; /* lives in the parser's dictionary */
    kept->entity.content = kept->content;
    kept->entity.orig = kept->content; /* otherwise libxml2 would store a copy here */
    kept->entity.length = (int)size;
}

static void on_unparsed_entity(void *context, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id, const xmlChar *notation)
{
    (void)notation;
    on_entity(context, name, XML_EXTERNAL_GENERAL_UNPARSED_ENTITY, public_id, system_id, NULL);
}

static xmlEntityPtr on_reference(void *context, const xmlChar *name)
{
    struct xml_reader *reader = context;
    for (size_t index = 0; index < reader->entity_count; index++) {
        xmlEntity *entity = &reader->entities[index].entity;
        if (!xmlStrEqual(entity->name, name)) {
            continue;
        }
        if (++reader->entity_uses > PLAIN_ENTITY_USES) {
            refuse_entity(reader);
            return NULL;
        }
        /* In text libxml2 would start a parser for the content; a predefined entity is plain text to it. In
         * attributes it takes only the first byte of those. */
        entity->etype = reader->parser->instate == XML_PARSER_ATTRIBUTE_VALUE
                            ? XML_INTERNAL_GENERAL_ENTITY
                            : XML_INTERNAL_PREDEFINED_ENTITY;
        return entity;
    }
    return NULL;
}

static void on_attribute_declaration(void *context, const xmlChar *element, const xmlChar *name,
                                     int type, int kind, const xmlChar *value,
                                     xmlEnumerationPtr choices)
{
    struct xml_reader *reader = context;
    (void)element;
    (void)name;
    (void)type;
    (void)kind;
    if (value != NULL && !reader->stopped) {
        xml_refuse(reader, FAULT_ENTITY, "the document declares a default for an attribute");
    }
    xmlFreeEnumeration(choices);
}

/* ---- elements and text ---- */

static size_t slot_of(const xmlChar *name)
{
    uintptr_t address = (uintptr_t)name;
    return (address >> 2 ^ address >> 10) % WORD_SLOTS;
}

/* The word that this name is, or -1. libxml2 gives the same pointer for the same name, so no text is compared. */
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

void xml_after_callback(struct xml_reader *reader)
{
    if (reader->handler->stop != NULL && *reader->handler->stop && !reader->stopped) {
        stop(reader);
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
                                        .line = current_line(reader),
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
    sax.entityDecl = on_entity;
    sax.unparsedEntityDecl = on_unparsed_entity;
    sax.getEntity = on_reference;
    sax.attributeDecl = on_attribute_declaration;
    sax.serror = on_error;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    if (parser == NULL) {
        mem_exhausted();
    }
    /* NOENT makes `&amp;` in attributes come as `&`; there is no entity that it could expand. IGNORE_ENC: the
     * bytes are UTF-8 by now, whatever the declaration says. */
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
