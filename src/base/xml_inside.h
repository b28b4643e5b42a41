/* What xml_read.c and xml_feed.c share: the reader around a libxml2 parser. */
#ifndef TIDEGATE_BASE_XML_INSIDE_H
#define TIDEGATE_BASE_XML_INSIDE_H

#include "base/xml_bytes.h"
#include "base/xml_read.h"

#include <libxml/parser.h>

enum {
    WORD_SLOTS = 256,         /* a power of two, several times XML_WORDS */
    PLAIN_ENTITIES = 8,       /* plain entities that are kept, */
    PLAIN_ENTITY_BYTES = 64,  /* their size, */
    PLAIN_ENTITY_USES = 10000 /* and how often they may be used: at most 640 kB come out */
};

/* A name that the caller listed. libxml2 has one pointer for all that are equal. */
struct word_slot {
    const xmlChar *name;
    int word;
};

struct plain_entity {
    xmlEntity entity;
    xmlChar content[PLAIN_ENTITY_BYTES + 1];
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
    struct plain_entity entities[PLAIN_ENTITIES];
    size_t entity_count;
    size_t entity_uses;
    uint64_t entity_line; /* of the first declaration */
};

/* Stops with a fault at the place where the parser stands. */
void xml_refuse(struct xml_reader *reader, enum fault_kind kind, const char *why);
/* Stops when the caller's handler asked for it. */
void xml_after_callback(struct xml_reader *reader);

/* Gives the parser all bytes and ends the document; sets the fault if it is cut, empty or broken. */
void xml_feed_all(struct xml_reader *reader);

#endif
