/* Values that many members of a SARIF log have: texts of a bounded size, indexes, messages of one
 * text. */
#ifndef TIDEGATE_COLLECTORS_SARIF_VALUE_H
#define TIDEGATE_COLLECTORS_SARIF_VALUE_H

#include "base/buf.h"
#include "base/json_read.h"

/* Each takes the value that comes next; one of another type is skipped and changes nothing. */

/* A string, of which at most `most` bytes are appended to `out`. */
void sarif_read_text(struct json_reader *json, struct buf *out, size_t most);
/* A string, of which at most `most` bytes are copied into the arena. */
void sarif_keep_text(struct json_reader *json, struct arena *arena, size_t most, struct span *text);
/* The plain text of a message (SARIF 2.1.0, 3.11 and 3.12), in the same way. */
void sarif_keep_message(struct json_reader *json, struct arena *arena, size_t most,
                        struct span *text);

/* An index: -1 for anything that is none. */
int64_t sarif_read_index(struct json_reader *json);

#endif
