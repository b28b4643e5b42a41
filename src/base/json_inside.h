/* What json_read.c, json_skip.c and json_refuse.c share: the reader, and the steps that both ways of reading take. */
#ifndef TIDEGATE_BASE_JSON_INSIDE_H
#define TIDEGATE_BASE_JSON_INSIDE_H

#include "base/json_keys.h"
#include "base/json_lex.h"
#include "base/json_read.h"
#include "base/limits.h"

/* What may come next. */
enum expectation {
    EXPECT_DOCUMENT,   /* a document, or the end of the input */
    EXPECT_COLON,      /* and a value behind it */
    EXPECT_VALUE,      /* behind the colon */
    EXPECT_FIRST_ITEM, /* a value or `]` */
    EXPECT_FIRST_KEY,  /* a key or `}` */
    EXPECT_NEXT_ITEM,  /* `,` and a value, or `]` */
    EXPECT_NEXT_KEY,   /* `,` and a key, or `}` */
    EXPECT_NOTHING     /* after the end or a fault */
};

struct json_reader {
    struct json_window window;
    struct json_keys keys;
    uint8_t *
        behind; /* enum expectation: what may come behind a value, outside all and in each open container */
    size_t depth;
    char *at;       /* in the window: the next byte that was not taken */
    uint8_t expect; /* enum expectation */
    bool many;
    bool ahead; /* the token was looked at and not yet taken */
    bool some;  /* a document was seen */
    enum json_token token;
    struct span text;
    const char *start; /* of the token, in the window */
};

/* ---- json_refuse.c: each sets the fault and returns NULL ---- */

char *json_reader_fail(struct json_reader *reader); /* the fault is set already */
char *json_reader_refuse(struct json_reader *reader, const char *at, enum fault_kind kind,
                         const char *text);
/* At a byte that begins nothing that is allowed there. */
char *json_refuse_start(struct json_reader *reader, const char *at, const char *wanted);
/* At a bracket that opens one container too many. */
char *json_refuse_depth(struct json_reader *reader, const char *at);
/* Behind a value inside a container. */
char *json_refuse_behind_value(struct json_reader *reader, const char *at);
/* The key in reader->text was not taken. */
char *json_refuse_key(struct json_reader *reader, enum json_keys_answer answer);

/* ---- json_skip.c ---- */

/* Goes behind the bracket that leaves `outside` containers open, from an item or member on, or from `behind` one;
 * NULL after a fault. */
char *json_skip_items(struct json_reader *reader, char *at, bool behind, size_t outside);

/* ---- json_read.c ---- */

/* Takes a key that did not come as foreseen; returns what is behind its closing quote. */
char *json_take_odd_key(struct json_reader *reader, char *at);
/* Takes the colon, which may stand behind blanks; returns what is behind it. */
char *json_take_colon(struct json_reader *reader, char *at);
/* Takes true, false or null. */
char *json_take_word(struct json_reader *reader, char *at);

/* ---- steps ---- */

static inline char *json_skip_blank(struct json_window *window, char *at)
{
    return (unsigned char)*at > ' ' ? at : json_window_skip_blank(window, at);
}

static inline bool json_in_object(const struct json_reader *reader)
{
    return reader->behind[reader->depth] == EXPECT_NEXT_KEY;
}

/* Enters a container. False at the ceiling. */
static inline bool json_enter(struct json_reader *reader, bool object)
{
    if (reader->depth >= LIMIT_JSON_DEPTH) {
        return false;
    }
    reader->behind[++reader->depth] = object ? EXPECT_NEXT_KEY : EXPECT_NEXT_ITEM;
    if (object) {
        json_keys_open(&reader->keys);
    }
    return true;
}

/* Leaves the innermost container. */
static inline void json_exit(struct json_reader *reader)
{
    if (json_in_object(reader)) {
        json_keys_close(&reader->keys);
    }
    reader->depth--;
}

static inline char *json_take_open(struct json_reader *reader, char *at, bool object)
{
    if (!json_enter(reader, object)) {
        return json_refuse_depth(reader, at);
    }
    reader->start = at;
    reader->token = object ? JSON_OBJECT : JSON_ARRAY;
    reader->expect = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_ITEM;
    return at + 1;
}

static inline void json_expect_behind_value(struct json_reader *reader)
{
    reader->expect = reader->behind[reader->depth];
}

static inline char *json_take_close(struct json_reader *reader, char *at)
{
    reader->start = at;
    reader->token = json_in_object(reader) ? JSON_OBJECT_END : JSON_ARRAY_END;
    json_exit(reader);
    json_expect_behind_value(reader);
    return at + 1;
}

static inline bool json_is_close(const struct json_reader *reader, const char *at)
{
    return *at == (json_in_object(reader) ? '}' : ']');
}

#endif
