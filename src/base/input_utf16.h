/* UTF-16 text as UTF-8: the third stage of an input, which most do not need. */
#ifndef TIDEGATE_BASE_INPUT_UTF16_H
#define TIDEGATE_BASE_INPUT_UTF16_H

#include "base/input_unpacked.h"

/* Life cycle: a zeroed struct, input_utf16_open, if that returned true input_utf16_read until 0,
 * input_utf16_close. */
struct input_utf16 {
    struct input_unpacked *unpacked;
    bool big_endian;
    char *wide; /* a piece that is not decoded yet; NULL: this is no UTF-16 */
    size_t wide_start, wide_end;
};

/* Do the first bytes begin with a byte-order mark of UTF-16? Then takes them; the others come from
 * `unpacked`. */
bool input_utf16_open(struct input_utf16 *utf16, struct input_unpacked *unpacked,
                      struct span first);
void input_utf16_close(struct input_utf16 *utf16);

/* Up to `size` bytes (at least 4) of UTF-8 into `to`; 0 at the end or after a fault. */
size_t input_utf16_read(struct input_utf16 *utf16, char *to, size_t size);

#endif
