/* Plain lines of a tracefile: DA, BRDA, FN and FNDA as lcov, llvm-cov and most others write them.
 *
 * Every other shape (a checksum, a CR, text where a number is usual, a broken line) is left to
 * lcov_record.c. Measured: a tracefile of a gigabyte has seventy million lines, and each
 * nanosecond of one counts. Three things make these loops quick. Lines of one kind follow each
 * other, so each kind has its own loop with little in hand; where the block ends need not be asked,
 * as no line behind it is whole (line_read.h). How many digits a number has is asked by jumps, not
 * computed: neighbours have as many nearly always, so the processor foresees the jump and is at
 * the next line before this one is read. And where the next step is as good as random there is no
 * jump. */
#include "collectors/lcov_plain.h"

#include "base/bytes16.h"
#include "base/limits.h"
#include "base/load.h"

#include <string.h>

static inline uint32_t digit(char byte)
{
    return (uint32_t)(unsigned char)byte - '0';
}

/* Whether each byte, of characters less '0', is at most 9. */
static inline bool all_digits(uint64_t bytes)
{
    return (((bytes + UINT64_C(0x7676767676767676)) | bytes) & UINT64_C(0x8080808080808080)) == 0;
}

/* Reads 1 to 8 digits and a comma; returns behind the comma, or NULL for another shape. */
__attribute__((cold)) static const char *take_number(const char *at, uint32_t *number)
{
    *number = 0;
    for (unsigned size = 0; size <= 8; size++) {
        uint32_t next = digit(at[size]);
        if (next > 9) {
            return at[size] == ',' && size > 0 ? at + size + 1 : NULL;
        }
        *number = *number * 10 + next;
    }
    return NULL;
}

/* Four characters together: first pairs, then both pairs. False when one is no digit. */
static inline bool four_digits(uint32_t bytes, uint32_t *value)
{
    uint32_t digits = bytes ^ 0x30303030;
    uint32_t pairs = digits * (10 << 8 | 1) >> 8 & 0x00ff00ff;
    *value = pairs * (100 << 16 | 1) >> 16;
    return (((digits + 0x76767676) | digits) & 0x80808080) == 0;
}

/* Reads the number of a line, above 0, and its comma. Most have three to five digits. */
static inline const char *take_line_number(const char *at, uint32_t *line)
{
    if (at[4] == ',' && four_digits(load_four(at), line)) {
        return *line > 0 ? at + 5 : NULL;
    }
    if (at[3] == ',' && four_digits(load_four(at) << 8 | '0', line)) {
        return *line > 0 ? at + 4 : NULL;
    }
    if (at[5] == ',' && digit(at[0]) <= 9 && four_digits(load_four(at + 1), line)) {
        *line += digit(at[0]) * 10000;
        return *line > 0 ? at + 6 : NULL;
    }
    uint32_t number = 0;
    at = take_number(at, &number);
    *line = number;
    return number > 0 && number <= LIMIT_LINE_NUMBER ? at : NULL;
}

/* Reads a count of up to 19 digits and the byte behind it, which must be `stop`; all that matters
 * is whether it is above 0. */
__attribute__((cold)) static const char *take_long_count(const char *at, char stop, bool *hit)
{
    uint32_t any = 0;
    const char *start = at;
    for (; digit(*at) <= 9; at++) {
        any |= digit(*at);
    }
    *hit = any != 0;
    return *at == stop && at > start && at - start < 20 ? at + 1 : NULL;
}

/* The same of a count of more than one digit. Few have over five, and those of one function are of
 * like size. */
static inline const char *take_digits(const char *at, char stop, bool *hit)
{
    uint64_t digits = load_eight(at) ^ UINT64_C(0x3030303030303030);
    if (at[3] == stop) {
        digits &= 0xffffff;
        at += 4;
    } else if (at[5] == stop) {
        digits &= UINT64_C(0xffffffffff);
        at += 6;
    } else if (at[2] == stop) {
        digits &= 0xffff;
        at += 3;
    } else {
        bool any = false;
        at = take_long_count(at, stop, &any);
        *hit = any;
        return at;
    }
    *hit = digits != 0;
    return all_digits(digits) ? at : NULL;
}

/* The same of any count. */
static inline const char *take_count(const char *at, char stop, bool *hit)
{
    uint32_t single = load_two(at) ^ ('0' | (uint32_t)stop << 8);
    if (single <= 9) {
        *hit = single != 0;
        return at + 2;
    }
    return take_digits(at, stop, hit);
}

/* Takes `DA:line,count` LF as long as one follows another; returns behind the last. The bits of 64
 * lines are gathered before they are added. */
__attribute__((noinline)) static const char *take_lines(struct coverage *rows, const char *at,
                                                        uint64_t *taken)
{
    uint64_t count = 0;
    uint32_t word = 0;
    uint64_t coverable = 0;
    uint64_t hit = 0;
    while ((load_four(at) & 0xffffff) == 0x3a4144) { /* "DA:" */
        uint32_t line = 0;
        bool ran = false;
        const char *next = take_line_number(at + 3, &line);
        if (next == NULL || (next = take_count(next, '\n', &ran)) == NULL) {
            break;
        }
        if (line / 64 != word) {
            coverage_add_lines(rows, word, coverable, hit);
            word = line / 64;
            coverable = 0;
            hit = 0;
        }
        uint64_t bit = UINT64_C(1) << (line % 64);
        coverable |= bit;
        hit |= ran ? bit : 0;
        at = next;
        count++;
    }
    coverage_add_lines(rows, word, coverable, hit);
    *taken += count;
    return at;
}

/* Reads `block,branch,`, nearly always one digit each. */
static inline const char *take_pair(const char *at, uint32_t *block, uint32_t *branch)
{
    uint32_t digits = load_four(at) ^ 0x2c302c30; /* "0,0," */
    if ((digits & 0xfff0fff0) == 0 && ((digits + 0x00060006) & 0x00100010) == 0) {
        *block = digits & 0xff;
        *branch = digits >> 16;
        return at + 4;
    }
    uint32_t one = 0;
    uint32_t other = 0;
    at = take_number(at, &one);
    at = at != NULL ? take_number(at, &other) : NULL;
    *block = one;
    *branch = other;
    return at;
}

/* Reads how often a branch was taken, where `-` is never, and the LF. A single character is told
 * by one jump: which one it is cannot be foreseen. */
static inline const char *take_taken(const char *at, bool *taken)
{
    const uint32_t singles = 0x3ff | UINT32_C(1) << ('-' ^ '0');
    uint32_t single = load_two(at) ^ ('0' | '\n' << 8);
    if (single < 32 && (singles >> single & 1) != 0) {
        *taken = single - 1 < 9;
        return at + 2;
    }
    return take_digits(at, '\n', taken);
}

/* Takes `BRDA:line,block,branch,taken` LF as long as one follows another. */
__attribute__((noinline)) static const char *take_branches(struct coverage *rows, const char *at,
                                                           uint64_t *taken)
{
    uint64_t count = 0;
    while (memcmp(at, "BRDA:", 5) == 0) {
        uint32_t line = 0;
        uint32_t block = 0;
        uint32_t branch = 0;
        bool ran = false;
        const char *next = take_line_number(at + 5, &line);
        if (next == NULL || (next = take_pair(next, &block, &branch)) == NULL ||
            (next = take_taken(next, &ran)) == NULL) {
            break;
        }
        coverage_add_branch(rows, line, block, branch, ran);
        at = next;
        count++;
    }
    *taken += count;
    return at;
}

/* Takes `FN:line,name` LF and `FNDA:count,name` LF as long as one follows another, where the name
 * begins with no digit and ends with no blank. */
__attribute__((noinline)) static const char *take_functions(struct coverage *rows, const char *at,
                                                            const char *end, uint64_t *taken)
{
    uint64_t count = 0;
    while (at < end) {
        uint32_t line = 0;
        bool called = false;
        const char *name = NULL;
        if (memcmp(at, "FNDA:", 5) == 0) {
            name = take_count(at + 5, ',', &called);
        } else if (memcmp(at, "FN:", 3) == 0) {
            name = take_line_number(at + 3, &line);
        }
        if (name == NULL || (line > 0 && digit(*name) <= 9)) {
            break;
        }
        const char *name_end = bytes16_find(name, '\n');
        if (name_end == name || name_end[-1] <= ' ') {
            break;
        }
        coverage_add_function(rows, span_make(name, (size_t)(name_end - name)), called);
        at = name_end + 1;
        count++;
    }
    *taken += count;
    return at;
}

const char *lcov_take_plain(struct lcov *lcov, const char *at, const char *end)
{
    struct coverage *rows = lcov->out->rows;
    const char *start = NULL;
    while (rows != NULL && at < end && at != start) {
        start = at;
        if (memcmp(at, "DA:", 3) == 0) {
            at = take_lines(rows, at, &lcov->line);
        } else if (memcmp(at, "BRDA:", 5) == 0) {
            at = take_branches(rows, at, &lcov->line);
        } else {
            at = take_functions(rows, at, end, &lcov->line);
        }
    }
    return at;
}
