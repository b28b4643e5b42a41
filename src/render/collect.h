/* What `tidegate collect` shows: each report with its own metrics, and the metrics of all
 * together. */
#ifndef TIDEGATE_RENDER_COLLECT_H
#define TIDEGATE_RENDER_COLLECT_H

#include "base/buf.h"
#include "model/bars.h"
#include "model/report.h"
#include "model/snapshot.h"

struct collection {
    const struct vec *reports;      /* struct report *, in the order to show */
    const struct snapshot *each;    /* each[i] holds the metrics of report i */
    const struct snapshot *overall; /* metrics of all reports; NULL leaves them out */
    const struct diags *diags;      /* of the run beside those of each report; NULL if none */
    const struct name
        *unresolved; /* one line about report paths that matched no file; NULL if none */
    bool colour;     /* text: use terminal colours */
    bool verbose;    /* text: show every diagnostic with its remedy */
    unsigned width;  /* text: columns, 0 is unlimited */
};

/* Appends the document "tidegate/collect/1" (docs/schema/collect-1.json) with a line break at
 * its end. */
void collect_json(const struct collection *collection, struct buf *out);

/* Appends the same for people: a row for each report, what is wrong with them, and a table of
 * the metrics of all reports together; `verbose` adds a table for each report. */
void collect_text(const struct collection *collection, struct buf *out);

/* Appends a table of one snapshot's metrics alone. */
void snapshot_text(const struct snapshot *snapshot, struct buf *out);
/* Appends a table of a branch's bars; nothing when there are none. */
void bars_text(const struct bars *bars, struct buf *out);

#endif
