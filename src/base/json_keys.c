/* Keys of open objects -> is the next one new? (RFC 8259, section 4: names should be unique; here
 * they must be, because readers disagree about which of two counts.) */
#include "base/json_keys.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

enum {
    FEW_KEYS = 24,        /* up to here comparing one by one is faster than a table */
    FIRST_CAPACITY = 128, /* a power of two */
    LONGEST_PROBE = 512   /* never by chance in a table that is half full: the keys were crafted */
};

void json_keys_init(struct json_keys *keys)
{
    *keys = (struct json_keys){.node_count = 1};
    keys->nodes = mem_alloc(JSON_KEY_NODES * sizeof *keys->nodes);
    keys->nodes[0].used = UINT64_MAX;
    keys->node_of_hash = mem_alloc(JSON_KEY_SLOTS);
    keys->objects = mem_alloc(mem_product(LIMIT_JSON_DEPTH + 1, sizeof *keys->objects));
    keys->inner = keys->objects;
    keys->inner->inside = keys->nodes;
}

void json_keys_release(struct json_keys *keys)
{
    while (keys->inner > keys->objects) {
        json_keys_close(keys);
    }
    free(keys->objects);
    free(keys->nodes);
    free(keys->node_of_hash);
    free(keys->stack);
    *keys = (struct json_keys){0};
}

void json_keys_drop_table(struct json_keys_object *object)
{
    free(object->table);
    object->table = NULL;
    object->table_size = 0;
}

static uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}

/* Of a key of the innermost object. Never 0. */
static uint64_t key_hash(const struct json_keys *keys, struct span key)
{
    uint64_t depth = (uint64_t)(keys->inner - keys->objects);
    uint64_t hash = depth << 32 ^ key.size;
    char last[sizeof hash] = {0};
    for (; key.size >= sizeof hash; key = span_from(key, sizeof hash)) {
        hash = hash_mix(hash, load_eight(key.data));
    }
    memcpy(last, key.data, key.size);
    hash = hash_mix(hash, load_eight(last)) * UINT64_C(0xd6e8feb86659fd93);
    hash ^= hash >> 32;
    return hash != 0 ? hash : 1;
}

/* ---- nodes ---- */

/* Short, in plain ASCII, and not a number: such keys come from a format, not from the data. */
static bool key_fits_node(struct span key)
{
    if (key.size == 0 || key.size > JSON_KEY_BYTES - 2 ||
        (key.data[0] >= '0' && key.data[0] <= '9')) {
        return false;
    }
    char text[JSON_KEY_BYTES] = {0};
    memcpy(text, key.data, key.size);
    return (json_stops_32(text) & ((UINT64_C(1) << key.size) - 1)) == 0;
}

/* The place in node_of_hash that holds the node of this hash, or 0 where it belongs. */
static uint8_t *node_slot(const struct json_keys *keys, uint64_t hash)
{
    size_t slot = (size_t)hash % JSON_KEY_SLOTS;
    while (keys->node_of_hash[slot] != 0 && keys->nodes[keys->node_of_hash[slot]].hash != hash) {
        slot = (slot + 1) % JSON_KEY_SLOTS;
    }
    return &keys->node_of_hash[slot];
}

static uint8_t node_add(struct json_keys *keys, struct span key, uint64_t hash)
{
    struct json_key_node *node = &keys->nodes[keys->node_count];
    size_t size = key.size + 2;
    node->text[0] = '"';
    memcpy(node->text + 1, key.data, key.size);
    node->text[size - 1] = '"';
    node->used = UINT32_MAX >> (JSON_KEY_BYTES - size);
    node->next = keys->nodes;
    node->inside = keys->nodes;
    node->hash = hash;
    node->size = (uint8_t)size;
    node->number = (uint8_t)keys->node_count;
    return (uint8_t)keys->node_count++;
}

/* The node of a key, made if there is room; NULL if the key is none. */
static struct json_key_node *node_of(struct json_keys *keys, struct span key, uint64_t hash)
{
    if (!key_fits_node(key)) {
        return NULL;
    }
    uint8_t *slot = node_slot(keys, hash);
    if (*slot == 0 && keys->node_count < JSON_KEY_NODES) {
        *slot = node_add(keys, key, hash);
    }
    return *slot != 0 ? &keys->nodes[*slot] : NULL;
}

/* ---- other keys ---- */

static enum json_keys_answer table_add(struct json_keys_object *object, uint64_t hash)
{
    size_t mask = object->table_size - 1;
    size_t slot = (size_t)hash & mask;
    for (size_t probe = 0; probe < LONGEST_PROBE; probe++) {
        if (object->table[slot] == hash) {
            return JSON_KEYS_TWICE;
        }
        if (object->table[slot] == 0) {
            object->table[slot] = hash;
            return JSON_KEYS_NEW;
        }
        slot = (slot + 1) & mask;
    }
    return JSON_KEYS_TOO_MANY;
}

/* A table of at least twice the size that the object's keys need, filled with them. */
static enum json_keys_answer table_grow(const struct json_keys *keys,
                                        struct json_keys_object *object)
{
    free(object->table);
    object->table_size = object->table_size > 0 ? object->table_size * 2 : FIRST_CAPACITY;
    object->table = mem_alloc(mem_product(object->table_size, sizeof *object->table));
    enum json_keys_answer answer = JSON_KEYS_NEW;
    for (size_t index = object->first; index < keys->count && answer == JSON_KEYS_NEW; index++) {
        answer = table_add(object, keys->stack[index]);
    }
    return answer;
}

/* Is the hash new in the innermost object? */
static enum json_keys_answer other_check(const struct json_keys *keys,
                                         struct json_keys_object *object, uint64_t hash)
{
    size_t held = keys->count - object->first;
    if (held < FEW_KEYS) {
        for (size_t index = object->first; index < keys->count; index++) {
            if (keys->stack[index] == hash) {
                return JSON_KEYS_TWICE;
            }
        }
        return JSON_KEYS_NEW;
    }
    enum json_keys_answer answer = JSON_KEYS_NEW;
    if (held * 2 >= object->table_size) {
        answer = table_grow(keys, object);
    }
    return answer == JSON_KEYS_NEW ? table_add(object, hash) : answer;
}

static enum json_keys_answer other_add(struct json_keys *keys, uint64_t hash)
{
    enum json_keys_answer answer = other_check(keys, keys->inner, hash);
    if (answer != JSON_KEYS_NEW) {
        return answer;
    }
    if (keys->count >= LIMIT_JSON_KEYS) {
        return JSON_KEYS_TOO_MANY;
    }
    if (keys->count == keys->capacity) {
        keys->capacity = keys->capacity > 0 ? keys->capacity * 2 : FIRST_CAPACITY;
        keys->stack = mem_resize(keys->stack, mem_product(keys->capacity, sizeof *keys->stack));
    }
    keys->stack[keys->count++] = hash;
    keys->inner->last = NULL;
    return JSON_KEYS_NEW;
}

enum json_keys_answer json_keys_add(struct json_keys *keys, struct span key)
{
    uint64_t hash = key_hash(keys, key);
    struct json_key_node *node = node_of(keys, key, hash);
    if (node == NULL) {
        return other_add(keys, hash);
    }
    *keys->inner->guess = node;
    return json_keys_take(keys, node);
}
