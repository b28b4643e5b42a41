/* JSON values that nobody wants: the same grammar as in json_read.c, written as loops instead of
 * steps, because most of a report is skipped. Nothing is left behind but the reader's place and its
 * open containers. */
#include "base/json_inside.h"

/* At a key: goes to the value behind it. */
static inline char *skip_key(struct json_reader *reader, char *at)
{
    struct json_key_node *node = json_keys_foreseen(&reader->keys, at);
    if (node == NULL) {
        at = json_take_odd_key(reader, at);
    } else if (json_keys_take(&reader->keys, node) == JSON_KEYS_NEW) {
        at += node->size;
    } else {
        reader->text = span_make(at + 1, node->size - 2U);
        return json_refuse_key(reader, JSON_KEYS_TWICE);
    }
    if (at != NULL && *at != ':') {
        at = json_take_colon(reader, json_skip_space(reader, at));
        return at != NULL ? json_skip_space(reader, at) : NULL;
    }
    return at != NULL ? json_skip_space(reader, at + 1) : NULL;
}

/* At a value that is no container: goes behind it. */
static inline char *skip_scalar(struct json_reader *reader, char *at)
{
    struct span ignored;
    if (*at == '"') {
        at = json_lex_string_skip(&reader->window, at);
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
        at = json_lex_number(&reader->window, at, &ignored);
    } else {
        return json_take_word(reader, at);
    }
    return at != NULL ? at : json_reader_fail(reader);
}

/* Leaves containers up to the next comma, or up to the one that leaves `outside` open. */
static inline char *skip_closes(struct json_reader *reader, char *at, size_t outside)
{
    at = json_skip_blank(reader, at, reader->depth - 1);
    while (*at != ',') {
        if (!json_is_close(reader, at)) {
            return json_refuse_behind_value(reader, at);
        }
        if (reader->depth - 1 == outside) {
            return json_take_close(reader, at);
        }
        json_exit(reader);
        at = json_skip_blank(reader, at + 1, reader->depth - 1);
    }
    return at;
}

char *json_skip_items(struct json_reader *reader, char *at, bool behind, size_t outside)
{
    bool object = json_in_object(reader);
    for (;;) {
        if (behind) {
            if (*at != ',') {
                at = skip_closes(reader, at, outside);
                if (at == NULL || reader->depth == outside) {
                    return at;
                }
                object = json_in_object(reader);
            }
            at = json_skip_blank(reader, at + 1, reader->depth);
        }
        at = object ? skip_key(reader, at) : at;
        if (at == NULL) {
            return NULL;
        }
        behind = *at != '{' && *at != '[';
        if (behind) {
            at = skip_scalar(reader, at);
            if (at == NULL) {
                return NULL;
            }
        } else {
            object = *at == '{';
            if (!json_enter(reader, object)) {
                return json_refuse_depth(reader, at);
            }
            at = json_skip_blank(reader, at + 1, reader->depth);
            /* An empty one ends like one whose last value was taken. */
            behind = json_is_close(reader, at);
        }
    }
}
