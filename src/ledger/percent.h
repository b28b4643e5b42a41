/* Text that must not act: any name as a file name or as a part of one line, and back. */
#ifndef TIDEGATE_LEDGER_PERCENT_H
#define TIDEGATE_LEDGER_PERCENT_H

#include "base/buf.h"

/* As the name of one file or folder: letters, digits, `_`, `-` and dots inside stay, every other
 * byte becomes %XX. Two names never give the same text, and none gives `.`, `..` or `.git`. */
void percent_add_file_name(struct buf *out, struct span name);
/* As a part of one line: control characters, `%` and bytes that are not UTF-8 become %XX. */
void percent_add_line(struct buf *out, struct span text);
/* The same, and what Markdown or HTML would take for markup becomes %XX too. */
void percent_add_plain(struct buf *out, struct span text);
/* Appends the text behind any of these forms; false when a `%` is not followed by two
 * hexadecimal digits in upper case. */
bool percent_decode(struct buf *out, struct span text);

#endif
