/* Raw bytes -> the report in them: inflates gzip (RFC 1952) by zlib, refuses other packings.
 *
 * Bytes behind the last member that are no member are an error, and so is a stream without its
 * end. */
#include "base/input_unpacked.h"

#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PIECE = 256 * 1024 };

/* ---- opening ---- */

static void refuse_packings(struct fault *fault, struct span first)
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
            fault_set(fault, FAULT_COMPRESSED, 1, 1,
                      "this is a %s archive; unpack it and give the report itself",
                      packings[index].name);
        }
    }
}

static void start_inflating(struct input_unpacked *unpacked, struct span first)
{
    unpacked->packed = mem_alloc(PIECE);
    memcpy(unpacked->packed, first.data, first.size);
    unpacked->inflater = mem_alloc(sizeof(*unpacked->inflater));
    /* zlib reads gzip headers with 16 added to the window bits. */
    if (inflateInit2(unpacked->inflater, 15 + 16) != Z_OK) {
        mem_exhausted();
    }
    unpacked->inflater->next_in = (unsigned char *)unpacked->packed;
    unpacked->inflater->avail_in = (uInt)first.size;
}

static void check_ratio(struct input_unpacked *unpacked, size_t more)
{
    const struct input_raw *raw = unpacked->raw;
    unpacked->bytes += more;
    if (unpacked->bytes > LIMIT_INPUT_BYTES ||
        (unpacked->inflater != NULL &&
         unpacked->bytes > (raw->bytes + 1024) * LIMIT_INFLATE_RATIO)) {
        fault_set(raw->fault, FAULT_LIMIT, 0, 0,
                  "the report is larger than the ceiling of %llu bytes (or a gzip bomb)",
                  (unsigned long long)LIMIT_INPUT_BYTES);
    }
}

size_t input_unpacked_open(struct input_unpacked *unpacked, struct input_raw *raw, char *first,
                           size_t size)
{
    size_t filled = 0;
    size_t got = 0;
    unpacked->raw = raw;
    while (filled < size && (got = input_raw_read(raw, first + filled, size - filled)) > 0) {
        filled += got;
    }
    refuse_packings(raw->fault, span_make(first, filled));
    if (filled < 2 || memcmp(first, "\x1F\x8B", 2) != 0) {
        check_ratio(unpacked, filled);
        return filled;
    }
    start_inflating(unpacked, span_make(first, filled));
    filled = 0;
    while (filled < size &&
           (got = input_unpacked_read(unpacked, first + filled, size - filled)) > 0) {
        filled += got;
    }
    return filled;
}

void input_unpacked_close(struct input_unpacked *unpacked)
{
    if (unpacked->inflater != NULL) {
        inflateEnd(unpacked->inflater);
    }
    free(unpacked->inflater);
    free(unpacked->packed);
}

/* ---- reading ---- */

/* Fills the inflater's input; false when there is no more and the stream ended where it should. */
static bool refill(struct input_unpacked *unpacked)
{
    z_stream *inflater = unpacked->inflater;
    if (inflater->avail_in > 0) {
        return true;
    }
    size_t got = input_raw_read(unpacked->raw, unpacked->packed, PIECE);
    inflater->next_in = (unsigned char *)unpacked->packed;
    inflater->avail_in = (uInt)got;
    if (got == 0 && !unpacked->between_members) {
        fault_set(unpacked->raw->fault, FAULT_COMPRESSED, 0, 0, "the gzip stream is cut short");
    }
    return got > 0;
}

static size_t read_inflated(struct input_unpacked *unpacked, char *to, size_t size)
{
    z_stream *inflater = unpacked->inflater;
    inflater->next_out = (unsigned char *)to;
    inflater->avail_out = (uInt)size;
    while (inflater->avail_out > 0 && refill(unpacked)) {
        if (unpacked->between_members) {
            inflateReset(inflater);
            unpacked->between_members = false;
        }
        int outcome = inflate(inflater, Z_NO_FLUSH);
        if (outcome == Z_STREAM_END) {
            unpacked->between_members = true;
        } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
            fault_set(unpacked->raw->fault, FAULT_COMPRESSED, 0, 0,
                      "the gzip stream is damaged: %s",
                      inflater->msg != NULL ? inflater->msg : "unexpected data");
            break;
        }
    }
    return size - inflater->avail_out;
}

size_t input_unpacked_read(struct input_unpacked *unpacked, char *to, size_t size)
{
    struct input_raw *raw = unpacked->raw;
    size_t got = unpacked->inflater != NULL ? read_inflated(unpacked, to, size)
                                            : input_raw_read(raw, to, size);
    check_ratio(unpacked, got);
    return raw->fault->kind == FAULT_NONE ? got : 0;
}
