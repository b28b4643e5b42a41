/* Sixteen bytes at a time, for the loops that look at every byte of a report.
 *
 * SSE2 belongs to every x86-64; other machines get loops, which compilers turn into what they
 * have. */
#ifndef TIDEGATE_BASE_BYTES16_H
#define TIDEGATE_BASE_BYTES16_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>

/* One bit for each of the sixteen bytes that is `wanted`; the lowest is that of the first byte. */
static inline uint32_t bytes16_equal(const char *bytes, char wanted)
{
    const __m128i piece = _mm_loadu_si128((const void *)bytes);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(piece, _mm_set1_epi8(wanted)));
}

/* Whether all sixteen are printable ASCII, TAB, LF, CR or DEL. Bytes above 0x7F are below zero
 * here. */
static inline bool bytes16_are_text(const char *bytes)
{
    const __m128i piece = _mm_loadu_si128((const void *)bytes);
    const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(piece, _mm_set1_epi8('\n')),
                                      _mm_cmpeq_epi8(piece, _mm_set1_epi8('\r')));
    const __m128i blanks = _mm_or_si128(ends, _mm_cmpeq_epi8(piece, _mm_set1_epi8('\t')));
    const __m128i printable = _mm_cmpgt_epi8(piece, _mm_set1_epi8(0x1F));
    return _mm_movemask_epi8(_mm_or_si128(blanks, printable)) == 0xFFFF;
}
#else
static inline uint32_t bytes16_equal(const char *bytes, char wanted)
{
    uint32_t bits = 0;
    for (unsigned index = 0; index < 16; index++) {
        bits |= (uint32_t)(bytes[index] == wanted) << index;
    }
    return bits;
}

static inline bool bytes16_are_text(const char *bytes)
{
    unsigned good = 1;
    for (unsigned index = 0; index < 16; index++) {
        const signed char byte = (signed char)bytes[index];
        good &= (byte >= 0x20) | (byte == '\n') | (byte == '\r') | (byte == '\t');
    }
    return good != 0;
}
#endif

/* The first byte that is `wanted`; there must be one, and 15 readable bytes behind it. For texts of
 * some tens of bytes, where a call of memchr takes as long as the search. */
static inline const char *bytes16_find(const char *bytes, char wanted)
{
    uint32_t found;
    while ((found = bytes16_equal(bytes, wanted)) == 0) {
        bytes += 16;
    }
    return bytes + __builtin_ctz(found);
}

/* One bit for each of 64 bytes that is `wanted`. */
static inline uint64_t bytes64_equal(const char *bytes, char wanted)
{
    return (uint64_t)bytes16_equal(bytes, wanted) |
           (uint64_t)bytes16_equal(bytes + 16, wanted) << 16 |
           (uint64_t)bytes16_equal(bytes + 32, wanted) << 32 |
           (uint64_t)bytes16_equal(bytes + 48, wanted) << 48;
}

#endif
