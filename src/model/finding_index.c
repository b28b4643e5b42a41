/* Rows -> a table with open addressing that is at most three quarters full.
 *
 * Slots come in groups of sixteen, whose tags are looked at together. A row is looked for in the
 * group that belongs to its path; when that is full, from the group on that belongs to the whole
 * combination. Nothing is ever taken out, so a group with a free slot ends the search. */
#include "model/finding_index.h"

#include "base/bytes16.h"
#include "base/mem.h"

#include <stdlib.h>

enum { GROUP = 16, FIRST_CAPACITY = 64, FEW = 64 };

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

static void enter_row(struct finding_index *index, const struct vec *rows, size_t number)
{
    const struct finding_row *row = vec_at(rows, number);
    uint64_t hash = row_hash(row);
    size_t at = slot_of(index, rows, row, hash);
    index->tags[at] = tag_of(hash);
    index->numbers[at] = (uint32_t)number;
}

/* Makes room for `count` rows. */
static void make_room(struct finding_index *index, const struct vec *rows, size_t count)
{
    if (count * 4 <= index->capacity * 3) {
        return;
    }
    size_t capacity = index->capacity > 0 ? index->capacity : FIRST_CAPACITY;
    while (count * 4 > capacity * 3) {
        capacity *= 2;
    }
    free(index->tags);
    free(index->numbers);
    index->capacity = capacity;
    index->tags = mem_alloc(capacity);
    index->numbers = mem_alloc(mem_product(capacity, sizeof(*index->numbers)));
    for (size_t number = 0; number < index->count; number++) {
        enter_row(index, rows, number);
    }
}

size_t finding_index_add(struct vec *rows, const struct finding_row *wanted)
{
    struct finding_row *row = vec_add(rows);
    /* One by one: what was written in small pieces is read back slowly as a whole. */
    row->path = wanted->path;
    row->rule = wanted->rule;
    row->level = wanted->level;
    row->band = wanted->band;
    row->suppressed = wanted->suppressed;
    return rows->count - 1;
}

/* The row among those of the new path, added if it is not there. */
static size_t new_path_row(const struct finding_index *index, struct vec *rows,
                           const struct finding_row *wanted)
{
    for (size_t number = index->path_start; number < rows->count; number++) {
        if (same_row(vec_at(rows, number), wanted)) {
            return number;
        }
    }
    return finding_index_add(rows, wanted);
}

void finding_index_path(struct finding_index *index, const struct vec *rows, bool is_new)
{
    index->path_is_new = is_new;
    index->path_start = rows->count;
}

size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted)
{
    if (index->path_is_new && rows->count - index->path_start < FEW) {
        return new_path_row(index, rows, wanted);
    }
    index->path_is_new = false;
    make_room(index, rows, rows->count + 1);
    for (; index->count < rows->count; index->count++) {
        enter_row(index, rows, index->count);
    }
    uint64_t hash = row_hash(wanted);
    size_t at = slot_of(index, rows, wanted, hash);
    if (index->tags[at] == 0) {
        index->tags[at] = tag_of(hash);
        index->numbers[at] = (uint32_t)finding_index_add(rows, wanted);
        index->count++;
    }
    return index->numbers[at];
}

void finding_index_release(struct finding_index *index)
{
    free(index->tags);
    free(index->numbers);
    *index = (struct finding_index){0};
}
