/* Where a SARIF result is, as it is written: a file or its number, line and column.
 *
 * sarif_place.h makes a path of the file. */
#ifndef TIDEGATE_COLLECTORS_SARIF_LOCATION_H
#define TIDEGATE_COLLECTORS_SARIF_LOCATION_H

#include "base/buf.h"
#include "base/json_read.h"
#include "base/vec.h"

/* Life cycle: a zeroed struct; for each result sarif_location_clear and, if it has locations,
 * sarif_location_read; sarif_location_release. */
struct sarif_location {
    struct buf uri, base;  /* empty if absent */
    int64_t artifact;      /* -1 if absent */
    uint64_t line, column; /* 0 if absent */
    bool odd_line;         /* one of them is none that a file can have */
};

/* The places behind the first one. */
struct sarif_further {
    bool wanted;      /* by the caller */
    struct vec items; /* struct sarif_location; those behind `count` are kept for their memory */
    size_t count;
    bool cut; /* there were more than are kept */
};

/* Makes everything absent. */
void sarif_location_clear(struct sarif_location *location);
void sarif_location_release(struct sarif_location *location);

/* Life cycle: sarif_further_init; sarif_further_clear for each result; sarif_further_release. */
void sarif_further_init(struct sarif_further *further);
void sarif_further_clear(struct sarif_further *further);
void sarif_further_release(struct sarif_further *further);

/* Takes the list of locations that comes next: the first one is where the finding is. */
void sarif_location_read(struct sarif_location *location, struct sarif_further *further,
                         struct json_reader *json);

#endif
