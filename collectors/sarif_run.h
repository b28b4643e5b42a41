/* One run of a SARIF log: its results, settled with its tool, its files and its invocations. */
#ifndef TIDEGATE_COLLECTORS_SARIF_RUN_H
#define TIDEGATE_COLLECTORS_SARIF_RUN_H

#include "base/json_read.h"
#include "model/sink.h"

/* Things that are said once for a whole report, with how often they were met and where first. */
enum sarif_tally {
    SARIF_NO_RULE,
    SARIF_NO_MESSAGE,
    SARIF_INDEX_OUTSIDE,
    SARIF_INDEX_STALE,
    SARIF_ODD_LEVEL,
    SARIF_ODD_KIND,
    SARIF_CONTRADICTION,
    SARIF_ODD_SUPPRESSION,
    SARIF_ODD_SEVERITY,
    SARIF_SEVERITY_ABOVE,
    SARIF_SEVERITY_IS_NUMBER,
    SARIF_ODD_LINE,
    SARIF_ODD_LINK,
    SARIF_OPEN,
    SARIF_SUPPRESSED_IN_SOURCE,
    SARIF_REPEATED,
    SARIF_TALLIES
};

enum { SARIF_RECENT = 1024 };

struct sarif_tallies {
    struct {
        uint64_t count, line;
    } of[SARIF_TALLIES];
    uint64_t recent[SARIF_RECENT]; /* marks of some results, to notice repeated ones */
    uint64_t runs;
};

void sarif_count(struct sarif_tallies *tallies, enum sarif_tally tally, uint64_t line);
void sarif_tallies_tell(const struct sarif_tallies *tallies, struct sink *sink);

/* Reads the run that comes next. */
void sarif_run_read(struct json_reader *json, struct sink *sink, struct sarif_tallies *tallies);

#endif
