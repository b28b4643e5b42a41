/* Plain lines of a tracefile: DA, BRDA, FN and FNDA as lcov, llvm-cov and most others write them.
 *
 * Every other shape (a checksum, a CR, text where a number is usual, a broken line) is left to
 * lcov_record.c. Measured: a tracefile of a gigabyte has seventy million lines, and each
 * nanosecond of one counts. What a processor cannot foresee costs most, so there are few branches
 * whose way depends on a single value. */
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

/* Four digits together: first pairs, then both pairs. False when one is no digit. */
static inline bool four_digits(const char *at, uint32_t *value)
{
    uint32_t digits = load_four(at) ^ 0x30303030;
    uint32_t pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff;
    *value = (pairs * 100 + (pairs >> 16)) & 0xffff;
    return (((digits + 0x76767676) | digits) & 0x80808080) == 0;
}

/* Reads 1 to 8 digits and a comma; returns behind the comma, or NULL for another shape.
 * Neighbours have as many digits nearly always, so the processor foresees every step. */
static inline const char *take_number(const char *at, uint32_t *number)
{
    if (at[4] == ',' && four_digits(at, number)) { /* most lines of large files */
        return at + 5;
    }
    uint32_t value = digit(at[0]);
    if (value > 9) {
        return NULL;
    }
    for (unsigned i = 1; i <= 8; i++) {
        uint32_t next = digit(at[i]);
        if (next > 9) {
            *number = value;
            return at[i] == ',' ? at + i + 1 : NULL;
        }
        value = value * 10 + next;
    }
    return NULL;
}

/* Reads the block and the branch, nearly always one digit each. */
static inline const char *take_pair(const char *at, uint32_t *block, uint32_t *branch)
{
    uint32_t digits = load_four(at) ^ 0x2c302c30; /* "0,0," */
    *block = digits & 0xff;
    *branch = digits >> 16 & 0xff;
    if ((digits & 0xff00ff00) == 0 && *block <= 9 && *branch <= 9) {
        return at + 4;
    }
    at = take_number(at, block);
    return at != NULL ? take_number(at, branch) : NULL;
}

/* Reads a count and the LF behind it; all that matters is whether it is above 0. */
static inline const char *take_count(const char *at, bool *hit)
{
    uint32_t any = digit(at[0]);
    const char *start = at;
    if (any > 9) {
        return NULL;
    }
    for (uint32_t next; (next = digit(*++at)) <= 9;) {
        any |= next;
    }
    *hit = any != 0;
    return *at == '\n' && at - start < 20 ? at + 1 : NULL;
}

/* `line,count` LF of a DA record; returns behind it, or NULL when it has another shape. */
static inline const char *take_line(struct sink *out, const char *at)
{
    uint32_t line = 0;
    bool hit = false;
    at = take_number(at, &line);
    if (at == NULL) {
        return NULL;
    }
    at = take_count(at, &hit);
    return at != NULL && line != 0 && sink_line(out, line, hit) ? at : NULL;
}

/* `line,block,branch,taken` LF of a BRDA record */
static inline const char *take_branch(struct sink *out, const char *at)
{
    uint32_t line = 0;
    uint32_t block = 0;
    uint32_t branch = 0;
    bool taken = false;
    at = take_number(at, &line);
    if (at == NULL || (at = take_pair(at, &block, &branch)) == NULL) {
        return NULL;
    }
    at = at[0] == '-' && at[1] == '\n' ? at + 2 : take_count(at, &taken);
    return at != NULL && line != 0 && sink_branch(out, line, block, branch, taken) ? at : NULL;
}

/* `number,name` LF of an FN or FNDA record, where the name begins with no digit and ends with no
 * blank. */
static inline const char *take_function(struct sink *out, const char *at, const char *block_end,
                                        bool call)
{
    uint32_t number = 0;
    at = take_number(at, &number);
    if (at == NULL || (!call && (number - 1 >= LIMIT_LINE_NUMBER || digit(*at) <= 9))) {
        return NULL;
    }
    const char *end = memchr(at, '\n', (size_t)(block_end - at));
    if (end == at || end[-1] <= ' ') {
        return NULL;
    }
    sink_function(out, span_make(at, (size_t)(end - at)), call ? number : 0);
    return end + 1;
}

static inline const char *take(struct sink *out, const char *at, const char *end)
{
    if (memcmp(at, "DA:", 3) == 0) {
        return take_line(out, at + 3);
    }
    if (memcmp(at, "BRDA:", 5) == 0) {
        return take_branch(out, at + 5);
    }
    if (memcmp(at, "FN:", 3) == 0) {
        return take_function(out, at + 3, end, false);
    }
    return memcmp(at, "FNDA:", 5) == 0 ? take_function(out, at + 5, end, true) : NULL;
}

const char *lcov_take_plain(struct lcov *lcov, const char *at, const char *end)
{
    struct sink *out = lcov->out;
    uint64_t taken = 0;
    while (at < end) {
        const char *next = take(out, at, end);
        if (next == NULL) {
            break;
        }
        at = next;
        taken++;
    }
    lcov->line += taken;
    return at;
}
