/* Which keys the open objects of a JSON document hold: finds a key that stands twice, and foresees
 * keys.
 *
 * Documents repeat a few keys in the same order. The first 255 short ones become nodes, and each
 * node remembers which key followed it last time; a key that comes as foreseen costs a comparison
 * of 32 bytes. Equal keys at different depths are different nodes: so a node is never in two open
 * objects at once, and writing into it which object holds it is enough to find a key that stands
 * twice. Other keys (in maps from names to values) are kept as 64 bits of hash: few are compared
 * one by one, many get a table, so that a million keys cost a million steps. Two hashes that
 * collide by bad luck refuse a good document, never take a bad one.
 *
 * What is a node depends on text and depth alone until the nodes are full, and then no more come,
 * so equal keys of one object always meet in the same place. */
#ifndef TIDEGATE_BASE_JSON_KEYS_H
#define TIDEGATE_BASE_JSON_KEYS_H

#include "base/json_stops.h"
#include "base/span.h"

enum { JSON_KEY_NODES = 256, JSON_KEY_BYTES = 32, JSON_KEY_SLOTS = 1024 };

struct json_key_node {
    /* The key and both its quotes, zeros behind. Aligned, so that it can be compared where it
     * stands. */
    _Alignas(16) char text[JSON_KEY_BYTES];
    uint64_t used;                /* a bit for each byte of the text */
    uint64_t holder;              /* the object that holds it or held it last */
    struct json_key_node *next;   /* the key that followed last time */
    struct json_key_node *inside; /* the first key of the object that was its value last time */
    uint64_t hash;
    uint8_t size;   /* bytes of the text */
    uint8_t number; /* from 1 */
};

/* One open object. */
struct json_keys_object {
    uint64_t number;              /* of all objects of the document, from 1 */
    struct json_key_node *last;   /* the key taken last; NULL if it is no node */
    struct json_key_node **guess; /* foresees the next key: a place in the node before it */
    struct json_key_node *inside; /* the first key of an object whose own key is no node */
    size_t first;                 /* where its other keys start on the stack */
    uint64_t *table;   /* the same keys once they are many: open addressing, 0 is free; else NULL */
    size_t table_size; /* a power of two, or 0 */
};

struct json_keys {
    struct json_keys_object *objects; /* LIMIT_JSON_DEPTH of them, and one around the document */
    struct json_keys_object *inner;   /* the innermost open one */
    uint64_t object_count;            /* so far in the document */
    uint64_t *stack; /* hashes of the other keys of all open objects, outermost first */
    size_t count;
    size_t capacity;
    struct json_key_node *nodes; /* the first one stands for "none": it matches no text */
    size_t node_count;
    uint8_t *node_of_hash; /* JSON_KEY_SLOTS of them, open addressing */
};

enum json_keys_answer { JSON_KEYS_NEW, JSON_KEYS_TWICE, JSON_KEYS_TOO_MANY };

/* For json_keys_close: the few objects that have a table lose it. */
void json_keys_drop_table(struct json_keys_object *object);

/* Life cycle: init; open, take, add and close in the order of the document, at most
 * LIMIT_JSON_DEPTH open at once; release. */
void json_keys_init(struct json_keys *keys);
void json_keys_release(struct json_keys *keys);

static inline void json_keys_open(struct json_keys *keys)
{
    struct json_keys_object *outer = keys->inner++;
    struct json_keys_object *inner = keys->inner;
    inner->number = ++keys->object_count;
    inner->last = NULL;
    inner->guess = outer->last != NULL ? &outer->last->inside : &outer->inside;
    inner->inside = inner->inside != NULL ? inner->inside : keys->nodes;
    inner->first = keys->count;
}

/* Ends the innermost object: its keys are forgotten. */
static inline void json_keys_close(struct json_keys *keys)
{
    struct json_keys_object *object = keys->inner--;
    keys->count = object->first;
    if (object->table != NULL) {
        json_keys_drop_table(object);
    }
}

/* The foreseen key if `text`, from the opening quote on, holds it and its quotes; else NULL. At
 * least 32 bytes must be readable. */
static inline struct json_key_node *json_keys_foreseen(const struct json_keys *keys,
                                                       const char *text)
{
    struct json_key_node *node = *keys->inner->guess;
    /* All bytes at once: the sizes of keys follow no pattern, so a branch on them would not pay. */
    return (json_differences_32(text, node->text) & node->used) == 0 ? node : NULL;
}

/* Adds a node to the innermost object. */
static inline enum json_keys_answer json_keys_take(struct json_keys *keys,
                                                   struct json_key_node *node)
{
    struct json_keys_object *object = keys->inner;
    if (node->holder == object->number) {
        return JSON_KEYS_TWICE;
    }
    node->holder = object->number;
    object->last = node;
    object->guess = &node->next;
    return JSON_KEYS_NEW;
}

/* Adds a key that was not foreseen to the innermost object. */
enum json_keys_answer json_keys_add(struct json_keys *keys, struct span key);

#endif
