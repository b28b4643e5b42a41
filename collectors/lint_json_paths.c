/* A tree of keys; siblings are a list, because a key is looked for once a document. */
#include "collectors/lint_json_paths.h"

void json_paths_init(struct json_paths *paths)
{
    paths->count = 1;
    paths->nodes[0] = (struct json_path_node){.field = JSON_PATH_NOTHING};
}

unsigned json_paths_find(const struct json_paths *paths, unsigned node, struct span key)
{
    unsigned child = paths->nodes[node].child;
    while (child != 0 && !span_equal(paths->nodes[child].key, key)) {
        child = paths->nodes[child].next;
    }
    return child;
}

static unsigned add_child(struct json_paths *paths, unsigned node, struct span key)
{
    unsigned child = json_paths_find(paths, node, key);
    if (child == 0 && paths->count < JSON_PATH_NODES) {
        child = paths->count++;
        paths->nodes[child] = (struct json_path_node){
            .key = key, .field = JSON_PATH_NOTHING, .next = paths->nodes[node].child};
        paths->nodes[node].child = (uint8_t)child;
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
