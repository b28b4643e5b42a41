/* Settled rows -> texts, and texts -> rows. */
#include "model/coverage_text.h"

#include "base/hash.h"
#include "base/limits.h"

enum { HASH_DIGITS = 16 };

const char *coverage_text_word(enum coverage_text kind)
{
    static const char *const words[COVERAGE_TEXTS] = {"lines", "branches", "hashed", "counts",
                                                      "functions"};
    return words[kind];
}

/* ---- writing ---- */

/* A run of lines of one kind that may still grow. */
struct run {
    struct buf *out;
    char kind;
    uint64_t size;
};

static void run_end(struct run *run)
{
    if (run->size > 1) {
        buf_add_u64(run->out, run->size);
    }
    if (run->size > 0) {
        buf_add_byte(run->out, run->kind);
    }
    run->size = 0;
}

static void run_add(struct run *run, char kind, uint64_t size)
{
    if (kind != run->kind) {
        run_end(run);
        run->kind = kind;
    }
    run->size += size;
}

/* 64 lines; most words are without code or of one kind. */
static void add_word(struct run *run, uint64_t coverable, uint64_t hit)
{
    if (coverable == 0 || coverable == UINT64_MAX) {
        if (coverable == 0 || hit == 0 || hit == UINT64_MAX) {
            run_add(run, coverable == 0 ? '.' : hit == 0 ? '-' : '+', 64);
            return;
        }
    }
    for (unsigned bit = 0; bit < 64; bit++) {
        bool code = coverable >> bit & 1;
        run_add(run, !code ? '.' : (hit >> bit & 1) != 0 ? '+' : '-', 1);
    }
}

/* *from is the number of a page. */
static void write_lines(const struct coverage *coverage, uint64_t *from, struct buf *out)
{
    struct run run = {out, '.', 0};
    const struct line_page *pages = coverage->pages.rows;
    uint64_t line = 0;
    for (size_t at = 0; at < coverage->pages.count && out->size < COVERAGE_TEXT_PIECE; at++) {
        const struct line_page *page = &pages[at];
        if (page->number < *from) {
            continue;
        }
        run_add(&run, '.', page->number * PAGE_LINES - line);
        for (unsigned word = 0; word < PAGE_WORDS; word++) {
            add_word(&run, page->coverable[word], page->hit[word]);
        }
        line = (page->number + 1) * PAGE_LINES;
        *from = page->number + 1;
    }
    if (run.kind != '.') {
        run_end(&run);
    }
}

/* How much further a row's line is than the last one; *line moves on. */
static void add_distance(struct buf *out, uint64_t *line, uint64_t next)
{
    buf_add_u64(out, next - *line);
    *line = next;
}

static void write_branch(struct buf *out, uint64_t *line, uint64_t word)
{
    uint64_t key = word >> PACKED_KEY_SHIFT;
    add_distance(out, line, key / PACKED_BLOCKS);
    if (key % PACKED_BLOCKS != 0) {
        buf_add_format(out, ":%u", (unsigned)(key % PACKED_BLOCKS));
    }
    unsigned present = (unsigned)(word >> PACKED_BRANCHES) & 0xFFFF;
    for (unsigned branch = 0; present >> branch != 0; branch++) {
        bool taken = (word >> branch & 1) != 0;
        buf_add_byte(out, (present >> branch & 1) == 0 ? '.' : taken ? 't' : 'n');
    }
}

static void write_hashed(struct buf *out, uint64_t *line, const struct hashed_branch *row)
{
    char digits[HASH_DIGITS + 1];
    hash64_text(row->hash, digits);
    add_distance(out, line, row->line);
    buf_add_byte(out, row->taken != 0 ? 't' : 'n');
    buf_add_text(out, digits);
}

static void write_count(struct buf *out, uint64_t *line, const struct branch_count *row)
{
    if (out->size > 0) {
        buf_add_byte(out, ',');
    }
    add_distance(out, line, row->line);
    buf_add_format(out, ":%u/%u", row->taken, row->total);
}

static void write_function(struct buf *out, uint64_t word)
{
    char digits[HASH_DIGITS + 1];
    hash64_text(word, digits);
    buf_add_text(out, digits);
}

static const struct row_set *rows_of(const struct coverage *coverage, enum coverage_text kind)
{
    switch (kind) {
    case COVERAGE_TEXT_BRANCHES: return &coverage->packed;
    case COVERAGE_TEXT_HASHED: return &coverage->hashed;
    case COVERAGE_TEXT_COUNTS: return &coverage->counted;
    default: return &coverage->functions;
    }
}

static void write_rows(const struct row_set *set, enum coverage_text kind, uint64_t *from,
                       struct buf *out)
{
    uint64_t line = 0;
    for (; *from < set->count && out->size < COVERAGE_TEXT_PIECE; ++*from) {
        switch (kind) {
        case COVERAGE_TEXT_BRANCHES:
            write_branch(out, &line, ((const uint64_t *)set->rows)[*from]);
            break;
        case COVERAGE_TEXT_HASHED:
            write_hashed(out, &line, (const struct hashed_branch *)set->rows + *from);
            break;
        case COVERAGE_TEXT_COUNTS:
            write_count(out, &line, (const struct branch_count *)set->rows + *from);
            break;
        default: write_function(out, ((const uint64_t *)set->rows)[*from]); break;
        }
    }
}

bool coverage_text_write(const struct coverage *coverage, enum coverage_text kind, uint64_t *from,
                         struct buf *out)
{
    if (kind == COVERAGE_TEXT_LINES) {
        write_lines(coverage, from, out);
    } else {
        write_rows(rows_of(coverage, kind), kind, from, out);
    }
    return out->size > 0;
}

/* ---- reading ---- */

/* Leading digits; false if there is none or the number is above `most`. */
static bool take_number(struct span *rest, uint64_t most, uint64_t *number)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] >= '0' && rest->data[size] <= '9') {
        size++;
    }
    bool fine = span_to_u64(span_until(*rest, size), number) && *number <= most;
    *rest = span_from(*rest, size);
    return fine;
}

static bool take_byte(struct span *rest, char byte)
{
    bool there = rest->size > 0 && rest->data[0] == byte;
    *rest = there ? span_from(*rest, 1) : *rest;
    return there;
}

/* The line that is this much further. */
static bool take_line(struct span *rest, uint64_t *line)
{
    uint64_t distance = 0;
    bool fine = take_number(rest, LIMIT_LINE_NUMBER, &distance);
    *line += distance;
    return fine && *line <= LIMIT_LINE_NUMBER;
}

static bool take_hash(struct span *rest, uint64_t *hash)
{
    bool fine = hash64_of(span_until(*rest, HASH_DIGITS), hash);
    *rest = span_from(*rest, HASH_DIGITS);
    return fine;
}

/* Where reading stands. */
struct place {
    struct coverage *coverage;
    struct span rest;
    uint64_t line;
    uint64_t *lines_left;
};

static void add_run(struct coverage *coverage, uint64_t line, uint64_t size, bool hit)
{
    for (uint64_t end = line + size; line < end;) {
        coverage_add_line(coverage, (uint32_t)line, hit);
        if (line % 64 == 0 && end - line >= 64) {
            coverage->page->coverable[line / 64 % PAGE_WORDS] = UINT64_MAX;
            coverage->page->hit[line / 64 % PAGE_WORDS] |= hit ? UINT64_MAX : 0;
            line += 64;
        } else {
            line++;
        }
    }
}

static bool read_run(struct place *place)
{
    struct span *rest = &place->rest;
    uint64_t size = 1;
    bool counted = rest->data[0] >= '0' && rest->data[0] <= '9';
    if (counted && (!take_number(rest, LIMIT_LINE_NUMBER, &size) || size == 0)) {
        return false;
    }
    bool hit = take_byte(rest, '+');
    bool code = hit || take_byte(rest, '-');
    if ((!code && !take_byte(rest, '.')) || place->line + size > LIMIT_LINE_NUMBER + 1 ||
        (code && size > *place->lines_left)) {
        return false;
    }
    if (code) {
        *place->lines_left -= size;
        add_run(place->coverage, place->line, size, hit);
    }
    place->line += size;
    return true;
}

static bool read_branch(struct place *place)
{
    struct span *rest = &place->rest;
    uint64_t block = 0;
    if (!take_line(rest, &place->line) ||
        (take_byte(rest, ':') && !take_number(rest, PACKED_BLOCKS - 1, &block))) {
        return false;
    }
    uint64_t word = (place->line * PACKED_BLOCKS + block) << PACKED_KEY_SHIFT;
    bool any = false;
    for (unsigned branch = 0; branch < PACKED_BRANCHES; branch++) {
        bool taken = take_byte(rest, 't');
        bool present = taken || take_byte(rest, 'n');
        if (!present && !take_byte(rest, '.')) {
            break;
        }
        word |= (uint64_t)present << (PACKED_BRANCHES + branch) | (uint64_t)taken << branch;
        any = any || present;
    }
    if (any) {
        coverage_add_packed(place->coverage, word);
    }
    return any;
}

static bool read_hashed(struct place *place)
{
    struct span *rest = &place->rest;
    uint64_t hash = 0;
    bool fine = take_line(rest, &place->line);
    bool taken = take_byte(rest, 't');
    fine = fine && (taken || take_byte(rest, 'n')) && take_hash(rest, &hash);
    if (fine) {
        coverage_add_hashed(place->coverage, (uint32_t)place->line, hash, taken);
    }
    return fine;
}

static bool read_count(struct place *place)
{
    struct span *rest = &place->rest;
    uint64_t taken = 0;
    uint64_t total = 0;
    bool fine = take_line(rest, &place->line) && take_byte(rest, ':') &&
                take_number(rest, UINT32_MAX, &taken) && take_byte(rest, '/') &&
                take_number(rest, UINT32_MAX, &total) && taken <= total;
    if (fine) {
        coverage_add_branches(place->coverage, (uint32_t)place->line, (uint32_t)taken,
                              (uint32_t)total);
    }
    return fine && (rest->size == 0 || (take_byte(rest, ',') && rest->size > 0));
}

static bool read_function(struct place *place)
{
    uint64_t word = 0;
    bool fine = take_hash(&place->rest, &word);
    if (fine) {
        coverage_add_function_word(place->coverage, word);
    }
    return fine;
}

bool coverage_text_read(struct coverage *coverage, enum coverage_text kind, struct span text,
                        uint64_t *lines_left)
{
    static bool (*const readers[COVERAGE_TEXTS])(struct place *) = {
        read_run, read_branch, read_hashed, read_count, read_function};
    struct place place = {coverage, text, 0, lines_left};
    while (place.rest.size > 0) {
        if (!readers[kind](&place)) {
            return false;
        }
    }
    return true;
}
