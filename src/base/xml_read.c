/* XML -> events (XML 1.0, Namespaces in XML 1.0), by libxml2's push parser.
 *
 * The push parser was chosen over its siblings because it is the only one that needs no more memory than the
 * longest tag and no more time than the bytes are worth: the pull parser collects a CDATA section of any size,
 * the reader and the tree are several times slower. What it lacks is added here:
 * - libxml2 2.9 looks at everything that it holds again when a piece arrives, so a huge token would take
 *   quadratic time. Pieces therefore grow with what is pending, and the text of CDATA sections, where logs stand,
 *   goes past it.
 * - It has no limit on depth, and checks attributes for duplicates in quadratic time before any callback, so a
 *   tag that is still growing is counted from outside.
 * - With XML_PARSE_HUGE, which a log of 10 MB in a CDATA section needs, its guard against entities is off. The
 *   first declaration of an entity stops the parser.
 * - At a cut end it speaks of extra content: what is missing is worked out from the depth. */
#include "base/xml_read.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/xml_bytes.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    PIECE = 64 * 1024,        /* bytes given to the parser at a time */
    WORD_SLOTS = 256,         /* a power of two, several times the number of words */
    PLAIN_ENTITIES = 8,       /* plain entities that are kept, */
    PLAIN_ENTITY_BYTES = 64,  /* their size, */
    PLAIN_ENTITY_USES = 10000 /* and how often they may be used: at most 640 kB come out */
};

/* A name that the caller listed, as the pointer under which libxml2 knows it. */
struct word_slot {
    const xmlChar *name;
    size_t size;
    int word;
};

struct plain_entity {
    xmlEntity entity;
    xmlChar content[PLAIN_ENTITY_BYTES + 1];
};

struct reader {
    const struct xml_handler *handler;
    void *self;
    struct fault *fault;
    struct xml_bytes bytes;
    xmlParserCtxtPtr parser;
    struct word_slot words[WORD_SLOTS];
    struct xml_attribute *attributes; /* LIMIT_XML_ATTRIBUTES of them */
    unsigned depth;
    bool root_seen;
    bool only_blank; /* nothing but white space so far */
    bool stopped;    /* by a fault or by the caller */
    bool in_cdata;   /* the parser stands in an empty CDATA section */
    size_t held;     /* brackets at the end of its text so far: 0 to 2 */
    bool ending;     /* all bytes are in the parser */
    uint64_t replaced_line;
    uint64_t end_line, end_column; /* behind the last byte; valid when ending */
    struct plain_entity entities[PLAIN_ENTITIES];
    size_t entity_count;
    size_t entity_uses;
    uint64_t entity_line; /* of the first declaration */
};

/* ---- trouble ---- */

static void stop(struct reader *reader)
{
    reader->stopped = true;
    xmlStopParser(reader->parser);
}

static uint64_t current_line(const struct reader *reader)
{
    return (uint64_t)reader->parser->input->line;
}

static void refuse(struct reader *reader, enum fault_kind kind, const char *why)
{
    fault_set(reader->fault, kind, current_line(reader), (uint64_t)reader->parser->input->col, "%s",
              why);
    stop(reader);
}

/* The place behind everything that the parser was given, plus `more`. */
static void place_behind(const struct reader *reader, struct span more, uint64_t *line,
                         uint64_t *column)
{
    const xmlParserInput *input = reader->parser->input;
    const struct span parts[] = {
        span_make((const char *)input->cur, (size_t)(input->end - input->cur)), more};
    *line = (uint64_t)input->line;
    *column = (uint64_t)input->col;
    for (size_t part = 0; part < 2; part++) {
        for (size_t at = 0; at < parts[part].size; at++) {
            bool new_line = parts[part].data[at] == '\n';
            *line += new_line;
            *column = new_line ? 1 : *column + 1;
        }
    }
}

/* Does the parser stand at a character that was put in place of a forbidden one? */
static bool at_replaced(const struct reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    return reader->bytes.replaced > 0 && input->end - input->cur >= 3 &&
           memcmp(input->cur, XML_REPLACEMENT, 3) == 0;
}

static enum fault_kind kind_of(const struct reader *reader, int code)
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
static bool is_cut(const struct reader *reader, int code)
{
    const xmlParserInput *input = reader->parser->input;
    bool unfinished = code == XML_ERR_DOCUMENT_END || code == XML_ERR_CDATA_NOT_FINISHED ||
                      code == XML_ERR_COMMENT_NOT_FINISHED || code == XML_ERR_PI_NOT_FINISHED ||
                      code == XML_ERR_DOCTYPE_NOT_FINISHED;
    return reader->ending && (reader->depth > 0 || !reader->root_seen) &&
           (unfinished || input->cur == input->end);
}

static void on_error(void *context, error_pointer error)
{
    struct reader *reader = context;
    /* A namespace name that is no URI hurts nobody; libxml2 calls it an error. */
    if (error->level < XML_ERR_ERROR || error->code == XML_WAR_NS_URI || reader->stopped) {
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

static void refuse_entity(struct reader *reader)
{
    fault_set(reader->fault, FAULT_ENTITY, reader->entity_line, 0,
              "the document declares entities");
    stop(reader);
}

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    struct reader *reader = context;
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
    struct reader *reader = context;
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
    struct reader *reader = context;
    (void)element;
    (void)name;
    (void)type;
    (void)kind;
    if (value != NULL && !reader->stopped) {
        refuse(reader, FAULT_ENTITY, "the document declares a default for an attribute");
    }
    xmlFreeEnumeration(choices);
}

/* ---- elements and text ---- */

static size_t slot_of(const xmlChar *name)
{
    uintptr_t address = (uintptr_t)name;
    return (address >> 2 ^ address >> 10) % WORD_SLOTS;
}

/* libxml2 gives the same pointer for the same name, so words are found without comparing text. */
static const struct word_slot *find_word(const struct reader *reader, const xmlChar *name)
{
    size_t at = slot_of(name);
    while (reader->words[at].name != NULL && reader->words[at].name != name) {
        at = (at + 1) % WORD_SLOTS;
    }
    return &reader->words[at];
}

static void add_words(struct reader *reader)
{
    for (int word = 0; reader->handler->words[word] != NULL; word++) {
        const xmlChar *name =
            xmlDictLookup(reader->parser->dict, (const xmlChar *)reader->handler->words[word], -1);
        if (name == NULL) {
            mem_exhausted();
        }
        size_t at = (size_t)(find_word(reader, name) - reader->words);
        reader->words[at] = (struct word_slot){name, strlen((const char *)name), word};
    }
}

static struct span name_of(const struct word_slot *slot, const xmlChar *name)
{
    return slot->name != NULL ? span_make((const char *)name, slot->size)
                              : span_of((const char *)name);
}

static void after_callback(struct reader *reader)
{
    if (reader->handler->stop != NULL && *reader->handler->stop && !reader->stopped) {
        stop(reader);
    }
}

/* libxml2 passes five pointers for each attribute: name, prefix, URI, start and end of the value. */
static void take_attributes(struct reader *reader, const xmlChar **raw, size_t count)
{
    for (size_t index = 0; index < count; index++, raw += 5) {
        struct xml_attribute *attribute = &reader->attributes[index];
        const struct word_slot *slot = find_word(reader, raw[0]);
        attribute->word = slot->name != NULL && raw[1] == NULL ? slot->word : -1;
        attribute->name = name_of(slot, raw[0]);
        attribute->value = span_make((const char *)raw[3], (size_t)(raw[4] - raw[3]));
    }
}

static bool holds_replaced(struct span text)
{
    return span_find_text(text, XML_REPLACEMENT) != SIZE_MAX;
}

/* In a tag a replaced character may have changed what is meant. XML allows U+FFFD even in names. */
static void check_replaced(struct reader *reader, const struct xml_element *element)
{
    bool found = holds_replaced(element->name);
    for (size_t index = 0; index < element->attribute_count && !found; index++) {
        const struct xml_attribute *attribute = &element->attributes[index];
        found = holds_replaced(attribute->name) || holds_replaced(attribute->value);
    }
    if (found) {
        refuse(reader, FAULT_CONTROL, "a forbidden control character in a tag");
    }
}

static bool start_allowed(struct reader *reader, int attributes, int defaulted)
{
    if (reader->depth > LIMIT_XML_DEPTH) {
        refuse(reader, FAULT_LIMIT, "elements are nested deeper than the ceiling");
    } else if ((uint64_t)attributes > LIMIT_XML_ATTRIBUTES) {
        refuse(reader, FAULT_LIMIT, "an element has more attributes than the ceiling");
    } else if (defaulted > 0) {
        refuse(reader, FAULT_ENTITY, "an attribute has its value from a declaration");
    }
    return !reader->stopped;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted_count, const xmlChar **attributes)
{
    struct reader *reader = context;
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
    take_attributes(reader, attributes, (size_t)attribute_count);
    const struct word_slot *slot = find_word(reader, name);
    const struct xml_element element = {.word = slot->name != NULL ? slot->word : -1,
                                        .name = name_of(slot, name),
                                        .depth = reader->depth,
                                        .line = current_line(reader),
                                        .attributes = reader->attributes,
                                        .attribute_count = (size_t)attribute_count};
    if (reader->bytes.replaced > 0) {
        check_replaced(reader, &element);
    }
    if (!reader->stopped) {
        reader->handler->start(reader->self, &element);
        after_callback(reader);
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *reader = context;
    (void)prefix;
    (void)uri;
    if (reader->stopped) {
        return;
    }
    const struct word_slot *slot = find_word(reader, name);
    reader->handler->end(reader->self, slot->name != NULL ? slot->word : -1);
    reader->depth--;
    after_callback(reader);
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct reader *reader = context;
    if (!reader->stopped) {
        reader->handler->text(reader->self, span_make((const char *)text, (size_t)size));
        after_callback(reader);
    }
}

/* ---- feeding ---- */

static size_t pending(const struct reader *reader)
{
    return (size_t)(reader->parser->input->end - reader->parser->input->cur);
}

static void feed(struct reader *reader, struct span piece, bool last)
{
    xmlParseChunk(reader->parser, piece.data, (int)piece.size, last);
    if (!reader->parser->wellFormed && !reader->stopped) {
        refuse(reader, FAULT_SYNTAX, "not well formed"); /* an error that came without a word */
    }
}

/* Counts the attributes of a start tag that has not ended yet by its quoted values. */
static size_t growing_attributes(struct span tag)
{
    size_t count = 0;
    char quote = 0;
    for (size_t at = 0; at < tag.size; at++) {
        char byte = tag.data[at];
        if (quote != 0 && byte == quote) {
            quote = 0;
        } else if (quote == 0 && (byte == '"' || byte == '\'')) {
            quote = byte;
            count++;
        }
    }
    return count;
}

static int add_saturated(int value, size_t more)
{
    return more > (size_t)(INT_MAX - value) ? INT_MAX : value + (int)more;
}

/* Counts the lines and columns of bytes that the parser never sees. */
static void advance(struct reader *reader, struct span text)
{
    xmlParserInput *input = reader->parser->input;
    size_t lines = 0;
    for (size_t at = 0; at < text.size; at++) {
        lines += text.data[at] == '\n';
    }
    size_t last = span_find_last(text, '\n');
    input->line = add_saturated(input->line, lines);
    input->col = last == SIZE_MAX ? add_saturated(input->col, text.size)
                                  : add_saturated(0, text.size - last);
}

static void give_cdata(struct reader *reader, struct span text)
{
    if (text.size > 0 && reader->handler->text != NULL && !reader->stopped) {
        reader->handler->text(reader->self, text);
        after_callback(reader);
    }
}

/* Where the `>` of the first `]]>` stands, of which `held` brackets came before; SIZE_MAX if nowhere. */
static size_t find_cdata_end(struct span text, size_t held)
{
    for (size_t at = 0; at < text.size; at++) {
        const char *found = memchr(text.data + at, '>', text.size - at);
        if (found == NULL) {
            break;
        }
        at = (size_t)(found - text.data);
        bool first = at >= 2 ? text.data[at - 2] == ']' : held + at >= 2;
        if (first && (at == 0 || text.data[at - 1] == ']')) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* Takes the text of a CDATA section up to its end or the end of the piece. The last two brackets are held back:
 * they may belong to the end. Returns what stands behind the section. */
static struct span take_cdata(struct reader *reader, struct span piece)
{
    size_t end = find_cdata_end(piece, reader->held);
    bool ended = end != SIZE_MAX;
    struct span text = ended ? span_until(piece, end) : piece;
    size_t brackets = 0;
    while (brackets < 2 && brackets < text.size && text.data[text.size - 1 - brackets] == ']') {
        brackets++;
    }
    bool only_brackets = brackets == text.size;
    size_t all = only_brackets ? reader->held + brackets : brackets;
    size_t kept = all < 2 ? all : 2;
    give_cdata(reader, span_until(SPAN("]]"), only_brackets ? all - kept : reader->held));
    give_cdata(reader, span_until(text, text.size - brackets));
    advance(reader, text);
    reader->held = kept;
    if (!ended) {
        return span_from(piece, piece.size);
    }
    reader->in_cdata = false;
    reader->held = 0;
    if (!reader->stopped) {
        feed(reader, SPAN("]]>"), false);
    }
    return span_from(piece, end + 1);
}

/* The offset behind the first `<![CDATA[`, or the whole size. It is looked for by its rarest byte. */
static size_t find_cdata(struct span piece)
{
    const char *at = piece.data;
    const char *end = piece.data + piece.size;
    while ((at = memchr(at, '!', (size_t)(end - at))) != NULL) {
        if (at > piece.data && end - at >= 8 && memcmp(at - 1, "<![CDATA[", 9) == 0) {
            return (size_t)(at - piece.data) + 8;
        }
        at++;
    }
    return piece.size;
}

/* Feeds a piece without the text of its CDATA sections: the parser sees them empty. Whether something that looks
 * like a section is one, and not part of a comment, is the parser's word. */
static void feed_piece(struct reader *reader, struct span piece)
{
    while (piece.size > 0 && !reader->stopped) {
        if (reader->in_cdata) {
            piece = take_cdata(reader, piece);
            continue;
        }
        size_t size = find_cdata(piece);
        feed(reader, span_until(piece, size), false);
        if (reader->stopped) {
            return;
        }
        bool section = reader->parser->instate == XML_PARSER_CDATA_SECTION;
        if (section && pending(reader) > 0 && piece.data[size - 1] != ']') {
            /* It began across two pieces: close it, so that what the parser holds comes out, and open it again. */
            feed(reader, SPAN("]]>"), false);
            if (!reader->stopped) {
                feed(reader, SPAN("<![CDATA["), false);
            }
        }
        reader->in_cdata = section && !reader->stopped && pending(reader) == 0;
        piece = span_from(piece, size);
    }
}

/* Stops what grows beyond the ceilings: a token before libxml2 sees its end, and the dictionary of names. */
static void check_growth(struct reader *reader)
{
    struct span token = span_make((const char *)reader->parser->input->cur, pending(reader));
    bool large = token.size >= PIECE / 4;
    bool tag = large && token.data[0] == '<' && token.data[1] != '!' && token.data[1] != '?';
    if (large && token.data[0] == '&') {
        refuse(reader, FAULT_SYNTAX, "an ampersand that begins no reference");
    } else if (token.size > LIMIT_XML_TOKEN) {
        refuse(reader, FAULT_LIMIT, "a tag or comment is larger than the ceiling");
    } else if (tag && growing_attributes(token) > LIMIT_XML_ATTRIBUTES) {
        refuse(reader, FAULT_LIMIT, "an element has more attributes than the ceiling");
    } else if ((uint64_t)xmlDictSize(reader->parser->dict) > LIMIT_XML_NAMES) {
        refuse(reader, FAULT_LIMIT, "more different names than the ceiling");
    }
}

static void note_replaced(struct reader *reader)
{
    if (reader->bytes.replaced_at != SIZE_MAX && reader->replaced_line == 0) {
        uint64_t column = 0;
        place_behind(reader, span_until(reader->bytes.piece, reader->bytes.replaced_at),
                     &reader->replaced_line, &column);
    }
}

static void finish(struct reader *reader)
{
    place_behind(reader, span_make(NULL, 0), &reader->end_line, &reader->end_column);
    if (reader->bytes.broken != NULL) {
        fault_set(reader->fault, FAULT_ENCODING, reader->end_line, reader->end_column, "%s",
                  reader->bytes.broken);
        return;
    }
    if (reader->only_blank) {
        fault_set(reader->fault, FAULT_EMPTY, 1, 1, "there is no document");
        return;
    }
    reader->ending = true;
    feed(reader, span_make("", 0), true);
    if (!reader->stopped && (reader->depth > 0 || !reader->root_seen)) {
        fault_set(reader->fault, FAULT_TRUNCATED, reader->end_line, reader->end_column,
                  "the document ends before its root element is closed");
    }
}

static void read_all(struct reader *reader)
{
    size_t size = PIECE;
    while (!reader->stopped && xml_bytes_next(&reader->bytes, size)) {
        struct span piece = reader->bytes.piece;
        reader->only_blank = reader->only_blank && span_trim(piece).size == 0;
        note_replaced(reader);
        feed_piece(reader, piece);
        if (!reader->stopped) {
            check_growth(reader);
        }
        /* A token that is not complete makes the next piece as large as itself. */
        size = !reader->stopped && pending(reader) > PIECE ? pending(reader) : PIECE;
    }
    if (!reader->stopped && reader->fault->kind == FAULT_NONE) {
        finish(reader);
    }
}

/* ---- the door ---- */

static xmlParserCtxtPtr open_parser(struct reader *reader)
{
    /* No default handler stays: nothing builds a tree, loads a DTD or resolves an entity. */
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof(sax));
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = reader->handler->text != NULL ? on_text : NULL;
    sax.cdataBlock = sax.characters;
    sax.ignorableWhitespace = sax.characters;
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
    struct reader *reader = mem_alloc(sizeof(*reader));
    reader->handler = handler;
    reader->self = self;
    reader->fault = input_fault_slot(input);
    reader->only_blank = true;
    reader->attributes =
        mem_alloc(mem_product((size_t)LIMIT_XML_ATTRIBUTES, sizeof(struct xml_attribute)));
    reader->parser = open_parser(reader);
    add_words(reader);
    xml_bytes_open(&reader->bytes, input);
    read_all(reader);
    if (notes != NULL) {
        *notes = (struct xml_notes){.replaced = reader->bytes.replaced,
                                    .replaced_line = reader->replaced_line,
                                    .line = reader->end_line};
    }
    bool good = !reader->stopped && reader->fault->kind == FAULT_NONE;
    xml_bytes_release(&reader->bytes);
    close_parser(reader->parser);
    free(reader->attributes);
    free(reader);
    return good ? ERR_NONE : ERR_FORMAT;
}

struct span xml_attribute(const struct xml_element *element, int word)
{
    for (size_t index = 0; index < element->attribute_count; index++) {
        if (element->attributes[index].word == word) {
            return element->attributes[index].value;
        }
    }
    return span_make(NULL, 0);
}
