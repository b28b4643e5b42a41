/* Lines of a log as a terminal shows them. */
#ifndef TIDEGATE_COLLECTORS_LINT_PLAIN_H
#define TIDEGATE_COLLECTORS_LINT_PLAIN_H

#include "base/buf.h"

/* The line without colour codes and overwritten beginnings; other control characters become U+FFFD.
 * Borrows `plain`. */
struct span lint_plain(struct buf *plain, struct span text);

#endif
