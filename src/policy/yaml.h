/* One YAML document as a small tree, each node with its place.
 *
 * YAML 1.2 in the shape that a reviewed file needs: mappings, lists and scalars. Anchors, aliases,
 * tags and further documents are refused. A key that stands twice is refused and its second value
 * is left out. */
#ifndef TIDEGATE_POLICY_YAML_H
#define TIDEGATE_POLICY_YAML_H

#include "model/diag.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

/* What a plain scalar is in the core schema; quoted and block scalars are always text. */
enum yaml_type { YAML_NULL, YAML_BOOL, YAML_NUMBER, YAML_TEXT };

struct yaml_node {
    enum yaml_kind kind;
    enum yaml_type type;     /* YAML_SCALAR */
    struct span text;        /* YAML_SCALAR: decoded */
    const struct name *key;  /* of an entry in a mapping, else NULL */
    struct yaml_node *first; /* of a list or mapping */
    struct yaml_node *next;  /* in the same list or mapping */
    size_t count;            /* of children */
    uint64_t line, column;   /* of the value; of the key when the value is empty */
    uint64_t key_line, key_column;
};

/* Reads the text of file `path`. NULL when there is no tree, for reasons that are in `diags`. Some
 * mistakes leave a tree: compare diags->errors. Nodes live in `arena`, keys in the names of
 * `diags`. */
struct yaml_node *yaml_read(struct span text, const struct name *path, struct arena *arena,
                            struct diags *diags);

/* The entry with this key, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);

#endif
