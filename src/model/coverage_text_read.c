/* Texts -> rows. Whatever the text says, no more is allocated than the room allows. */
#include "base/bit_text.h"
#include "base/limits.h"
#include "model/coverage_text_layout.h"

/* Where reading stands. */
struct place {
    struct coverage *coverage;
    struct coverage_room *room;
    struct bit_reader bits;
    unsigned order; /* of distances */
    uint64_t rows;  /* still to come */
    uint64_t key;   /* of the row read last */
    uint64_t next;  /* the least that the next key may be */
};

/* Moves on to the next row: false if its key is too large. */
static bool take_key(struct place *place, uint64_t step, uint64_t most)
{
    place->key = place->next + bit_read_number(&place->bits, place->order);
    place->next = place->key + step;
    return !place->bits.bad && place->key <= most;
}

static bool take_room(uint64_t *room, uint64_t amount)
{
    bool fits = amount <= *room;
    *room -= fits ? amount : 0;
    return fits;
}

static uint64_t read_long(struct bit_reader *bits)
{
    uint64_t low = bit_read(bits, 32);
    return low | bit_read(bits, 32) << 32;
}

/* ---- lines ---- */

/* Runs of lines that ran, did not run, ran ... */
struct runs {
    struct bit_reader bits;
    uint64_t left; /* of the run that is open */
    bool ran;
};

static void open_run(struct runs *runs, bool ran)
{
    runs->left = bit_read_number(&runs->bits, RUN_ORDER) + 1;
    runs->ran = ran;
}

/* Which of the lines that the mask names ran. */
static uint64_t take_ran(struct runs *runs, uint64_t mask)
{
    uint64_t ran = 0;
    for (; mask != 0 && !runs->bits.bad; runs->left--) {
        if (runs->left == 0) {
            open_run(runs, !runs->ran);
        }
        ran |= runs->ran ? mask & (0 - mask) : 0;
        mask &= mask - 1;
    }
    return ran;
}

/* The runs stand behind all words: two readers go through the text side by side. */
static bool find_runs(const struct place *words, struct runs *runs)
{
    const uint64_t most = LIMIT_LINE_NUMBER / 64;
    struct place ahead = *words;
    for (; ahead.rows > 0; ahead.rows--) {
        if (!take_key(&ahead, 1, most) || read_long(&ahead.bits) == 0) {
            return false;
        }
    }
    *runs = (struct runs){.bits = ahead.bits};
    open_run(runs, bit_read(&runs->bits, 1) != 0);
    return !runs->bits.bad;
}

static bool read_lines(struct place *place)
{
    struct coverage *coverage = place->coverage;
    struct runs runs;
    if (!find_runs(place, &runs)) {
        return false;
    }
    for (; place->rows > 0; place->rows--) {
        take_key(place, 1, UINT64_MAX);
        uint64_t mask = read_long(&place->bits);
        uint32_t line = (uint32_t)place->key * 64;
        if (line - coverage->page_start >= PAGE_LINES) {
            if (!take_room(&place->room->lines, PAGE_LINES)) {
                return false;
            }
            coverage_open_page(coverage, line);
        }
        coverage->page->coverable[place->key % PAGE_WORDS] |= mask;
        coverage->page->hit[place->key % PAGE_WORDS] |= take_ran(&runs, mask);
    }
    place->bits = runs.bits;
    return runs.left == 0;
}

/* ---- the other kinds ---- */

static bool read_branch(struct place *place, bool blocks)
{
    struct bit_reader *bits = &place->bits;
    bool fine = take_key(place, 0, LIMIT_LINE_NUMBER);
    uint64_t key = place->key * PACKED_BLOCKS + (blocks ? bit_read(bits, BLOCK_BITS) : 0);
    uint64_t present = 3;
    uint64_t taken = 0;
    if (bit_read(bits, 1) == 1) {
        taken = bit_read(bits, 2);
    } else {
        unsigned last = (unsigned)bit_read(bits, 4);
        uint64_t lower = (UINT64_C(1) << last) - 1;
        lower = bit_read(bits, 1) == 1 ? bit_read(bits, last) : lower;
        present = lower | UINT64_C(1) << last;
        for (unsigned branch = 0; branch <= last; branch++) {
            uint64_t there = present >> branch & 1;
            taken |= (there != 0 ? bit_read(bits, 1) : 0) << branch;
        }
    }
    if (fine && !bits->bad) {
        coverage_add_packed(place->coverage,
                            key << PACKED_KEY_SHIFT | present << PACKED_BRANCHES | taken);
    }
    return fine && !bits->bad;
}

static bool read_hashed(struct place *place)
{
    bool fine = take_key(place, 0, LIMIT_LINE_NUMBER);
    uint64_t hash = bit_read(&place->bits, IDENTITY_BITS);
    bool taken = bit_read(&place->bits, 1) != 0;
    fine = fine && !place->bits.bad;
    if (fine) {
        coverage_add_hashed(place->coverage, (uint32_t)place->key, hash, taken);
    }
    return fine;
}

static bool read_count(struct place *place)
{
    bool fine = take_key(place, 0, LIMIT_LINE_NUMBER);
    uint64_t total = bit_read_number(&place->bits, COUNT_ORDER);
    uint64_t taken = bit_read_number(&place->bits, COUNT_ORDER);
    fine = fine && !place->bits.bad && total <= UINT32_MAX && taken <= total;
    if (fine) {
        coverage_add_branches(place->coverage, (uint32_t)place->key, (uint32_t)taken,
                              (uint32_t)total);
    }
    return fine;
}

static bool read_function(struct place *place)
{
    bool fine = take_key(place, 1, (UINT64_C(1) << IDENTITY_BITS) - 1);
    uint64_t hit = bit_read(&place->bits, 1);
    fine = fine && !place->bits.bad;
    if (fine) {
        coverage_add_function_word(place->coverage, place->key << FUNCTION_SHIFT | hit);
    }
    return fine;
}

static bool read_rows(struct place *place, enum coverage_text kind)
{
    bool blocks = kind == COVERAGE_TEXT_BRANCHES && bit_read(&place->bits, 1) == 1;
    bool fine = true;
    for (; place->rows > 0 && fine; place->rows--) {
        fine = take_room(&place->room->rows, 1);
        switch (kind) {
        case COVERAGE_TEXT_BRANCHES: fine = fine && read_branch(place, blocks); break;
        case COVERAGE_TEXT_HASHED: fine = fine && read_hashed(place); break;
        case COVERAGE_TEXT_COUNTS: fine = fine && read_count(place); break;
        default: fine = fine && read_function(place); break;
        }
    }
    return fine;
}

bool coverage_text_read(struct coverage *coverage, enum coverage_text kind, struct span text,
                        struct coverage_room *room)
{
    struct place place = {.coverage = coverage, .room = room, .bits = {.rest = text}};
    place.order = (unsigned)bit_read(&place.bits, BIT_ORDER_BITS);
    place.rows = bit_read_number(&place.bits, ROW_COUNT_ORDER);
    if (place.order > BIT_ORDER_MOST || place.bits.bad || place.rows == 0) {
        return false;
    }
    bool fine = kind == COVERAGE_TEXT_LINES ? read_lines(&place) : read_rows(&place, kind);
    return fine && bit_read_end(&place.bits);
}
