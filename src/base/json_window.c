/* Input -> a sliding window of JSON text that knows its place. */
#include "base/json_window.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

enum { SMALL_CAPACITY = 16 * 1024, USUAL_CAPACITY = 128 * 1024 }; /* powers of two */

/* The ledger reads thousands of small documents; clearing a large window for each would take longer
 * than they do. */
static size_t first_capacity(struct input *input)
{
    uint64_t size = input_size_hint(input);
    size_t capacity = SMALL_CAPACITY;
    while (capacity < USUAL_CAPACITY && (size == 0 || size >= capacity)) {
        capacity *= 2;
    }
    return capacity;
}

void json_window_init(struct json_window *window, struct input *input)
{
    *window = (struct json_window){.input = input,
                                   .plain_end = json_plain_end_chosen(),
                                   .capacity = first_capacity(input),
                                   .line = 1};
    window->bytes = mem_alloc(window->capacity + JSON_WINDOW_GUARD);
    window->end = window->bytes;
    window->line_start = (uintptr_t)window->bytes;
}

void json_window_release(struct json_window *window)
{
    free(window->bytes);
    *window = (struct json_window){0};
}

struct json_place json_window_place(const struct json_window *window, const char *at)
{
    return (struct json_place){window->line, (uintptr_t)at - window->line_start + 1};
}

static void window_grow(struct json_window *window, const char *text, size_t held)
{
    if (held > LIMIT_JSON_STRING) {
        struct json_place place = json_window_place(window, text);
        fault_set(input_fault_slot(window->input), FAULT_LIMIT, place.line, place.column,
                  "a text longer than the ceiling of %llu bytes",
                  (unsigned long long)LIMIT_JSON_STRING);
    }
    window->capacity *= 2;
    window->bytes = mem_resize(window->bytes, window->capacity + JSON_WINDOW_GUARD);
}

char *json_window_more(struct json_window *window, char *keep)
{
    size_t held = (size_t)(window->end - keep);
    uintptr_t before = (uintptr_t)keep;
    window->offset += (uint64_t)(keep - window->bytes);
    memmove(window->bytes, keep, held);
    if (held == window->capacity) {
        window_grow(window, keep, held);
    }
    window->line_start += (uintptr_t)window->bytes - before;
    size_t got = 0;
    do {
        held += got;
        got = input_read(window->input, window->bytes + held, window->capacity - held);
    } while (got > 0 && held + got < window->capacity);
    held += got;
    window->ended = got == 0;
    window->end = window->bytes + held;
    memset(window->end, 0, JSON_WINDOW_GUARD);
    return window->bytes;
}

char *json_window_skip_blank(struct json_window *window, char *at)
{
    for (;;) {
        if (*at == '\n') {
            window->line++;
            window->line_start = (uintptr_t)++at;
        } else if (*at == ' ') {
            at += __builtin_ctzll(~json_blanks_32(at));
        } else if (*at == '\t' || *at == '\r') {
            at++;
        } else if (at == window->end && !window->ended) {
            at = json_window_more(window, at);
        } else {
            return at;
        }
    }
}
