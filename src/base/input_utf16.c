/* UTF-16 with a byte-order mark -> UTF-8. Half of a surrogate pair or of a unit is a fault, never a
 * replacement. */
#include "base/input_utf16.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 256 * 1024 };

bool input_utf16_open(struct input_utf16 *utf16, struct input_unpacked *unpacked, struct span first)
{
    bool little_endian = span_starts(first, "\xFF\xFE");
    utf16->unpacked = unpacked;
    utf16->big_endian = span_starts(first, "\xFE\xFF");
    if (!little_endian && !utf16->big_endian) {
        return false;
    }
    utf16->wide = mem_alloc(PIECE);
    utf16->wide_end = first.size - 2;
    memcpy(utf16->wide, first.data + 2, utf16->wide_end);
    return true;
}

void input_utf16_close(struct input_utf16 *utf16)
{
    free(utf16->wide);
}

static uint32_t unit_at(const struct input_utf16 *utf16, size_t at)
{
    unsigned char first = (unsigned char)utf16->wide[at];
    unsigned char second = (unsigned char)utf16->wide[at + 1];
    return utf16->big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(first | second << 8);
}

/* One character from `wide`, or false when more bytes are needed. */
static bool take_character(struct input_utf16 *utf16, uint32_t *character)
{
    const struct input_raw *raw = utf16->unpacked->raw;
    size_t left = utf16->wide_end - utf16->wide_start;
    if (left < 2) {
        return false;
    }
    uint32_t unit = unit_at(utf16, utf16->wide_start);
    if (unit < 0xD800 || unit > 0xDFFF) {
        utf16->wide_start += 2;
        *character = unit;
        return true;
    }
    if (left < 4 && !raw->ended) {
        return false;
    }
    uint32_t low = left >= 4 ? unit_at(utf16, utf16->wide_start + 2) : 0;
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        fault_set(raw->fault, FAULT_ENCODING, 0, 0, "UTF-16 with half of a surrogate pair");
        return false;
    }
    utf16->wide_start += 4;
    *character = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* Makes room behind what is left of `wide` and fills it; false at the end or after a fault. */
static bool refill(struct input_utf16 *utf16)
{
    struct fault *fault = utf16->unpacked->raw->fault;
    size_t left = utf16->wide_end - utf16->wide_start;
    memmove(utf16->wide, utf16->wide + utf16->wide_start, left);
    size_t got = fault->kind == FAULT_NONE
                     ? input_unpacked_read(utf16->unpacked, utf16->wide + left, PIECE - left)
                     : 0;
    utf16->wide_start = 0;
    utf16->wide_end = left + got;
    if (got == 0 && left > 0) {
        fault_set(fault, FAULT_ENCODING, 0, 0, "UTF-16 that ends in half a unit");
    }
    return got > 0;
}

size_t input_utf16_read(struct input_utf16 *utf16, char *to, size_t size)
{
    struct buf out;
    bool more = true;
    buf_init(&out);
    while (more && out.size + 4 <= size) {
        uint32_t character = 0;
        if (take_character(utf16, &character)) {
            utf8_add(&out, character);
        } else {
            more = refill(utf16);
        }
    }
    size_t produced = utf16->unpacked->raw->fault->kind == FAULT_NONE ? out.size : 0;
    if (produced > 0) {
        memcpy(to, out.data, produced);
    }
    buf_release(&out);
    return produced;
}
