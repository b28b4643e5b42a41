/* XXH3, as the library computes it: the same on every machine. */
#include "base/hash.h"

#define XXH_INLINE_ALL /* most hashes are of short names, where a call would cost as much */
#include <xxhash.h>

uint64_t hash64(struct span bytes, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.data != NULL ? bytes.data : "", bytes.size, seed);
}

struct hash128 hash128(struct span bytes)
{
    XXH128_hash_t hash = XXH3_128bits(bytes.data != NULL ? bytes.data : "", bytes.size);
    return (struct hash128){hash.high64, hash.low64};
}

int hash128_compare(struct hash128 left, struct hash128 right)
{
    if (left.high != right.high) {
        return left.high < right.high ? -1 : 1;
    }
    return left.low < right.low ? -1 : left.low > right.low;
}

void hash64_text(uint64_t hash, char text[17])
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned index = 0; index < 16; index++) {
        text[index] = digits[(hash >> (60 - 4 * index)) & 15];
    }
    text[16] = '\0';
}

void hash128_text(struct hash128 hash, char text[33])
{
    hash64_text(hash.high, text);
    hash64_text(hash.low, text + 16);
}

static int digit_of(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool hash64_of(struct span text, uint64_t *hash)
{
    uint64_t value = 0;
    if (text.size != 16) {
        return false;
    }
    for (size_t at = 0; at < 16; at++) {
        int digit = digit_of(text.data[at]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint64_t)digit;
    }
    *hash = value;
    return true;
}

bool hash128_of(struct span text, struct hash128 *hash)
{
    return text.size == 32 && hash64_of(span_until(text, 16), &hash->high) &&
           hash64_of(span_from(text, 16), &hash->low);
}
