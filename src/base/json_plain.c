/* Plain text of JSON strings, 64 bytes at a time: texts with many escapes would mislead a search
 * from each to the next. The steps are written once and inlined around each way to look at the
 * bytes. */
#include "base/json_plain.h"

#include "base/bytes16.h"
#include "base/json_stops.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* What stands in 64 bytes: bit n of each is for byte n. */
struct text_64 {
    uint64_t quotes;
    uint64_t backslashes;
    uint64_t odd;   /* control characters, and bytes of longer UTF-8 sequences */
    uint64_t feeds; /* the letter n, which most escapes have */
};

/* The bytes behind a backslash that is not itself escaped. *first: is the first byte one; and is
 * the byte behind the 64? In a row of backslashes every second one escapes; adding a row to its own
 * start carries a bit behind its end, which tells the rows that begin at odd places from those at
 * even ones. */
static inline __attribute__((always_inline)) uint64_t escaped_bytes(uint64_t backslashes,
                                                                    bool *first)
{
    const uint64_t even = UINT64_C(0x5555555555555555);
    backslashes &= ~(uint64_t)*first;
    uint64_t behind = backslashes << 1 | (uint64_t)*first;
    uint64_t odd_starts = backslashes & ~even & ~behind;
    uint64_t ends;
    *first = __builtin_add_overflow(odd_starts, backslashes, &ends);
    return (even ^ ends << 1) & behind;
}

static const bool is_short_escape[256] = {['"'] = true, ['\\'] = true, ['/'] = true, ['b'] = true,
                                          ['f'] = true, ['n'] = true,  ['r'] = true, ['t'] = true};

static inline __attribute__((always_inline)) char *plain_end(char *at, bool *escaped,
                                                             struct text_64 look(const char *))
{
    for (bool first = false;; at += 64) {
        struct text_64 text = look(at);
        uint64_t stops = text.quotes | text.odd;
        if (text.backslashes == 0 && !first) {
            if (stops != 0) {
                return at + __builtin_ctzll(stops);
            }
            continue;
        }
        uint64_t behind = escaped_bytes(text.backslashes, &first);
        stops &= ~behind;
        behind &= (stops & -stops) - 1; /* those before the stop */
        *escaped |= behind != 0;
        uint64_t rare = behind & ~(text.backslashes | text.quotes | text.feeds);
        for (; rare != 0; rare &= rare - 1) {
            char *byte = at + __builtin_ctzll(rare);
            if (!is_short_escape[(unsigned char)*byte]) {
                return byte - 1;
            }
        }
        if (stops != 0) {
            return at + __builtin_ctzll(stops);
        }
    }
}

static inline struct text_64 look_portable(const char *at)
{
    struct text_64 text = {.quotes = bytes64_equal(at, '"'),
                           .backslashes = bytes64_equal(at, '\\'),
                           .feeds = bytes64_equal(at, 'n')};
    text.odd = json_stops_64(at) & ~(text.quotes | text.backslashes);
    return text;
}

char *json_plain_end_portable(char *at, bool *escaped)
{
    return plain_end(at, escaped, look_portable);
}

/* ---- AVX2: most processors since 2013 have it, but not all that x86-64 promises ---- */

#ifdef __x86_64__
/* One bit for each of the 64 bytes that is not zero. */
__attribute__((target("avx2"))) static inline uint64_t join(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

__attribute__((target("avx2,bmi"))) static inline struct text_64 look_avx2(const char *at)
{
    __m256i low = _mm256_loadu_si256((const void *)at);
    __m256i high = _mm256_loadu_si256((const void *)(at + 32));
    __m256i quote = _mm256_set1_epi8('"');
    __m256i backslash = _mm256_set1_epi8('\\');
    __m256i feed = _mm256_set1_epi8('n');
    __m256i printable = _mm256_set1_epi8(0x20);
    return (struct text_64){
        .quotes = join(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote)),
        .backslashes = join(_mm256_cmpeq_epi8(low, backslash), _mm256_cmpeq_epi8(high, backslash)),
        .odd = join(_mm256_cmpgt_epi8(printable, low), _mm256_cmpgt_epi8(printable, high)),
        .feeds = join(_mm256_cmpeq_epi8(low, feed), _mm256_cmpeq_epi8(high, feed))};
}

__attribute__((target("avx2,bmi"))) static char *plain_end_avx2(char *at, bool *escaped)
{
    return plain_end(at, escaped, look_avx2);
}
#endif

json_plain_end *json_plain_end_chosen(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
        return plain_end_avx2;
    }
#endif
    return json_plain_end_portable;
}
