/* The files of a SARIF run: its list of artifacts, and the bases that URIs are relative to.
 *
 * A location names a file by URI, or by its index in the run's list of artifacts; a relative URI
 * may name a base (SARIF 2.1.0, 3.4, 3.14.14, 3.24). Writers give an index without a list, so the
 * URI is preferred. Bases often stand behind the results: relative paths stay relative, and the
 * bases that results used become source roots of the report. */
#ifndef TIDEGATE_COLLECTORS_SARIF_PLACE_H
#define TIDEGATE_COLLECTORS_SARIF_PLACE_H

#include "base/buf.h"
#include "base/json_read.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/sink.h"

struct sarif_artifact {
    struct span uri, base;
};

struct sarif_base {
    struct span id, uri, parent; /* parent: the id of the base that the URI is relative to */
    bool used;
};

struct sarif_places {
    struct arena arena;
    struct vec artifacts; /* struct sarif_artifact */
    struct vec bases;     /* struct sarif_base */
    struct map base_of_id;
    size_t last_used;   /* index in bases */
    bool has_artifacts; /* the list was read */
};

void sarif_places_init(struct sarif_places *places);
void sarif_places_release(struct sarif_places *places);

/* Read the values of `artifacts` and `originalUriBaseIds`. */
void sarif_places_read_artifacts(struct sarif_places *places, struct json_reader *json);
void sarif_places_read_bases(struct sarif_places *places, struct json_reader *json);

/* The artifact with this index, or NULL. */
const struct sarif_artifact *sarif_places_artifact(const struct sarif_places *places,
                                                   int64_t index);
/* Says that a relative path below the base with this id was given to the sink. */
void sarif_places_use(struct sarif_places *places, struct span id);
/* Gives the bases that were used to the sink as source roots. */
void sarif_places_tell_roots(const struct sarif_places *places, struct sink *sink);

/* Reads one artifact location (3.4) into `uri`, `base` and *index (-1 if absent); the texts are
 * appended to cleared bufs. */
void sarif_read_artifact_location(struct json_reader *json, struct buf *uri, struct buf *base,
                                  int64_t *index);

#endif
