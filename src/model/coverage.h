/* Coverage of one file, at the price of bits.
 *
 * Lines are two bitmaps (coverable, hit) in pages, so a huge line number allocates one page. Branches with
 * an identity of small numbers pack 16 to a word; others keep a hash. Branches that a format only counts
 * keep the pair. Functions are a hash of their identity and a bit. All sets are unions, so adding is
 * commutative, associative and idempotent; counts of one line take the larger total, then the larger
 * covered.
 *
 * Life cycle: coverage_new with the arena that holds it, coverage_add_*, coverage_settle before any count.
 * Nothing is released but the arena. Rows that arrive one by one are best added to one coverage that is
 * used again and again (coverage_clear) and merged into the one that is kept: the kept one is then sized
 * exactly. */
#ifndef TIDEGATE_MODEL_COVERAGE_H
#define TIDEGATE_MODEL_COVERAGE_H

#include "base/arena.h"
#include "base/ratio.h"

struct coverage; /* one file */

struct coverage *coverage_new(struct arena *arena);

/* Lines are 1..LIMIT_LINE_NUMBER; the caller has checked that. */
void coverage_add_line(struct coverage *coverage, uint32_t line, bool hit);
/* A branch known by numbers. */
void coverage_add_branch(struct coverage *coverage, uint32_t line, uint64_t block, uint64_t branch,
                         bool taken);
/* A branch known by text (block, branch expression, flags: whatever makes it distinct on its line). */
void coverage_add_branch_named(struct coverage *coverage, uint32_t line, struct span id,
                               bool taken);
/* Branches of a line that the format only counts. taken <= total. */
void coverage_add_branches(struct coverage *coverage, uint32_t line, uint32_t taken,
                           uint32_t total);
/* A function known by `id` within the file. */
void coverage_add_function(struct coverage *coverage, struct span id, bool hit);

/* Adds all of `from` to `to` and settles `to`; `from` stays as it is. Fast when both are settled. */
void coverage_merge(struct coverage *to, const struct coverage *from);
/* Sorts and folds duplicates. Adding afterwards is allowed and unsettles. */
void coverage_settle(struct coverage *coverage);
/* Forgets everything that was added and keeps the memory. */
void coverage_clear(struct coverage *coverage);

/* Counts; the coverage must be settled. On a line that has both identities and counts, the larger total
 * wins, then the larger covered. */
struct ratio coverage_lines(const struct coverage *coverage);
struct ratio coverage_branches(const struct coverage *coverage);
struct ratio coverage_functions(const struct coverage *coverage);

/* Single lines; the coverage must be settled. */
enum line_state { LINE_NOT_CODE, LINE_MISSED, LINE_HIT };
enum line_state coverage_line(const struct coverage *coverage, uint32_t line);
/* The first coverable line after `line` (0 to start), or 0 at the end; *hit tells whether it ran. */
uint32_t coverage_next_line(const struct coverage *coverage, uint32_t line, bool *hit);

#endif
