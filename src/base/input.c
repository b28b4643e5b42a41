/* The bytes of one report: read(2) -> inflate -> decode UTF-16 -> window -> caller.
 *
 * Each stage pulls from the one before it. Plain UTF-8, the usual case, is read straight into the window.
 * A gzip file may hold several members; bytes behind the last one that are not a member are an error. */
#include "base/input.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#ifdef TIDEGATE_XXH_DISPATCH
#include <xxh_x86dispatch.h> /* replaces the calls below by ones that look at the processor */
#endif
#include <zlib.h>

enum { PIECE = 256 * 1024 };

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE };

struct input {
    int descriptor;     /* -1 for memory */
    struct span memory; /* what is left of it */
    struct fault fault;
    uint64_t raw_bytes, decoded_bytes, size_hint;
    bool raw_ended;

    bool gzip;
    z_stream inflater;
    bool inflater_open;
    bool between_members;
    char *packed; /* PIECE bytes of gzip input */

    enum encoding encoding;
    char *wide; /* PIECE bytes of UTF-16 input */
    size_t wide_start, wide_end;

    char *window; /* decoded bytes not yet given out */
    size_t window_start, window_end, window_capacity;
    bool window_ended; /* nothing comes behind the window */
    bool opened;

    XXH3_state_t *digest;
};

static struct input *new_input(void)
{
    struct input *input = mem_alloc(sizeof(*input));
    input->descriptor = -1;
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
    struct stat status;
    if (strcmp(path, "-") == 0) {
        input->descriptor = dup(STDIN_FILENO);
    } else {
        input->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    }
    if (input->descriptor < 0) {
        fault_set(&input->fault, FAULT_UNREADABLE, 0, 0, "cannot open: %s", strerror(errno));
    } else if (fstat(input->descriptor, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            fault_set(&input->fault, FAULT_UNREADABLE, 0, 0, "this is a folder, not a report");
        } else if (S_ISREG(status.st_mode)) {
            input->size_hint = (uint64_t)status.st_size;
        }
    }
    return input;
}

struct input *input_open_memory(struct span bytes)
{
    struct input *input = new_input();
    input->memory = bytes;
    input->size_hint = bytes.size;
    return input;
}

void input_close(struct input *input)
{
    if (input->descriptor >= 0) {
        close(input->descriptor);
    }
    if (input->inflater_open) {
        inflateEnd(&input->inflater);
    }
    XXH3_freeState(input->digest);
    free(input->packed);
    free(input->wide);
    free(input->window);
    free(input);
}

/* ---- stage 1: raw bytes ---- */

static size_t read_raw(struct input *input, char *to, size_t size)
{
    if (input->fault.kind != FAULT_NONE || input->raw_ended) {
        return 0;
    }
    if (input->descriptor < 0) {
        struct span piece = span_until(input->memory, size);
        if (piece.size > 0) {
            memcpy(to, piece.data, piece.size);
        }
        input->memory = span_from(input->memory, piece.size);
        input->raw_bytes += piece.size;
        input->raw_ended = piece.size == 0;
        return piece.size;
    }
    ssize_t got = 0;
    do {
        got = read(input->descriptor, to, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        fault_set(&input->fault, FAULT_UNREADABLE, 0, 0, "cannot read: %s", strerror(errno));
        return 0;
    }
    input->raw_bytes += (uint64_t)got;
    input->raw_ended = got == 0;
    return (size_t)got;
}

/* ---- stage 2: gzip ---- */

static void start_inflating(struct input *input, struct span first)
{
    input->gzip = true;
    input->packed = mem_alloc(PIECE);
    memcpy(input->packed, first.data, first.size);
    /* zlib reads gzip headers with 16 added to the window bits. */
    if (inflateInit2(&input->inflater, 15 + 16) != Z_OK) {
        mem_exhausted();
    }
    input->inflater_open = true;
    input->inflater.next_in = (unsigned char *)input->packed;
    input->inflater.avail_in = (uInt)first.size;
}

static void check_ratio(struct input *input, size_t more)
{
    input->decoded_bytes += more;
    if (input->decoded_bytes > LIMIT_INPUT_BYTES ||
        (input->gzip && input->decoded_bytes > (input->raw_bytes + 1024) * LIMIT_INFLATE_RATIO)) {
        fault_set(&input->fault, FAULT_LIMIT, 0, 0,
                  "the report is larger than the ceiling of %llu bytes (or a gzip bomb)",
                  (unsigned long long)LIMIT_INPUT_BYTES);
    }
}

/* Fills the inflater's input; false when there is no more and the stream ended where it should. */
static bool refill(struct input *input)
{
    if (input->inflater.avail_in > 0) {
        return true;
    }
    size_t got = read_raw(input, input->packed, PIECE);
    input->inflater.next_in = (unsigned char *)input->packed;
    input->inflater.avail_in = (uInt)got;
    if (got == 0 && !input->between_members) {
        fault_set(&input->fault, FAULT_COMPRESSED, 0, 0, "the gzip stream is cut short");
    }
    return got > 0;
}

static size_t read_inflated(struct input *input, char *to, size_t size)
{
    input->inflater.next_out = (unsigned char *)to;
    input->inflater.avail_out = (uInt)size;
    while (input->inflater.avail_out > 0 && refill(input)) {
        if (input->between_members) {
            inflateReset(&input->inflater);
            input->between_members = false;
        }
        int outcome = inflate(&input->inflater, Z_NO_FLUSH);
        if (outcome == Z_STREAM_END) {
            input->between_members = true;
        } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
            fault_set(&input->fault, FAULT_COMPRESSED, 0, 0, "the gzip stream is damaged: %s",
                      input->inflater.msg != NULL ? input->inflater.msg : "unexpected data");
            break;
        }
    }
    return input->fault.kind == FAULT_NONE ? size - input->inflater.avail_out : 0;
}

static size_t read_unpacked(struct input *input, char *to, size_t size)
{
    size_t got = input->gzip ? read_inflated(input, to, size) : read_raw(input, to, size);
    check_ratio(input, got);
    return input->fault.kind == FAULT_NONE ? got : 0;
}

/* ---- stage 3: UTF-16 ---- */

static uint32_t unit_at(const struct input *input, size_t at)
{
    unsigned char first = (unsigned char)input->wide[at];
    unsigned char second = (unsigned char)input->wide[at + 1];
    return input->encoding == ENCODING_UTF16_LE ? (uint32_t)(first | second << 8)
                                                : (uint32_t)(first << 8 | second);
}

/* One character from `wide`, or false when more bytes are needed. */
static bool take_character(struct input *input, uint32_t *character)
{
    if (input->wide_end - input->wide_start < 2) {
        return false;
    }
    uint32_t unit = unit_at(input, input->wide_start);
    if (unit < 0xD800 || unit > 0xDFFF) {
        input->wide_start += 2;
        *character = unit;
        return true;
    }
    if (input->wide_end - input->wide_start < 4 && !input->raw_ended) {
        return false;
    }
    uint32_t low =
        input->wide_end - input->wide_start >= 4 ? unit_at(input, input->wide_start + 2) : 0;
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        fault_set(&input->fault, FAULT_ENCODING, 0, 0, "UTF-16 with half of a surrogate pair");
        return false;
    }
    input->wide_start += 4;
    *character = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

static size_t read_utf16(struct input *input, char *to, size_t size)
{
    struct buf out;
    buf_init(&out);
    while (out.size + 4 <= size) {
        uint32_t character = 0;
        if (take_character(input, &character)) {
            utf8_add(&out, character);
            continue;
        }
        size_t left = input->wide_end - input->wide_start;
        memmove(input->wide, input->wide + input->wide_start, left);
        size_t got = input->fault.kind == FAULT_NONE
                         ? read_unpacked(input, input->wide + left, PIECE - left)
                         : 0;
        input->wide_start = 0;
        input->wide_end = left + got;
        if (got == 0) {
            if (left > 0) {
                fault_set(&input->fault, FAULT_ENCODING, 0, 0, "UTF-16 that ends in half a unit");
            }
            break;
        }
    }
    size_t produced = input->fault.kind == FAULT_NONE ? out.size : 0;
    if (produced > 0) {
        memcpy(to, out.data, produced);
    }
    buf_release(&out);
    return produced;
}

/* ---- stage 4: what the caller sees ---- */

static size_t read_decoded(struct input *input, char *to, size_t size)
{
    size_t got = input->encoding == ENCODING_UTF8 ? read_unpacked(input, to, size)
                                                  : read_utf16(input, to, size);
    if (got > 0) {
        XXH3_128bits_update(input->digest, to, got);
    }
    return got;
}

static void refuse_packings(struct input *input, struct span first)
{
    static const struct {
        const char *magic;
        size_t size;
        const char *name;
    } packings[] = {{"PK\x03\x04", 4, "zip"},
                    {"PK\x05\x06", 4, "empty zip"},
                    {"\xFD"
                     "7zXZ",
                     5, "xz"},
                    {"BZh", 3, "bzip2"},
                    {"\x28\xB5\x2F\xFD", 4, "zstd"},
                    {"7z\xBC\xAF", 4, "7z"}};
    for (size_t index = 0; index < sizeof(packings) / sizeof(packings[0]); index++) {
        if (first.size >= packings[index].size &&
            memcmp(first.data, packings[index].magic, packings[index].size) == 0) {
            fault_set(&input->fault, FAULT_COMPRESSED, 1, 1,
                      "this is a %s archive; unpack it and give the report itself",
                      packings[index].name);
        }
    }
}

/* Looks at the first bytes: packing, then encoding. Leaves the window filled with decoded bytes. */
static void open_window(struct input *input)
{
    input->opened = true;
    input->window_capacity = LIMIT_HEAD_BYTES; /* what comes after the head goes past the window */
    input->window = mem_alloc(input->window_capacity);
    char first[4096];
    size_t size = 0;
    size_t got = 0;
    while (size < sizeof(first) &&
           (got = read_raw(input, first + size, sizeof(first) - size)) > 0) {
        size += got;
    }
    refuse_packings(input, span_make(first, size));
    if (size >= 2 && memcmp(first, "\x1F\x8B", 2) == 0) {
        start_inflating(input, span_make(first, size));
        size = 0;
        while (size < sizeof(first) &&
               (got = read_unpacked(input, first + size, sizeof(first) - size)) > 0) {
            size += got;
        }
    } else {
        check_ratio(input, size);
    }
    size_t mark = 0;
    if (size >= 2 && (memcmp(first, "\xFF\xFE", 2) == 0 || memcmp(first, "\xFE\xFF", 2) == 0)) {
        input->encoding = first[0] == '\xFF' ? ENCODING_UTF16_LE : ENCODING_UTF16_BE;
        input->wide = mem_alloc(PIECE);
        memcpy(input->wide, first + 2, size - 2);
        input->wide_end = size - 2;
        return;
    }
    if (size >= 3 && memcmp(first, "\xEF\xBB\xBF", 3) == 0) {
        mark = 3;
    }
    memcpy(input->window, first + mark, size - mark);
    input->window_end = size - mark;
    if (input->fault.kind == FAULT_NONE) {
        XXH3_128bits_update(input->digest, input->window, input->window_end);
    } else {
        input->window_end = 0;
    }
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
    return input->raw_bytes;
}

uint64_t input_size_hint(const struct input *input)
{
    return input->size_hint;
}

bool input_was_utf16(const struct input *input)
{
    return input->encoding != ENCODING_UTF8;
}

struct hash128 input_digest(struct input *input)
{
    XXH128_hash_t hash = XXH3_128bits_digest(input->digest);
    return (struct hash128){hash.high64, hash.low64};
}
