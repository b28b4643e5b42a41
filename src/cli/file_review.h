/* The copy of the baseline file that a change brings along: the bar of whoever comes next. */
#ifndef TIDEGATE_CLI_FILE_REVIEW_H
#define TIDEGATE_CLI_FILE_REVIEW_H

#include "cli/session.h"

#include "gates/gates.h"

/* Whose word about the copy is asked, and what it is about. */
struct file_review {
    const struct evaluation
        *evaluation; /* by the change's own policy or the target's: its rules and waivers */
    struct verdict *verdict;
    struct diags *diags;
};

/* Adds a check for each ratchet of the policy whose value the change lowers in its copy, and for
 * each denominator, by more than what was measured asks for, and says which ones it lowers rightly.
 * Nothing to do unless the baseline is such a file. The copy is where the change's own policy keeps
 * it, else where the target's does. */
void file_review(struct session *session, const struct file_review *asked);

#endif
