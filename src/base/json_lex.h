/* The single tokens of JSON that have a text: strings, keys, numbers and the three words (RFC 8259,
 * sections 3, 6 and 7).
 *
 * `at` is the token's first byte. Each function returns where the window goes on behind the token,
 * or NULL after it set the input's fault. Texts are borrowed from the window and live until it is
 * read further. */
#ifndef TIDEGATE_BASE_JSON_LEX_H
#define TIDEGATE_BASE_JSON_LEX_H

#include "base/json_window.h"

/* The same for tokens of any size. */
char *json_lex_long_string(struct json_window *window, char *at, struct span *text);
char *json_lex_long_string_skip(struct json_window *window, char *at);
char *json_lex_any_number(struct json_window *window, char *at, struct span *text);

/* The closing quote of a string that is short and plain, the usual case; else NULL. */
static inline char *json_lex_short_end(char *start)
{
    uint64_t stops = json_stops_32(start);
    char *end = start + (stops != 0 ? (size_t)__builtin_ctzll(stops) : 0);
    return *end == '"' ? end : NULL;
}

/* A string with its escapes resolved. */
static inline char *json_lex_string(struct json_window *window, char *at, struct span *text)
{
    char *end = json_lex_short_end(at + 1);
    if (end == NULL) {
        return json_lex_long_string(window, at, text);
    }
    *text = span_make(at + 1, (size_t)(end - at) - 1);
    return end + 1;
}

/* Checks a string of any length and forgets it. */
static inline char *json_lex_string_skip(struct json_window *window, char *at)
{
    char *end = json_lex_short_end(at + 1);
    return end != NULL ? end + 1 : json_lex_long_string_skip(window, at);
}

/* The size of an integer without sign that is short, the usual case; else 0. */
static inline size_t json_lex_short_number(const char *at)
{
    size_t size = json_digits_8(at);
    char next = at[size];
    bool ends = next == ',' || (next != '.' && (next | 0x20) != 'e' && next != '\0');
    return ends && size < 8 && (*at != '0' || size == 1) ? size : 0;
}

/* A number as it is written. */
static inline char *json_lex_number(struct json_window *window, char *at, struct span *text)
{
    size_t size = json_lex_short_number(at);
    if (size == 0) {
        return json_lex_any_number(window, at, text);
    }
    *text = span_make(at, size);
    return at + size;
}

/* "true", "false" or "null"; *start is the first byte and moves with the window. No fault is set
 * when another word stands there. */
char *json_lex_word(struct json_window *window, char **start, const char *word);

/* Sets the fault at `at`: the given one, or FAULT_TRUNCATED when the document ended there. */
void json_lex_refuse(struct json_window *window, const char *at, enum fault_kind kind,
                     const char *text);

#endif
