/* The fast way for the lines that compilers write most. */
#ifndef TIDEGATE_COLLECTORS_LINT_QUICK_H
#define TIDEGATE_COLLECTORS_LINT_QUICK_H

#include "collectors/lint_line.h"

/* The same answer as lint_line_read for `path:12:3: warning: message [rule]` and gcc's context lines; OTHER
 * means: ask lint_line_read. `text` is not empty. `path` is the path of the finding before, or empty: it is
 * compared first. */
enum lint_line_kind lint_quick_read(struct span text, struct span path, struct lint_line *found);

#endif
