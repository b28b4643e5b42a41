/* Unions of rows: append, sort, fold, merge (row_set.h). */
#include "model/row_set.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_FIRST = 16 };

void *row_set_at(const struct row_set *set, const struct row_kind *kind, size_t index)
{
    return (char *)set->rows + index * kind->size;
}

void row_set_clear(struct row_set *set)
{
    set->count = 0;
    set->sorted = 0;
}

void *row_set_find(const struct row_set *set, const struct row_kind *kind, const void *wanted)
{
    return set->sorted > 0 ? bsearch(wanted, set->rows, set->sorted, kind->size, kind->compare)
                           : NULL;
}

static void grow(struct row_set *set, const struct row_kind *kind, size_t capacity,
                 struct arena *arena)
{
    void *rows = arena_alloc(arena, mem_product(capacity, kind->size));
    if (set->count > 0) {
        memcpy(rows, set->rows, set->count * kind->size);
    }
    set->rows = rows;
    set->capacity = capacity;
}

void *row_set_add(struct row_set *set, const struct row_kind *kind, struct arena *arena)
{
    if (set->count == set->capacity) {
        row_set_settle(set, kind);
        if (set->count >= set->capacity - set->capacity / 4) {
            grow(set, kind, set->capacity > 0 ? mem_product(set->capacity, 2) : ROWS_FIRST, arena);
        }
    }
    return row_set_at(set, kind, set->count++);
}

/* How many rows at the front are sorted and distinct. */
static size_t sorted_rows(const struct row_set *set, const struct row_kind *kind)
{
    size_t sorted = set->sorted > 0 ? set->sorted : set->count > 0;
    if (kind->ascend != NULL && sorted > 0) {
        return kind->ascend(set->rows, sorted, set->count);
    }
    while (sorted < set->count &&
           kind->compare(row_set_at(set, kind, sorted - 1), row_set_at(set, kind, sorted)) < 0) {
        sorted++;
    }
    return sorted;
}

/* Folds neighbours of one key. */
static void fold_sorted(struct row_set *set, const struct row_kind *kind)
{
    size_t last = 0;
    for (size_t i = 1; i < set->count; i++) {
        const void *row = row_set_at(set, kind, i);
        if (kind->compare(row_set_at(set, kind, last), row) == 0) {
            kind->fold(row_set_at(set, kind, last), row);
        } else if (++last != i) {
            memcpy(row_set_at(set, kind, last), row, kind->size);
        }
    }
    set->count = last + 1;
}

void row_set_settle(struct row_set *set, const struct row_kind *kind)
{
    set->sorted = sorted_rows(set, kind);
    if (set->sorted == set->count) {
        return;
    }
    if (kind->sort != NULL) {
        kind->sort(set->rows, set->count);
    } else {
        qsort(set->rows, set->count, kind->size, kind->compare);
    }
    if (kind->ascend == NULL || kind->ascend(set->rows, 1, set->count) < set->count) {
        fold_sorted(set, kind);
    }
    set->sorted = set->count;
}

/* How many rows of `from` have a key that `to` has not. */
static size_t count_new(const struct row_set *to, const struct row_set *from,
                        const struct row_kind *kind)
{
    size_t added = 0;
    size_t at = 0;
    for (size_t i = 0; i < from->count; i++) {
        int order = -1;
        while (at < to->count &&
               (order = kind->compare(row_set_at(to, kind, at), row_set_at(from, kind, i))) < 0) {
            at++;
        }
        added += at == to->count || order != 0;
    }
    return added;
}

/* Joins both from the back, so that rows of `to` move at most once and room at its end suffices. */
static void join(struct row_set *to, const struct row_set *from, const struct row_kind *kind,
                 size_t added)
{
    size_t old = to->count;
    size_t put = old + added;
    to->count = put;
    for (size_t i = from->count; i > 0; i--) {
        const void *row = row_set_at(from, kind, i - 1);
        int order = -1;
        while (old > 0 && (order = kind->compare(row_set_at(to, kind, old - 1), row)) > 0) {
            if (--old != --put) {
                memcpy(row_set_at(to, kind, put), row_set_at(to, kind, old), kind->size);
            }
        }
        if (old > 0 && order == 0) {
            kind->fold(row_set_at(to, kind, old - 1), row);
        } else {
            memcpy(row_set_at(to, kind, --put), row, kind->size);
        }
    }
}

static void copy_all(struct row_set *to, const struct row_set *from, const struct row_kind *kind,
                     struct arena *arena)
{
    if (from->count > to->capacity) {
        grow(to, kind, from->count, arena);
    }
    memcpy(to->rows, from->rows, from->count * kind->size);
    to->count = from->count;
    to->sorted = from->count;
}

/* Looks each row up in the sorted part, which is much larger, and appends what is new. */
static void add_few(struct row_set *to, const struct row_set *from, const struct row_kind *kind,
                    struct arena *arena)
{
    for (size_t i = 0; i < from->count; i++) {
        const void *row = row_set_at(from, kind, i);
        void *known = row_set_find(to, kind, row);
        if (known != NULL) {
            kind->fold(known, row);
        } else {
            memcpy(row_set_add(to, kind, arena), row, kind->size);
        }
    }
}

enum { FEW = 16 };

void row_set_merge(struct row_set *to, const struct row_set *from, const struct row_kind *kind,
                   struct arena *arena)
{
    if (from->count < to->sorted / FEW || from->sorted != from->count) {
        add_few(to, from, kind, arena);
        return;
    }
    if (to->count == 0 && from->count > 0) {
        copy_all(to, from, kind, arena);
        return;
    }
    row_set_settle(to, kind);
    size_t added = count_new(to, from, kind);
    size_t wanted = to->count + added;
    if (wanted > to->capacity) {
        /* A file that grows again is likely to grow on: a reserve keeps the abandoned rows few. */
        grow(to, kind, wanted + wanted / 2, arena);
    }
    join(to, from, kind, added);
    to->sorted = to->count;
}
