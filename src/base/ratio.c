/* Ratios compared by cross multiplication. Percentages have at most nine places, totals 64 bits:
 * products need up to 64 + 64 + 37 bits, so they are compared in quotient and remainder, never
 * rounded. */
#include "base/ratio.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

int ratio_compare(struct ratio left, struct ratio right)
{
    uwide one = (uwide)left.covered * right.total;
    uwide two = (uwide)right.covered * left.total;
    return one < two ? -1 : one > two;
}

static uint64_t hundred_percent(uint8_t scale)
{
    uint64_t unit = 100;
    while (scale-- > 0) {
        unit *= 10;
    }
    return unit;
}

/* <0, 0, >0 for covered/total against share/unit, where unit is at most 100 * 10^9. */
static int compare_share(struct ratio ratio, wide share, uint64_t unit)
{
    if (share < 0) {
        return 1;
    }
    uwide left = (uwide)ratio.covered * unit; /* 64 + 37 bits */
    /* share * total may exceed 128 bits only when share > 2^64: far above every covered * unit. */
    if (share > (wide)UINT64_MAX) {
        return -1;
    }
    uwide right = (uwide)share * ratio.total;
    return left < right ? -1 : left > right;
}

int ratio_compare_percent(struct ratio ratio, struct decimal percent)
{
    return compare_share(ratio, percent.digits, hundred_percent(percent.scale));
}

int ratio_compare_shifted(struct ratio left, struct ratio right, struct decimal points)
{
    /* left.covered/left.total - right.covered/right.total against points/unit, over the common
     * denominator: two numbers of up to 129 bits are compared as high and low halves. */
    uint64_t unit = hundred_percent(points.scale);
    uwide one = (uwide)left.covered * right.total;
    uwide two = (uwide)right.covered * left.total;
    bool negative = one < two;
    uwide distance = negative ? two - one : one - two; /* over left.total * right.total */
    uwide denominator = (uwide)left.total * right.total;
    bool points_negative = points.digits < 0;
    uint64_t size =
        points_negative ? (uint64_t)0 - (uint64_t)points.digits : (uint64_t)points.digits;
    if (negative != points_negative && (distance != 0 || size != 0)) {
        if (distance == 0) {
            return points_negative ? 1 : -1;
        }
        return negative ? -1 : 1;
    }
    /* distance * unit against size * denominator: split each product into two 64-bit steps. */
    uwide left_low = (uwide)(uint64_t)distance * unit;
    uwide left_high = (distance >> 64) * unit + (left_low >> 64);
    uwide right_low = (uwide)(uint64_t)denominator * size;
    uwide right_high = (denominator >> 64) * size + (right_low >> 64);
    int order = left_high < right_high ? -1 : left_high > right_high;
    if (order == 0) {
        uint64_t low_one = (uint64_t)left_low;
        uint64_t low_two = (uint64_t)right_low;
        order = low_one < low_two ? -1 : low_one > low_two;
    }
    return points_negative ? -order : order;
}

uint64_t ratio_needed(uint64_t total, struct decimal percent)
{
    if (percent.digits <= 0) {
        return 0;
    }
    uint64_t unit = hundred_percent(percent.scale);
    uwide needed = ((uwide)total * (uint64_t)percent.digits + unit - 1) / unit;
    return needed > UINT64_MAX ? UINT64_MAX : (uint64_t)needed;
}

void ratio_add_percent(struct buf *out, struct ratio ratio, unsigned places)
{
    if (ratio.total == 0) {
        buf_add_text(out, "n/a");
        return;
    }
    uint64_t unit =
        hundred_percent((uint8_t)(places > DECIMAL_SCALE_MAX ? DECIMAL_SCALE_MAX : places));
    uwide cut = (uwide)ratio.covered * unit / ratio.total;
    struct decimal percent = {cut > INT64_MAX ? INT64_MAX : (int64_t)cut,
                              (uint8_t)(places > DECIMAL_SCALE_MAX ? DECIMAL_SCALE_MAX : places)};
    decimal_add_text(out, percent);
}
