/* The policy that holds on a target now, where the CI does not name the target's commit. */
#ifndef TIDEGATE_CLI_TARGET_NEWEST_H
#define TIDEGATE_CLI_TARGET_NEWEST_H

#include "cli/target_file.h"

/* Is this the run of a change of which only its beginning is known? Its target may ask for more by
 * now. */
bool target_newest_asked(const struct session *session);
/* Looks in the tip of the remote's copy of the target and in the newest entry of the target,
 * whichever is newer. Errors as in target_file_in_commit; ERR_MISSING: neither is known. */
enum err target_newest_file(struct session *session, const struct name *path,
                            struct target_file *file, struct diags *diags);

#endif
