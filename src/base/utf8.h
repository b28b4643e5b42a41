/* UTF-8: checking, repairing and measuring (utf8proc). */
#ifndef TIDEGATE_BASE_UTF8_H
#define TIDEGATE_BASE_UTF8_H

#include "base/buf.h"
#include "base/span.h"

/* How many leading bytes are well-formed UTF-8 (no overlong form, no surrogate, at most
 * U+10FFFF). */
size_t utf8_valid_size(struct span text);
/* Appends the text with every broken byte replaced by U+FFFD. Returns how many were replaced. */
size_t utf8_add_repaired(struct buf *out, struct span text);
/* Decodes the character at the start of a non-empty, valid text; *size is its length in bytes. */
uint32_t utf8_decode(struct span text, size_t *size);
void utf8_add(struct buf *out, uint32_t character);
/* Columns that the text takes on a terminal; broken bytes and control characters count one. */
size_t utf8_width(struct span text);

#endif
