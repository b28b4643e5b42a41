/* The bytes of an XML document as clean UTF-8: what the parser may be given without surprises.
 *
 * Finds the declared encoding, refuses all but UTF-8, UTF-16 (decoded by input.h), US-ASCII,
 * ISO-8859-1 and windows-1252, turns the last two into UTF-8, checks every byte, and replaces
 * control characters that XML 1.0 forbids by U+FFFD. What the parser sees is therefore always
 * well-formed UTF-8.
 *
 * Life cycle: xml_bytes_open, xml_bytes_next until it returns false, xml_bytes_release. */
#ifndef TIDEGATE_BASE_XML_BYTES_H
#define TIDEGATE_BASE_XML_BYTES_H

#include "base/buf.h"
#include "base/input.h"

#define XML_REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD, in place of what XML forbids */

enum xml_encoding { XML_UTF8, XML_ASCII, XML_LATIN1, XML_WINDOWS_1252 };

struct xml_bytes {
    struct input *input;
    enum xml_encoding encoding;
    char *raw;         /* what was read */
    size_t capacity;   /* of raw */
    size_t carried;    /* bytes of raw that are the start of an unfinished character: 0 to 3 */
    size_t carried_at; /* where they stand */
    struct buf clean;  /* a piece that could not be handed out as it was read */
    struct span piece; /* the current piece: clean UTF-8, valid until the next call */
    size_t
        replaced_at;   /* offset in `piece` behind its first replaced character; SIZE_MAX if none */
    uint64_t replaced; /* characters replaced so far */
    const char
        *broken; /* NULL, or why the bytes behind `piece` are no text: there is no next piece */
};

/* Looks at the declaration; a wrong encoding sets the fault of the input and the first next is
 * false. */
void xml_bytes_open(struct xml_bytes *bytes, struct input *input);
void xml_bytes_release(struct xml_bytes *bytes);

/* Reads up to `size` bytes (at least 4) into the next piece. False at the end and after a fault. */
bool xml_bytes_next(struct xml_bytes *bytes, size_t size);

#endif
