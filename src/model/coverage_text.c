/* Settled rows -> texts. The way back is coverage_text_read.c.
 *
 * Neighbours in a file are alike, so distances are small numbers; and what is left is as good as
 * random, so that packing the text with gzip makes six bits of each character and no less. */
#include "model/coverage_text.h"

#include "base/bit_text.h"
#include "model/coverage_text_layout.h"

const char *coverage_text_word(enum coverage_text kind)
{
    static const char *const words[COVERAGE_TEXTS] = {"lines", "branches", "hashed", "counts",
                                                      "functions"};
    return words[kind];
}

/* ---- rows of any kind, by number ---- */

static const struct row_set *set_of(const struct coverage *coverage, enum coverage_text kind)
{
    switch (kind) {
    case COVERAGE_TEXT_LINES: return &coverage->pages;
    case COVERAGE_TEXT_BRANCHES: return &coverage->packed;
    case COVERAGE_TEXT_HASHED: return &coverage->hashed;
    case COVERAGE_TEXT_COUNTS: return &coverage->counted;
    default: return &coverage->functions;
    }
}

static uint64_t row_count(const struct coverage *coverage, enum coverage_text kind)
{
    uint64_t count = set_of(coverage, kind)->count;
    return kind == COVERAGE_TEXT_LINES ? count * PAGE_WORDS : count;
}

static const struct line_page *page_of(const struct coverage *coverage, uint64_t word)
{
    return (const struct line_page *)coverage->pages.rows + word / PAGE_WORDS;
}

/* The row with this number, or the next one that says something. */
static uint64_t row_from(const struct coverage *coverage, enum coverage_text kind, uint64_t at)
{
    uint64_t count = row_count(coverage, kind);
    while (kind == COVERAGE_TEXT_LINES && at < count &&
           page_of(coverage, at)->coverable[at % PAGE_WORDS] == 0) {
        at++;
    }
    return at;
}

/* What the distance is counted in. */
static uint64_t key_of(const struct coverage *coverage, enum coverage_text kind, uint64_t at)
{
    const void *rows = set_of(coverage, kind)->rows;
    switch (kind) {
    case COVERAGE_TEXT_LINES: return page_of(coverage, at)->number * PAGE_WORDS + at % PAGE_WORDS;
    case COVERAGE_TEXT_BRANCHES:
        return ((const uint64_t *)rows)[at] >> PACKED_KEY_SHIFT >> BLOCK_BITS;
    case COVERAGE_TEXT_HASHED: return ((const struct hashed_branch *)rows)[at].line;
    case COVERAGE_TEXT_COUNTS: return ((const struct branch_count *)rows)[at].line;
    default: return ((const uint64_t *)rows)[at] >> FUNCTION_SHIFT;
    }
}

/* ---- one row each ---- */

static void write_long(struct bit_writer *bits, uint64_t word, unsigned count)
{
    if (count > 32) {
        bit_write(bits, word & UINT32_MAX, 32);
        word >>= 32;
        count -= 32;
    }
    bit_write(bits, word, count);
}

static void write_branch(struct bit_writer *bits, uint64_t word, bool blocks)
{
    unsigned present = (unsigned)(word >> PACKED_BRANCHES) & 0xFFFF;
    unsigned taken = (unsigned)word & 0xFFFF;
    if (blocks) {
        bit_write(bits, word >> PACKED_KEY_SHIFT & (PACKED_BLOCKS - 1), BLOCK_BITS);
    }
    if (present == 3) {
        bit_write(bits, 1 | taken << 1, 3);
        return;
    }
    unsigned last = 31 - (unsigned)__builtin_clz(present);
    unsigned lower = (1U << last) - 1;
    bool gaps = (present & lower) != lower;
    bit_write(bits, last << 1 | (unsigned)gaps << 5, 6);
    if (gaps) {
        bit_write(bits, present & lower, last);
    }
    for (unsigned branch = 0; branch <= last; branch++) {
        if ((present >> branch & 1) != 0) {
            bit_write(bits, taken >> branch & 1, 1);
        }
    }
}

static void write_row(const struct coverage *coverage, enum coverage_text kind, uint64_t at,
                      bool blocks, struct bit_writer *bits)
{
    const void *rows = set_of(coverage, kind)->rows;
    switch (kind) {
    case COVERAGE_TEXT_LINES:
        write_long(bits, page_of(coverage, at)->coverable[at % PAGE_WORDS], 64);
        break;
    case COVERAGE_TEXT_BRANCHES: write_branch(bits, ((const uint64_t *)rows)[at], blocks); break;
    case COVERAGE_TEXT_HASHED: {
        const struct hashed_branch *branch = (const struct hashed_branch *)rows + at;
        bit_write(bits, branch->hash | (uint64_t)branch->taken << IDENTITY_BITS, IDENTITY_BITS + 1);
        break;
    }
    case COVERAGE_TEXT_COUNTS: {
        const struct branch_count *count = (const struct branch_count *)rows + at;
        bit_write_number(bits, count->total, COUNT_ORDER);
        bit_write_number(bits, count->taken, COUNT_ORDER);
        break;
    }
    default: bit_write(bits, ((const uint64_t *)rows)[at] & 1, 1); break;
    }
}

/* ---- runs of lines that ran ---- */

/* The bits of `word` that the mask names, side by side. */
static uint64_t gather(uint64_t word, uint64_t mask)
{
    uint64_t gathered = 0;
    for (unsigned bit = 0; mask != 0; bit++) {
        gathered |= (uint64_t)((word & mask & (0 - mask)) != 0) << bit;
        mask &= mask - 1;
    }
    return gathered;
}

/* A run that may still grow. */
struct run {
    uint64_t size;
    bool ran;
};

static void write_runs(const struct coverage *coverage, uint64_t from, uint64_t end,
                       struct bit_writer *bits)
{
    struct run run = {.size = 0};
    for (; from < end; from = row_from(coverage, COVERAGE_TEXT_LINES, from + 1)) {
        const struct line_page *page = page_of(coverage, from);
        uint64_t mask = page->coverable[from % PAGE_WORDS];
        uint64_t ran = gather(page->hit[from % PAGE_WORDS], mask);
        unsigned left = (unsigned)__builtin_popcountll(mask);
        while (left > 0) {
            bool first = (ran & 1) != 0;
            uint64_t change = first ? ~ran : ran;
            unsigned size = change == 0 ? 64 : (unsigned)__builtin_ctzll(change);
            size = size < left ? size : left;
            if (run.size == 0) {
                bit_write(bits, first, 1);
            } else if (run.ran != first) {
                bit_write_number(bits, run.size - 1, RUN_ORDER);
                run.size = 0;
            }
            run = (struct run){run.size + size, first};
            left -= size;
            ran = size < 64 ? ran >> size : 0;
        }
    }
    bit_write_number(bits, run.size - 1, RUN_ORDER);
}

/* ---- the text ---- */

bool coverage_text_write(const struct coverage *coverage, enum coverage_text kind, uint64_t *from,
                         struct buf *out)
{
    const uint64_t step = coverage_text_step(kind);
    const uint64_t end = row_count(coverage, kind);
    const uint64_t first = row_from(coverage, kind, *from);
    struct bit_writer bits = {.out = out};
    uint64_t count = 0;
    uint64_t last = 0;
    bool blocks = false;
    for (*from = first; *from < end && count < COVERAGE_TEXT_ROWS; count++) {
        last = key_of(coverage, kind, *from);
        blocks = blocks || (kind == COVERAGE_TEXT_BRANCHES &&
                            (((const uint64_t *)coverage->packed.rows)[*from] >> PACKED_KEY_SHIFT &
                             (PACKED_BLOCKS - 1)) != 0);
        *from = row_from(coverage, kind, *from + 1);
    }
    if (count == 0) {
        return false;
    }
    uint64_t start = count > 1 ? key_of(coverage, kind, first) : 0;
    unsigned order = bit_order(last - start - step * (count - 1), count > 1 ? count - 1 : 1);
    bit_write(&bits, order, BIT_ORDER_BITS);
    bit_write_number(&bits, count, ROW_COUNT_ORDER);
    if (kind == COVERAGE_TEXT_BRANCHES) {
        bit_write(&bits, blocks, 1);
    }
    uint64_t next = 0;
    for (uint64_t at = first; at < *from; at = row_from(coverage, kind, at + 1)) {
        uint64_t key = key_of(coverage, kind, at);
        bit_write_number(&bits, key - next, order);
        write_row(coverage, kind, at, blocks, &bits);
        next = key + step;
    }
    if (kind == COVERAGE_TEXT_LINES) {
        write_runs(coverage, first, *from, &bits);
    }
    bit_write_end(&bits);
    return true;
}
