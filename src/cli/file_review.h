/* The copy of the baseline file that a change brings along: the bar of whoever comes next. */
#ifndef TIDEGATE_CLI_FILE_REVIEW_H
#define TIDEGATE_CLI_FILE_REVIEW_H

#include "cli/session.h"

/* Adds a check for each ratchet whose value the change lowers in its copy by more than what was measured
 * asks for, and says which ones it lowers rightly. Nothing to do unless the baseline
 * is such a file. */
void file_review(struct session *session, const struct snapshot *now,
                 const struct baseline *baseline, struct verdict *verdict);

#endif
