/* Coverage of one file as texts of bits (base/bit_text.h), and back: what a partial snapshot holds
 * of it.
 *
 * Each text is an order k (6 bits), the number of its rows (order 8), and the rows, which are
 * sorted and tell how far each is from the one before it (order k):
 *
 *   lines      64 lines from a multiple of 64 on: words further than the word behind the last one,
 *              then a bit for each line, 1 for code. Behind the rows, a bit that tells whether the
 *              first line of code ran, then the lengths less one (order 3) of the runs of lines of
 *              code, by turns, that ran and did not run.
 *   branches   line and block with branches of small numbers: lines further. The block, 8 bits,
 *              unless the bit behind the number of rows is 0: then all are 0. 1 and two bits for
 *              branches 0 and 1; or 0, 4 bits for the highest branch, 1 and a bit for each lower
 *              one if it is there, or 0 if all are, and a bit for each that is there. These bits
 *              tell whether it was taken.
 *   hashed     another branch: lines further, 40 bits that identify it on its line, 1 if taken.
 *   counts     line whose branches are only counted: lines further, total and taken (order 1).
 *   functions  identity of 40 bits: how much above the one behind the last one; 1 if entered.
 *
 * Facts may be spread over several texts. Written from settled coverage a text is canonical. */
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

/* Appends one text of at most COVERAGE_TEXT_ROWS rows, starting at *from (0 at first), which moves
 * on. False, and nothing appended, when nothing is left. */
enum { COVERAGE_TEXT_ROWS = 8192 };
bool coverage_text_write(const struct coverage *coverage, enum coverage_text kind, uint64_t *from,
                         struct buf *out);

/* How much more may be read: a few bytes can stand for much. */
struct coverage_room {
    uint64_t lines; /* of the pages that are filled */
    uint64_t rows;  /* branches, counts and functions */
};

/* Adds what the text says. False when it is no such text, names a line above LIMIT_LINE_NUMBER,
 * or does not fit into the room, which shrinks; some rows may have been added then. */
bool coverage_text_read(struct coverage *coverage, enum coverage_text kind, struct span text,
                        struct coverage_room *room);

#endif
