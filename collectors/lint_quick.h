/* The fast way for the lines that compilers write most. */
#ifndef TIDEGATE_COLLECTORS_LINT_QUICK_H
#define TIDEGATE_COLLECTORS_LINT_QUICK_H

#include "collectors/lint_line.h"

/* The same answer as lint_line_read for `path:12:3: warning: message [rule]` and gcc's context
 * lines; OTHER means: ask lint_line_read. `text` is not empty. Of *found only path, place, level,
 * rule and message are written, and the place only if the sink keeps it for display. Path and rule
 * are printable ASCII; the message is as it stands. */
enum lint_line_kind lint_quick_read(struct span text, const struct sink *sink,
                                    struct finding_in *found);

#endif
