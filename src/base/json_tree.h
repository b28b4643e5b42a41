/* A small trusted JSON document as a tree: cJSON behind the strict reader.
 *
 * json_read checks the text (grammar, UTF-8, duplicate keys, depth) and its tokens become cJSON
 * nodes. Look-up is by exact key. Numbers are kept as they are written: integers are exact up to
 * 2^64 - 2. Used for ledger documents and snapshots, never for reports. */
#ifndef TIDEGATE_BASE_JSON_TREE_H
#define TIDEGATE_BASE_JSON_TREE_H

#include "base/fault.h"
#include "base/span.h"

struct json_node; /* a value inside a tree; lives as long as the tree */

/* NULL and a fault when the text is not one JSON document. The root belongs to the caller. */
struct json_node *json_tree_open(struct span text, struct fault *fault);
void json_tree_close(struct json_node *root);

bool json_node_is_object(const struct json_node *node);
bool json_node_is_array(const struct json_node *node);
/* The member with this key, or NULL; NULL goes in, NULL comes out. */
const struct json_node *json_node_get(const struct json_node *object, const char *key);
/* First child of an object or array, then its siblings in order; NULL at the end. */
const struct json_node *json_node_first(const struct json_node *node);
const struct json_node *json_node_next(const struct json_node *node);
const char *json_node_key(const struct json_node *node); /* "" in arrays */
/* True and the value if the node is there and has the type (an integer without sign or
 * fraction). */
bool json_node_text(const struct json_node *node, struct span *text);
bool json_node_u64(const struct json_node *node, uint64_t *value);
/* A number as it is written. */
bool json_node_number(const struct json_node *node, struct span *text);
bool json_node_bool(const struct json_node *node, bool *value);

#endif
