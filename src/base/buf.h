/* Bytes that grow at the end: what renderers and writers write to.
 *
 * Life cycle: buf_init (or a zeroed struct), any number of buf_add_*, buf_span to look, buf_clear
 * to use it again, buf_release. Memory is never short (base/mem.h), so nothing here can fail. No
 * function depends on the locale. */
#ifndef TIDEGATE_BASE_BUF_H
#define TIDEGATE_BASE_BUF_H

#include "base/span.h"

struct buf {
    char *data;
    size_t size;
    size_t capacity;
};

void buf_init(struct buf *buf);
void buf_clear(struct buf *buf);
void buf_release(struct buf *buf);

struct span buf_span(const struct buf *buf);
/* The content as a C string, valid until the next change. */
const char *buf_text(struct buf *buf);

void buf_add(struct buf *buf, struct span span);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_byte(struct buf *buf, char byte);
void buf_add_repeat(struct buf *buf, char byte, size_t count);
void buf_add_u64(struct buf *buf, uint64_t value);
void buf_add_i64(struct buf *buf, int64_t value);
/* For people: commas between groups of three, "12,345". */
void buf_add_grouped(struct buf *buf, uint64_t value);
/* How many of something: "1 report", "1,234 reports". */
void buf_add_count(struct buf *buf, uint64_t count, const char *one, const char *many);
/* printf; never with a floating-point conversion, because those depend on the locale. */
void buf_add_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
