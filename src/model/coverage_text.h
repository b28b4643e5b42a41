/* Coverage of one file as texts, and back: what a partial snapshot holds of it.
 *
 * Five kinds, each a text without blanks:
 *
 *   lines      runs from line 0 on: `.` no code, `-` missed, `+` ran, with the length before it
 *   unless
 *              it is 1. `3.2+-` is: lines 3 and 4 ran, 5 was missed. branches   for each line
 *              and block with branches of small numbers: how many lines further than the one
 *              before, `:` and the block unless it is 0, then a letter for each branch from 0 on:
 *              `t` taken, `n` not taken, `.` no such branch. `12tn3:1n` is: line 12, and block 1
 *              of line 15. hashed     for each other branch: lines further, `t` or `n`, and 16
 *              hexadecimal digits that identify
 *              it on its line. counts     for each line whose branches are only counted: lines
 *              further, `:`, taken, `/`, total, with a
 *              `,` between two. functions  16 hexadecimal digits each: the upper 63 bits
 *              identify it in the file, the lowest says
 *              whether it was entered.
 *
 * A text may be cut into several; each starts again from line 0. Written from settled coverage a
 * text is canonical: rows in order, no run that could be joined with the next. */
#ifndef TIDEGATE_MODEL_COVERAGE_TEXT_H
#define TIDEGATE_MODEL_COVERAGE_TEXT_H

#include "base/buf.h"
#include "model/coverage.h"

enum coverage_text {
    COVERAGE_TEXT_LINES,
    COVERAGE_TEXT_BRANCHES,
    COVERAGE_TEXT_HASHED,
    COVERAGE_TEXT_COUNTS,
    COVERAGE_TEXT_FUNCTIONS,
    COVERAGE_TEXTS
};

/* "lines", "branches", … */
const char *coverage_text_word(enum coverage_text kind);

/* Appends one text of about COVERAGE_TEXT_PIECE bytes at most, starting at *from (0 at first: a
 * line number or a row), which moves on. False, and nothing appended, when nothing is left. */
enum { COVERAGE_TEXT_PIECE = 1 << 18 };
bool coverage_text_write(const struct coverage *coverage, enum coverage_text kind, uint64_t *from,
                         struct buf *out);

/* Adds what the text says. False when it is no such text, names a line above LIMIT_LINE_NUMBER,
 * or has more coverable lines than *lines_left, which goes down; some rows may have been added
 * then. */
bool coverage_text_read(struct coverage *coverage, enum coverage_text kind, struct span text,
                        uint64_t *lines_left);

#endif
