/* Open addressing over row numbers; at most two thirds full, so that probes stay short. */
#include "model/finding_index.h"

#include "base/mem.h"

#include <stdlib.h>

/* Names are interned, so addresses identify them. */
static uint64_t row_hash(const struct finding_row *row)
{
    uint64_t hash = map_key(row->path) * 0x9E3779B97F4A7C15U;
    hash = (hash ^ (hash >> 32) ^ map_key(row->rule)) * 0xC2B2AE3D27D4EB4FU;
    hash ^= (uint64_t)row->level << 8 | (uint64_t)row->band << 4 | row->suppressed;
    hash *= 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29);
}

static bool same_row(const struct finding_row *left, const struct finding_row *right)
{
    return left->path == right->path && left->rule == right->rule && left->level == right->level &&
           left->band == right->band && left->suppressed == right->suppressed;
}

/* The slot of the row, or the free one where it belongs. */
static struct finding_slot *slot_of(const struct finding_index *index, const struct vec *rows,
                                    const struct finding_row *wanted, uint64_t hash)
{
    const uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = (size_t)hash & (index->capacity - 1);
    for (;;) {
        struct finding_slot *slot = &index->slots[at];
        bool found =
            slot->tag == tag && slot->row != 0 && same_row(vec_at(rows, slot->row - 1), wanted);
        if (found || slot->row == 0) {
            return slot;
        }
        at = (at + 1) & (index->capacity - 1);
    }
}

/* Moves the slots to a table twice as large; the rows tell the lower halves of the hashes. */
static void grow(struct finding_index *index, const struct vec *rows)
{
    free(index->slots);
    index->capacity = index->capacity > 0 ? index->capacity * 2 : 64;
    index->slots = mem_alloc(mem_product(index->capacity, sizeof(*index->slots)));
    for (size_t row = 0; row < rows->count; row++) {
        uint64_t hash = row_hash(vec_at(rows, row));
        size_t at = (size_t)hash & (index->capacity - 1);
        while (index->slots[at].row != 0) {
            at = (at + 1) & (index->capacity - 1);
        }
        index->slots[at] = (struct finding_slot){(uint32_t)row + 1, (uint32_t)(hash >> 32)};
    }
}

size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted)
{
    uint64_t hash = row_hash(wanted);
    if ((rows->count + 1) * 3 > index->capacity * 2) {
        grow(index, rows);
    }
    struct finding_slot *slot = slot_of(index, rows, wanted, hash);
    if (slot->row == 0) {
        struct finding_row *row = vec_add(rows);
        *row = *wanted;
        row->count = 0;
        *slot = (struct finding_slot){(uint32_t)rows->count, (uint32_t)(hash >> 32)};
    }
    return slot->row - 1;
}

void finding_index_release(struct finding_index *index)
{
    free(index->slots);
    *index = (struct finding_index){0};
}
