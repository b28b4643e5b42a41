/* Decimal numbers: digits times 10^-scale, exact, no binary fraction anywhere.
 *
 * Invariant: scale <= 9. decimal_parse cuts further digits and says so. */
#ifndef TIDEGATE_BASE_DECIMAL_H
#define TIDEGATE_BASE_DECIMAL_H

#include "base/buf.h"
#include "base/span.h"

enum { DECIMAL_SCALE_MAX = 9 };

struct decimal {
    int64_t digits;
    uint8_t scale;
};

/* `[-]digits[.digits][e[+-]digits]`, all of the span. Places beyond the ninth are cut towards zero
 * and set *cut when given. False for anything else, and when the number does not fit 64 bits. */
bool decimal_parse(struct span text, struct decimal *value, bool *cut);
struct decimal decimal_make(int64_t digits, uint8_t scale);

int decimal_compare(struct decimal left, struct decimal right);
/* Sum and difference; saturate at the ends of 64 bits. */
struct decimal decimal_add(struct decimal left, struct decimal right);
struct decimal decimal_subtract(struct decimal left, struct decimal right);
/* Without trailing zeros in the fraction. */
struct decimal decimal_trim(struct decimal value);

/* "12.5", "-0.25", "3": every digit of the scale is written; trim first for the shortest form. */
void decimal_add_text(struct buf *out, struct decimal value);
/* For people: the same with commas between groups of three before the point, "12,345.50". */
void decimal_add_grouped(struct buf *out, struct decimal value);

#endif
