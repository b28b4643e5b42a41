/* Input -> JSON tokens: the grammar of objects, arrays and documents (RFC 8259) around json_lex.
 *
 * No recursion: what is open is a stack of bits. A value that nobody wants is checked by the same
 * steps, only its text is not kept. */
#include "base/json_inside.h"

#include "base/mem.h"

#include <stdlib.h>

struct json_reader *json_reader_open(struct input *input, bool many)
{
    struct json_reader *reader = mem_alloc(sizeof *reader);
    json_window_init(&reader->window, input);
    reader->at = reader->window.bytes;
    reader->start = reader->window.bytes;
    json_keys_init(&reader->keys);
    reader->behind = mem_alloc(LIMIT_JSON_DEPTH + 1);
    reader->behind[0] = EXPECT_DOCUMENT;
    reader->indents = mem_alloc(LIMIT_JSON_DEPTH + 1);
    reader->many = many;
    reader->token = JSON_END;
    return reader;
}

void json_reader_close(struct json_reader *reader)
{
    json_window_release(&reader->window);
    json_keys_release(&reader->keys);
    free(reader->behind);
    free(reader->indents);
    free(reader);
}

/* Does the text look like two-byte characters? With a byte-order mark it would have been
 * decoded. */
static bool is_utf16(const struct json_window *window, const char *at)
{
    if (window->end - at < 4) {
        return false;
    }
    bool little = at[0] != 0 && at[1] == 0 && at[2] != 0 && at[3] == 0;
    bool big = at[0] == 0 && at[1] != 0 && at[2] == 0 && at[3] != 0;
    return little || big;
}

/* ---- tokens ----
 *
 * Each step takes one token that begins at `at` and returns where the next one may begin, or NULL
 * after a fault. Texts and places are left behind for tokens that are kept. The steps are inlined
 * into two loops, one that keeps and one that does not. */

/* true, false, null, or something that is no value. */
__attribute__((noinline)) char *json_take_word(struct json_reader *reader, char *at)
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
            return end != NULL ? end : json_refuse_start(reader, at, "a value was expected");
        }
    }
    return json_refuse_start(reader, at, "a value was expected");
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
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
        at = take_number(reader, at);
    } else if (*at == '{' || *at == '[') {
        return json_take_open(reader, at, *at == '{');
    } else {
        at = json_take_word(reader, at);
    }
    json_expect_behind_value(reader);
    return at != NULL ? at : json_reader_fail(reader);
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

__attribute__((noinline)) char *json_take_odd_key(struct json_reader *reader, char *at)
{
    if (*at != '"') {
        return json_refuse_start(reader, at, "a key in double quotes was expected");
    }
    at = json_lex_string(&reader->window, at, &reader->text);
    if (at == NULL) {
        return json_reader_fail(reader);
    }
    enum json_keys_answer answer = json_keys_add(&reader->keys, reader->text);
    return answer == JSON_KEYS_NEW ? at : json_refuse_key(reader, answer);
}

static inline char *take_key(struct json_reader *reader, char *at)
{
    struct json_key_node *node = json_keys_foreseen(&reader->keys, at);
    if (node == NULL) {
        at = json_take_odd_key(reader, at);
        return at != NULL ? behind_key(reader, at) : NULL;
    }
    reader->text = span_make(at + 1, node->size - 2U);
    if (json_keys_take(&reader->keys, node) != JSON_KEYS_NEW) {
        return json_refuse_key(reader, JSON_KEYS_TWICE);
    }
    return behind_key(reader, at + node->size);
}

/* Behind a value inside a container. */
static inline char *take_behind_value(struct json_reader *reader, char *at, bool keep)
{
    bool object = reader->expect == EXPECT_NEXT_KEY;
    if (*at == ',') {
        at = json_skip_blank(reader, at + 1, reader->depth);
        return object ? take_key(reader, at) : take_value(reader, at, keep);
    }
    if (*at == (object ? '}' : ']')) {
        return json_take_close(reader, at);
    }
    return json_refuse_behind_value(reader, at);
}

__attribute__((noinline)) char *json_skip_odd_blank(struct json_reader *reader, char *at,
                                                    size_t depth)
{
    struct json_window *window = &reader->window;
    uint64_t line = window->line;
    at = json_window_skip_blank(window, at);
    uintptr_t indent = (uintptr_t)at - window->line_start;
    if (window->line != line && indent < 32) {
        reader->indents[depth] = (uint8_t)indent;
    }
    return at;
}

__attribute__((noinline)) char *json_take_colon(struct json_reader *reader, char *at)
{
    if (*at != ':') {
        return json_reader_refuse(reader, at, FAULT_SYNTAX, "':' was expected behind the key");
    }
    return json_skip_space(reader, at + 1);
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
    return fault->kind == FAULT_NONE ? at : json_reader_fail(reader);
}

/* Before the first document, or behind one. */
__attribute__((noinline)) static char *take_document(struct json_reader *reader, char *at,
                                                     bool keep)
{
    struct json_window *window = &reader->window;
    uint64_t before = json_window_offset(window, at);
    at = json_window_skip_blank(window, at);
    if (reader->some && reader->many && at < window->end && *at == 0) {
        at = json_window_skip_blank(window, at + 1); /* one ends a document of Code Climate's */
    }
    if (json_window_is_end(window, at)) {
        return take_end(reader, at);
    }
    if (!reader->some && is_utf16(window, at)) {
        return json_reader_refuse(reader, at, FAULT_ENCODING,
                                  "UTF-16 without a byte-order mark; write the report as UTF-8");
    }
    if (reader->some && (!reader->many || json_window_offset(window, at) == before)) {
        return json_refuse_more(reader, at);
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
    at = json_skip_blank(reader, at, reader->depth);
    if (reader->expect == EXPECT_FIRST_KEY) {
        return *at == '}' ? json_take_close(reader, at) : take_key(reader, at);
    }
    if (reader->expect == EXPECT_FIRST_ITEM) {
        return *at == ']' ? json_take_close(reader, at) : take_value(reader, at, keep);
    }
    at = json_take_colon(reader, at);
    return at != NULL ? take_value(reader, at, keep) : NULL;
}

static inline char *scan(struct json_reader *reader, char *at, bool keep)
{
    if (reader->expect == EXPECT_VALUE) {
        return take_value(reader, json_skip_space(reader, at), keep);
    }
    if (reader->expect == EXPECT_NEXT_KEY || reader->expect == EXPECT_NEXT_ITEM) {
        return take_behind_value(reader, json_skip_blank(reader, at, reader->depth - 1), keep);
    }
    return scan_rarely(reader, at, keep);
}

__attribute__((noinline)) static enum json_token scan_kept(struct json_reader *reader)
{
    char *at = scan(reader, reader->at, true);
    reader->at = at != NULL ? at : reader->at;
    return reader->token;
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
    if (reader->expect == EXPECT_TAKING) {
        reader->expect = reader->then;
        return reader->token;
    }
    return scan_kept(reader);
}

enum json_token json_peek(struct json_reader *reader)
{
    if (reader->expect != EXPECT_TAKING) {
        scan_kept(reader);
        reader->then = reader->expect;
        reader->expect = EXPECT_TAKING;
    }
    return reader->token;
}

struct span json_text(const struct json_reader *reader)
{
    return reader->text;
}

/* A line feed never stands inside a token, so the line of the last one is the one where the window
 * is. */
uint64_t json_line(const struct json_reader *reader)
{
    return reader->window.line;
}

uint64_t json_column(const struct json_reader *reader)
{
    return json_window_place(&reader->window, reader->start).column;
}

void json_skip_rest(struct json_reader *reader, enum json_token token)
{
    if (token == JSON_OBJECT || token == JSON_ARRAY) {
        char *at = json_skip_blank(reader, reader->at, reader->depth);
        skip_ended(reader,
                   json_skip_items(reader, at, json_is_close(reader, at), reader->depth - 1));
    }
}

void json_skip(struct json_reader *reader)
{
    if (reader->expect == EXPECT_TAKING) {
        reader->expect = reader->then;
    } else {
        scan_skipped(reader);
    }
    json_skip_rest(reader, reader->token);
}

void json_leave(struct json_reader *reader)
{
    size_t outside = reader->depth > 0 ? reader->depth - 1 : 0;
    if (reader->depth > 0 && reader->expect == reader->behind[reader->depth]) {
        skip_ended(reader, json_skip_items(reader, reader->at, true, outside));
    }
    while (reader->depth > outside && reader->token != JSON_FAULT) {
        json_next(reader);
    }
}

void json_refuse(struct json_reader *reader, enum fault_kind kind, const char *text)
{
    fault_set(input_fault_slot(reader->window.input), kind, json_line(reader), json_column(reader),
              "%s", text);
    json_reader_fail(reader);
}

bool json_failed(const struct json_reader *reader)
{
    return reader->token == JSON_FAULT;
}
