/* Which keys the open objects of a JSON document hold: finds a key that stands twice, and foresees keys.
 *
 * Documents repeat a few keys in the same order. The first 255 short ones become nodes, and each node
 * remembers which key followed it last time; a key that comes as foreseen costs a comparison of words, and
 * one bit tells whether the object has it already. Other keys (in maps from names to values) are kept
 * as 64 bits of hash: few are compared one by one, many get a table, so that a million keys cost a
 * million steps. Two hashes that collide by bad luck refuse a good document, never take a bad one.
 *
 * What is a node depends on the text alone until the nodes are full, and then no more come, so equal keys
 * of one object always meet in the same place. */
#ifndef TIDEGATE_BASE_JSON_KEYS_H
#define TIDEGATE_BASE_JSON_KEYS_H

#include "base/json_stops.h"
#include "base/span.h"

#include <stdlib.h>

enum { JSON_KEY_NODES = 256, JSON_KEY_BYTES = 32, JSON_KEY_SLOTS = 1024 };

struct json_key_node {
    char text[JSON_KEY_BYTES]; /* the key and its closing quote, zeros behind */
    uint64_t hash;
    uint32_t used;  /* a bit for each byte of the key and its quote */
    uint8_t size;   /* bytes of the key, at most 31 */
    uint8_t next;   /* the key that followed last time, 0 if none */
    uint8_t inside; /* the first key of the object that was its value last time, 0 if none */
};

/* One open object. */
struct json_keys_object {
    uint64_t taken[JSON_KEY_NODES / 64]; /* the nodes that it holds */
    size_t first;                        /* where its other keys start on the stack */
    uint64_t *table;   /* the same keys once they are many: open addressing, 0 is free; else NULL */
    size_t table_size; /* a power of two, or 0 */
    uint8_t *guess;    /* foresees the next key: a place in the node before it */
    uint8_t last;      /* the last node taken, 0 if none */
};

struct json_keys {
    struct json_keys_object *objects; /* LIMIT_JSON_DEPTH of them, and one around the document */
    struct json_keys_object *inner;   /* the innermost open one */
    uint64_t *stack; /* hashes of the other keys of all open objects, outermost first */
    size_t count;
    size_t capacity;
    struct json_key_node *nodes; /* the first one stands for "none" */
    size_t node_count;
    uint8_t *node_of_hash; /* JSON_KEY_SLOTS of them, open addressing */
    uint8_t newest;        /* the node of the key taken last, 0 if it has none */
};

enum json_keys_answer { JSON_KEYS_NEW, JSON_KEYS_TWICE, JSON_KEYS_TOO_MANY };

/* Life cycle: init; open, take, add and close in the order of the document, at most LIMIT_JSON_DEPTH open
 * at once; release. */
void json_keys_init(struct json_keys *keys);
void json_keys_release(struct json_keys *keys);

static inline void json_keys_open(struct json_keys *keys)
{
    uint8_t outer = keys->inner->last;
    keys->inner++;
    *keys->inner =
        (struct json_keys_object){.first = keys->count, .guess = &keys->nodes[outer].inside};
}

/* Ends the innermost object: its keys are forgotten. */
static inline void json_keys_close(struct json_keys *keys)
{
    struct json_keys_object *object = keys->inner--;
    keys->count = object->first;
    if (object->table != NULL) {
        free(object->table);
    }
}

/* Does `text`, behind the opening quote, hold the foreseen key and its closing quote? Returns the node or
 * 0. At least 32 bytes must be readable. */
static inline uint8_t json_keys_foreseen(const struct json_keys *keys, const char *text)
{
    uint8_t guess = *keys->inner->guess;
    const struct json_key_node *node = &keys->nodes[guess];
    /* All bytes at once: the sizes of keys follow no pattern, so a branch on them would not pay. */
    return (json_differences_32(text, node->text) & node->used) == 0 ? guess : 0;
}

/* Adds a node to the innermost object. */
static inline enum json_keys_answer json_keys_take(struct json_keys *keys, uint8_t node)
{
    struct json_keys_object *object = keys->inner;
    uint64_t bit = UINT64_C(1) << (node % 64);
    if ((object->taken[node / 64] & bit) != 0) {
        return JSON_KEYS_TWICE;
    }
    object->taken[node / 64] |= bit;
    object->last = node;
    keys->newest = node;
    object->guess = &keys->nodes[node].next;
    return JSON_KEYS_NEW;
}

/* Adds a key that was not foreseen to the innermost object. */
enum json_keys_answer json_keys_add(struct json_keys *keys, struct span key);

#endif
