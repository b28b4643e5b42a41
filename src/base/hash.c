/* XXH3, as the library computes it: the same on every machine. */
#include "base/hash.h"

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

void hash128_text(struct hash128 hash, char text[33])
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned index = 0; index < 16; index++) {
        unsigned shift = 60 - 4 * index;
        text[index] = digits[(hash.high >> shift) & 15];
        text[index + 16] = digits[(hash.low >> shift) & 15];
    }
    text[32] = '\0';
}
