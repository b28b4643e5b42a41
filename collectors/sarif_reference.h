/* A reference to a descriptor of a SARIF tool, as results, notifications and overrides write it. */
#ifndef TIDEGATE_COLLECTORS_SARIF_REFERENCE_H
#define TIDEGATE_COLLECTORS_SARIF_REFERENCE_H

#include "base/buf.h"
#include "base/json_read.h"

struct sarif_reference {
    struct span id, guid; /* empty if absent */
    int64_t index;        /* -1 if absent */
    struct span component_name, component_guid;
    int64_t component_index; /* -1 if absent */
};

/* What the spans of a reference point to. Life cycle: a zeroed struct, sarif_reference_read for one
 * reference after another, sarif_reference_release. */
struct sarif_reference_texts {
    struct buf id, guid, component_name, component_guid;
};

void sarif_reference_release(struct sarif_reference_texts *texts);

/* Takes the value that comes next. The reference lives until `texts` are used again. */
struct sarif_reference sarif_reference_read(struct json_reader *json,
                                            struct sarif_reference_texts *texts);
/* The same, with its texts in the arena. */
struct sarif_reference sarif_reference_keep(struct json_reader *json, struct arena *arena);

#endif
