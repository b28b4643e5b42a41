/* A hash table from a 64-bit key to a 64-bit value.
 *
 * The key is an address (of an interned name, for example) or a hash that the caller made wide
 * enough for its purpose. Walking a map gives no useful order: collect and sort.
 *
 * Life cycle: map_init (or a zeroed struct), map_put / map_find, map_release. */
#ifndef TIDEGATE_BASE_MAP_H
#define TIDEGATE_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_slot {
    uint64_t key; /* 0: the slot is free */
    uint64_t value;
};

struct map {
    struct map_slot *slots; /* `capacity` of them, and one more for the key 0 */
    size_t capacity;        /* a power of two, or 0 */
    size_t count;
};

void map_init(struct map *map);
void map_clear(struct map *map); /* keeps the memory */
void map_release(struct map *map);

/* Where the value of `key` stands, or NULL. Valid until the next map_put. */
uint64_t *map_find(const struct map *map, uint64_t key);
/* Where the value of `key` stands, made as 0 when it is new. Valid until the next map_put. */
uint64_t *map_put(struct map *map, uint64_t key);

/* Keys from addresses. */
uint64_t map_key(const void *address);

#endif
