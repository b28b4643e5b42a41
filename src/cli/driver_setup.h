/* Telling git to merge the baseline file by `tidegate merge-driver`: a line in .gitattributes,
 * which everybody gets, and two settings, which each clone needs because git runs no program that a
 * repository brings along. */
#ifndef TIDEGATE_CLI_DRIVER_SETUP_H
#define TIDEGATE_CLI_DRIVER_SETUP_H

#include "cli/session.h"

/* Appends what a person would have to do for the file of the session's policy. */
void driver_setup_explain(const struct session *session, struct buf *out);
/* Does it in this clone and appends what was done. ERR_USAGE outside a work tree, ERR_READ or
 * ERR_WRITE, with a diagnostic. */
enum err driver_setup_install(struct session *session, struct buf *out);

#endif
