/* JSON as a stream of tokens, strict and in constant memory (RFC 8259).
 *
 * Refused with line and column: anything the grammar does not allow, duplicate keys in one object,
 * invalid UTF-8, lone surrogates, U+0000 in strings, nesting above LIMIT_JSON_DEPTH, text behind
 * the document, a cut document.
 *
 * Use: json_next until JSON_END or JSON_FAULT; or the functions below, which read one value each:
 *
 *     if (json_object(&reader)) {
 *         struct span key;
 *         while (json_key(&reader, &key)) {
 *             if (span_is(key, "level")) { json_string(&reader, &level); }
 *             else { json_skip(&reader); }
 *         }
 *     }
 *
 * Everything is sticky: after a fault those functions return false and json_next returns
 * JSON_FAULT. */
#ifndef TIDEGATE_BASE_JSON_READ_H
#define TIDEGATE_BASE_JSON_READ_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/input.h"

enum json_token {
    JSON_FAULT,
    JSON_END,
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY,
    JSON_STRING,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL
};

struct json_reader;

/* `many` allows several documents one after another, with white space between them (JSON Lines), or
 * a NUL byte behind each (Code Climate, "Data Types": a stream of issues). */
struct json_reader *json_reader_open(struct input *input, bool many);
void json_reader_close(struct json_reader *reader);

enum json_token json_next(struct json_reader *reader);
/* The token that the next json_next will return, without taking it. */
enum json_token json_peek(struct json_reader *reader);
/* Text of the last JSON_KEY or JSON_STRING (escapes resolved) or JSON_NUMBER (as written). Valid
 * until the next token is looked at. */
struct span json_text(const struct json_reader *reader);
uint64_t json_line(const struct json_reader *reader); /* of the last token */
uint64_t json_column(const struct json_reader *reader);

/* If an object (array) comes next, enters it and returns true; else skips the value and returns
 * false. */
bool json_object(struct json_reader *reader);
bool json_array(struct json_reader *reader);
/* The next key of the object that was entered, its value comes next; false at the object's end. The
 * key is valid until the next token is looked at. */
bool json_key(struct json_reader *reader, struct span *key);
/* A number from 1 to 255 for the key that json_key gave: two keys of one document that have the
 * same number are equal. 0: this key has none (there are too many, or it is long). Saves comparing
 * texts in hot loops. */
unsigned json_key_number(const struct json_reader *reader);
/* True while another item of the array that was entered comes next; false takes the array's end. */
bool json_item(struct json_reader *reader);
/* Skips the value that comes next, checking its grammar. */
void json_skip(struct json_reader *reader);
/* Skips what is left of the innermost object or array that was entered, and its end. */
void json_leave(struct json_reader *reader);
/* Takes the value that comes next: true and the value if it has the type, else it is skipped and
 * false. */
bool json_string(struct json_reader *reader, struct span *text); /* borrowed, see json_text */
bool json_number(struct json_reader *reader, struct span *text); /* borrowed, as written */
bool json_u64(struct json_reader *reader,
              uint64_t *value); /* an integer without sign or fraction */
bool json_bool(struct json_reader *reader, bool *value);

/* Reports a fault at the last token: for rules that the grammar does not know. */
void json_refuse(struct json_reader *reader, enum fault_kind kind, const char *text);
bool json_failed(const struct json_reader *reader);

#endif
