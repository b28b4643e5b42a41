/* Texts of Cobertura attributes -> counts.
 *
 * Counts are whole in the specification; some writers give 1.0, 1e3 or a number with decimal
 * places. Branches are the `(2/4)` in `condition-coverage`: the percentage in front of it is
 * rounded in five ways and never read. */
#include "collectors/cobertura_count.h"

#include "base/decimal.h"

bool cobertura_count_read(struct span text, uint64_t *value, bool *cut)
{
    struct decimal number;
    *cut = false;
    if (span_to_u64(text, value)) {
        return true;
    }
    if (!decimal_parse(text, &number, cut) || number.digits < 0) {
        return false;
    }
    while (number.scale > 0) {
        *cut = *cut || number.digits % 10 != 0;
        number.digits /= 10;
        number.scale--;
    }
    *value = (uint64_t)number.digits;
    return true;
}

bool cobertura_count_is_positive(struct span text)
{
    struct decimal number;
    return decimal_parse(text, &number, NULL) && number.digits > 0;
}

/* Reads the digits in front of `mark`, or all of the rest if there is no mark, and moves behind
 * it. */
static bool cut_count(struct span *rest, char mark, uint64_t *count)
{
    size_t digits = 0;
    while (digits < rest->size && rest->data[digits] != mark) {
        digits++;
    }
    bool good = span_to_u64(span_until(*rest, digits), count);
    *rest = span_from(*rest, digits + 1);
    return good;
}

/* "50% (1/2)": the last pair in brackets counts. A percentage alone says nothing about branches. */
enum cobertura_conditions cobertura_conditions_read(struct span text, uint64_t *taken,
                                                    uint64_t *total)
{
    size_t open = span_find_last(text, '(');
    if (open == SIZE_MAX) {
        text = span_trim(text);
        return text.size == 0 || span_ends(text, "%") ? CONDITIONS_NONE : CONDITIONS_WRONG;
    }
    struct span rest = span_from(text, open + 1);
    if (!cut_count(&rest, '/', taken) || !cut_count(&rest, ')', total) || *taken > *total ||
        *total > UINT32_MAX) {
        return CONDITIONS_WRONG;
    }
    return *total == 0 ? CONDITIONS_EMPTY : CONDITIONS_READ;
}
