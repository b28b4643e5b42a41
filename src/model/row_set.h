/* A set of equal-sized rows in an arena, at the price of the rows alone.
 *
 * Rows with equal keys are folded into one, so the set is a union: the order of adding never
 * shows. Adding only appends; settling sorts and folds. A full set settles before it grows, so it
 * never has room for more than three times its distinct rows, however often a report repeats
 * itself.
 *
 * Life cycle: a zeroed struct, row_set_add or row_set_merge, row_set_settle before rows are
 * looked at. The memory goes with the arena. */
#ifndef TIDEGATE_MODEL_ROW_SET_H
#define TIDEGATE_MODEL_ROW_SET_H

#include "base/arena.h"

/* What a row is. Folding must be commutative, associative and idempotent. */
struct row_kind {
    size_t size;                                         /* bytes */
    int (*compare)(const void *left, const void *right); /* order of the keys: <0, 0, >0 */
    void (*fold)(void *into, const void *from);          /* joins two rows of one key */
    void (*sort)(void *rows, size_t count);              /* NULL: qsort with `compare` */
    /* How many rows at the front ascend, when `sorted` of them do. NULL: `compare` is asked. */
    size_t (*ascend)(const void *rows, size_t sorted, size_t count);
};

struct row_set {
    void *rows;
    size_t count;
    size_t capacity;
    size_t sorted; /* this many rows at the front are sorted and distinct */
};

/* Room for a row at the end, to be filled before the next call. Rows move when the set grows. */
void *row_set_add(struct row_set *set, const struct row_kind *kind, struct arena *arena);
/* Sorts and folds. */
void row_set_settle(struct row_set *set, const struct row_kind *kind);
/* Adds all rows of `from`; `to` is to be settled afterwards. Settled sets of like size merge in
 * linear time, a small one by searching; the first one is copied exactly. */
void row_set_merge(struct row_set *to, const struct row_set *from, const struct row_kind *kind,
                   struct arena *arena);
/* Forgets the rows and keeps the memory. */
void row_set_clear(struct row_set *set);
/* The row with the key of `wanted`, or NULL. Looks in the sorted part alone: settle first to find
 * all. */
void *row_set_find(const struct row_set *set, const struct row_kind *kind, const void *wanted);
/* Row `index`, which must exist. */
void *row_set_at(const struct row_set *set, const struct row_kind *kind, size_t index);

#endif
