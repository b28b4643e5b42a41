/* Lines of compilers that write the place in words. */
#ifndef TIDEGATE_COLLECTORS_LINT_QUOTED_H
#define TIDEGATE_COLLECTORS_LINT_QUOTED_H

#include "collectors/lint_line.h"

/* Like lint_line_read, for `"path", line N: KIND: message` and `"path",N  KIND: message`. */
enum lint_line_kind lint_quoted_read(struct span text, struct finding_in *found);

#endif
