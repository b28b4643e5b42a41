/* Coverage of one file, at the price of bits.
 *
 * Lines are two bitmaps (coverable, hit) in pages, so a huge line number allocates one page.
 * Branches with an identity of small numbers pack 16 to a word; others keep a hash. Branches that
 * a format only counts keep the pair. Functions are a hash of their identity and a bit. All sets
 * are unions, so adding is commutative, associative and idempotent; counts of one line take the
 * larger total, then the larger covered.
 *
 * Life cycle: coverage_new with the arena that holds it, coverage_add_*, coverage_settle before
 * any count. Nothing is released but the arena. Rows that arrive one by one are best added to one
 * coverage that is used again and again (coverage_clear) and merged into the one that is kept:
 * the kept one is then sized exactly. */
#ifndef TIDEGATE_MODEL_COVERAGE_H
#define TIDEGATE_MODEL_COVERAGE_H

#include "base/arena.h"
#include "base/ratio.h"
#include "model/row_set.h"

enum { PAGE_LINES = 512, PAGE_WORDS = PAGE_LINES / 64 };
enum { PACKED_BLOCKS = 256, PACKED_BRANCHES = 16, PACKED_KEY_SHIFT = 2 * PACKED_BRANCHES };

/* Bits of a hash that stands for a name: of a branch among those of its line, or of a function
 * among those of its file. Why that is enough: docs/partial-snapshot.md. */
enum { IDENTITY_BITS = 40, FUNCTION_SHIFT = 64 - IDENTITY_BITS };

struct line_page {
    uint64_t number; /* line / PAGE_LINES */
    uint64_t coverable[PAGE_WORDS];
    uint64_t hit[PAGE_WORDS];
};

/* A branch known by a hash. */
struct hashed_branch {
    uint64_t hash; /* of IDENTITY_BITS */
    uint32_t line;
    uint32_t taken; /* 0 or 1 */
};

struct branch_count {
    uint32_t line;
    uint32_t taken;
    uint32_t total;
};

/* One file. Seen here for the sake of coverage_add_line, and of coverage_text, which writes the
 * settled rows down and adds them again. */
struct coverage {
    struct arena *arena;
    bool settled; /* nothing was added since; only then the counts are right */
    struct ratio line_ratio, branch_ratio, function_ratio;
    struct line_page *page;   /* the one of the last line added, or NULL */
    uint32_t page_start;      /* its first line; with no page none that can be */
    size_t next_function;     /* guess where the next function stands already */
    struct row_set pages;     /* struct line_page */
    struct row_set packed;    /* uint64_t: line:24 | block:8 | present:16 | taken:16 */
    struct row_set hashed;    /* struct hashed_branch */
    struct row_set counted;   /* struct branch_count */
    struct row_set functions; /* uint64_t: hash, in the highest bits; 1 if hit */
};

struct coverage *coverage_new(struct arena *arena);

/* Makes the page of this line the one that lines are added to. */
void coverage_open_page(struct coverage *coverage, uint32_t line);

/* Lines are at most LIMIT_LINE_NUMBER; the caller has checked that. Line 0 counts like any
 * other. */
static inline void coverage_add_line(struct coverage *coverage, uint32_t line, bool hit)
{
    if (line - coverage->page_start >= PAGE_LINES) {
        coverage_open_page(coverage, line);
    }
    struct line_page *page = coverage->page;
    page->coverable[line / 64 % PAGE_WORDS] |= UINT64_C(1) << (line % 64);
    page->hit[line / 64 % PAGE_WORDS] |= (uint64_t)hit << (line % 64);
}

/* 64 lines at once, those whose numbers begin with `word` * 64. The caller has checked them. */
static inline void coverage_add_lines(struct coverage *coverage, uint32_t word, uint64_t coverable,
                                      uint64_t hit)
{
    uint32_t line = word * 64;
    if (coverable == 0) {
        return;
    }
    if (line - coverage->page_start >= PAGE_LINES) {
        coverage_open_page(coverage, line);
    }
    coverage->page->coverable[word % PAGE_WORDS] |= coverable;
    coverage->page->hit[word % PAGE_WORDS] |= hit;
}

/* Rows as they are kept: for coverage_add_branch and coverage_text. */
void coverage_add_packed(struct coverage *coverage, uint64_t word);
void coverage_add_hashed(struct coverage *coverage, uint32_t line, uint64_t hash, bool taken);
void coverage_add_function_word(struct coverage *coverage, uint64_t word);
void coverage_add_unpacked(struct coverage *coverage, uint32_t line, uint64_t block,
                           uint64_t branch, bool taken);

/* A branch known by numbers. */
static inline void coverage_add_branch(struct coverage *coverage, uint32_t line, uint64_t block,
                                       uint64_t branch, bool taken)
{
    if (block >= PACKED_BLOCKS || branch >= PACKED_BRANCHES) {
        coverage_add_unpacked(coverage, line, block, branch, taken);
        return;
    }
    uint64_t key = (uint64_t)line * PACKED_BLOCKS + block;
    uint64_t word = key << PACKED_KEY_SHIFT | UINT64_C(1) << (PACKED_BRANCHES + branch) |
                    (uint64_t)taken << branch;
    struct row_set *packed = &coverage->packed;
    if (packed->count == 0 || packed->count == packed->capacity) {
        coverage_add_packed(coverage, word);
        return;
    }
    /* Whether the row joins the last one is as good as random, so this does not branch on it. */
    coverage->settled = false;
    uint64_t *last = (uint64_t *)packed->rows + (packed->count - 1);
    bool same = *last >> PACKED_KEY_SHIFT == key;
    word |= *last & (0 - (uint64_t)same);
    last[!same] = word;
    packed->count += !same;
}

/* A branch known by text (block, branch expression, flags: whatever makes it distinct on its
 * line). */
void coverage_add_branch_named(struct coverage *coverage, uint32_t line, struct span id,
                               bool taken);
/* Branches of a line that the format only counts. taken <= total. */
void coverage_add_branches(struct coverage *coverage, uint32_t line, uint32_t taken,
                           uint32_t total);
/* A function known by `id` within the file. */
void coverage_add_function(struct coverage *coverage, struct span id, bool hit);

/* Adds all of `from` to `to`; `from` stays as it is. Fast when both are settled. */
void coverage_merge(struct coverage *to, const struct coverage *from);
/* Sorts, folds duplicates and counts, if anything was added since it did so last. */
void coverage_settle(struct coverage *coverage);
/* Forgets everything that was added and keeps the memory. */
void coverage_clear(struct coverage *coverage);

/* Counts; the coverage must be settled. On a line that has both identities and counts, the larger
 * total wins, then the larger covered. They are taken once, because the rows of all files are more
 * than any cache holds. */
static inline struct ratio coverage_lines(const struct coverage *coverage)
{
    return coverage->line_ratio;
}

static inline struct ratio coverage_branches(const struct coverage *coverage)
{
    return coverage->branch_ratio;
}

static inline struct ratio coverage_functions(const struct coverage *coverage)
{
    return coverage->function_ratio;
}

/* Takes the counts of settled rows: a step of coverage_settle. */
void coverage_count(struct coverage *coverage);

/* Single lines; the coverage must be settled. */
enum line_state { LINE_NOT_CODE, LINE_MISSED, LINE_HIT };
enum line_state coverage_line(const struct coverage *coverage, uint32_t line);

#endif
