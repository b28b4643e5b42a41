/* Writes JSON into a buf: commas, indents and escapes are its business, the order is the caller's.
 *
 * Strings are valid UTF-8 afterwards: broken bytes become U+FFFD; control characters,
 * U+007F..U+009F, U+2028 and U+2029, bidirectional controls and characters without a width are
 * written as \u escapes, so the output is plain text for any terminal. A container opened with
 * `flat` stays on one line. */
#ifndef TIDEGATE_BASE_JSON_WRITE_H
#define TIDEGATE_BASE_JSON_WRITE_H

#include "base/buf.h"
#include "base/decimal.h"
#include "base/ratio.h"

enum { JSON_WRITE_DEPTH = 32 };

struct json_writer {
    struct buf *out; /* borrowed */
    unsigned depth;
    unsigned flat_from; /* depth from which everything stays on one line, 0 if none */
    bool after_key;
    bool filled[JSON_WRITE_DEPTH + 1]; /* does the container of this depth hold something? */
};

void json_writer_init(struct json_writer *writer, struct buf *out);

void json_write_object(struct json_writer *writer, bool flat);
void json_write_object_end(struct json_writer *writer);
void json_write_array(struct json_writer *writer, bool flat);
void json_write_array_end(struct json_writer *writer);
void json_write_key(struct json_writer *writer, const char *key);
void json_write_key_span(struct json_writer *writer, struct span key);
void json_write_text(struct json_writer *writer, struct span text);
void json_write_u64(struct json_writer *writer, uint64_t value);
void json_write_i64(struct json_writer *writer, int64_t value);
void json_write_bool(struct json_writer *writer, bool value);
/* {"covered": 1, "total": 2}, on one line. */
void json_write_ratio(struct json_writer *writer, struct ratio ratio);
/* A decimal as a string: "1.250". */
void json_write_decimal(struct json_writer *writer, struct decimal value);

/* Key and value in one call. */
void json_write_member_text(struct json_writer *writer, const char *key, struct span text);
void json_write_member_u64(struct json_writer *writer, const char *key, uint64_t value);
void json_write_member_bool(struct json_writer *writer, const char *key, bool value);

#endif
