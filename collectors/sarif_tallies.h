/* Oddities of a SARIF report, counted while it is read. */
#ifndef TIDEGATE_COLLECTORS_SARIF_TALLIES_H
#define TIDEGATE_COLLECTORS_SARIF_TALLIES_H

#include "collectors/sarif_result.h"
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

/* Life cycle: a zeroed struct, rather large. */
struct sarif_tallies {
    struct {
        uint64_t count, line;
    } of[SARIF_TALLIES];
    uint64_t recent[SARIF_RECENT]; /* marks of some results, to notice repeated ones */
    uint64_t runs;
};

/* Counts one more, which was met at `line` of the report. */
void sarif_tallies_count(struct sarif_tallies *tallies, enum sarif_tally tally, uint64_t line);
/* Counts what is odd about a result of the current run, and whether it says the same as another
 * one. */
void sarif_tallies_look(struct sarif_tallies *tallies, const struct sarif_result *result);
/* Tells the sink of all that were met. */
void sarif_tallies_tell(const struct sarif_tallies *tallies, struct sink *sink);

#endif
