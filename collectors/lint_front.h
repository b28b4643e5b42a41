/* Lines of a tool's text output that are known by their front. */
#ifndef TIDEGATE_COLLECTORS_LINT_FRONT_H
#define TIDEGATE_COLLECTORS_LINT_FRONT_H

#include "collectors/lint_line.h"

/* Lines that are known by their beginning: workflow commands of GitHub and Azure, cppcheck 1. *text
 * loses the mark of a command as it looks in a downloaded log, whatever the answer is. */
enum lint_line_kind lint_front_read(struct span *text, struct finding_in *found);

#endif
