/* The lines of a partial snapshot: {"KIND": {members}}.
 *
 * Members that are absent, empty, zero or false are not written. Life cycle: record_writer_init;
 * for each line record_begin, members, record_end; record_writer_release. Memory is bounded by one
 * record. */
#ifndef TIDEGATE_MEASURE_RECORD_WRITE_H
#define TIDEGATE_MEASURE_RECORD_WRITE_H

#include "base/buf.h"
#include "base/json_write.h"
#include "base/name.h"

/* Where the text goes: called with whole lines, in order. */
struct partial_out {
    void (*write)(void *self, struct span lines);
    void *self;
};

struct record_writer {
    struct partial_out out;
    struct json_writer json; /* of the line */
    struct buf line;
    struct buf text; /* of one long member */
    uint64_t lines;  /* written so far */
    uint64_t digest; /* of them */
};

void record_writer_init(struct record_writer *writer, struct partial_out out);
void record_writer_release(struct record_writer *writer);

/* One record in one line. */
void record_begin(struct record_writer *writer, const char *kind);
void record_end(struct record_writer *writer);
/* A line whose members belong to no kind. */
void record_line_begin(struct record_writer *writer);
void record_line_end(struct record_writer *writer);

/* Any bytes, also none. */
void record_text(struct record_writer *writer, const char *key, struct span text);
/* Nothing for NULL. */
void record_name(struct record_writer *writer, const char *key, const struct name *name);
/* Nothing for 0. */
void record_u64(struct record_writer *writer, const char *key, uint64_t value);
/* A set of bits as a list of words, `count` being how many bits there are; nothing for the empty
 * set. */
void record_words(struct record_writer *writer, const char *key, unsigned bits, unsigned count,
                  const char *(*word)(unsigned bit));

#endif
