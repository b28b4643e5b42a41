/* UTF-8 by utf8proc. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* How many leading bytes are ASCII: eight at a time. */
static size_t ascii_size(struct span text)
{
    const uint64_t high = UINT64_MAX / 255 * 0x80;
    size_t at = 0;
    for (uint64_t word = 0; at + 8 <= text.size; at += 8) {
        memcpy(&word, text.data + at, 8);
        if ((word & high) != 0) {
            break;
        }
    }
    while (at < text.size && (unsigned char)text.data[at] < 0x80) {
        at++;
    }
    return at;
}

size_t utf8_valid_size(struct span text)
{
    size_t at = 0;
    while (at < text.size) {
        at += ascii_size(span_from(text, at));
        if (at == text.size) {
            break;
        }
        utf8proc_int32_t character = 0;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                                 (utf8proc_ssize_t)(text.size - at), &character);
        if (size <= 0) {
            break;
        }
        at += (size_t)size;
    }
    return at;
}

size_t utf8_add_repaired(struct buf *out, struct span text)
{
    size_t replaced = 0;
    while (text.size > 0) {
        size_t valid = utf8_valid_size(text);
        buf_add(out, span_until(text, valid));
        text = span_from(text, valid);
        if (text.size > 0) {
            buf_add_text(out, "\xEF\xBF\xBD");
            text = span_from(text, 1);
            replaced++;
        }
    }
    return replaced;
}

uint32_t utf8_decode(struct span text, size_t *size)
{
    utf8proc_int32_t character = 0;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text.data,
                                              (utf8proc_ssize_t)text.size, &character);
    *size = taken > 0 ? (size_t)taken : 1;
    return taken > 0 ? (uint32_t)character : 0xFFFD;
}

void utf8_add(struct buf *out, uint32_t character)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)character, bytes);
    buf_add(out, span_make((const char *)bytes, size > 0 ? (size_t)size : 0));
}

size_t utf8_width(struct span text)
{
    size_t width = 0;
    while (text.size > 0) {
        size_t size = 1;
        uint32_t character = utf8_decode(text, &size);
        bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
        int columns = control ? 1 : utf8proc_charwidth((utf8proc_int32_t)character);
        width += columns > 0 ? (size_t)columns : 0;
        text = span_from(text, size);
    }
    return width;
}
