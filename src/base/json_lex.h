/* The single tokens of JSON that have a text: strings, keys, numbers and the three words (RFC 8259,
 * sections 3, 6 and 7).
 *
 * `at` is the token's first byte. Each function returns where the window goes on behind the token, or
 * NULL after it set the input's fault. Texts are borrowed from the window and live until it is read
 * further. */
#ifndef TIDEGATE_BASE_JSON_LEX_H
#define TIDEGATE_BASE_JSON_LEX_H

#include "base/json_window.h"

/* A string with its escapes resolved. */
char *json_lex_string(struct json_window *window, char *at, struct span *text);
/* Checks a string of any length and forgets it. */
char *json_lex_string_skip(struct json_window *window, char *at);
/* A number as it is written. */
char *json_lex_number(struct json_window *window, char *at, struct span *text);
/* "true", "false" or "null"; *start is the first byte and moves with the window. No fault is set when
 * another word stands there. */
char *json_lex_word(struct json_window *window, char **start, const char *word);

/* Sets the fault at `at`: the given one, or FAULT_TRUNCATED when the document ended there. */
void json_lex_refuse(struct json_window *window, const char *at, enum fault_kind kind,
                     const char *text);

#endif
