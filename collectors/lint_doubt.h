/* Lines that speak of findings in a way that no grammar reads. */
#ifndef TIDEGATE_COLLECTORS_LINT_DOUBT_H
#define TIDEGATE_COLLECTORS_LINT_DOUBT_H

#include "base/span.h"

enum lint_doubt {
    LINT_DOUBT_NONE,
    LINT_DOUBT_COUNT,  /* it counts problems: `Scanned 1 files, found 5 errors in 1 files` */
    LINT_DOUBT_CHANGE, /* what a formatter would change: `main.go`, `@@ -1,3 +1,4 @@` */
    LINT_DOUBT_PLACE   /* it names a place in a file: `a.py:4: unused variable 'x'` */
};

/* Looks at a line that is no finding; `text` is without colours. `indented`: blanks before it were
 * skipped. */
enum lint_doubt lint_doubt_read(struct span text, bool indented);

#endif
