/* Where a SARIF result is, as it is written: a file or its number, line and column.
 *
 * sarif_place.h makes a path of the file. */
#ifndef TIDEGATE_COLLECTORS_SARIF_LOCATION_H
#define TIDEGATE_COLLECTORS_SARIF_LOCATION_H

#include "base/buf.h"
#include "base/json_read.h"

/* Life cycle: a zeroed struct; for each result sarif_location_clear and, if it has locations,
 * sarif_location_read; sarif_location_release. */
struct sarif_location {
    struct buf uri, base;  /* empty if absent */
    int64_t artifact;      /* -1 if absent */
    uint64_t line, column; /* 0 if absent */
    bool odd_line;         /* one of them is none that a file can have */
};

/* Makes everything absent. */
void sarif_location_clear(struct sarif_location *location);
void sarif_location_release(struct sarif_location *location);

/* Takes the list of locations that comes next: the first one is where the finding is. */
void sarif_location_read(struct sarif_location *location, struct json_reader *json);

#endif
