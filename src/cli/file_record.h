/* `tidegate record` where the baseline is a file on the code branch. */
#ifndef TIDEGATE_CLI_FILE_RECORD_H
#define TIDEGATE_CLI_FILE_RECORD_H

#include "cli/session.h"

/* Writes what was measured into the file in the work tree, and tells what changed and to commit
 * it. */
enum exit_code file_record(struct session *session, const struct snapshot *now);

#endif
