/* Hashes: a fast one for tables and identities inside a run (xxHash), a stable one for what is
 * kept. */
#ifndef TIDEGATE_BASE_HASH_H
#define TIDEGATE_BASE_HASH_H

#include "base/span.h"

struct hash128 {
    uint64_t high;
    uint64_t low;
};

/* XXH3 of the bytes, seeded with `seed`: chain pieces by passing the hash so far. */
uint64_t hash64(struct span bytes, uint64_t seed);
struct hash128 hash128(struct span bytes);
/* <0, 0, >0 */
int hash128_compare(struct hash128 left, struct hash128 right);
/* 32 lower-case hexadecimal digits and a NUL. */
void hash128_text(struct hash128 hash, char text[33]);
/* The way back: exactly 32 such digits. */
bool hash128_of(struct span text, struct hash128 *hash);
/* 16 lower-case hexadecimal digits and a NUL, and the way back. */
void hash64_text(uint64_t hash, char text[17]);
bool hash64_of(struct span text, uint64_t *hash);

#endif
