/* The bytes of one report, as UTF-8 text where they claim to be UTF-16.
 *
 * Reads with read(2) in pieces, so a file of any size costs one window. Inflates gzip (also several
 * members) up to LIMIT_INPUT_BYTES and LIMIT_INFLATE_RATIO, refuses other packings by their magic
 * bytes, turns UTF-16 with a byte-order mark into UTF-8, and drops a UTF-8 byte-order mark. Errors
 * are sticky: after the first one every read gives 0 bytes and `fault` tells why. NUL bytes and
 * invalid UTF-8 are passed on: whether they are allowed is the format's business.
 *
 * Life cycle: input_open_file or input_open_memory, input_head, input_read until 0, input_close. */
#ifndef TIDEGATE_BASE_INPUT_H
#define TIDEGATE_BASE_INPUT_H

#include "base/fault.h"
#include "base/hash.h"
#include "base/span.h"

struct input;

/* Opens a file ("-" is standard input). Never NULL: an input that cannot be opened has its fault
 * set. */
struct input *input_open_file(const char *path);
/* Reads from memory that outlives the input. */
struct input *input_open_memory(struct span bytes);
void input_close(struct input *input);

/* The first bytes (up to LIMIT_HEAD_BYTES) after inflating and decoding, without consuming them. */
struct span input_head(struct input *input);

/* Up to `size` decoded bytes into `to`; 0 at the end or after a fault. */
size_t input_read(struct input *input, char *to, size_t size);

const struct fault *input_fault(const struct input *input);
/* Sets the fault from outside; used by readers that keep their place. */
struct fault *input_fault_slot(struct input *input);

uint64_t input_bytes(const struct input *input); /* raw bytes read so far (packed size for gzip) */
uint64_t input_size_hint(const struct input *input); /* raw size if known, else 0: for progress */
bool input_was_utf16(const struct input *input);
/* XXH3 of all decoded bytes read so far: equal reports are recognised by it. Zero after
 * input_omit_digest. */
struct hash128 input_digest(struct input *input);
/* Before anything is read: nobody will ask for the digest, which costs a twentieth of reading. */
void input_omit_digest(struct input *input);

#endif
