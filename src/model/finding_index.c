/* Rows -> a table with open addressing that is at most three quarters full.
 *
 * Slots come in groups of sixteen, whose tags are looked at together. A row is looked for in the group that belongs to
 * its path; when that is full, from the group on that belongs to the whole combination. Nothing is ever taken out, so
 * a group with a free slot ends the search. */
#include "model/finding_index.h"

#include "base/bytes16.h"
#include "base/mem.h"

#include <stdlib.h>

enum { GROUP = 16, FIRST_CAPACITY = 64 };

static uint64_t mix(uint64_t hash)
{
    hash *= 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 32);
}

/* Names are interned, so addresses identify them. */
static uint64_t path_hash(const struct finding_row *row)
{
    return mix(map_key(row->path));
}

static uint64_t row_hash(const struct finding_row *row)
{
    uint64_t rest = (uint64_t)row->level << 8 | (uint64_t)row->band << 4 | row->suppressed;
    return mix(mix(path_hash(row) ^ map_key(row->rule)) ^ rest);
}

static bool same_row(const struct finding_row *left, const struct finding_row *right)
{
    return left->path == right->path && left->rule == right->rule && left->level == right->level &&
           left->band == right->band && left->suppressed == right->suppressed;
}

/* From bits that choose no slot. */
static uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(hash >> 56) != 0 ? (uint8_t)(hash >> 56) : 1;
}

/* The slot of a row that is equal to `wanted`, or the free one where it belongs. */
static size_t slot_of(const struct finding_index *index, const struct vec *rows,
                      const struct finding_row *wanted, uint64_t hash)
{
    size_t groups = (index->capacity - 1) & ~(size_t)(GROUP - 1);
    size_t group = (size_t)path_hash(wanted) & groups;
    for (size_t next = (size_t)(hash >> 8);; next += GROUP) {
        uint32_t alike = bytes16_equal((const char *)index->tags + group, (char)tag_of(hash));
        for (; alike != 0; alike &= alike - 1) {
            size_t at = group + (size_t)__builtin_ctz(alike);
            if (same_row(vec_at(rows, index->numbers[at]), wanted)) {
                return at;
            }
        }
        uint32_t vacant = bytes16_equal((const char *)index->tags + group, 0);
        if (vacant != 0) {
            return group + (size_t)__builtin_ctz(vacant);
        }
        group = next & groups;
    }
}

static void take_slot(struct finding_index *index, size_t at, uint64_t hash, size_t number)
{
    index->tags[at] = tag_of(hash);
    index->numbers[at] = (uint32_t)number;
    index->count++;
}

/* Makes room for one row more. */
static void make_room(struct finding_index *index, const struct vec *rows)
{
    if ((index->count + 1) * 4 <= index->capacity * 3) {
        return;
    }
    size_t capacity = index->capacity > 0 ? index->capacity * 2 : FIRST_CAPACITY;
    finding_index_release(index);
    *index = (struct finding_index){.capacity = capacity};
    index->tags = mem_alloc(capacity);
    index->numbers = mem_alloc(mem_product(capacity, sizeof(*index->numbers)));
    for (size_t number = 0; number < rows->count; number++) {
        const struct finding_row *row = vec_at(rows, number);
        uint64_t hash = row_hash(row);
        take_slot(index, slot_of(index, rows, row, hash), hash, number);
    }
}

size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted)
{
    make_room(index, rows);
    uint64_t hash = row_hash(wanted);
    size_t at = slot_of(index, rows, wanted, hash);
    if (index->tags[at] == 0) {
        take_slot(index, at, hash, rows->count);
        struct finding_row *row = vec_add(rows);
        *row = *wanted;
        row->count = 0;
    }
    return index->numbers[at];
}

void finding_index_release(struct finding_index *index)
{
    free(index->tags);
    free(index->numbers);
    *index = (struct finding_index){0};
}
