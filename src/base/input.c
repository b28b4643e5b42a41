/* The bytes of one report: read(2) -> inflate -> decode UTF-16 -> window -> caller.
 *
 * Each stage pulls from the one before it and has a file of its own (input_raw.c, input_unpacked.c,
 * input_utf16.c); here is the window, which keeps what was looked at before it is read. Plain
 * UTF-8, the usual case, is read straight to where it is wanted. */
#include "base/input.h"

#include "base/input_utf16.h"
#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#ifdef TIDEGATE_XXH_DISPATCH
#include <xxh_x86dispatch.h> /* replaces the calls below by ones that look at the processor */
#endif

enum { FIRST_BYTES = 4096 }; /* looked at for packing and encoding */

struct input {
    struct fault fault;
    struct input_raw raw;
    struct input_unpacked unpacked;
    struct input_utf16 utf16;

    char *window; /* decoded bytes not yet given out */
    size_t window_start, window_end, window_capacity;
    bool window_ended; /* nothing comes behind the window */
    bool opened;

    XXH3_state_t *digest; /* NULL: it is not wanted */
};

static struct input *new_input(void)
{
    struct input *input = mem_alloc(sizeof(*input));
    input->digest = XXH3_createState();
    if (input->digest == NULL) {
        mem_exhausted();
    }
    XXH3_128bits_reset(input->digest);
    return input;
}

struct input *input_open_file(const char *path)
{
    struct input *input = new_input();
    input_raw_open_file(&input->raw, path, &input->fault);
    return input;
}

struct input *input_open_memory(struct span bytes)
{
    struct input *input = new_input();
    input_raw_open_memory(&input->raw, bytes, &input->fault);
    return input;
}

void input_close(struct input *input)
{
    input_utf16_close(&input->utf16);
    input_unpacked_close(&input->unpacked);
    input_raw_close(&input->raw);
    XXH3_freeState(input->digest);
    free(input->window);
    free(input);
}

static void add_to_digest(struct input *input, const char *bytes, size_t size)
{
    if (input->digest != NULL && size > 0) {
        XXH3_128bits_update(input->digest, bytes, size);
    }
}

static size_t read_decoded(struct input *input, char *to, size_t size)
{
    size_t got = input_was_utf16(input) ? input_utf16_read(&input->utf16, to, size)
                                        : input_unpacked_read(&input->unpacked, to, size);
    add_to_digest(input, to, got);
    return got;
}

/* Looks at the first bytes, and leaves those that are UTF-8 in the window. */
static void open_window(struct input *input)
{
    input->opened = true;
    input->window_capacity = LIMIT_HEAD_BYTES; /* what comes after the head goes past the window */
    input->window = mem_alloc(input->window_capacity);
    char bytes[FIRST_BYTES];
    size_t size = input_unpacked_open(&input->unpacked, &input->raw, bytes, sizeof(bytes));
    struct span first = span_make(bytes, size);
    if (input_utf16_open(&input->utf16, &input->unpacked, first) ||
        input->fault.kind != FAULT_NONE) {
        return;
    }
    if (span_starts(first, "\xEF\xBB\xBF")) {
        first = span_from(first, 3);
    }
    if (first.size > 0) {
        memcpy(input->window, first.data, first.size);
    }
    input->window_end = first.size;
    add_to_digest(input, input->window, input->window_end);
}

struct span input_head(struct input *input)
{
    if (!input->opened) {
        open_window(input);
    }
    size_t wanted = (size_t)LIMIT_HEAD_BYTES;
    while (input->window_start == 0 && input->window_end < wanted && !input->window_ended) {
        size_t got =
            read_decoded(input, input->window + input->window_end, wanted - input->window_end);
        input->window_end += got;
        input->window_ended = got == 0;
    }
    return span_until(
        span_make(input->window + input->window_start, input->window_end - input->window_start),
        wanted);
}

size_t input_read(struct input *input, char *to, size_t size)
{
    if (!input->opened) {
        open_window(input);
    }
    size_t ready = input->window_end - input->window_start;
    if (ready > 0) {
        size_t taken = ready < size ? ready : size;
        memcpy(to, input->window + input->window_start, taken);
        input->window_start += taken;
        return taken;
    }
    if (input->window_ended) {
        return 0;
    }
    /* A UTF-16 character takes up to four bytes: small requests go through the window. */
    if (size < 4) {
        input->window_start = 0;
        input->window_end = read_decoded(input, input->window, input->window_capacity);
        input->window_ended = input->window_end == 0;
        return input->window_ended ? 0 : input_read(input, to, size);
    }
    size_t got = read_decoded(input, to, size);
    input->window_ended = got == 0;
    return got;
}

const struct fault *input_fault(const struct input *input)
{
    return &input->fault;
}

struct fault *input_fault_slot(struct input *input)
{
    return &input->fault;
}

uint64_t input_bytes(const struct input *input)
{
    return input->raw.bytes;
}

uint64_t input_size_hint(const struct input *input)
{
    return input->raw.size_hint;
}

bool input_was_utf16(const struct input *input)
{
    return input->utf16.wide != NULL;
}

void input_omit_digest(struct input *input)
{
    XXH3_freeState(input->digest);
    input->digest = NULL;
}

struct hash128 input_digest(struct input *input)
{
    if (input->digest == NULL) {
        return (struct hash128){0, 0};
    }
    XXH128_hash_t hash = XXH3_128bits_digest(input->digest);
    return (struct hash128){hash.high64, hash.low64};
}
