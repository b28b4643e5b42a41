/* Dotted places as a tree of keys, so that one pass over a JSON value finds all of them. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_PATHS_H
#define TIDEGATE_COLLECTORS_LINT_JSON_PATHS_H

#include "base/span.h"

enum { JSON_PATH_NODES = 40, JSON_PATH_NOTHING = -1 };

struct json_path_node {
    struct span key;
    int field;           /* what ends here, or JSON_PATH_NOTHING */
    struct span wanted;  /* behind `=`: the value must be this text; empty: any */
    uint8_t child, next; /* node numbers; 0 is none */
    /* For each key number of the document: the child + 1, 1 if there is none, 0 if it was not
     * looked up yet. */
    uint8_t known[256];
};

/* Node 0 is the root. */
struct json_paths {
    struct json_path_node nodes[JSON_PATH_NODES];
    unsigned count;
};

void json_paths_init(struct json_paths *paths);
/* Adds places such as "a.b|c=ok" for `field`; NULL adds nothing. The text must outlive the tree. */
void json_paths_add(struct json_paths *paths, const char *places, int field);

/* The child of `node` with this key, or 0. */
unsigned json_paths_find(const struct json_paths *paths, unsigned node, struct span key);

/* The same for a key whose number (json_key_number) is known, or 0 if it has none. */
static inline unsigned json_paths_child(struct json_paths *paths, unsigned node, struct span key,
                                        unsigned number)
{
    uint8_t *known = &paths->nodes[node].known[number % 256];
    if (*known == 0 || number == 0) {
        *known = (uint8_t)(json_paths_find(paths, node, key) + 1);
    }
    return *known - 1U;
}

#endif
