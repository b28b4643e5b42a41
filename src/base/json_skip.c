/* JSON values that nobody wants: the same grammar as in json_read.c, written as loops instead of steps, because
 * most of a report is skipped. Nothing is left behind but the reader's place and its open containers. */
#include "base/json_inside.h"

/* At a key: goes to the value behind it. */
static inline char *skip_key(struct json_reader *reader, char *at)
{
    uint8_t node = *at == '"' ? json_keys_foreseen(&reader->keys, at + 1) : 0;
    if (node == 0) {
        at = json_take_odd_key(reader, at);
    } else if (json_keys_take(&reader->keys, node) == JSON_KEYS_NEW) {
        at += reader->keys.nodes[node].size + 2;
    } else {
        reader->text = span_make(at + 1, reader->keys.nodes[node].size);
        return json_refuse_key(reader, JSON_KEYS_TWICE);
    }
    if (at != NULL && *at != ':') {
        at = json_take_colon(reader, json_skip_blank(&reader->window, at));
        return at != NULL ? json_skip_blank(&reader->window, at) : NULL;
    }
    return at != NULL ? json_skip_blank(&reader->window, at + 1) : NULL;
}

/* At a value that is no container: goes behind it. */
static inline char *skip_scalar(struct json_reader *reader, char *at)
{
    if (*at == '"') {
        at = json_lex_string_skip(&reader->window, at);
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
        at = json_lex_number(&reader->window, at, &reader->text);
    } else {
        return json_take_word(reader, at);
    }
    return at != NULL ? at : json_reader_fail(reader);
}

/* Behind a value: closes containers up to the next comma and goes behind it, or stops `outside`. */
static inline char *skip_closes(struct json_reader *reader, char *at, size_t outside)
{
    at = json_skip_blank(&reader->window, at);
    while (*at != ',') {
        if (!json_is_close(reader, at)) {
            return json_refuse_behind_value(reader, at);
        }
        at = json_take_close(reader, at);
        if (reader->depth == outside) {
            return at;
        }
        at = json_skip_blank(&reader->window, at);
    }
    return json_skip_blank(&reader->window, at + 1);
}

char *json_skip_items(struct json_reader *reader, char *at, bool empty, size_t outside)
{
    while (at != NULL && reader->depth > outside) {
        if (!empty && reader->in_object[reader->depth]) {
            at = skip_key(reader, at);
        }
        if (!empty && at != NULL && (*at == '{' || *at == '[')) {
            at = json_take_open(reader, at, *at == '{');
            at = at != NULL ? json_skip_blank(&reader->window, at) : NULL;
            empty = at != NULL && json_is_close(reader, at);
            continue;
        }
        at = !empty && at != NULL ? skip_scalar(reader, at) : at;
        at = at != NULL ? skip_closes(reader, at, outside) : NULL;
        empty = false;
    }
    return at;
}

char *json_skip_more_items(struct json_reader *reader, char *at, size_t outside)
{
    return json_skip_items(reader, skip_closes(reader, at, outside), false, outside);
}
