/* Where does a run of plain text inside a JSON string end? Answered for many bytes at once.
 *
 * A stop is a byte that needs a look: quote, backslash, control character, or a byte of a longer
 * UTF-8 sequence. Bit n of a mask stands for byte n. */
#ifndef TIDEGATE_BASE_JSON_STOPS_H
#define TIDEGATE_BASE_JSON_STOPS_H

#include "base/load.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define JSON_EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* The high bit of each zero byte. */
static inline uint64_t json_zero_bytes(uint64_t word)
{
    const uint64_t low = JSON_EACH_BYTE(0x7f);
    return ~(((word & low) + low) | word | low);
}

/* Eight bytes, with whole-word arithmetic only. */
static inline uint64_t json_stops_word(uint64_t word)
{
    uint64_t high = JSON_EACH_BYTE(0x80);
    uint64_t quotes = json_zero_bytes(word ^ JSON_EACH_BYTE('"'));
    uint64_t backslashes = json_zero_bytes(word ^ JSON_EACH_BYTE('\\'));
    uint64_t controls = json_zero_bytes(word & JSON_EACH_BYTE(0xe0));
    uint64_t stops = (quotes | backslashes | controls | word) & high;
    return (stops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The 32 bytes at `at`. */
static inline uint64_t json_stops_portable(const char *at)
{
    return json_stops_word(load_eight(at)) | json_stops_word(load_eight(at + 8)) << 8 |
           json_stops_word(load_eight(at + 16)) << 16 | json_stops_word(load_eight(at + 24)) << 24;
}

/* Which of 32 bytes differ? The bits above are all set: a mask that asks for one of them is never
 * satisfied. `right` is aligned to 16. */
static inline uint64_t json_differences_portable(const char *left, const char *right)
{
    uint64_t equal = 0;
    for (unsigned byte = 0; byte < 32; byte++) {
        equal |= (uint64_t)(left[byte] == right[byte]) << byte;
    }
    return ~equal;
}

/* Which of the 32 bytes at `at` are blanks? */
static inline uint64_t json_blanks_portable(const char *at)
{
    uint64_t blanks = 0;
    for (unsigned byte = 0; byte < 32; byte++) {
        blanks |= (uint64_t)(at[byte] == ' ') << byte;
    }
    return blanks;
}

/* How many of the 8 bytes at `at` are digits, from the first one on. */
static inline size_t json_digits_8(const char *at)
{
    uint64_t word = load_eight(at) ^ JSON_EACH_BYTE('0');
    uint64_t others = ((word + JSON_EACH_BYTE(0x76)) | word) & JSON_EACH_BYTE(0x80);
    return others != 0 ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

/* The number that the first `size` of 8 digits at `at` are, 1 to 8 of them: neighbours are joined
 * three times, because a loop over few digits is often guessed wrong. */
static inline uint64_t json_digits_value(const char *at, size_t size)
{
    uint64_t word = load_eight(at) << (64 - 8 * size) & JSON_EACH_BYTE(0x0f);
    word = (word * 10 + (word >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    word = (word * 100 + (word >> 16)) & UINT64_C(0x0000ffff0000ffff);
    return (word * 10000 + (word >> 32)) & UINT64_C(0x00000000ffffffff);
}

#ifdef __SSE2__
static inline uint64_t json_stops_half(const char *at)
{
    /* Bytes from 0x80 on are negative here, and so below the first printable one. */
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i stops = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    stops = _mm_or_si128(stops, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    stops = _mm_or_si128(stops, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (uint32_t)_mm_movemask_epi8(stops);
}

static inline uint64_t json_stops_32(const char *at)
{
    return json_stops_half(at) | json_stops_half(at + 16) << 16;
}

static inline uint64_t json_equal_half(const char *left, const char *right)
{
    __m128i one = _mm_loadu_si128((const __m128i *)(const void *)left);
    __m128i other = _mm_load_si128((const __m128i *)(const void *)right);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(one, other));
}

static inline uint64_t json_differences_32(const char *left, const char *right)
{
    return ~(json_equal_half(left, right) | json_equal_half(left + 16, right + 16) << 16);
}

static inline uint64_t json_blanks_half(const char *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
}

static inline uint64_t json_blanks_32(const char *at)
{
    return json_blanks_half(at) | json_blanks_half(at + 16) << 16;
}
#else
static inline uint64_t json_differences_32(const char *left, const char *right)
{
    return json_differences_portable(left, right);
}

static inline uint64_t json_stops_32(const char *at)
{
    return json_stops_portable(at);
}

static inline uint64_t json_blanks_32(const char *at)
{
    return json_blanks_portable(at);
}
#endif

static inline uint64_t json_stops_64(const char *at)
{
    return json_stops_32(at) | json_stops_32(at + 32) << 32;
}

#endif
