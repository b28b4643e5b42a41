/* Declarations in the DTD of an XML document: a few entities of plain text may be taken, all others
 * are refused. */
#ifndef TIDEGATE_BASE_XML_ENTITIES_H
#define TIDEGATE_BASE_XML_ENTITIES_H

#include <libxml/parser.h>
#include <stdint.h>

enum {
    PLAIN_ENTITIES = 8,       /* plain entities that are kept, */
    PLAIN_ENTITY_BYTES = 64,  /* their size, */
    PLAIN_ENTITY_USES = 10000 /* and how often they may be used: at most 640 kB come out */
};

struct xml_plain_entity {
    xmlEntity entity;
    xmlChar content[PLAIN_ENTITY_BYTES + 1];
};

/* Those that were declared so far: a zeroed struct to begin with. */
struct xml_entities {
    struct xml_plain_entity kept[PLAIN_ENTITIES];
    size_t count;
    size_t uses;
    uint64_t line; /* of the first declaration; 0 if none */
};

/* Sets the callbacks of a parser whose context is a struct xml_reader. */
void xml_entities_listen(xmlSAXHandler *sax);

#endif
