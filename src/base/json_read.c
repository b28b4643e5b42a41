/* Input -> JSON tokens: the grammar of objects, arrays and documents (RFC 8259) around json_lex.
 *
 * No recursion: what is open is a stack of bits. A value that nobody wants is checked by the same steps,
 * only its text is not kept. */
#include "base/json_read.h"

#include "base/json_keys.h"
#include "base/json_lex.h"
#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

/* What may come next. */
enum expectation {
    EXPECT_DOCUMENT,   /* a document, or the end of the input */
    EXPECT_COLON,      /* and a value behind it */
    EXPECT_VALUE,      /* behind the colon */
    EXPECT_FIRST_ITEM, /* a value or `]` */
    EXPECT_FIRST_KEY,  /* a key or `}` */
    EXPECT_COMMA,      /* or the end of what is open */
    EXPECT_NOTHING     /* after the end or a fault */
};

struct json_reader {
    struct json_window window;
    struct json_keys keys;
    bool *in_object; /* for each open container: is it an object? */
    size_t depth;
    char *at; /* in the window: the next byte that was not taken */
    enum expectation expect;
    bool many;
    bool ahead; /* the token was looked at and not yet taken */
    bool some;  /* a document was seen */
    enum json_token token;
    struct span text;
    struct json_place place; /* of the token */
};

struct json_reader *json_reader_open(struct input *input, bool many)
{
    struct json_reader *reader = mem_alloc(sizeof *reader);
    json_window_init(&reader->window, input);
    reader->at = reader->window.bytes;
    json_keys_init(&reader->keys);
    reader->in_object = mem_alloc(mem_product(LIMIT_JSON_DEPTH + 1, sizeof *reader->in_object));
    reader->many = many;
    reader->token = JSON_END;
    return reader;
}

void json_reader_close(struct json_reader *reader)
{
    json_window_release(&reader->window);
    json_keys_release(&reader->keys);
    free(reader->in_object);
    free(reader);
}

static inline char *skip_blank(struct json_window *window, char *at)
{
    return (unsigned char)*at > ' ' ? at : json_window_skip_blank(window, at);
}

/* ---- what is wrong ---- */

static char *reader_fail(struct json_reader *reader)
{
    reader->expect = EXPECT_NOTHING;
    reader->ahead = false;
    reader->text = span_make(NULL, 0);
    reader->token = JSON_FAULT;
    return NULL;
}

static char *reader_refuse(struct json_reader *reader, const char *at, enum fault_kind kind,
                           const char *text)
{
    json_lex_refuse(&reader->window, at, kind, text);
    return reader_fail(reader);
}

/* What a byte that can begin neither a value nor a key usually means. */
static const char *cause_of(char byte)
{
    switch (byte) {
    case '<': return "HTML or XML instead of JSON: probably an error page";
    case '\'': return "single quotes; JSON has double quotes only";
    case '/':
    case '#': return "a comment; JSON has none";
    case 'N':
    case 'I':
    case 'T':
    case 'F':
    case 'u': return "a word that JSON does not have, like NaN, Infinity, None or True";
    case ']':
    case '}': return "a comma or colon with nothing behind it";
    default: return NULL;
    }
}

static char *refuse_start(struct json_reader *reader, const char *at, const char *wanted)
{
    bool first = reader->depth == 0 && at == reader->window.bytes;
    if (first && reader->window.end - at > 1 && (at[0] == 0) != (at[1] == 0)) {
        return reader_refuse(reader, at, FAULT_ENCODING,
                             "UTF-16 without a byte-order mark; write the report as UTF-8");
    }
    if (*at == 0) {
        return reader_refuse(reader, at, FAULT_CONTROL, "a NUL byte");
    }
    const char *cause = cause_of(*at);
    return reader_refuse(reader, at, FAULT_SYNTAX, cause != NULL ? cause : wanted);
}

static char *refuse_key(struct json_reader *reader, enum json_keys_answer answer)
{
    struct json_window *window = &reader->window;
    struct json_place place = json_window_place(window, reader->text.data - 1);
    if (answer == JSON_KEYS_TWICE) {
        struct span key = span_until(reader->text, 60);
        fault_set(input_fault_slot(window->input), FAULT_DUPLICATE, place.line, place.column,
                  "the key \"%.*s\" stands twice in one object", SPAN_ARG(key));
    } else {
        fault_set(input_fault_slot(window->input), FAULT_LIMIT, place.line, place.column,
                  "more keys than the ceiling of %llu", (unsigned long long)LIMIT_JSON_KEYS);
    }
    return reader_fail(reader);
}

/* ---- tokens ----
 *
 * Each step takes one token that begins at `at` and returns where the next one may begin, or NULL after a
 * fault. `spot` is what a step knows and changes; it lives in registers while values are skipped. */

struct spot {
    enum expectation expect;
    enum json_token token;
    bool keep; /* the text and place of the token are wanted */
};

static inline void keep_place(struct json_reader *reader, const struct spot *spot, const char *at)
{
    if (spot->keep) {
        reader->place = json_window_place(&reader->window, at);
    }
}

static inline char *take_open(struct json_reader *reader, struct spot *spot, char *at, bool object)
{
    if (reader->depth >= LIMIT_JSON_DEPTH) {
        return reader_refuse(reader, at, FAULT_LIMIT, "nested deeper than the ceiling allows");
    }
    reader->in_object[++reader->depth] = object;
    if (object) {
        json_keys_open(&reader->keys);
    }
    spot->token = object ? JSON_OBJECT : JSON_ARRAY;
    spot->expect = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_ITEM;
    return at + 1;
}

static inline void expect_behind_value(const struct json_reader *reader, struct spot *spot)
{
    spot->expect = reader->depth > 0 ? EXPECT_COMMA : EXPECT_DOCUMENT;
}

static inline char *take_close(struct json_reader *reader, struct spot *spot, char *at)
{
    keep_place(reader, spot, at);
    bool object = reader->in_object[reader->depth--];
    if (object) {
        json_keys_close(&reader->keys);
    }
    spot->token = object ? JSON_OBJECT_END : JSON_ARRAY_END;
    expect_behind_value(reader, spot);
    return at + 1;
}

/* true, false, null, or something that is no value. */
static char *take_word(struct json_reader *reader, struct spot *spot, char *at)
{
    char *end = NULL;
    if (*at == 't') {
        spot->token = JSON_TRUE;
        end = json_lex_word(&reader->window, at, "true");
    } else if (*at == 'f') {
        spot->token = JSON_FALSE;
        end = json_lex_word(&reader->window, at, "false");
    } else if (*at == 'n') {
        spot->token = JSON_NULL;
        end = json_lex_word(&reader->window, at, "null");
    }
    return end != NULL ? end : refuse_start(reader, at, "a value was expected");
}

static inline char *take_value(struct json_reader *reader, struct spot *spot, char *at)
{
    keep_place(reader, spot, at);
    if (*at == '"') {
        spot->token = JSON_STRING;
        at = spot->keep ? json_lex_string(&reader->window, at, &reader->text)
                        : json_lex_string_skip(&reader->window, at);
    } else if (*at == '{' || *at == '[') {
        return take_open(reader, spot, at, *at == '{');
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
        spot->token = JSON_NUMBER;
        at = json_lex_number(&reader->window, at, &reader->text);
    } else {
        at = take_word(reader, spot, at);
    }
    expect_behind_value(reader, spot);
    return at != NULL ? at : reader_fail(reader);
}

static inline char *take_key(struct json_reader *reader, struct spot *spot, char *at)
{
    if (*at != '"') {
        return refuse_start(reader, at, "a key in double quotes was expected");
    }
    keep_place(reader, spot, at);
    uint64_t hash = 0;
    at = json_lex_key(&reader->window, at, &reader->text, &hash);
    if (at == NULL) {
        return reader_fail(reader);
    }
    enum json_keys_answer answer = json_keys_add(&reader->keys, hash);
    if (answer != JSON_KEYS_NEW) {
        return refuse_key(reader, answer);
    }
    spot->token = JSON_KEY;
    spot->expect = *at == ':' ? EXPECT_VALUE : EXPECT_COLON;
    return *at == ':' ? at + 1 : at;
}

/* Behind a value inside a container. */
static inline char *take_behind_value(struct json_reader *reader, struct spot *spot, char *at)
{
    bool object = reader->in_object[reader->depth];
    if (*at == ',') {
        at = skip_blank(&reader->window, at + 1);
        return object ? take_key(reader, spot, at) : take_value(reader, spot, at);
    }
    if (*at == (object ? '}' : ']')) {
        return take_close(reader, spot, at);
    }
    return reader_refuse(reader, at, *at == 0 ? FAULT_CONTROL : FAULT_SYNTAX,
                         object ? "',' or '}' was expected" : "',' or ']' was expected");
}

static char *take_colon(struct json_reader *reader, struct spot *spot, char *at)
{
    if (*at != ':') {
        return reader_refuse(reader, at, FAULT_SYNTAX, "':' was expected behind the key");
    }
    return take_value(reader, spot, skip_blank(&reader->window, at + 1));
}

/* The end of the input, between documents. */
static char *take_end(struct json_reader *reader, struct spot *spot, char *at)
{
    struct fault *fault = input_fault_slot(reader->window.input);
    if (!reader->some) {
        fault_set(fault, FAULT_EMPTY, reader->window.line, 0, "there is no JSON in it");
    }
    spot->expect = EXPECT_NOTHING;
    spot->token = JSON_END;
    return fault->kind == FAULT_NONE ? at : reader_fail(reader);
}

/* Before the first document, or behind one. */
static char *take_document(struct json_reader *reader, struct spot *spot, char *at)
{
    struct json_window *window = &reader->window;
    uint64_t before = json_window_offset(window, at);
    at = json_window_skip_blank(window, at);
    if (json_window_is_end(window, at)) {
        return take_end(reader, spot, at);
    }
    if (reader->some && (!reader->many || json_window_offset(window, at) == before)) {
        return reader_refuse(reader, at, FAULT_SYNTAX, "text behind the document");
    }
    reader->some = true;
    return take_value(reader, spot, at);
}

static inline char *scan(struct json_reader *reader, struct spot *spot, char *at)
{
    if (spot->expect == EXPECT_DOCUMENT) {
        return take_document(reader, spot, at);
    }
    at = skip_blank(&reader->window, at);
    switch (spot->expect) {
    case EXPECT_COMMA: return take_behind_value(reader, spot, at);
    case EXPECT_VALUE: return take_value(reader, spot, at);
    case EXPECT_COLON: return take_colon(reader, spot, at);
    case EXPECT_FIRST_KEY:
        return *at == '}' ? take_close(reader, spot, at) : take_key(reader, spot, at);
    case EXPECT_FIRST_ITEM:
        return *at == ']' ? take_close(reader, spot, at) : take_value(reader, spot, at);
    default: return at;
    }
}

static enum json_token scan_kept(struct json_reader *reader)
{
    struct spot spot = {.expect = reader->expect, .token = reader->token, .keep = true};
    char *at = scan(reader, &spot, reader->at);
    if (at != NULL) {
        reader->at = at;
        reader->expect = spot.expect;
        reader->token = spot.token;
    }
    return reader->token;
}

/* Takes one value, or what is left of the containers deeper than `outside`, without looking at it. */
static void scan_skipped(struct json_reader *reader, size_t outside)
{
    struct spot spot = {.expect = reader->expect, .token = reader->token};
    char *at = reader->at;
    do {
        at = scan(reader, &spot, at);
    } while (at != NULL && reader->depth > outside);
    if (at != NULL) {
        reader->at = at;
        reader->expect = spot.expect;
    }
}

/* ---- what callers use ---- */

enum json_token json_next(struct json_reader *reader)
{
    if (reader->ahead) {
        reader->ahead = false;
        return reader->token;
    }
    return scan_kept(reader);
}

enum json_token json_peek(struct json_reader *reader)
{
    if (!reader->ahead) {
        scan_kept(reader);
        reader->ahead = true;
    }
    return reader->token;
}

struct span json_text(const struct json_reader *reader)
{
    return reader->text;
}

uint64_t json_line(const struct json_reader *reader)
{
    return reader->place.line;
}

uint64_t json_column(const struct json_reader *reader)
{
    return reader->place.column;
}

/* Goes behind the value whose first token was taken. */
static void skip_rest(struct json_reader *reader, enum json_token token)
{
    if (token == JSON_OBJECT || token == JSON_ARRAY) {
        scan_skipped(reader, reader->depth - 1);
    }
}

void json_skip(struct json_reader *reader)
{
    if (reader->ahead) {
        reader->ahead = false;
        skip_rest(reader, reader->token);
    } else {
        scan_skipped(reader, reader->depth);
    }
}

/* Takes the next value if it begins with this token, else skips it. */
static bool take_if(struct json_reader *reader, enum json_token wanted)
{
    enum json_token token = json_next(reader);
    if (token != wanted) {
        skip_rest(reader, token);
    }
    return token == wanted;
}

bool json_object(struct json_reader *reader)
{
    return take_if(reader, JSON_OBJECT);
}

bool json_array(struct json_reader *reader)
{
    return take_if(reader, JSON_ARRAY);
}

bool json_key(struct json_reader *reader, struct span *key)
{
    bool more = json_next(reader) == JSON_KEY;
    *key = reader->text;
    return more;
}

bool json_item(struct json_reader *reader)
{
    enum json_token token = json_peek(reader);
    if (token == JSON_ARRAY_END) {
        reader->ahead = false;
    }
    return token != JSON_ARRAY_END && token != JSON_FAULT && token != JSON_END;
}

bool json_string(struct json_reader *reader, struct span *text)
{
    bool taken = take_if(reader, JSON_STRING);
    if (taken) {
        *text = reader->text;
    }
    return taken;
}

bool json_number(struct json_reader *reader, struct span *text)
{
    bool taken = take_if(reader, JSON_NUMBER);
    if (taken) {
        *text = reader->text;
    }
    return taken;
}

bool json_u64(struct json_reader *reader, uint64_t *value)
{
    return take_if(reader, JSON_NUMBER) && span_to_u64(reader->text, value);
}

bool json_bool(struct json_reader *reader, bool *value)
{
    enum json_token token = json_next(reader);
    if (token != JSON_TRUE && token != JSON_FALSE) {
        skip_rest(reader, token);
        return false;
    }
    *value = token == JSON_TRUE;
    return true;
}

void json_refuse(struct json_reader *reader, enum fault_kind kind, const char *text)
{
    fault_set(input_fault_slot(reader->window.input), kind, reader->place.line,
              reader->place.column, "%s", text);
    reader_fail(reader);
}

bool json_failed(const struct json_reader *reader)
{
    return reader->token == JSON_FAULT;
}
