/* Two, four or eight bytes of text as one number, whose lowest byte is the first one.
 *
 * Comparing such a number is one step where comparing characters takes several. */
#ifndef TIDEGATE_BASE_LOAD_H
#define TIDEGATE_BASE_LOAD_H

#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOAD_SWAPPED(swap, bytes) swap(bytes)
#else
#define LOAD_SWAPPED(swap, bytes) (bytes)
#endif

static inline uint32_t load_two(const char *at)
{
    uint16_t bytes;
    memcpy(&bytes, at, sizeof(bytes));
    return LOAD_SWAPPED(__builtin_bswap16, bytes);
}

static inline uint32_t load_four(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof(bytes));
    return LOAD_SWAPPED(__builtin_bswap32, bytes);
}

static inline uint64_t load_eight(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof(bytes));
    return LOAD_SWAPPED(__builtin_bswap64, bytes);
}

#undef LOAD_SWAPPED

#endif
