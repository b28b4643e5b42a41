/* A borrowed piece of text.
 *
 * A span points into bytes that somebody else owns (the input window, an arena, a literal) and dies
 * with them. It is not terminated by NUL and may hold any byte. The empty span may have a NULL
 * pointer. Spans are passed by value. */
#ifndef TIDEGATE_BASE_SPAN_H
#define TIDEGATE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
    const char *data;
    size_t size; /* bytes */
};

/* A span of a string literal. */
#define SPAN(literal) ((struct span){"" literal, sizeof(literal) - 1})

/* printf arguments for "%.*s". */
#define SPAN_ARG(span) (int)(span).size, (span).data ? (span).data : ""

static inline struct span span_make(const char *data, size_t size)
{
    return (struct span){data, size};
}
struct span span_of(const char *text); /* NULL gives the empty span */
/* The rest from byte `start` on. */
static inline struct span span_from(struct span span, size_t start)
{
    size_t skipped = start < span.size ? start : span.size;
    return (struct span){skipped > 0 ? span.data + skipped : span.data, span.size - skipped};
}
/* At most the first `size` bytes. */
static inline struct span span_until(struct span span, size_t size)
{
    return (struct span){span.data, size < span.size ? size : span.size};
}
struct span span_trim(struct span span); /* without ASCII white space at both ends */

bool span_equal(struct span left, struct span right);
/* Equal to a C string. Inline, because against a literal it then costs a comparison or two. */
__attribute__((always_inline)) static inline bool span_is(struct span span, const char *text)
{
    size_t size = strlen(text);
    return span.size == size && (size == 0 || memcmp(span.data, text, size) == 0);
}
bool span_is_hex(struct span span); /* digits and a to f alone, as ids are written */
bool span_is_caseless(struct span span, const char *text); /* the same, ASCII letters folded */
__attribute__((always_inline)) static inline bool span_starts(struct span span, const char *prefix)
{
    size_t size = strlen(prefix);
    return span.size >= size && (size == 0 || memcmp(span.data, prefix, size) == 0);
}
bool span_ends(struct span span, const char *suffix);

/* Order of the bytes as unsigned numbers, shorter first: <0, 0, >0. The same on every machine. */
int span_compare(struct span left, struct span right);

/* Position of the first or last `byte`, or SIZE_MAX. */
size_t span_find(struct span span, char byte);
size_t span_find_last(struct span span, char byte);
/* Position of the first occurrence of `text`, or SIZE_MAX. */
size_t span_find_text(struct span span, const char *text);

/* Cuts `*rest` at the first `byte`: returns what stands before it and moves `*rest` behind it.
 * Without such a byte it returns everything and leaves `*rest` empty. */
struct span span_cut(struct span *rest, char byte);

/* span_to_u64 for any number of digits. */
bool span_to_large_u64(struct span span, uint64_t *value);

/* Decimal digits only (no sign, blank, prefix), at least one, all of the span. A value above 2^64-1
 * saturates. Returns false and leaves *value alone when the text is anything else. */
static inline bool span_to_u64(struct span span, uint64_t *value)
{
    enum { SAFE_DIGITS = 19 }; /* cannot be too large */
    uint64_t sum = 0;
    if (span.size == 0 || span.size > SAFE_DIGITS) {
        return span_to_large_u64(span, value);
    }
    for (size_t index = 0; index < span.size; index++) {
        unsigned digit = (unsigned)(unsigned char)span.data[index] - '0';
        if (digit > 9) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}
/* The same with an optional leading minus; saturates at both ends. */
bool span_to_i64(struct span span, int64_t *value);

#endif
