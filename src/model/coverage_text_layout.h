/* Widths that the writer and the reader of coverage texts share. */
#ifndef TIDEGATE_MODEL_COVERAGE_TEXT_LAYOUT_H
#define TIDEGATE_MODEL_COVERAGE_TEXT_LAYOUT_H

#include "model/coverage_text.h"

enum { ROW_COUNT_ORDER = 8, RUN_ORDER = 3, COUNT_ORDER = 1, BLOCK_BITS = 8 };

/* The least distance between two rows: there is one row at most for a word of lines and for the
 * identity of a function. */
static inline uint64_t coverage_text_step(enum coverage_text kind)
{
    return kind == COVERAGE_TEXT_LINES || kind == COVERAGE_TEXT_FUNCTIONS;
}

#endif
