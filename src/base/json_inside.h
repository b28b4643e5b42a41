/* What the files of json_read.h share: the reader, and the steps that both ways of reading take. */
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
    EXPECT_TAKING,     /* of the token that was looked at */
    EXPECT_NOTHING     /* after the end or a fault */
};

struct json_reader {
    struct json_window window;
    struct json_keys keys;
    /* enum expectation: what may come behind a value, outside all and in each open container. */
    uint8_t *behind;
    uint8_t *indents; /* how far the last line was indented that began at each depth; below 32 */
    size_t depth;
    char *at; /* in the window: the next byte that was not taken */
    enum expectation expect;
    enum expectation then; /* what may come behind the token, while it is EXPECT_TAKING */
    enum json_token token;
    struct span text;
    const char *start; /* of the token, in the window */
    bool many;
    bool some; /* a document was seen */
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
/* At the first byte behind the only document. */
char *json_refuse_more(struct json_reader *reader, const char *at);
/* The key in reader->text was not taken. */
char *json_refuse_key(struct json_reader *reader, enum json_keys_answer answer);

/* ---- json_skip.c ---- */

/* Goes behind the bracket that leaves `outside` containers open, from an item or member on, or from
 * `behind` one; NULL after a fault. */
char *json_skip_items(struct json_reader *reader, char *at, bool behind, size_t outside);

/* ---- json_read.c ---- */

/* Takes a key that did not come as foreseen; returns what is behind its closing quote. */
char *json_take_odd_key(struct json_reader *reader, char *at);
/* Takes the colon, which may stand behind blanks; returns what is behind it. */
char *json_take_colon(struct json_reader *reader, char *at);
/* The same as json_skip_blank, for blanks that are not as usual. */
char *json_skip_odd_blank(struct json_reader *reader, char *at, size_t depth);
/* Goes behind the value whose first token was taken. */
void json_skip_rest(struct json_reader *reader, enum json_token token);
/* Takes true, false or null. */
char *json_take_word(struct json_reader *reader, char *at);

/* ---- steps ---- */

/* At a line feed: what stands behind it and as many blanks as the last line at this depth had; NULL
 * if there are not so many, or more. Guessing pays although the blanks are looked at: the bytes
 * behind them need not wait for a count. */
static inline char *json_behind_indent(const struct json_reader *reader, char *at, size_t depth)
{
    uint64_t end = UINT64_C(1) << reader->indents[depth];
    uint64_t upto_end = (end << 1) - 1;
    char *next = at + 1 + reader->indents[depth];
    bool fits = (json_blanks_32(at + 1) & upto_end) == end - 1 && (unsigned char)*next > ' ';
    return fits ? next : NULL;
}

static inline void json_begin_line(struct json_window *window, const char *line)
{
    window->line++;
    window->line_start = (uintptr_t)line;
}

/* Goes behind white space. Where a line begins there, it is one of this depth. */
static inline char *json_skip_blank(struct json_reader *reader, char *at, size_t depth)
{
    if ((unsigned char)*at > ' ') {
        return at;
    }
    char *next = *at == '\n' ? json_behind_indent(reader, at, depth) : NULL;
    if (next == NULL) {
        return json_skip_odd_blank(reader, at, depth);
    }
    json_begin_line(&reader->window, at + 1);
    return next;
}

/* Goes behind one blank if there is one. The branch is a guess that the bytes behind need not wait
 * for; nothing may be known of `at` behind it, or compilers calculate the place instead. */
static inline char *json_behind_space(char *at)
{
    if (*at == ' ') {
        at++;
        __asm__ volatile("" : "+r"(at));
    }
    return at;
}

/* Goes behind white space behind a colon. */
static inline char *json_skip_space(struct json_reader *reader, char *at)
{
    return json_skip_blank(reader, json_behind_space(at), reader->depth);
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
