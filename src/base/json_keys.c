/* Keys of open objects -> is the next one new? (RFC 8259, section 4: names should be unique; here they
 * must be, because readers disagree about which of two counts.) */
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
    *keys = (struct json_keys){0};
    keys->objects = mem_alloc(mem_product(LIMIT_JSON_DEPTH, sizeof *keys->objects));
}

void json_keys_release(struct json_keys *keys)
{
    while (keys->open > 0) {
        json_keys_close(keys);
    }
    free(keys->objects);
    free(keys->stack);
    *keys = (struct json_keys){0};
}

void json_keys_open(struct json_keys *keys)
{
    keys->objects[keys->open++] = (struct json_keys_object){.first = keys->count};
}

void json_keys_close(struct json_keys *keys)
{
    struct json_keys_object *object = &keys->objects[--keys->open];
    if (object->table != NULL) {
        free(object->table);
    }
    keys->count = object->first;
}

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

static enum json_keys_answer keys_add_many(const struct json_keys *keys,
                                           struct json_keys_object *object, uint64_t hash)
{
    if ((keys->count - object->first) * 2 >= object->table_size) {
        enum json_keys_answer answer = table_grow(keys, object);
        if (answer != JSON_KEYS_NEW) {
            return answer;
        }
    }
    return table_add(object, hash);
}

static void stack_grow(struct json_keys *keys)
{
    keys->capacity = keys->capacity > 0 ? keys->capacity * 2 : FIRST_CAPACITY;
    keys->stack = mem_resize(keys->stack, mem_product(keys->capacity, sizeof *keys->stack));
}

/* The rare cases: a key that may be there already, a full stack, an object with many keys. */
static enum json_keys_answer keys_add_slowly(struct json_keys *keys,
                                             struct json_keys_object *object, uint64_t hash)
{
    if (keys->count - object->first >= FEW_KEYS) {
        enum json_keys_answer answer = keys_add_many(keys, object, hash);
        if (answer != JSON_KEYS_NEW) {
            return answer;
        }
    } else {
        for (size_t index = object->first; index < keys->count; index++) {
            if (keys->stack[index] == hash) {
                return JSON_KEYS_TWICE;
            }
        }
    }
    if (keys->count >= LIMIT_JSON_KEYS) {
        return JSON_KEYS_TOO_MANY;
    }
    if (keys->count == keys->capacity) {
        stack_grow(keys);
    }
    keys->stack[keys->count++] = hash;
    return JSON_KEYS_NEW;
}

enum json_keys_answer json_keys_add(struct json_keys *keys, uint64_t hash)
{
    struct json_keys_object *object = &keys->objects[keys->open - 1];
    uint64_t bit = UINT64_C(1) << (hash >> 58);
    bool surely_new = (object->seen & bit) == 0;
    object->seen |= bit;
    if (surely_new && keys->count < keys->capacity && keys->count - object->first < FEW_KEYS) {
        keys->stack[keys->count++] = hash;
        return JSON_KEYS_NEW;
    }
    return keys_add_slowly(keys, object, hash);
}
