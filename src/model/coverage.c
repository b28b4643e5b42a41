/* Lines, branches and functions of one file as five unions of small rows (row_set.h).
 *
 * A branch with block < 256 and branch < 16 is two bits of one word of its line and block; that
 * is nearly all there are. Every other identity is a 64-bit hash, so two branches of one line
 * fall together with a chance of one in 2^64 for each pair. */
#include "model/coverage.h"

#include "base/hash.h"
#include "base/mem.h"
#include "model/row_set.h"

#include <stdlib.h>
#include <string.h>

/* Different kinds of identity must not meet by having the same bytes. */
enum hash_seed { SEED_BRANCH_NUMBERS = 1, SEED_BRANCH_TEXT, SEED_FUNCTION };

/* Beyond every line by more than a page. */
static const uint32_t NO_PAGE = UINT32_MAX / 2;

/* ---- the five kinds of rows ---- */

static int order_of(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

static int page_compare(const void *left, const void *right)
{
    return order_of(((const struct line_page *)left)->number,
                    ((const struct line_page *)right)->number);
}

static void page_fold(void *into, const void *from)
{
    struct line_page *to = into;
    const struct line_page *other = from;
    for (size_t i = 0; i < PAGE_WORDS; i++) {
        to->coverable[i] |= other->coverable[i];
        to->hit[i] |= other->hit[i];
    }
}

static int packed_compare(const void *left, const void *right)
{
    return order_of(*(const uint64_t *)left >> PACKED_KEY_SHIFT,
                    *(const uint64_t *)right >> PACKED_KEY_SHIFT);
}

static size_t words_ascend(const uint64_t *words, size_t sorted, size_t count, unsigned key_shift)
{
    while (sorted < count && words[sorted - 1] >> key_shift < words[sorted] >> key_shift) {
        sorted++;
    }
    return sorted;
}

/* Most rows are branches and functions, and no key is there twice. */
static size_t packed_ascend(const void *rows, size_t sorted, size_t count)
{
    return words_ascend(rows, sorted, count, PACKED_KEY_SHIFT);
}

static size_t functions_ascend(const void *rows, size_t sorted, size_t count)
{
    return words_ascend(rows, sorted, count, 1);
}

static void word_fold(void *into, const void *from)
{
    *(uint64_t *)into |= *(const uint64_t *)from;
}

static int hashed_compare(const void *left, const void *right)
{
    const struct hashed_branch *one = left;
    const struct hashed_branch *other = right;
    return one->line != other->line ? order_of(one->line, other->line)
                                    : order_of(one->hash, other->hash);
}

static void hashed_fold(void *into, const void *from)
{
    ((struct hashed_branch *)into)->taken |= ((const struct hashed_branch *)from)->taken;
}

static int counted_compare(const void *left, const void *right)
{
    return order_of(((const struct branch_count *)left)->line,
                    ((const struct branch_count *)right)->line);
}

static void counted_fold(void *into, const void *from)
{
    struct branch_count *to = into;
    const struct branch_count *other = from;
    if (other->total > to->total || (other->total == to->total && other->taken > to->taken)) {
        *to = *other;
    }
}

static int function_compare(const void *left, const void *right)
{
    return order_of(*(const uint64_t *)left >> 1, *(const uint64_t *)right >> 1);
}

static void insertion_sort(uint64_t *words, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t word = words[i];
        size_t at = i;
        for (; at > 0 && words[at - 1] > word; at--) {
            words[at] = words[at - 1];
        }
        words[at] = word;
    }
}

enum { CROWD = 24, BUCKET_BITS_MOST = 16 };

/* Hashes spread evenly: one pass by their top bits puts each next to its place. Names that were
 * chosen to crowd together are sorted the slow way. */
static void sort_functions(void *rows, size_t count)
{
    unsigned bits = 1;
    while (bits < BUCKET_BITS_MOST && ((size_t)1 << bits) < 2 * count) {
        bits++;
    }
    size_t buckets = (size_t)1 << bits;
    uint64_t *words = rows;
    size_t *starts = mem_alloc(mem_product(buckets, sizeof *starts));
    size_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t crowd = ++starts[words[i] >> (64 - bits)];
        largest = crowd > largest ? crowd : largest;
    }
    if (largest > CROWD) {
        qsort(rows, count, sizeof *words, function_compare);
    } else {
        size_t start = 0;
        for (size_t i = 0; i < buckets; i++) {
            size_t crowd = starts[i];
            starts[i] = start;
            start += crowd;
        }
        uint64_t *copy = mem_alloc(mem_product(count, sizeof *copy));
        memcpy(copy, words, count * sizeof *copy);
        for (size_t i = 0; i < count; i++) {
            words[starts[copy[i] >> (64 - bits)]++] = copy[i];
        }
        free(copy);
        insertion_sort(words, count);
    }
    free(starts);
}

static const struct row_kind PAGE = {
    .size = sizeof(struct line_page), .compare = page_compare, .fold = page_fold};
static const struct row_kind PACKED = {.size = sizeof(uint64_t),
                                       .compare = packed_compare,
                                       .fold = word_fold,
                                       .ascend = packed_ascend};
static const struct row_kind HASHED = {
    .size = sizeof(struct hashed_branch), .compare = hashed_compare, .fold = hashed_fold};
static const struct row_kind COUNTED = {
    .size = sizeof(struct branch_count), .compare = counted_compare, .fold = counted_fold};
static const struct row_kind FUNCTION = {.size = sizeof(uint64_t),
                                         .compare = function_compare,
                                         .fold = word_fold,
                                         .sort = sort_functions,
                                         .ascend = functions_ascend};

/* ---- adding ---- */

static struct line_page *find_page(const struct coverage *coverage, uint64_t number)
{
    return row_set_find(&coverage->pages, &PAGE, &(struct line_page){.number = number});
}

static void forget_page(struct coverage *coverage)
{
    coverage->page = NULL;
    coverage->page_start = NO_PAGE;
}

struct coverage *coverage_new(struct arena *arena)
{
    struct coverage *coverage = arena_alloc(arena, sizeof *coverage);
    coverage->arena = arena;
    forget_page(coverage);
    return coverage;
}

/* Lines mostly come in order, so the page is the last one or a new one behind it. Out of order it
 * may be added twice; settling folds that. */
void coverage_open_page(struct coverage *coverage, uint32_t line)
{
    struct row_set *pages = &coverage->pages;
    uint64_t number = line / PAGE_LINES;
    struct line_page *page = pages->sorted == pages->count ? find_page(coverage, number) : NULL;
    if (page == NULL) {
        page = row_set_add(pages, &PAGE, coverage->arena);
        *page = (struct line_page){.number = number};
        if (pages->sorted + 1 == pages->count && (pages->sorted == 0 || page[-1].number < number)) {
            pages->sorted++;
        }
    }
    coverage->page = page;
    coverage->page_start = line - line % PAGE_LINES;
    coverage->settled = false;
}

static uint64_t identity_of(struct span id, enum hash_seed seed)
{
    return hash64(id, seed) >> (64 - IDENTITY_BITS);
}

void coverage_add_hashed(struct coverage *coverage, uint32_t line, uint64_t hash, bool taken)
{
    struct hashed_branch *row = row_set_add(&coverage->hashed, &HASHED, coverage->arena);
    *row = (struct hashed_branch){hash, line, taken};
    coverage->settled = false;
}

void coverage_add_packed(struct coverage *coverage, uint64_t word)
{
    *(uint64_t *)row_set_add(&coverage->packed, &PACKED, coverage->arena) = word;
    coverage->settled = false;
}

void coverage_add_unpacked(struct coverage *coverage, uint32_t line, uint64_t block,
                           uint64_t branch, bool taken)
{
    const uint64_t numbers[] = {block, branch};
    struct span bytes = {(const char *)numbers, sizeof(numbers)};
    coverage_add_hashed(coverage, line, identity_of(bytes, SEED_BRANCH_NUMBERS), taken);
}

void coverage_add_branch_named(struct coverage *coverage, uint32_t line, struct span id, bool taken)
{
    coverage_add_hashed(coverage, line, identity_of(id, SEED_BRANCH_TEXT), taken);
}

void coverage_add_branches(struct coverage *coverage, uint32_t line, uint32_t taken, uint32_t total)
{
    struct branch_count *row = row_set_add(&coverage->counted, &COUNTED, coverage->arena);
    *row = (struct branch_count){line, taken, total};
    coverage->settled = false;
}

/* Reports often list the functions and then, in the same order, how often each was called: the
 * guess saves the second row. */
void coverage_add_function_word(struct coverage *coverage, uint64_t word)
{
    struct row_set *functions = &coverage->functions;
    uint64_t *words = functions->rows;
    coverage->settled = false;
    if (coverage->next_function < functions->count &&
        words[coverage->next_function] >> 1 == word >> 1) {
        words[coverage->next_function++] |= word;
    } else {
        *(uint64_t *)row_set_add(functions, &FUNCTION, coverage->arena) = word;
    }
}

void coverage_add_function(struct coverage *coverage, struct span id, bool hit)
{
    coverage_add_function_word(coverage, identity_of(id, SEED_FUNCTION) << FUNCTION_SHIFT | hit);
}

/* ---- whole sets ---- */

static bool is_empty(const struct coverage *coverage)
{
    return coverage->pages.count == 0 && coverage->packed.count == 0 &&
           coverage->hashed.count == 0 && coverage->counted.count == 0 &&
           coverage->functions.count == 0;
}

void coverage_merge(struct coverage *to, const struct coverage *from)
{
    bool copied = is_empty(to) && from->settled;
    forget_page(to);
    row_set_merge(&to->pages, &from->pages, &PAGE, to->arena);
    row_set_merge(&to->packed, &from->packed, &PACKED, to->arena);
    row_set_merge(&to->hashed, &from->hashed, &HASHED, to->arena);
    row_set_merge(&to->counted, &from->counted, &COUNTED, to->arena);
    row_set_merge(&to->functions, &from->functions, &FUNCTION, to->arena);
    if (copied) {
        to->line_ratio = from->line_ratio;
        to->branch_ratio = from->branch_ratio;
        to->function_ratio = from->function_ratio;
    }
    to->settled = copied;
}

void coverage_settle(struct coverage *coverage)
{
    forget_page(coverage);
    if (coverage->settled) {
        return;
    }
    row_set_settle(&coverage->pages, &PAGE);
    row_set_settle(&coverage->packed, &PACKED);
    row_set_settle(&coverage->hashed, &HASHED);
    row_set_settle(&coverage->counted, &COUNTED);
    row_set_settle(&coverage->functions, &FUNCTION);
    coverage_count(coverage);
    coverage->settled = true;
}

void coverage_clear(struct coverage *coverage)
{
    forget_page(coverage);
    coverage->settled = false;
    coverage->next_function = 0;
    row_set_clear(&coverage->pages);
    row_set_clear(&coverage->packed);
    row_set_clear(&coverage->hashed);
    row_set_clear(&coverage->counted);
    row_set_clear(&coverage->functions);
}
