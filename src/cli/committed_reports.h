/* Reports that are files of the commit: they prove no run. */
#ifndef TIDEGATE_CLI_COMMITTED_REPORTS_H
#define TIDEGATE_CLI_COMMITTED_REPORTS_H

#include "cli/pipeline.h"

/* Makes a report that is as git checked it out older than the commit, and remembers it. `place`:
 * its path in the repository, NULL when it is not there. */
void committed_reports_take(struct pipeline *pipeline, struct report *report,
                            const struct name *place);

/* Warns of those that were remembered. */
void committed_reports_tell(const struct pipeline *pipeline);

#endif
