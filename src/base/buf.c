/* A growing byte buffer. */
#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf)
{
    *buf = (struct buf){NULL, 0, 0};
}

void buf_clear(struct buf *buf)
{
    buf->size = 0;
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    buf_init(buf);
}

/* Room for `size` more bytes and a NUL. */
static char *reserve(struct buf *buf, size_t size)
{
    if (size > SIZE_MAX / 2 - buf->size - 1) {
        mem_exhausted();
    }
    size_t needed = buf->size + size + 1;
    if (needed > buf->capacity) {
        size_t capacity = buf->capacity > 0 ? buf->capacity * 2 : 256;
        buf->capacity = capacity > needed ? capacity : needed;
        buf->data = mem_resize(buf->data, buf->capacity);
    }
    return buf->data + buf->size;
}

struct span buf_span(const struct buf *buf)
{
    return span_make(buf->data, buf->size);
}

const char *buf_text(struct buf *buf)
{
    *reserve(buf, 0) = '\0';
    return buf->data;
}

void buf_add(struct buf *buf, struct span span)
{
    if (span.size > 0) {
        memcpy(reserve(buf, span.size), span.data, span.size);
        buf->size += span.size;
    }
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, span_of(text));
}

void buf_add_byte(struct buf *buf, char byte)
{
    *reserve(buf, 1) = byte;
    buf->size++;
}

void buf_add_repeat(struct buf *buf, char byte, size_t count)
{
    if (count > 0) {
        memset(reserve(buf, count), byte, count);
        buf->size += count;
    }
}

void buf_add_u64(struct buf *buf, uint64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    buf_add(buf, span_make(digits + at, sizeof(digits) - at));
}

void buf_add_i64(struct buf *buf, int64_t value)
{
    if (value < 0) {
        buf_add_byte(buf, '-');
        buf_add_u64(buf, (uint64_t)0 - (uint64_t)value);
    } else {
        buf_add_u64(buf, (uint64_t)value);
    }
}

void buf_add_grouped(struct buf *buf, uint64_t value)
{
    if (value < 1000) {
        buf_add_u64(buf, value);
        return;
    }
    buf_add_grouped(buf, value / 1000);
    const char group[] = {',', (char)('0' + value / 100 % 10), (char)('0' + value / 10 % 10),
                          (char)('0' + value % 10)};
    buf_add(buf, span_make(group, sizeof(group)));
}

void buf_add_count(struct buf *buf, uint64_t count, const char *one, const char *many)
{
    buf_add_grouped(buf, count);
    buf_add_byte(buf, ' ');
    buf_add_text(buf, count == 1 ? one : many);
}

void buf_add_format(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size <= 0) {
        return;
    }
    char *to = reserve(buf, (size_t)size);
    va_start(arguments, format);
    vsnprintf(to, (size_t)size + 1, format, arguments);
    va_end(arguments);
    buf->size += (size_t)size;
}
