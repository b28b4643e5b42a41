/* JSON values one at a time, for callers that know what they look for.
 *
 * Each function takes the usual case in few steps, as reports have it: a key that was foreseen,
 * blanks like those before, a short text. In any other case it does nothing of its own and asks for
 * the tokens of json_read.c, which check all. */
#include "base/json_inside.h"

/* Takes the value behind a key if it begins with this token, else skips it. */
__attribute__((noinline)) static bool take_or_skip(struct json_reader *reader,
                                                   enum json_token wanted)
{
    enum json_token token = json_next(reader);
    if (token != wanted) {
        json_skip_rest(reader, token);
    }
    return token == wanted;
}

/* Behind a key: where the value begins, if a text of this kind is all that has to be taken; else
 * NULL. */
static inline char *usual_value(const struct json_reader *reader)
{
    return reader->expect == EXPECT_VALUE ? json_behind_space(reader->at) : NULL;
}

/* Takes a token with a text that stands behind `before` bytes of it and before `behind` bytes. The
 * text is handed out from registers: reading back in one piece what was written in two makes
 * processors wait. */
static inline struct span take_usual_text(struct json_reader *reader, char *at, size_t before,
                                          size_t size, size_t behind)
{
    struct span text = span_make(at + before, size);
    reader->text = text;
    reader->start = at;
    reader->at = at + (before + size + behind);
    return text;
}

/* Enters an object or array. */
static inline bool enter(struct json_reader *reader, enum json_token token, char bracket)
{
    char *at = usual_value(reader);
    if (at == NULL || *at != bracket || reader->depth >= LIMIT_JSON_DEPTH) {
        return take_or_skip(reader, token);
    }
    reader->at = json_take_open(reader, at, token == JSON_OBJECT);
    return true;
}

bool json_object(struct json_reader *reader)
{
    return enter(reader, JSON_OBJECT, '{');
}

bool json_array(struct json_reader *reader)
{
    return enter(reader, JSON_ARRAY, '[');
}

/* Where the next key or item begins: behind a comma, unless it is the first, and behind one blank,
 * or on a line that is indented as usual. NULL if it is another case. */
static inline char *usual_start(const struct json_reader *reader, enum expectation first,
                                enum expectation next)
{
    bool comma = reader->expect == next && *reader->at == ',';
    if (!comma && reader->expect != first) {
        return NULL;
    }
    char *at = reader->at + (comma ? 1 : 0);
    return *at == '\n' ? json_behind_indent(reader, at, reader->depth) : json_behind_space(at);
}

/* Goes to what usual_start found. */
static inline void take_start(struct json_reader *reader)
{
    char *line = reader->at + (*reader->at == ',' ? 1 : 0);
    if (*line == '\n') {
        json_begin_line(&reader->window, line + 1);
    }
}

__attribute__((noinline)) static bool take_other_key(struct json_reader *reader, struct span *key)
{
    bool more = json_next(reader) == JSON_KEY;
    *key = reader->text;
    return more;
}

bool json_key(struct json_reader *reader, struct span *key)
{
    char *at = usual_start(reader, EXPECT_FIRST_KEY, EXPECT_NEXT_KEY);
    struct json_key_node *node = at != NULL ? json_keys_foreseen(&reader->keys, at) : NULL;
    if (node == NULL || at[node->size] != ':' ||
        json_keys_take(&reader->keys, node) != JSON_KEYS_NEW) {
        return take_other_key(reader, key);
    }
    take_start(reader);
    *key = take_usual_text(reader, at, 1, node->size - 2U, 2);
    reader->token = JSON_KEY;
    reader->expect = EXPECT_VALUE;
    return true;
}

unsigned json_key_number(const struct json_reader *reader)
{
    const struct json_key_node *node = reader->keys.inner->last;
    return node != NULL ? node->number : 0;
}

__attribute__((noinline)) static bool find_other_item(struct json_reader *reader)
{
    enum json_token token = json_peek(reader);
    if (token == JSON_ARRAY_END) {
        reader->expect = reader->then;
    }
    return token != JSON_ARRAY_END && token != JSON_FAULT && token != JSON_END;
}

bool json_item(struct json_reader *reader)
{
    char *at = usual_start(reader, EXPECT_FIRST_ITEM, EXPECT_NEXT_ITEM);
    if (at == NULL || *at != '{' || reader->depth >= LIMIT_JSON_DEPTH) {
        return find_other_item(reader);
    }
    take_start(reader);
    reader->start = at;
    reader->at = at;
    reader->expect = EXPECT_VALUE;
    return true;
}

__attribute__((noinline)) static bool take_other_text(struct json_reader *reader,
                                                      enum json_token wanted, struct span *text)
{
    bool taken = take_or_skip(reader, wanted);
    if (taken) {
        *text = reader->text;
    }
    return taken;
}

bool json_string(struct json_reader *reader, struct span *text)
{
    char *at = usual_value(reader);
    char *end = at != NULL && *at == '"' ? json_lex_short_end(at + 1) : NULL;
    if (end == NULL) {
        return take_other_text(reader, JSON_STRING, text);
    }
    *text = take_usual_text(reader, at, 1, (size_t)(end - at) - 1, 1);
    reader->token = JSON_STRING;
    json_expect_behind_value(reader);
    return true;
}

/* Takes an integer without sign that is short: its size, or 0 if it is another case. */
static inline size_t take_usual_number(struct json_reader *reader, struct span *text)
{
    char *at = usual_value(reader);
    size_t size = at != NULL ? json_lex_short_number(at) : 0;
    if (size > 0) {
        *text = take_usual_text(reader, at, 0, size, 0);
        reader->token = JSON_NUMBER;
        json_expect_behind_value(reader);
    }
    return size;
}

bool json_number(struct json_reader *reader, struct span *text)
{
    return take_usual_number(reader, text) > 0 || take_other_text(reader, JSON_NUMBER, text);
}

bool json_u64(struct json_reader *reader, uint64_t *value)
{
    struct span usual;
    struct span other;
    size_t size = take_usual_number(reader, &usual);
    if (size > 0) {
        *value = json_digits_value(usual.data, size);
        return true;
    }
    return take_other_text(reader, JSON_NUMBER, &other) && span_to_u64(other, value);
}

bool json_bool(struct json_reader *reader, bool *value)
{
    enum json_token token = json_next(reader);
    if (token != JSON_TRUE && token != JSON_FALSE) {
        json_skip_rest(reader, token);
        return false;
    }
    *value = token == JSON_TRUE;
    return true;
}
