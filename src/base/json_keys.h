/* Which keys the open objects of a JSON document hold, as hashes: finds a key that stands twice.
 *
 * A stack, because objects open and close in the order of nesting. Few keys are compared one by one; an
 * object with many gets a table, so that a million keys cost a million steps. Keys are told apart by 64
 * bits of hash: two that collide by bad luck refuse a good document, never take a bad one. */
#ifndef TIDEGATE_BASE_JSON_KEYS_H
#define TIDEGATE_BASE_JSON_KEYS_H

#include "base/span.h"

/* One open object. */
struct json_keys_object {
    size_t first;      /* where its keys start on the stack */
    uint64_t seen;     /* bits chosen by the hashes of its keys: a clear one proves a key new */
    uint64_t *table;   /* the same keys once they are many: open addressing, 0 is free; else NULL */
    size_t table_size; /* a power of two, or 0 */
};

struct json_keys {
    uint64_t *stack; /* hashes of the keys of all open objects, outermost first */
    size_t count;
    size_t capacity;
    struct json_keys_object *objects; /* LIMIT_JSON_DEPTH of them */
    size_t open;
};

enum json_keys_answer { JSON_KEYS_NEW, JSON_KEYS_TWICE, JSON_KEYS_TOO_MANY };

/* Life cycle: init; open, add and close in the order of the document, at most LIMIT_JSON_DEPTH open at
 * once; release. */
void json_keys_init(struct json_keys *keys);
void json_keys_open(struct json_keys *keys);
/* Adds a key to the innermost object. */
enum json_keys_answer json_keys_add(struct json_keys *keys, uint64_t hash);
/* Ends the innermost object: its keys are forgotten. */
void json_keys_close(struct json_keys *keys);
void json_keys_release(struct json_keys *keys);

/* ---- the hash of a key, in steps because it is computed while the key is scanned ---- */

static inline uint64_t json_hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}

/* Ends with the last word: `rest` bytes of text (0 to 7), zeros above them. Never 0. */
static inline uint64_t json_hash_end(uint64_t hash, uint64_t word, size_t rest)
{
    hash = json_hash_word(hash, word | (uint64_t)(rest + 1) << 56);
    hash *= UINT64_C(0xd6e8feb86659fd93);
    hash ^= hash >> 32;
    return hash != 0 ? hash : 1;
}

#endif
