/* Whether a line names a place in a file. */
#ifndef TIDEGATE_COLLECTORS_LINT_DOUBT_PLACE_H
#define TIDEGATE_COLLECTORS_LINT_DOUBT_PLACE_H

#include "base/span.h"

/* Whether a name ends like that of a file of source, and not like that of a host. */
bool lint_doubt_is_source(struct span path);

/* Looks at a line that is no finding; `indented`: blanks before it were skipped. */
bool lint_doubt_names_place(struct span text, bool indented);

#endif
