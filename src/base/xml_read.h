/* XML as events, safely: libxml2's SAX2 interface behind a narrow door.
 *
 * Refused, each with its place: entity declarations and internal DTD defaults (a bare DOCTYPE
 * passes and nothing is ever fetched), undeclared entities and prefixes, nesting above
 * LIMIT_XML_DEPTH, more than LIMIT_XML_ATTRIBUTES attributes, more than LIMIT_XML_NAMES different
 * names, a tag or comment above LIMIT_XML_TOKEN, encodings other than UTF-8, UTF-16, US-ASCII,
 * ISO-8859-1 and windows-1252, bytes that are not in the encoding that is declared, and any error
 * that libxml2 calls an error.
 *
 * Control characters that XML 1.0 forbids (NUL too), raw or as references, are replaced by U+FFFD
 * and counted where they stand in character data, because test output often holds them and nothing
 * is decided by it. In names and attribute values they are refused, because a replaced name may be
 * that of another test or file.
 *
 * Memory is bounded by the longest tag, not by the file or by a text node. */
#ifndef TIDEGATE_BASE_XML_READ_H
#define TIDEGATE_BASE_XML_READ_H

#include "base/err.h"
#include "base/input.h"

enum { XML_WORDS = 64 }; /* how many names a reader may list */

struct xml_element {
    int word;                               /* index into xml_handler.words, -1 if not listed */
    unsigned depth;                         /* 1 for the root */
    const char *name;                       /* local name */
    uint64_t line;                          /* where the start tag ends */
    const unsigned char *const *words;      /* for xml_attribute */
    const unsigned char *const *attributes; /* the same */
    size_t attribute_count;
};

struct xml_handler {
    const char *const
        *words; /* names that this reader cares about, NULL at the end; at most XML_WORDS */
    void (*start)(void *self, const struct xml_element *element);
    void (*text)(void *self, struct span text); /* character data in pieces; may be NULL */
    /* NULL, or a flag of the caller: text is handed on only while it is true. Most text is the
     * white space between elements, so this saves as many calls as there are tags. Looked at after
     * `start` and `end`. */
    const bool *wants_text;
    void (*end)(void *self, int word);
    /* NULL, or a flag of the caller (`&sink->refused`): once it is true after a callback, reading
     * ends with ERR_FORMAT and without a fault. */
    const bool *stop;
    /* Take the declaration of a few short entities of plain text, as hand-made reports have them.
     * They are replaced in attributes and text. All others are refused as ever. */
    bool plain_entities;
};

struct xml_notes {
    uint64_t replaced;      /* forbidden characters that were replaced */
    uint64_t replaced_line; /* of the first one */
    uint64_t line;          /* line at the end */
};

/* Reads the whole document. All spans handed out are valid during that call only. Returns ERR_NONE
 * or ERR_FORMAT; the cause is then in input_fault(input). `notes` may be NULL. */
enum err xml_read(struct input *input, const struct xml_handler *handler, void *self,
                  struct xml_notes *notes);

/* libxml2 tells of an attribute by five pointers. */
enum xml_part { XML_NAME, XML_PREFIX, XML_URI, XML_VALUE, XML_VALUE_END, XML_PARTS };

/* The value of the attribute with this word, or an empty span with data == NULL when absent.
 * Entities and references are resolved. An attribute in a namespace does not count. Elements have
 * few attributes, so looking at each costs less than any order among them. */
static inline struct span xml_attribute(const struct xml_element *element, int word)
{
    const unsigned char *name = element->words[word];
    const unsigned char *const *parts = element->attributes;
    for (size_t index = 0; index < element->attribute_count; index++, parts += XML_PARTS) {
        if (parts[XML_NAME] == name && parts[XML_PREFIX] == NULL) {
            return span_make((const char *)parts[XML_VALUE],
                             (size_t)(parts[XML_VALUE_END] - parts[XML_VALUE]));
        }
    }
    return span_make(NULL, 0);
}

/* The same for a name that need not be listed; in any namespace. */
struct span xml_attribute_named(const struct xml_element *element, struct span name);

#endif
