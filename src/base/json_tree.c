/* Text -> strict reader -> cJSON nodes. Numbers stay as they are written (raw nodes), so no integer
 * loses digits in a binary fraction. */
#include "base/json_tree.h"

#include "base/buf.h"
#include "base/json_read.h"
#include "base/limits.h"
#include "base/mem.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

/* A tree under construction: the containers that are open, outermost first. */
struct builder {
    struct json_reader *reader;
    cJSON *root;
    cJSON **open;
    size_t depth;
    struct buf key;  /* of the member that comes next */
    struct buf text; /* a value with a NUL behind it */
};

/* The node of a token that begins a value; NULL for other tokens. */
static cJSON *node_make(struct builder *builder, enum json_token token)
{
    buf_clear(&builder->text);
    buf_add(&builder->text, json_text(builder->reader));
    cJSON *node = NULL;
    switch (token) {
    case JSON_OBJECT: node = cJSON_CreateObject(); break;
    case JSON_ARRAY: node = cJSON_CreateArray(); break;
    case JSON_STRING: node = cJSON_CreateString(buf_text(&builder->text)); break;
    case JSON_NUMBER: node = cJSON_CreateRaw(buf_text(&builder->text)); break;
    case JSON_TRUE:
    case JSON_FALSE: node = cJSON_CreateBool(token == JSON_TRUE); break;
    case JSON_NULL: node = cJSON_CreateNull(); break;
    default: return NULL;
    }
    if (node == NULL) {
        mem_exhausted();
    }
    return node;
}

static void node_place(struct builder *builder, cJSON *node)
{
    cJSON *parent = builder->depth > 0 ? builder->open[builder->depth - 1] : NULL;
    cJSON_bool placed = 1;
    if (parent == NULL) {
        builder->root = node;
    } else if (cJSON_IsObject(parent)) {
        placed = cJSON_AddItemToObject(parent, buf_text(&builder->key), node);
    } else {
        placed = cJSON_AddItemToArray(parent, node);
    }
    if (!placed) {
        mem_exhausted();
    }
    if (cJSON_IsObject(node) || cJSON_IsArray(node)) {
        builder->open[builder->depth++] = node;
    }
}

static void tree_build(struct builder *builder)
{
    enum json_token token = json_next(builder->reader);
    for (; token != JSON_END && token != JSON_FAULT; token = json_next(builder->reader)) {
        if (token == JSON_KEY) {
            buf_clear(&builder->key);
            buf_add(&builder->key, json_text(builder->reader));
        } else if (token == JSON_OBJECT_END || token == JSON_ARRAY_END) {
            builder->depth--;
        } else {
            node_place(builder, node_make(builder, token));
        }
    }
}

struct json_node *json_tree_open(struct span text, struct fault *fault)
{
    struct input *input = input_open_memory(text);
    struct builder builder = {.reader = json_reader_open(input, false)};
    builder.open = mem_alloc(mem_product(LIMIT_JSON_DEPTH, sizeof *builder.open));
    tree_build(&builder);
    const struct fault *found = input_fault(input);
    if (found->kind != FAULT_NONE) {
        fault_set(fault, found->kind, found->line, found->column, "%s", found->text);
        cJSON_Delete(builder.root);
        builder.root = NULL;
    }
    free(builder.open);
    buf_release(&builder.key);
    buf_release(&builder.text);
    json_reader_close(builder.reader);
    input_close(input);
    return (struct json_node *)builder.root;
}

void json_tree_close(struct json_node *root)
{
    cJSON_Delete((cJSON *)root);
}

static const cJSON *item_of(const struct json_node *node)
{
    return (const cJSON *)node;
}

static const struct json_node *node_of(const cJSON *item)
{
    return (const struct json_node *)item;
}

bool json_node_is_object(const struct json_node *node)
{
    return cJSON_IsObject(item_of(node));
}

bool json_node_is_array(const struct json_node *node)
{
    return cJSON_IsArray(item_of(node));
}

const struct json_node *json_node_get(const struct json_node *object, const char *key)
{
    return json_node_is_object(object)
               ? node_of(cJSON_GetObjectItemCaseSensitive(item_of(object), key))
               : NULL;
}

const struct json_node *json_node_first(const struct json_node *node)
{
    return json_node_is_object(node) || json_node_is_array(node) ? node_of(item_of(node)->child)
                                                                 : NULL;
}

const struct json_node *json_node_next(const struct json_node *node)
{
    return node != NULL ? node_of(item_of(node)->next) : NULL;
}

const char *json_node_key(const struct json_node *node)
{
    return node != NULL && item_of(node)->string != NULL ? item_of(node)->string : "";
}

bool json_node_text(const struct json_node *node, struct span *text)
{
    if (!cJSON_IsString(item_of(node))) {
        return false;
    }
    *text = span_of(item_of(node)->valuestring);
    return true;
}

bool json_node_u64(const struct json_node *node, uint64_t *value)
{
    uint64_t whole = 0;
    if (!cJSON_IsRaw(item_of(node)) || !span_to_u64(span_of(item_of(node)->valuestring), &whole) ||
        whole == UINT64_MAX) {
        return false;
    }
    *value = whole;
    return true;
}

bool json_node_number(const struct json_node *node, struct span *text)
{
    if (!cJSON_IsRaw(item_of(node))) {
        return false;
    }
    *text = span_of(item_of(node)->valuestring);
    return true;
}

bool json_node_bool(const struct json_node *node, bool *value)
{
    if (!cJSON_IsBool(item_of(node))) {
        return false;
    }
    *value = cJSON_IsTrue(item_of(node));
    return true;
}
