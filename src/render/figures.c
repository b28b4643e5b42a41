/* Numbers for people. Differences of ratios are divided digit by digit over the common
 * denominator, which takes up to 128 bits, so nothing is ever rounded on the way. */
#include "render/figures.h"

__extension__ typedef unsigned __int128 uwide;

static bool shows_equal(struct ratio left, struct ratio right, unsigned places)
{
    struct buf one = {0};
    struct buf two = {0};
    ratio_add_percent(&one, left, places);
    ratio_add_percent(&two, right, places);
    bool equal = span_equal(buf_span(&one), buf_span(&two));
    buf_release(&one);
    buf_release(&two);
    return equal;
}

unsigned figures_places(const struct value *left, const struct value *right, unsigned least)
{
    unsigned places = least < DECIMAL_SCALE_MAX ? least : DECIMAL_SCALE_MAX;
    bool ratios = left->kind == VALUE_RATIO && right->kind == VALUE_RATIO;
    if (!ratios || value_is_void(left) || value_is_void(right) ||
        ratio_compare(left->ratio, right->ratio) == 0) {
        return places;
    }
    while (places < DECIMAL_SCALE_MAX && shows_equal(left->ratio, right->ratio, places)) {
        places++;
    }
    return places;
}

void figures_add_value(struct buf *out, const struct value *value, unsigned places)
{
    switch (value->kind) {
    case VALUE_RATIO:
        ratio_add_percent(out, value->ratio, places);
        buf_add_text(out, value_is_void(value) ? "" : " %");
        break;
    case VALUE_COUNT: buf_add_grouped(out, value->count); break;
    case VALUE_DECIMAL: decimal_add_grouped(out, value->decimal); break;
    }
}

/* The catalogue's units are English plurals; a user's unit stays as it is. */
static void add_unit(struct buf *out, struct span unit, bool one)
{
    static const char *const plurals[] = {"lines", "functions", "files", "tests", "findings"};
    for (size_t i = 0; one && i < sizeof(plurals) / sizeof(plurals[0]); i++) {
        if (span_is(unit, plurals[i])) {
            unit = span_until(unit, unit.size - 1);
        }
    }
    buf_add(out, one && span_is(unit, "branches") ? SPAN("branch") : unit);
}

void figures_add_behind(struct buf *out, const struct value *value, struct span unit)
{
    bool one = value->kind == VALUE_COUNT && value->count == 1;
    if (value->kind == VALUE_RATIO) {
        buf_add_grouped(out, value->ratio.covered);
        buf_add_text(out, " of ");
        buf_add_grouped(out, value->ratio.total);
        buf_add_text(out, unit.size > 0 ? " " : "");
        one = value->ratio.total == 1;
    }
    add_unit(out, unit, one);
}

void figures_add_full(struct buf *out, const struct value *value, unsigned places, struct span unit)
{
    figures_add_value(out, value, places);
    if (value->kind == VALUE_RATIO) {
        buf_add_text(out, " = ");
    } else if (unit.size > 0) {
        buf_add_text(out, " ");
    }
    figures_add_behind(out, value, unit);
}

/* The next decimal digit of rest/whole; rest < whole. 10 * rest may exceed 128 bits, so it is
 * added ten times. */
static unsigned next_digit(uwide *rest, uwide whole)
{
    uwide sum = 0;
    unsigned digit = 0;
    for (unsigned i = 0; i < 10; i++) {
        if (sum >= whole - *rest) {
            sum -= whole - *rest;
            digit++;
        } else {
            sum += *rest;
        }
    }
    *rest = sum;
    return digit;
}

/* Adds one in the last place of decimal digits. */
static void add_one(char *digits, size_t count)
{
    for (size_t at = count; at > 0; at--) {
        if (digits[at - 1] != '9') {
            digits[at - 1]++;
            return;
        }
        digits[at - 1] = '0';
    }
}

/* The difference of two ratios in percentage points, rounded down, with enough places not to
 * read as zero. */
static void add_points(struct buf *out, struct ratio now, struct ratio base, unsigned places)
{
    enum { WHOLE = 3, MOST = 44 }; /* 100 points; the smallest difference is 100 / 2^128 */
    char digits[MOST] = {'0'};
    uwide left = (uwide)now.covered * base.total;
    uwide right = (uwide)base.covered * now.total;
    bool worse = left < right;
    uwide rest = worse ? right - left : left - right;
    uwide denominator = (uwide)now.total * base.total;
    size_t count = 1;
    bool zero = true;
    digits[0] = (char)('0' + (rest >= denominator ? 1 : 0)); /* a ratio is at most 1 */
    rest -= rest >= denominator ? denominator : 0;
    zero = digits[0] == '0';
    while (count < WHOLE + places || (zero && count < MOST)) {
        digits[count] = (char)('0' + next_digit(&rest, denominator));
        zero = zero && digits[count] == '0';
        count++;
    }
    if (worse && rest != 0) {
        add_one(digits, count);
    }
    size_t first = digits[0] != '0' ? 0 : digits[1] != '0' ? 1 : 2;
    buf_add_byte(out, worse ? '-' : '+');
    buf_add(out, span_make(digits + first, WHOLE - first));
    buf_add_byte(out, '.');
    buf_add(out, span_make(digits + WHOLE, count - WHOLE));
}

static bool comparable(const struct value *now, const struct value *base)
{
    return now->kind == base->kind && !value_is_void(now) && !value_is_void(base);
}

void figures_add_change(struct buf *out, const struct value *now, const struct value *base,
                        unsigned places)
{
    if (!comparable(now, base)) {
        buf_add_text(out, "n/a");
        return;
    }
    int order = value_compare(now, base);
    if (order == 0) {
        buf_add_text(out, "0");
        return;
    }
    if (now->kind == VALUE_RATIO) {
        add_points(out, now->ratio, base->ratio,
                   places < DECIMAL_SCALE_MAX ? places : DECIMAL_SCALE_MAX);
    } else if (now->kind == VALUE_COUNT) {
        buf_add_byte(out, order < 0 ? '-' : '+');
        buf_add_grouped(out, order < 0 ? base->count - now->count : now->count - base->count);
    } else {
        buf_add_text(out, order < 0 ? "" : "+");
        decimal_add_grouped(out, decimal_subtract(now->decimal, base->decimal));
    }
}

int figures_trend(const struct value *now, const struct value *base, enum direction direction)
{
    if (direction == DIRECTION_NEUTRAL || !comparable(now, base)) {
        return 0;
    }
    int order = value_compare(now, base);
    int better = order < 0 ? -1 : order > 0;
    return direction == DIRECTION_UP ? better : -better;
}

struct span figures_unit(const struct metric *metric)
{
    if (metric->unit != NULL) {
        return name_span(metric->unit);
    }
    const struct metric_kind *kind = metric_find(name_span(metric->key));
    return span_of(kind != NULL ? kind->unit : NULL);
}

void figures_add_label(struct buf *out, const struct name *key, const struct name *group,
                       const struct name *component)
{
    buf_add(out, name_span(key));
    if (group == NULL && component == NULL) {
        return;
    }
    buf_add_text(out, " (");
    if (group != NULL) {
        buf_add_text(out, "group ");
        buf_add(out, name_span(group));
    }
    buf_add_text(out, group != NULL && component != NULL ? ", " : "");
    if (component != NULL) {
        buf_add_text(out, "component ");
        buf_add(out, name_span(component));
    }
    buf_add_byte(out, ')');
}
