/* Counts of a settled coverage, and its lines one by one. */
#include "model/coverage.h"

/* ---- counting ---- */

/* How many of a page's bits are set. Without the processor's instruction, which the oldest x86-64
 * lacks, the built-in is a call for each word; here pairs, fours and bytes are added side by side,
 * and the bytes of all words together. */
static unsigned count_page(const uint64_t words[PAGE_WORDS])
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < PAGE_WORDS; i++) {
        uint64_t word = words[i];
        word -= word >> 1 & UINT64_C(0x5555555555555555);
        word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
        bytes += (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    }
    bytes = (bytes & UINT64_C(0x00ff00ff00ff00ff)) + (bytes >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    return (unsigned)(bytes * UINT64_C(0x0001000100010001) >> 48);
}

static struct ratio count_lines(const struct coverage *coverage)
{
    struct ratio lines = {0, 0};
    const struct line_page *pages = coverage->pages.rows;
    for (size_t i = 0; i < coverage->pages.count; i++) {
        lines.covered += count_page(pages[i].hit);
        lines.total += count_page(pages[i].coverable);
    }
    return lines;
}

/* The present and the taken branches of a packed word, counted together. */
static struct ratio packed_branches(uint64_t word)
{
    uint32_t bits = (uint32_t)word;
    bits -= bits >> 1 & 0x55555555;
    bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f;
    bits = (bits + (bits >> 8)) & 0x00ff00ff;
    return (struct ratio){.covered = bits & 0xffff, .total = bits >> 16};
}

/* Where counting stands in the three kinds of branches, all sorted by line. */
struct branch_walk {
    const struct coverage *coverage;
    size_t packed, hashed, counted;
};

enum {
    PACKED_LINE_SHIFT = 40,
    WORDS_AT_ONCE = 62 /* two share a byte, which holds 31 times 8 bits at most */
};
static const uint32_t NO_LINE = UINT32_MAX;

static uint32_t packed_line(const struct branch_walk *walk)
{
    const uint64_t *words = walk->coverage->packed.rows;
    return walk->packed < walk->coverage->packed.count
               ? (uint32_t)(words[walk->packed] >> PACKED_LINE_SHIFT)
               : NO_LINE;
}

static uint32_t hashed_line(const struct branch_walk *walk)
{
    const struct hashed_branch *rows = walk->coverage->hashed.rows;
    return walk->hashed < walk->coverage->hashed.count ? rows[walk->hashed].line : NO_LINE;
}

static uint32_t counted_line(const struct branch_walk *walk)
{
    const struct branch_count *rows = walk->coverage->counted.rows;
    return walk->counted < walk->coverage->counted.count ? rows[walk->counted].line : NO_LINE;
}

static uint32_t smaller(uint32_t left, uint32_t right)
{
    return left < right ? left : right;
}

static struct ratio branches_of_line(struct branch_walk *walk, uint32_t line)
{
    const uint64_t *packed = walk->coverage->packed.rows;
    const struct hashed_branch *hashed = walk->coverage->hashed.rows;
    const struct branch_count *counted = walk->coverage->counted.rows;
    struct ratio branches = {0, 0};
    for (; packed_line(walk) == line; walk->packed++) {
        struct ratio of_word = packed_branches(packed[walk->packed]);
        branches.covered += of_word.covered;
        branches.total += of_word.total;
    }
    for (; hashed_line(walk) == line; walk->hashed++) {
        branches.covered += hashed[walk->hashed].taken;
        branches.total++;
    }
    if (counted_line(walk) == line) {
        struct branch_count count = counted[walk->counted++];
        if (count.total > branches.total ||
            (count.total == branches.total && count.taken > branches.covered)) {
            branches = (struct ratio){count.taken, count.total};
        }
    }
    return branches;
}

/* The branches of at most WORDS_AT_ONCE words: two at a time, and the bits of a byte are added up
 * over all of them before bytes are. */
static struct ratio branches_of_words(const uint64_t *words, size_t count)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i += 2) {
        uint64_t bits = (words[i] & UINT32_MAX) | (i + 1 < count ? words[i + 1] << 32 : 0);
        bits -= bits >> 1 & UINT64_C(0x5555555555555555);
        bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
        bytes += (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    }
    bytes = (bytes & UINT64_C(0x00ff00ff00ff00ff)) + (bytes >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    return (struct ratio){.covered = (bytes & 0xffff) + (bytes >> 32 & 0xffff),
                          .total = (bytes >> 16 & 0xffff) + (bytes >> 48)};
}

/* Without counts every row stands for itself. */
static struct ratio all_branches(const struct coverage *coverage)
{
    struct ratio branches = {0, coverage->hashed.count};
    const uint64_t *packed = coverage->packed.rows;
    const struct hashed_branch *hashed = coverage->hashed.rows;
    for (size_t i = 0; i < coverage->packed.count; i += WORDS_AT_ONCE) {
        size_t rest = coverage->packed.count - i;
        struct ratio of_words =
            branches_of_words(packed + i, rest < WORDS_AT_ONCE ? rest : WORDS_AT_ONCE);
        branches.covered += of_words.covered;
        branches.total += of_words.total;
    }
    for (size_t i = 0; i < coverage->hashed.count; i++) {
        branches.covered += hashed[i].taken;
    }
    return branches;
}

static struct ratio count_branches(const struct coverage *coverage)
{
    if (coverage->counted.count == 0) {
        return all_branches(coverage);
    }
    struct branch_walk walk = {.coverage = coverage};
    struct ratio branches = {0, 0};
    for (;;) {
        uint32_t line =
            smaller(packed_line(&walk), smaller(hashed_line(&walk), counted_line(&walk)));
        if (line == NO_LINE) {
            return branches;
        }
        struct ratio of_line = branches_of_line(&walk, line);
        branches.covered += of_line.covered;
        branches.total += of_line.total;
    }
}

static struct ratio count_functions(const struct coverage *coverage)
{
    struct ratio functions = {0, coverage->functions.count};
    const uint64_t *words = coverage->functions.rows;
    for (size_t i = 0; i < coverage->functions.count; i++) {
        functions.covered += words[i] & 1;
    }
    return functions;
}

void coverage_count(struct coverage *coverage)
{
    coverage->line_ratio = count_lines(coverage);
    coverage->branch_ratio = count_branches(coverage);
    coverage->function_ratio = count_functions(coverage);
}

/* ---- single lines ---- */

/* The first page with this number or a larger one, or NULL. */
static const struct line_page *page_from(const struct coverage *coverage, uint64_t number)
{
    const struct line_page *pages = coverage->pages.rows;
    size_t low = 0;
    size_t high = coverage->pages.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pages[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < coverage->pages.count ? pages + low : NULL;
}

enum line_state coverage_line(const struct coverage *coverage, uint32_t line)
{
    const struct line_page *page = page_from(coverage, line / PAGE_LINES);
    size_t word = line % PAGE_LINES / 64;
    if (page == NULL || page->number != line / PAGE_LINES ||
        !(page->coverable[word] >> (line % 64) & 1)) {
        return LINE_NOT_CODE;
    }
    return page->hit[word] >> (line % 64) & 1 ? LINE_HIT : LINE_MISSED;
}
