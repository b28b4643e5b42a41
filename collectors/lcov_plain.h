/* The plain shapes that make up nearly all of a large tracefile, read in place. */
#ifndef TIDEGATE_COLLECTORS_LCOV_PLAIN_H
#define TIDEGATE_COLLECTORS_LCOV_PLAIN_H

#include "collectors/lcov_section.h"

/* Takes plain lines from `at` on, as long as one follows another, and counts them in lcov->line.
 * Returns the start of the first line that is not plain, or `end`. Both lie in a block of whole
 * lines (line_read.h). */
const char *lcov_take_plain(struct lcov *lcov, const char *at, const char *end);

#endif
