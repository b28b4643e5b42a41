/* Declarations of a DTD -> plain entities, or a fault (XML 1.0, sections 3.3.2 and 4).
 *
 * Hand-made reports declare an entity or two for a name. One that is short and holds no markup
 * cannot grow, so it is kept here, outside libxml2, which would otherwise start a parser for each
 * use. Defaults of attributes are refused: what is not written does not count. */
#include "base/xml_entities.h"

#include "base/xml_inside.h"

#include <string.h>

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
    fault_set(reader->fault, FAULT_ENTITY, reader->entities.line, 0,
              "the document declares entities");
    xml_stop(reader);
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
    if (reader->entities.line == 0) {
        reader->entities.line = xml_line(reader);
    }
    if (!reader->handler->plain_entities || !is_plain(type, content) ||
        reader->entities.count == PLAIN_ENTITIES) {
        refuse_entity(reader);
        return;
    }
    struct xml_plain_entity *kept = &reader->entities.kept[reader->entities.count++];
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
    for (size_t index = 0; index < reader->entities.count; index++) {
        xmlEntity *entity = &reader->entities.kept[index].entity;
        if (!xmlStrEqual(entity->name, name)) {
            continue;
        }
        if (++reader->entities.uses > PLAIN_ENTITY_USES) {
            refuse_entity(reader);
            return NULL;
        }
        /* In text libxml2 would start a parser for the content; a predefined entity is plain text
         * to it. In attributes it takes only the first byte of those. */
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

void xml_entities_listen(xmlSAXHandler *sax)
{
    sax->entityDecl = on_entity;
    sax->unparsedEntityDecl = on_unparsed_entity;
    sax->getEntity = on_reference;
    sax->attributeDecl = on_attribute_declaration;
}
