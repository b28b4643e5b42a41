/* The bytes of a report as they lie in a file, come from standard input, or stand in memory: the
 * first stage of an input. */
#ifndef TIDEGATE_BASE_INPUT_RAW_H
#define TIDEGATE_BASE_INPUT_RAW_H

#include "base/fault.h"
#include "base/span.h"

/* Life cycle: input_raw_open_file or input_raw_open_memory, input_raw_read until 0,
 * input_raw_close. */
struct input_raw {
    struct fault *fault; /* of the whole input; sticky */
    int descriptor;      /* -1 for memory */
    struct span memory;  /* what is left of it */
    uint64_t bytes;      /* read so far */
    uint64_t size_hint;  /* of all of them; 0 if unknown */
    bool ended;          /* a read found nothing more */
};

/* Opens a file ("-" is standard input), or sets the fault. */
void input_raw_open_file(struct input_raw *raw, const char *path, struct fault *fault);
/* Reads from memory that outlives the input. */
void input_raw_open_memory(struct input_raw *raw, struct span bytes, struct fault *fault);
void input_raw_close(struct input_raw *raw);

/* Up to `size` bytes into `to`; 0 at the end or after a fault. */
size_t input_raw_read(struct input_raw *raw, char *to, size_t size);

#endif
