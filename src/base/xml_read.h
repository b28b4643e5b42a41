/* XML as events, safely: libxml2's SAX2 interface behind a narrow door.
 *
 * Refused, each with its place: entity declarations and internal DTD defaults (a bare DOCTYPE passes and
 * nothing is ever fetched), undeclared entities and prefixes, nesting above LIMIT_XML_DEPTH, more than
 * LIMIT_XML_ATTRIBUTES attributes, more than LIMIT_XML_NAMES different names, a tag or comment above
 * LIMIT_XML_TOKEN, encodings other than UTF-8, UTF-16, US-ASCII, ISO-8859-1 and windows-1252, bytes that
 * are not in the encoding that is declared, and any error that libxml2 calls an error.
 *
 * Raw control characters that XML 1.0 forbids (NUL too) are replaced by U+FFFD and counted where they
 * stand in character data, because test output often holds them and nothing is decided by it. In names and
 * attribute values they are refused, because a replaced name may be that of another test or file.
 *
 * Memory is bounded by the longest tag, not by the file or by a text node. */
#ifndef TIDEGATE_BASE_XML_READ_H
#define TIDEGATE_BASE_XML_READ_H

#include "base/err.h"
#include "base/input.h"

struct xml_attribute {
    int word;          /* index into xml_handler.words, -1 if not listed or in a namespace */
    struct span name;  /* local name */
    struct span value; /* entities and references resolved */
};

struct xml_element {
    int word;         /* index into xml_handler.words, -1 if not listed */
    struct span name; /* local name */
    unsigned depth;   /* 1 for the root */
    uint64_t line;    /* where the start tag ends */
    const struct xml_attribute *attributes;
    size_t attribute_count;
};

struct xml_handler {
    const char *const *words; /* names that this reader cares about, NULL at the end; at most 64 */
    void (*start)(void *self, const struct xml_element *element);
    void (*text)(void *self, struct span text); /* character data in pieces; may be NULL */
    void (*end)(void *self, int word);
    /* NULL, or a flag of the caller (`&sink->refused`): once it is true after a callback, reading ends
     * with ERR_FORMAT and without a fault. */
    const bool *stop;
    /* Take the declaration of a few short entities of plain text, as hand-made reports have them. They
     * are replaced in attributes and text. All others are refused as ever. */
    bool plain_entities;
};

struct xml_notes {
    uint64_t replaced;      /* forbidden characters that were replaced */
    uint64_t replaced_line; /* of the first one */
    uint64_t line;          /* line at the end */
};

/* Reads the whole document. All spans handed out are valid during that call only. Returns ERR_NONE or
 * ERR_FORMAT; the cause is then in input_fault(input). `notes` may be NULL. */
enum err xml_read(struct input *input, const struct xml_handler *handler, void *self,
                  struct xml_notes *notes);

/* The value of the attribute with this word, or an empty span with data == NULL when absent. */
struct span xml_attribute(const struct xml_element *element, int word);

#endif
