/* The bytes of a JSON document, a piece at a time, with places: the lower half of json_read.
 *
 * Readers walk with a pointer of their own, and hand it in and take it back where the window may
 * move. JSON_WINDOW_GUARD bytes behind `end` are readable and NUL, so that loops need no bound: a
 * NUL stops each of them. A line feed stands in white space only, which is why counting lines there
 * is enough. */
#ifndef TIDEGATE_BASE_JSON_WINDOW_H
#define TIDEGATE_BASE_JSON_WINDOW_H

#include "base/input.h"
#include "base/json_plain.h"
#include "base/json_stops.h"

enum { JSON_WINDOW_GUARD = 64 };

struct json_place {
    uint64_t line;   /* from 1 */
    uint64_t column; /* from 1, in bytes */
};

struct json_window {
    struct input *input; /* borrowed */
    json_plain_end *plain_end;
    char *bytes;
    size_t capacity; /* without the guard */
    char *end;
    uint64_t offset;      /* of bytes[0] in the document */
    uint64_t line;        /* the line that the reader is in */
    uintptr_t line_start; /* address that its first byte has, or had before it left the window */
    bool ended;           /* the input gave everything */
};

void json_window_init(struct json_window *window, struct input *input);
void json_window_release(struct json_window *window);

/* Reads more behind the end. Bytes from `keep` on stay, everything moves: returns where `keep` is
 * now. Nothing new comes when `ended` was set; a text that outgrows LIMIT_JSON_STRING sets the
 * fault. */
char *json_window_more(struct json_window *window, char *keep);

struct json_place json_window_place(const struct json_window *window, const char *at);

static inline uint64_t json_window_offset(const struct json_window *window, const char *at)
{
    return window->offset + (uint64_t)(at - window->bytes);
}

/* Did the document end here, rather than hold a NUL byte? */
static inline bool json_window_is_end(const struct json_window *window, const char *at)
{
    return at == window->end && window->ended;
}

/* Goes behind white space, to another byte or to the end. */
char *json_window_skip_blank(struct json_window *window, char *at);

#endif
