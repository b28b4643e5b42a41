/* Files that hold what another file has told already: they do not count towards `expect`. */
#ifndef TIDEGATE_CLI_SAME_CONTENT_H
#define TIDEGATE_CLI_SAME_CONTENT_H

#include "cli/pipeline.h"

/* After all reports were read: for each entry of `reports` in the policy that has as many files as
 * it expects, though some of them have equal content, says which and adds a missing report, as if
 * the copies were not there. Files without any row are left alone: two shards that found nothing
 * may write the same. */
void same_content_check(struct pipeline *pipeline);

#endif
