/* What ends the reading of an XML document before its end: libxml2's errors, and what this reader
 * refuses by itself. */
#ifndef TIDEGATE_BASE_XML_ERRORS_H
#define TIDEGATE_BASE_XML_ERRORS_H

#include "base/fault.h"

#include <libxml/parser.h>

struct xml_reader;

/* Sets the callback of a parser whose context is a struct xml_reader. */
void xml_errors_listen(xmlSAXHandler *sax);

/* Stops the parser: no callback comes after this. */
void xml_stop(struct xml_reader *reader);
/* Stops with a fault at the place where the parser stands. */
void xml_refuse(struct xml_reader *reader, enum fault_kind kind, const char *why);
/* The line where the parser stands. */
uint64_t xml_line(const struct xml_reader *reader);
uint64_t xml_column(const struct xml_reader *reader); /* 0: unknown */

#endif
