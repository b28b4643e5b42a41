/* Dotted places as a tree of keys, so that one pass over a JSON value finds all of them. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_PATHS_H
#define TIDEGATE_COLLECTORS_LINT_JSON_PATHS_H

#include "base/span.h"

enum { JSON_PATH_NODES = 64, JSON_PATH_SLOTS = 16, JSON_PATH_NOTHING = -1 };

struct json_path_node {
    struct span key;
    int field;          /* what ends here, or JSON_PATH_NOTHING */
    struct span wanted; /* behind `=`: the value must be this text; empty: any */
    uint8_t next;       /* sibling in the same slot of the parent; 0 is none */
    bool inner;         /* has children */
    uint8_t slots
        [JSON_PATH_SLOTS]; /* children by length and first byte of the key: most keys of a report
                                     * are not wanted, and an empty slot says so at once */
};

/* Node 0 is the root. */
struct json_paths {
    struct json_path_node nodes[JSON_PATH_NODES];
    unsigned count;
};

void json_paths_init(struct json_paths *paths);
/* Adds places such as "a.b|c=ok" for `field`; NULL adds nothing. The text must outlive the tree. */
void json_paths_add(struct json_paths *paths, const char *places, int field);
static inline size_t json_paths_slot(struct span key)
{
    return (key.size + (key.size > 0 ? (unsigned char)key.data[0] : 0)) % JSON_PATH_SLOTS;
}

/* The child of `node` with this key, or 0. */
static inline unsigned json_paths_child(const struct json_paths *paths, unsigned node,
                                        struct span key)
{
    unsigned child = paths->nodes[node].slots[json_paths_slot(key)];
    while (child != 0 && !span_equal(paths->nodes[child].key, key)) {
        child = paths->nodes[child].next;
    }
    return child;
}

#endif
