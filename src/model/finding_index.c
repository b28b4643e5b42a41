/* Open addressing over row numbers, at most two thirds full.
 *
 * Findings come file by file, so a row's first choice lies near the other rows of its path: they share a cache
 * line, and the next finding of the file costs no memory access. When that neighbourhood is full the row goes
 * where its own hash says, so one path with a million rules is as fast as any. */
#include "model/finding_index.h"

#include "base/mem.h"

#include <stdlib.h>

enum { NEIGHBOURHOOD = 8 }; /* slots: one cache line */

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

static uint64_t row_hash(const struct finding_row *row, uint64_t path)
{
    uint64_t rest = (uint64_t)row->level << 8 | (uint64_t)row->band << 4 | row->suppressed;
    return mix(mix(path ^ map_key(row->rule)) ^ rest);
}

static bool same_row(const struct finding_row *left, const struct finding_row *right)
{
    return left->path == right->path && left->rule == right->rule && left->level == right->level &&
           left->band == right->band && left->suppressed == right->suppressed;
}

/* The slot of the row, or the free one where it belongs. `rows` NULL: the row is known to be new. */
static struct finding_slot *slot_of(const struct finding_index *index, const struct vec *rows,
                                    const struct finding_row *wanted, uint32_t *tag)
{
    uint64_t path = path_hash(wanted);
    uint64_t hash = row_hash(wanted, path);
    size_t at = (size_t)path & (index->capacity - NEIGHBOURHOOD);
    *tag = (uint32_t)(hash >> 32);
    for (size_t tried = 0;; tried++) {
        struct finding_slot *slot = &index->slots[at];
        bool found = rows != NULL && slot->tag == *tag && slot->row != 0 &&
                     same_row(vec_at(rows, slot->row - 1), wanted);
        if (found || slot->row == 0) {
            return slot;
        }
        at = tried + 1 == NEIGHBOURHOOD ? (size_t)hash : at + 1;
        at &= index->capacity - 1;
    }
}

static void grow(struct finding_index *index, const struct vec *rows)
{
    uint32_t tag;
    free(index->slots);
    index->capacity = index->capacity > 0 ? index->capacity * 4 : 64;
    index->slots = mem_alloc(mem_product(index->capacity, sizeof(*index->slots)));
    for (size_t row = 0; row < rows->count; row++) {
        struct finding_slot *slot = slot_of(index, NULL, vec_at(rows, row), &tag);
        *slot = (struct finding_slot){(uint32_t)row + 1, tag};
    }
}

size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted)
{
    uint32_t tag;
    if ((rows->count + 1) * 3 > index->capacity * 2) {
        grow(index, rows);
    }
    struct finding_slot *slot = slot_of(index, rows, wanted, &tag);
    if (slot->row == 0) {
        struct finding_row *row = vec_add(rows);
        *row = *wanted;
        row->count = 0;
        *slot = (struct finding_slot){(uint32_t)rows->count, tag};
    }
    return slot->row - 1;
}

void finding_index_release(struct finding_index *index)
{
    free(index->slots);
    *index = (struct finding_index){0};
}
