/* The reader around a libxml2 parser, which the files of xml_read.h share. */
#ifndef TIDEGATE_BASE_XML_INSIDE_H
#define TIDEGATE_BASE_XML_INSIDE_H

#include "base/xml_bytes.h"
#include "base/xml_entities.h"
#include "base/xml_errors.h"
#include "base/xml_read.h"

#include <libxml/parser.h>

enum { WORD_SLOTS = 256 }; /* a power of two, several times XML_WORDS */

/* A name that the caller listed. libxml2 has one pointer for all that are equal. */
struct word_slot {
    const xmlChar *name;
    int word;
};

struct xml_reader {
    const struct xml_handler *handler;
    void *self;
    struct fault *fault;
    struct xml_bytes bytes;
    xmlParserCtxtPtr parser;
    struct word_slot words[WORD_SLOTS];
    const xmlChar *names[XML_WORDS]; /* the words as libxml2 knows them */
    unsigned depth;
    bool listening; /* to text */
    bool root_seen;
    bool only_blank; /* nothing but white space so far */
    bool stopped;    /* by a fault or by the caller */
    bool in_cdata;   /* the parser stands in an empty CDATA section */
    size_t held;     /* brackets at the end of its text so far: 0 to 2 */
    bool ending;     /* all bytes are in the parser */
    uint64_t replaced_line;
    uint64_t replaced_references;
    bool tolerant;                 /* such a reference stands in the piece that the parser has */
    uint64_t end_line, end_column; /* behind the last byte; valid when ending */
    struct xml_entities entities;
};

/* Stops when the caller's handler asked for it. */
void xml_after_callback(struct xml_reader *reader);

/* Gives the parser all bytes and ends the document; sets the fault if it is cut, empty or
 * broken. */
void xml_feed_all(struct xml_reader *reader);

#endif
