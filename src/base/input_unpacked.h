/* The bytes of a report without the packing around them: the second stage of an input.
 *
 * gzip is inflated up to LIMIT_INPUT_BYTES and LIMIT_INFLATE_RATIO, also several members; other
 * packings are refused by their magic bytes. */
#ifndef TIDEGATE_BASE_INPUT_UNPACKED_H
#define TIDEGATE_BASE_INPUT_UNPACKED_H

#include "base/input_raw.h"

struct z_stream_s;

/* Life cycle: a zeroed struct, input_unpacked_open, input_unpacked_read until 0,
 * input_unpacked_close. */
struct input_unpacked {
    struct input_raw *raw;
    uint64_t bytes;              /* unpacked so far */
    struct z_stream_s *inflater; /* NULL: not packed */
    char *packed;                /* a piece of gzip input */
    bool between_members;        /* the last member ended where it should */
};

/* Looks at the first raw bytes. Then fills `first` with unpacked ones; returns how many there are,
 * which is less than `size` only at the end or after a fault. */
size_t input_unpacked_open(struct input_unpacked *unpacked, struct input_raw *raw, char *first,
                           size_t size);
void input_unpacked_close(struct input_unpacked *unpacked);

/* Up to `size` bytes into `to`; 0 at the end or after a fault. */
size_t input_unpacked_read(struct input_unpacked *unpacked, char *to, size_t size);

#endif
