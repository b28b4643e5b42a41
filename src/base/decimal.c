/* Decimal numbers as scaled integers, computed in 128 bits and saturated to 64. */
#include "base/decimal.h"

__extension__ typedef __int128 wide; /* 128 bits hold every product of two 64-bit numbers */

static wide power_of_ten(unsigned exponent)
{
    wide power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

static struct decimal saturate(wide digits, uint8_t scale)
{
    if (digits > INT64_MAX) {
        return (struct decimal){INT64_MAX, scale};
    }
    if (digits < INT64_MIN) {
        return (struct decimal){INT64_MIN, scale};
    }
    return (struct decimal){(int64_t)digits, scale};
}

struct decimal decimal_make(int64_t digits, uint8_t scale)
{
    return (struct decimal){digits, scale};
}

/* The parts of a number in text, before the exponent is applied. */
struct parts {
    wide digits;
    int scale;
    bool cut;
};

/* Takes leading digits of `*rest` into `parts`; `fraction` counts places. Returns how many there
 * were. */
static size_t take_digits(struct span *rest, struct parts *parts, bool fraction)
{
    size_t taken = 0;
    while (rest->size > 0 && rest->data[0] >= '0' && rest->data[0] <= '9') {
        int digit = rest->data[0] - '0';
        if (parts->digits < power_of_ten(27)) {
            parts->digits = parts->digits * 10 + digit;
            parts->scale += fraction ? 1 : 0;
        } else {
            parts->cut = parts->cut || digit != 0;
            parts->scale -= fraction ? 0 : 1;
        }
        *rest = span_from(*rest, 1);
        taken++;
    }
    return taken;
}

static bool take_exponent(struct span rest, int *exponent)
{
    bool negative = span_starts(rest, "-");
    uint64_t size = 0;
    if (negative || span_starts(rest, "+")) {
        rest = span_from(rest, 1);
    }
    if (!span_to_u64(rest, &size)) {
        return false;
    }
    *exponent = (int)(size > 1000 ? 1000 : size);
    *exponent = negative ? -*exponent : *exponent;
    return true;
}

/* Brings the scale into 0..9: multiplies, or cuts places. */
static bool settle(struct parts *parts)
{
    while (parts->scale < 0 && parts->digits != 0) {
        if (parts->digits > power_of_ten(27)) {
            return false;
        }
        parts->digits *= 10;
        parts->scale++;
    }
    while (parts->scale > DECIMAL_SCALE_MAX && parts->digits != 0) {
        parts->cut = parts->cut || parts->digits % 10 != 0;
        parts->digits /= 10;
        parts->scale--;
    }
    if (parts->digits == 0) {
        parts->scale = parts->scale < 0 ? 0 : parts->scale;
        parts->scale = parts->scale > DECIMAL_SCALE_MAX ? DECIMAL_SCALE_MAX : parts->scale;
    }
    while (parts->digits > INT64_MAX && parts->scale > 0) {
        parts->cut = parts->cut || parts->digits % 10 != 0;
        parts->digits /= 10;
        parts->scale--;
    }
    return parts->digits <= INT64_MAX;
}

bool decimal_parse(struct span text, struct decimal *value, bool *cut)
{
    struct parts parts = {0, 0, false};
    bool negative = span_starts(text, "-");
    struct span rest = negative ? span_from(text, 1) : text;
    int exponent = 0;
    if (take_digits(&rest, &parts, false) == 0) {
        return false;
    }
    if (span_starts(rest, ".")) {
        rest = span_from(rest, 1);
        if (take_digits(&rest, &parts, true) == 0) {
            return false;
        }
    }
    if (span_starts(rest, "e") || span_starts(rest, "E")) {
        if (!take_exponent(span_from(rest, 1), &exponent)) {
            return false;
        }
        rest = span_from(rest, rest.size);
    }
    parts.scale -= exponent;
    if (rest.size > 0 || !settle(&parts)) {
        return false;
    }
    value->digits = (int64_t)(negative ? -parts.digits : parts.digits);
    value->scale = (uint8_t)parts.scale;
    if (cut != NULL) {
        *cut = parts.cut;
    }
    return true;
}

static wide digits_at(struct decimal value, uint8_t scale)
{
    return (wide)value.digits * power_of_ten((unsigned)(scale - value.scale));
}

static uint8_t larger_scale(struct decimal left, struct decimal right)
{
    return left.scale > right.scale ? left.scale : right.scale;
}

int decimal_compare(struct decimal left, struct decimal right)
{
    uint8_t scale = larger_scale(left, right);
    wide one = digits_at(left, scale);
    wide two = digits_at(right, scale);
    return one < two ? -1 : one > two;
}

struct decimal decimal_add(struct decimal left, struct decimal right)
{
    uint8_t scale = larger_scale(left, right);
    return saturate(digits_at(left, scale) + digits_at(right, scale), scale);
}

struct decimal decimal_subtract(struct decimal left, struct decimal right)
{
    uint8_t scale = larger_scale(left, right);
    return saturate(digits_at(left, scale) - digits_at(right, scale), scale);
}

struct decimal decimal_trim(struct decimal value)
{
    while (value.scale > 0 && value.digits % 10 == 0) {
        value.digits /= 10;
        value.scale--;
    }
    return value;
}

static void add_digits(struct buf *out, struct decimal value,
                       void (*add_whole)(struct buf *out, uint64_t whole))
{
    uint64_t size =
        value.digits < 0 ? (uint64_t)0 - (uint64_t)value.digits : (uint64_t)value.digits;
    uint64_t unit = (uint64_t)power_of_ten(value.scale);
    if (value.digits < 0) {
        buf_add_byte(out, '-');
    }
    add_whole(out, size / unit);
    if (value.scale > 0) {
        char places[DECIMAL_SCALE_MAX];
        uint64_t fraction = size % unit;
        for (unsigned at = value.scale; at > 0; at--) {
            places[at - 1] = (char)('0' + fraction % 10);
            fraction /= 10;
        }
        buf_add_byte(out, '.');
        buf_add(out, span_make(places, value.scale));
    }
}

void decimal_add_text(struct buf *out, struct decimal value)
{
    add_digits(out, value, buf_add_u64);
}

void decimal_add_grouped(struct buf *out, struct decimal value)
{
    add_digits(out, value, buf_add_grouped);
}
