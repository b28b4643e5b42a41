/* What a tool's text output says about the run as a whole. */
#ifndef TIDEGATE_COLLECTORS_LINT_SUMMARY_H
#define TIDEGATE_COLLECTORS_LINT_SUMMARY_H

#include "base/span.h"

/* A zeroed struct is a log that said nothing yet. */
struct lint_summary {
    bool good;           /* a line says that all is well */
    bool bad;            /* a line counts problems */
    bool idle;           /* a line says that the tool looked at no file */
    uint64_t generated;  /* warnings that clang counted */
    uint64_t suppressed; /* of those, what clang-tidy was told not to show */
};

/* Looks at a line that is no finding. True if it says that the tool did not check everything. */
bool lint_summary_read(struct lint_summary *summary, struct span text);
/* Whether the line is good news, or a count that lint_summary_read weighs. */
bool lint_summary_knows(struct span text);
/* Whether the log counts problems that it shows, or should show. */
bool lint_summary_counted(const struct lint_summary *summary);
/* Whether the log says that the tool ran to its end and found nothing. */
bool lint_summary_clean(const struct lint_summary *summary);

#endif
