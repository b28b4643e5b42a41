/* Borrowed text: comparing, searching, cutting, reading numbers. */
#include "base/span.h"

#include <string.h>

struct span span_of(const char *text)
{
    return (struct span){text, text != NULL ? strlen(text) : 0};
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct span span_trim(struct span span)
{
    while (span.size > 0 && is_blank(span.data[0])) {
        span = span_from(span, 1);
    }
    while (span.size > 0 && is_blank(span.data[span.size - 1])) {
        span.size--;
    }
    return span;
}

bool span_equal(struct span left, struct span right)
{
    return left.size == right.size &&
           (left.size == 0 || memcmp(left.data, right.data, left.size) == 0);
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool span_is_hex(struct span span)
{
    size_t at = 0;
    while (at < span.size && ((span.data[at] >= '0' && span.data[at] <= '9') ||
                              (span.data[at] >= 'a' && span.data[at] <= 'f'))) {
        at++;
    }
    return at == span.size;
}

bool span_is_caseless(struct span span, const char *text)
{
    size_t index = 0;
    while (index < span.size && text[index] != '\0' &&
           lower(span.data[index]) == lower(text[index])) {
        index++;
    }
    return index == span.size && text[index] == '\0';
}

bool span_ends(struct span span, const char *suffix)
{
    size_t size = strlen(suffix);
    return span.size >= size &&
           (size == 0 || memcmp(span.data + span.size - size, suffix, size) == 0);
}

int span_compare(struct span left, struct span right)
{
    size_t common = left.size < right.size ? left.size : right.size;
    int order = common > 0 ? memcmp(left.data, right.data, common) : 0;
    if (order != 0) {
        return order;
    }
    return left.size < right.size ? -1 : left.size > right.size;
}

size_t span_find(struct span span, char byte)
{
    const char *found = span.size > 0 ? memchr(span.data, byte, span.size) : NULL;
    return found != NULL ? (size_t)(found - span.data) : SIZE_MAX;
}

size_t span_find_last(struct span span, char byte)
{
    for (size_t index = span.size; index > 0; index--) {
        if (span.data[index - 1] == byte) {
            return index - 1;
        }
    }
    return SIZE_MAX;
}

/* Where in `text` a byte stands that is likely to be rare in what is searched: no small letter and
 * no blank, if there is one. */
static size_t rare_byte(const char *text, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        if ((text[at] < 'a' || text[at] > 'z') && text[at] != ' ') {
            return at;
        }
    }
    return size / 2;
}

size_t span_find_text(struct span span, const char *text)
{
    size_t size = strlen(text);
    size_t rare = rare_byte(text, size);
    if (size == 0) {
        return 0;
    }
    for (size_t start = 0; start + size <= span.size; start++) {
        const char *found =
            memchr(span.data + start + rare, text[rare], span.size - size + 1 - start);
        if (found == NULL) {
            break;
        }
        start = (size_t)(found - span.data) - rare;
        if (memcmp(span.data + start, text, size) == 0) {
            return start;
        }
    }
    return SIZE_MAX;
}

struct span span_cut(struct span *rest, char byte)
{
    size_t at = span_find(*rest, byte);
    struct span head = *rest;
    if (at == SIZE_MAX) {
        *rest = span_from(*rest, rest->size);
        return head;
    }
    *rest = span_from(*rest, at + 1);
    return span_until(head, at);
}

bool span_to_large_u64(struct span span, uint64_t *value)
{
    uint64_t sum = 0;
    bool full = false;
    if (span.size == 0) {
        return false;
    }
    for (size_t index = 0; index < span.size; index++) {
        unsigned digit = (unsigned)(unsigned char)span.data[index] - '0';
        if (digit > 9) {
            return false;
        }
        if (sum > (UINT64_MAX - digit) / 10) {
            full = true;
        }
        sum = sum * 10 + digit;
    }
    *value = full ? UINT64_MAX : sum;
    return true;
}

bool span_to_i64(struct span span, int64_t *value)
{
    bool negative = span_starts(span, "-");
    uint64_t size = 0;
    if (!span_to_u64(negative ? span_from(span, 1) : span, &size)) {
        return false;
    }
    if (size > INT64_MAX) {
        *value = negative ? INT64_MIN : INT64_MAX;
    } else {
        *value = negative ? -(int64_t)size : (int64_t)size;
    }
    return true;
}
