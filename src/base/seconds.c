/* Durations: the usual form in a few steps, all others by way of a cleaned copy. */
#include "base/seconds.h"

#include <string.h>

enum { TEXT_SIZE = 40 };

/* "12.345" with at most 18 bytes. False: another form. */
static bool read_usual(struct span text, struct decimal *seconds)
{
    int64_t digits = 0;
    size_t dot = SIZE_MAX;
    if (text.size == 0 || text.size > 18) {
        return false;
    }
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        if (byte >= '0' && byte <= '9') {
            digits = digits * 10 + (byte - '0');
        } else if (byte == '.' && dot == SIZE_MAX && at > 0) {
            dot = at;
        } else {
            return false;
        }
    }
    size_t places = dot == SIZE_MAX ? 0 : text.size - dot - 1;
    if (places > DECIMAL_SCALE_MAX || (dot != SIZE_MAX && places == 0)) {
        return false;
    }
    *seconds = decimal_make(digits, (uint8_t)places);
    return true;
}

/* Groups of three digits behind commas, the first of one to three and without a leading zero. */
static bool is_grouped(struct span text)
{
    struct span group = span_cut(&text, ',');
    if (group.size == 0 || group.size > 3 || group.data[0] == '0') {
        return false;
    }
    do {
        group = span_cut(&text, ',');
        if (group.size != 3) {
            return false;
        }
    } while (text.size > 0);
    return true;
}

/* Copies `text` to `number` with its comma interpreted and digits on both sides of its point.
 * Returns the size. */
static size_t clean(struct span text, char *number)
{
    size_t dot = span_find(text, '.');
    bool thousands = dot != SIZE_MAX ? true : is_grouped(text);
    size_t size = 0;
    if (span_starts(text, ".")) {
        number[size++] = '0';
    }
    for (size_t at = 0; at < text.size; at++) {
        bool comma = text.data[at] == ',';
        if (comma && thousands && (dot == SIZE_MAX || at < dot)) {
            continue;
        }
        number[size++] = comma && !thousands ? '.' : text.data[at];
    }
    if (span_ends(text, ".") && text.size > 1) {
        size--;
    }
    return size;
}

enum seconds_kind seconds_read(struct span text, struct decimal *seconds)
{
    char number[TEXT_SIZE + 1];
    if (read_usual(text, seconds)) {
        return SECONDS_PLAIN;
    }
    *seconds = decimal_make(0, 0);
    text = span_trim(text);
    if (text.size == 0) {
        return SECONDS_ABSENT;
    }
    struct decimal value;
    if (text.size > TEXT_SIZE ||
        !decimal_parse(span_make(number, clean(text, number)), &value, NULL)) {
        return SECONDS_UNREADABLE;
    }
    if (value.digits < 0) {
        return SECONDS_NEGATIVE;
    }
    *seconds = value;
    return span_find(text, ',') != SIZE_MAX ? SECONDS_COMMA : SECONDS_PLAIN;
}
