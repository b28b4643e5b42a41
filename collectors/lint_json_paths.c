/* A tree of keys with a small table in each node. */
#include "collectors/lint_json_paths.h"

void json_paths_init(struct json_paths *paths)
{
    paths->count = 1;
    paths->nodes[0] = (struct json_path_node){.field = JSON_PATH_NOTHING};
}

static unsigned add_child(struct json_paths *paths, unsigned node, struct span key)
{
    unsigned child = json_paths_child(paths, node, key);
    if (child == 0 && paths->count < JSON_PATH_NODES) {
        uint8_t *slot = &paths->nodes[node].slots[json_paths_slot(key)];
        child = paths->count++;
        paths->nodes[child] =
            (struct json_path_node){.key = key, .field = JSON_PATH_NOTHING, .next = *slot};
        *slot = (uint8_t)child;
        paths->nodes[node].inner = true;
    }
    return child;
}

void json_paths_add(struct json_paths *paths, const char *places, int field)
{
    struct span rest = span_of(places);
    while (rest.size > 0) {
        struct span wanted = span_cut(&rest, '|');
        struct span place = span_cut(&wanted, '=');
        unsigned node = 0;
        while (place.size > 0) {
            node = add_child(paths, node, span_cut(&place, '.'));
        }
        paths->nodes[node].field = field;
        paths->nodes[node].wanted = wanted;
    }
}
