/* A hash table with open addressing; keys are mixed, because addresses share their low bits. */
#include "base/map.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void map_init(struct map *map)
{
    *map = (struct map){NULL, 0, 0};
}

void map_clear(struct map *map)
{
    if (map->capacity > 0) {
        memset(map->slots, 0, (map->capacity + 1) * sizeof(*map->slots));
    }
    map->count = 0;
}

void map_release(struct map *map)
{
    free(map->slots);
    map_init(map);
}

/* The finaliser of MurmurHash3: every key bit reaches every slot bit. */
static size_t mix(uint64_t key)
{
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdU;
    key ^= key >> 33;
    key *= 0xc4ceb9fe1a85ec53U;
    key ^= key >> 33;
    return (size_t)key;
}

static struct map_slot *slot_of(const struct map *map, uint64_t key)
{
    if (key == 0) {
        return &map->slots[map->capacity];
    }
    size_t at = mix(key) & (map->capacity - 1);
    while (map->slots[at].key != 0 && map->slots[at].key != key) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

uint64_t *map_find(const struct map *map, uint64_t key)
{
    if (map->capacity == 0) {
        return NULL;
    }
    struct map_slot *slot = slot_of(map, key);
    return slot->key != 0 ? &slot->value : NULL;
}

static void grow(struct map *map)
{
    struct map larger = {.capacity = map->capacity > 0 ? map->capacity * 2 : 16,
                         .count = map->count};
    larger.slots = mem_alloc(mem_product(larger.capacity + 1, sizeof(*larger.slots)));
    if (map->capacity > 0) {
        larger.slots[larger.capacity] = map->slots[map->capacity];
    }
    for (size_t index = 0; index < map->capacity; index++) {
        if (map->slots[index].key != 0) {
            *slot_of(&larger, map->slots[index].key) = map->slots[index];
        }
    }
    free(map->slots);
    *map = larger;
}

uint64_t *map_put(struct map *map, uint64_t key)
{
    if ((map->count + 1) * 3 > map->capacity * 2) {
        grow(map);
    }
    struct map_slot *slot = slot_of(map, key);
    if (slot->key == 0) {
        slot->key = key != 0 ? key : 1; /* the slot of the key 0 is known by its place */
        map->count++;
    }
    return &slot->value;
}

uint64_t map_key(const void *address)
{
    return (uint64_t)(uintptr_t)address;
}
