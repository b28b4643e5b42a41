/* Plain lines of a tracefile: DA, BRDA, FN and FNDA as lcov, llvm-cov and most others write them.
 *
 * Every other shape (a checksum, a CR, text where a number is usual, a broken line) is left to
 * lcov_record.c. Measured: a tracefile of a gigabyte has seventy million lines, and each
 * nanosecond of one counts. Three things make these loops quick. Lines of one kind follow each
 * other, so each kind has its own loop with little in hand. How many digits a number has is asked
 * by jumps, not computed: neighbours have as many nearly always, so the processor foresees the
 * jump and is at the next line before this one is read. And where the next step is as good as
 * random there is no jump. */
#include "collectors/lcov_plain.h"

#include "base/limits.h"

#include <string.h>

static inline uint32_t digit(char byte)
{
    return (uint32_t)(unsigned char)byte - '0';
}

/* Four bytes as a number whose lowest byte is the first one. */
static inline uint32_t load_four(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof(bytes));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap32(bytes);
#endif
    return bytes;
}

/* Reads 1 to 8 digits and a comma; returns behind the comma, or NULL for another shape. */
__attribute__((noinline)) static const char *take_number(const char *at, uint32_t *number)
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

/* Four digits together: first pairs, then both pairs. False when one is no digit. */
static inline bool four_digits(uint32_t bytes, uint32_t *value)
{
    uint32_t digits = bytes ^ 0x30303030;
    uint32_t pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff;
    *value = (pairs * 100 + (pairs >> 16)) & 0xffff;
    return (((digits + 0x76767676) | digits) & 0x80808080) == 0;
}

/* Reads the number of a line and its comma. Most have three to five digits. */
static inline const char *take_line_number(const char *at, uint32_t *line)
{
    if (at[4] == ',' && four_digits(load_four(at), line)) {
        return at + 5;
    }
    if (at[3] == ',' && four_digits(load_four(at) << 8 | '0', line)) {
        return at + 4;
    }
    if (at[5] == ',' && digit(at[0]) <= 9 && four_digits(load_four(at + 1), line)) {
        *line += digit(at[0]) * 10000;
        return at + 6;
    }
    uint32_t number = 0;
    at = take_number(at, &number);
    *line = number;
    return at != NULL && number <= LIMIT_LINE_NUMBER ? at : NULL;
}

/* Reads a count and the LF behind it; all that matters is whether it is above 0. */
static inline const char *take_count(const char *at, bool *hit)
{
    uint32_t any = digit(at[0]);
    if (any > 9) {
        return NULL;
    }
    const char *start = at;
    while (*++at != '\n') {
        uint32_t next = digit(*at);
        if (next > 9) {
            return NULL;
        }
        any |= next;
    }
    *hit = any != 0;
    return at - start < 20 ? at + 1 : NULL;
}

/* Takes `DA:line,count` LF as long as one follows another; returns behind the last. The bits of 64
 * lines are gathered before they are added. */
__attribute__((noinline)) static const char *take_lines(struct coverage *rows, const char *at,
                                                        const char *end, uint64_t *taken)
{
    uint64_t count = 0;
    uint32_t word = 0;
    uint64_t coverable = 0;
    uint64_t hit = 0;
    while (at < end && memcmp(at, "DA:", 3) == 0) {
        uint32_t line = 0;
        bool ran = false;
        const char *next = take_line_number(at + 3, &line);
        if (next == NULL || line == 0) {
            break;
        }
        if (next[1] == '\n' && digit(next[0]) <= 9) {
            ran = next[0] != '0';
            next += 2;
        } else if ((next = take_count(next, &ran)) == NULL) {
            break;
        }
        if (line / 64 != word) {
            coverage_add_lines(rows, word, coverable, hit);
            word = line / 64;
            coverable = 0;
            hit = 0;
        }
        coverable |= UINT64_C(1) << (line % 64);
        hit |= (uint64_t)ran << (line % 64);
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

/* Takes `BRDA:line,block,branch,taken` LF as long as one follows another. */
__attribute__((noinline)) static const char *take_branches(struct coverage *rows, const char *at,
                                                           const char *end, uint64_t *taken)
{
    uint64_t count = 0;
    while (at < end && memcmp(at, "BRDA:", 5) == 0) {
        uint32_t line = 0;
        uint32_t block = 0;
        uint32_t branch = 0;
        bool ran = false;
        const char *next = take_line_number(at + 5, &line);
        if (next == NULL || line == 0 || (next = take_pair(next, &block, &branch)) == NULL) {
            break;
        }
        if (next[1] == '\n' && (digit(next[0]) <= 9 || next[0] == '-')) {
            ran = digit(next[0]) - 1 < 9;
            next += 2;
        } else if ((next = take_count(next, &ran)) == NULL) {
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
        uint32_t number = 0;
        bool call = memcmp(at, "FNDA:", 5) == 0;
        if (!call && memcmp(at, "FN:", 3) != 0) {
            break;
        }
        const char *name = call ? take_number(at + 5, &number) : take_line_number(at + 3, &number);
        if (name == NULL || (!call && (number == 0 || digit(*name) <= 9))) {
            break;
        }
        const char *name_end = memchr(name, '\n', (size_t)(end - name));
        if (name_end == name || name_end[-1] <= ' ') {
            break;
        }
        coverage_add_function(rows, span_make(name, (size_t)(name_end - name)), call && number > 0);
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
            at = take_lines(rows, at, end, &lcov->line);
        } else if (memcmp(at, "BRDA:", 5) == 0) {
            at = take_branches(rows, at, end, &lcov->line);
        } else {
            at = take_functions(rows, at, end, &lcov->line);
        }
    }
    return at;
}
