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
    const char *start; /* of the token, in the window */
};

struct json_reader *json_reader_open(struct input *input, bool many)
{
    struct json_reader *reader = mem_alloc(sizeof *reader);
    json_window_init(&reader->window, input);
    reader->at = reader->window.bytes;
    reader->start = reader->window.bytes;
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

__attribute__((cold)) static char *reader_fail(struct json_reader *reader)
{
    reader->expect = EXPECT_NOTHING;
    reader->ahead = false;
    reader->text = span_make(NULL, 0);
    reader->token = JSON_FAULT;
    return NULL;
}

__attribute__((cold)) static char *reader_refuse(struct json_reader *reader, const char *at,
                                                 enum fault_kind kind, const char *text)
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
    case '}': return "a closing bracket behind a comma or colon";
    default: return NULL;
    }
}

/* Does the text look like two-byte characters? With a byte-order mark it would have been decoded. */
static bool is_utf16(const struct json_window *window, const char *at)
{
    if (window->end - at < 4) {
        return false;
    }
    bool little = at[0] != 0 && at[1] == 0 && at[2] != 0 && at[3] == 0;
    bool big = at[0] == 0 && at[1] != 0 && at[2] == 0 && at[3] != 0;
    return little || big;
}

__attribute__((cold)) static char *refuse_start(struct json_reader *reader, const char *at,
                                                const char *wanted)
{
    if (*at == 0) {
        return reader_refuse(reader, at, FAULT_CONTROL, "a NUL byte");
    }
    const char *cause = cause_of(*at);
    return reader_refuse(reader, at, FAULT_SYNTAX, cause != NULL ? cause : wanted);
}

__attribute__((cold)) static char *refuse_key(struct json_reader *reader,
                                              enum json_keys_answer answer)
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

__attribute__((cold)) static char *refuse_behind_value(struct json_reader *reader, const char *at)
{
    return reader_refuse(reader, at, *at == 0 ? FAULT_CONTROL : FAULT_SYNTAX,
                         reader->in_object[reader->depth] ? "',' or '}' was expected"
                                                          : "',' or ']' was expected");
}

/* ---- tokens ----
 *
 * Each step takes one token that begins at `at` and returns where the next one may begin, or NULL after a
 * fault. Texts and places are left behind for tokens that are kept. The steps are inlined into two loops,
 * one that keeps and one that does not. */

static inline char *take_open(struct json_reader *reader, char *at, bool object)
{
    if (reader->depth >= LIMIT_JSON_DEPTH) {
        return reader_refuse(reader, at, FAULT_LIMIT, "nested deeper than the ceiling allows");
    }
    reader->in_object[++reader->depth] = object;
    if (object) {
        json_keys_open(&reader->keys);
    }
    reader->start = at;
    reader->token = object ? JSON_OBJECT : JSON_ARRAY;
    reader->expect = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_ITEM;
    return at + 1;
}

static inline void expect_behind_value(struct json_reader *reader)
{
    reader->expect = reader->depth > 0 ? EXPECT_COMMA : EXPECT_DOCUMENT;
}

static inline char *take_close(struct json_reader *reader, char *at)
{
    bool object = reader->in_object[reader->depth--];
    if (object) {
        json_keys_close(&reader->keys);
    }
    reader->start = at;
    reader->token = object ? JSON_OBJECT_END : JSON_ARRAY_END;
    expect_behind_value(reader);
    return at + 1;
}

/* true, false, null, or something that is no value. */
__attribute__((noinline)) static char *take_word(struct json_reader *reader, char *at)
{
    static const struct {
        enum json_token token;
        const char *word;
    } words[] = {{JSON_TRUE, "true"}, {JSON_FALSE, "false"}, {JSON_NULL, "null"}};
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (*at == words[index].word[0]) {
            char *end = json_lex_word(&reader->window, &at, words[index].word);
            reader->token = words[index].token;
            reader->start = at;
            return end != NULL ? end : refuse_start(reader, at, "a value was expected");
        }
    }
    return refuse_start(reader, at, "a value was expected");
}

static inline char *take_string(struct json_reader *reader, char *at, bool keep)
{
    reader->token = JSON_STRING;
    if (!keep) {
        return json_lex_string_skip(&reader->window, at);
    }
    at = json_lex_string(&reader->window, at, &reader->text);
    reader->start = at != NULL ? reader->text.data - 1 : reader->start;
    return at;
}

static inline char *take_number(struct json_reader *reader, char *at)
{
    reader->token = JSON_NUMBER;
    at = json_lex_number(&reader->window, at, &reader->text);
    reader->start = at != NULL ? reader->text.data : reader->start;
    return at;
}

static inline char *take_value(struct json_reader *reader, char *at, bool keep)
{
    if (*at == '"') {
        at = take_string(reader, at, keep);
    } else if (*at == '{' || *at == '[') {
        return take_open(reader, at, *at == '{');
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
        at = take_number(reader, at);
    } else {
        at = take_word(reader, at);
    }
    expect_behind_value(reader);
    return at != NULL ? at : reader_fail(reader);
}

/* A key was taken, and `at` is behind its closing quote. */
static inline char *behind_key(struct json_reader *reader, char *at)
{
    bool colon = *at == ':';
    reader->start = reader->text.data - 1;
    reader->token = JSON_KEY;
    reader->expect = colon ? EXPECT_VALUE : EXPECT_COLON;
    return colon ? at + 1 : at;
}

/* A key that did not come as foreseen. */
__attribute__((noinline)) static char *take_odd_key(struct json_reader *reader, char *at)
{
    if (*at != '"') {
        return refuse_start(reader, at, "a key in double quotes was expected");
    }
    at = json_lex_string(&reader->window, at, &reader->text);
    if (at == NULL) {
        return reader_fail(reader);
    }
    enum json_keys_answer answer = json_keys_add(&reader->keys, reader->text);
    return answer == JSON_KEYS_NEW ? behind_key(reader, at) : refuse_key(reader, answer);
}

static inline char *take_key(struct json_reader *reader, char *at)
{
    uint8_t node = *at == '"' ? json_keys_foreseen(&reader->keys, at + 1) : 0;
    if (node == 0) {
        return take_odd_key(reader, at);
    }
    reader->text = span_make(at + 1, reader->keys.nodes[node].size);
    if (json_keys_take(&reader->keys, node) != JSON_KEYS_NEW) {
        return refuse_key(reader, JSON_KEYS_TWICE);
    }
    return behind_key(reader, at + reader->text.size + 2);
}

/* Behind a value inside a container. */
static inline char *take_behind_value(struct json_reader *reader, char *at, bool keep)
{
    bool object = reader->in_object[reader->depth];
    if (*at == ',') {
        at = skip_blank(&reader->window, at + 1);
        return object ? take_key(reader, at) : take_value(reader, at, keep);
    }
    if (*at == (object ? '}' : ']')) {
        return take_close(reader, at);
    }
    return refuse_behind_value(reader, at);
}

__attribute__((noinline)) static char *take_colon(struct json_reader *reader, char *at)
{
    if (*at != ':') {
        return reader_refuse(reader, at, FAULT_SYNTAX, "':' was expected behind the key");
    }
    return skip_blank(&reader->window, at + 1);
}

/* The end of the input, between documents. */
static char *take_end(struct json_reader *reader, char *at)
{
    struct fault *fault = input_fault_slot(reader->window.input);
    if (!reader->some) {
        fault_set(fault, FAULT_EMPTY, reader->window.line, 0, "there is no JSON in it");
    }
    reader->start = at;
    reader->expect = EXPECT_NOTHING;
    reader->token = JSON_END;
    return fault->kind == FAULT_NONE ? at : reader_fail(reader);
}

/* Before the first document, or behind one. */
__attribute__((noinline)) static char *take_document(struct json_reader *reader, char *at,
                                                     bool keep)
{
    struct json_window *window = &reader->window;
    uint64_t before = json_window_offset(window, at);
    at = json_window_skip_blank(window, at);
    if (json_window_is_end(window, at)) {
        return take_end(reader, at);
    }
    if (!reader->some && is_utf16(window, at)) {
        return reader_refuse(reader, at, FAULT_ENCODING,
                             "UTF-16 without a byte-order mark; write the report as UTF-8");
    }
    if (reader->some && (!reader->many || json_window_offset(window, at) == before)) {
        return reader_refuse(reader, at, FAULT_SYNTAX, "text behind the document");
    }
    char *end = take_value(reader, at, keep);
    reader->some = true;
    return end;
}

/* The places where few tokens are: the ends of a document, and the first thing in a container. */
__attribute__((noinline)) static char *scan_rarely(struct json_reader *reader, char *at, bool keep)
{
    if (reader->expect == EXPECT_DOCUMENT) {
        return take_document(reader, at, keep);
    }
    if (reader->expect == EXPECT_NOTHING) {
        return at;
    }
    at = skip_blank(&reader->window, at);
    if (reader->expect == EXPECT_FIRST_KEY) {
        return *at == '}' ? take_close(reader, at) : take_key(reader, at);
    }
    if (reader->expect == EXPECT_FIRST_ITEM) {
        return *at == ']' ? take_close(reader, at) : take_value(reader, at, keep);
    }
    at = take_colon(reader, at);
    return at != NULL ? take_value(reader, at, keep) : NULL;
}

static inline char *scan(struct json_reader *reader, char *at, bool keep)
{
    if (reader->expect == EXPECT_VALUE) {
        return take_value(reader, skip_blank(&reader->window, at), keep);
    }
    if (reader->expect == EXPECT_COMMA) {
        return take_behind_value(reader, skip_blank(&reader->window, at), keep);
    }
    return scan_rarely(reader, at, keep);
}

static enum json_token scan_kept(struct json_reader *reader)
{
    char *at = scan(reader, reader->at, true);
    reader->at = at != NULL ? at : reader->at;
    return reader->token;
}

/* ---- values that nobody wants ----
 *
 * The same grammar as above, written as loops instead of steps: most of a report is skipped. */

/* Behind an opening bracket or a comma: goes to the value of the next item or member. */
static inline char *skip_to_value(struct json_reader *reader, char *at)
{
    if (!reader->in_object[reader->depth]) {
        return at;
    }
    at = take_key(reader, at);
    if (at != NULL && reader->expect == EXPECT_COLON) {
        at = take_colon(reader, skip_blank(&reader->window, at));
    }
    return at != NULL ? skip_blank(&reader->window, at) : NULL;
}

static inline bool is_close(const struct json_reader *reader, const char *at)
{
    return *at == (reader->in_object[reader->depth] ? '}' : ']');
}

/* Behind a value: closes containers up to the next comma and goes behind it, or stops `outside`. */
static inline char *skip_closes(struct json_reader *reader, char *at, size_t outside)
{
    at = skip_blank(&reader->window, at);
    while (*at != ',') {
        if (!is_close(reader, at)) {
            return refuse_behind_value(reader, at);
        }
        at = take_close(reader, at);
        if (reader->depth == outside) {
            return at;
        }
        at = skip_blank(&reader->window, at);
    }
    return skip_blank(&reader->window, at + 1);
}

/* Goes on at an item or member and ends behind the bracket that leaves `outside` open; NULL after a fault.
 * `empty` says that there is none in the innermost container. */
static char *skip_items(struct json_reader *reader, char *at, bool empty, size_t outside)
{
    while (at != NULL && reader->depth > outside) {
        if (!empty) {
            at = skip_to_value(reader, at);
            bool opens = at != NULL && (*at == '{' || *at == '[');
            at = at != NULL ? take_value(reader, at, false) : NULL;
            if (opens && at != NULL) {
                at = skip_blank(&reader->window, at);
                empty = is_close(reader, at);
                continue;
            }
        }
        empty = false;
        at = at != NULL ? skip_closes(reader, at, outside) : NULL;
    }
    return at;
}

static void skip_ended(struct json_reader *reader, char *at)
{
    reader->at = at != NULL ? at : reader->at;
    reader->start = reader->at;
}

/* Takes one token without its text. */
static void scan_skipped(struct json_reader *reader)
{
    skip_ended(reader, scan(reader, reader->at, false));
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

/* A line feed never stands inside a token, so the line of the last one is the one where the window is. */
uint64_t json_line(const struct json_reader *reader)
{
    return reader->window.line;
}

uint64_t json_column(const struct json_reader *reader)
{
    return json_window_place(&reader->window, reader->start).column;
}

/* Goes behind the value whose first token was taken. */
static void skip_rest(struct json_reader *reader, enum json_token token)
{
    if (token == JSON_OBJECT || token == JSON_ARRAY) {
        char *at = skip_blank(&reader->window, reader->at);
        skip_ended(reader, skip_items(reader, at, is_close(reader, at), reader->depth - 1));
    }
}

void json_skip(struct json_reader *reader)
{
    if (!reader->ahead) {
        scan_skipped(reader);
    }
    reader->ahead = false;
    skip_rest(reader, reader->token);
}

void json_leave(struct json_reader *reader)
{
    size_t outside = reader->depth > 0 ? reader->depth - 1 : 0;
    if (!reader->ahead && reader->expect == EXPECT_COMMA) {
        char *at = skip_closes(reader, reader->at, outside);
        skip_ended(reader, skip_items(reader, at, false, outside));
    }
    while (reader->depth > outside && reader->token != JSON_FAULT) {
        json_next(reader);
    }
}

/* Takes a value of a type that shows in its first byte, behind a key. False if there is none here. */
static inline bool take_behind_key(struct json_reader *reader, enum json_token wanted)
{
    if (reader->ahead || reader->expect != EXPECT_VALUE) {
        return false;
    }
    char *at = skip_blank(&reader->window, reader->at);
    reader->at = at;
    if (wanted == JSON_OBJECT && *at == '{') {
        at = take_open(reader, at, true);
    } else if (wanted == JSON_STRING && *at == '"') {
        at = take_string(reader, at, true);
        expect_behind_value(reader);
    } else if (wanted == JSON_NUMBER && *at >= '0' && *at <= '9') {
        at = take_number(reader, at);
        expect_behind_value(reader);
    } else {
        return false;
    }
    if (at == NULL) {
        (void)reader_fail(reader);
        return false;
    }
    reader->at = at;
    return true;
}

/* Takes the next value if it begins with this token, else skips it. */
static inline bool take_if(struct json_reader *reader, enum json_token wanted)
{
    if (take_behind_key(reader, wanted)) {
        return true;
    }
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
    /* Where keys usually are: the same as json_next, with fewer questions. */
    if (!reader->ahead && (reader->expect == EXPECT_COMMA || reader->expect == EXPECT_FIRST_KEY)) {
        bool behind = reader->expect == EXPECT_COMMA;
        char *at = skip_blank(&reader->window, reader->at);
        reader->at = at;
        if (behind ? *at == ',' && reader->in_object[reader->depth] : *at == '"') {
            at = take_key(reader, behind ? skip_blank(&reader->window, at + 1) : at);
            reader->at = at != NULL ? at : reader->at;
            *key = reader->text;
            return at != NULL;
        }
    }
    bool more = json_next(reader) == JSON_KEY;
    *key = reader->text;
    return more;
}

unsigned json_key_number(const struct json_reader *reader)
{
    return reader->keys.newest;
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
    fault_set(input_fault_slot(reader->window.input), kind, json_line(reader), json_column(reader),
              "%s", text);
    reader_fail(reader);
}

bool json_failed(const struct json_reader *reader)
{
    return reader->token == JSON_FAULT;
}
