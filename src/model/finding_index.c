/* Chains of rows by path, and two tables with open addressing that are at most half full. */
#include "model/finding_index.h"

#include "base/mem.h"

#include <stdlib.h>

enum { CHAIN_MOST = 64, TABLE_FIRST = 64 };

static uint64_t mix(uint64_t hash)
{
    hash *= 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 32);
}

/* What a table looks for: rows of a path, or one row. Names are interned, so addresses identify them. */
struct key_kind {
    uint64_t (*hash)(const struct finding_row *row);
    bool (*equal)(const struct finding_row *left, const struct finding_row *right);
};

static uint64_t path_hash(const struct finding_row *row)
{
    return mix(map_key(row->path));
}

static bool same_path(const struct finding_row *left, const struct finding_row *right)
{
    return left->path == right->path;
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

static const struct key_kind by_path = {path_hash, same_path};
static const struct key_kind by_row = {row_hash, same_row};

/* ---- tables ---- */

/* The slot of a row that is equal to `wanted`, or the free one where it belongs. */
static uint32_t *slot_of(const struct finding_table *table, const struct vec *rows,
                         const struct finding_row *wanted, const struct key_kind *kind)
{
    size_t at = (size_t)kind->hash(wanted) & (table->capacity - 1);
    while (table->slots[at] != 0 && !kind->equal(vec_at(rows, table->slots[at] - 1), wanted)) {
        at = (at + 1) & (table->capacity - 1);
    }
    return &table->slots[at];
}

/* Makes room for one row more. */
static void make_room(struct finding_table *table, const struct vec *rows,
                      const struct key_kind *kind)
{
    if ((table->count + 1) * 2 <= table->capacity) {
        return;
    }
    const struct finding_table old = *table;
    table->capacity = old.capacity > 0 ? old.capacity * 4 : TABLE_FIRST;
    table->slots = mem_alloc(mem_product(table->capacity, sizeof(*table->slots)));
    for (size_t at = 0; at < old.capacity; at++) {
        if (old.slots[at] != 0) {
            *slot_of(table, rows, vec_at(rows, old.slots[at] - 1), kind) = old.slots[at];
        }
    }
    free(old.slots);
}

/* ---- rows ---- */

/* The number + 1 of a new row. */
static uint32_t add_row(struct vec *rows, const struct finding_row *wanted)
{
    struct finding_row *row = vec_add(rows);
    *row = *wanted;
    row->count = 0;
    row->next = 0;
    return (uint32_t)rows->count;
}

/* The number + 1 of the row that the table finds; a new row when there is none. */
static uint32_t find_or_add(struct finding_table *table, struct vec *rows,
                            const struct finding_row *wanted, const struct key_kind *kind)
{
    make_room(table, rows, kind);
    uint32_t *slot = slot_of(table, rows, wanted, kind);
    if (*slot == 0) {
        *slot = add_row(rows, wanted);
        table->count++;
    }
    return *slot;
}

size_t finding_index_row(struct finding_index *index, struct vec *rows,
                         const struct finding_row *wanted)
{
    if (index->newest == 0 || !same_path(vec_at(rows, index->newest - 1), wanted)) {
        index->newest = find_or_add(&index->paths, rows, wanted, &by_path);
    }
    uint32_t number = index->newest;
    for (unsigned length = 1;; length++) {
        struct finding_row *row = vec_at(rows, number - 1);
        if (same_row(row, wanted)) {
            return number - 1;
        }
        if (row->next == 0 && length == CHAIN_MOST) {
            return find_or_add(&index->rest, rows, wanted, &by_row) - 1;
        }
        if (row->next == 0) {
            uint32_t added = add_row(rows, wanted); /* moves the rows */
            row = vec_at(rows, number - 1);
            row->next = added;
        }
        number = row->next;
    }
}

void finding_index_release(struct finding_index *index)
{
    free(index->paths.slots);
    free(index->rest.slots);
    *index = (struct finding_index){0};
}
