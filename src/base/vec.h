/* A growing array of equal items.
 *
 * Life cycle: vec_init with the item size, vec_add for each item, vec_release. Items move when the
 * array grows, so keep indexes, not pointers. */
#ifndef TIDEGATE_BASE_VEC_H
#define TIDEGATE_BASE_VEC_H

#include <stddef.h>

struct vec {
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size; /* bytes */
};

void vec_init(struct vec *vec, size_t item_size);
void vec_release(struct vec *vec);
void vec_clear(struct vec *vec); /* keeps the memory */

/* A zeroed item at the end. */
void *vec_add(struct vec *vec);
/* Item `index`, which must exist. */
static inline void *vec_at(const struct vec *vec, size_t index)
{
    return (char *)vec->items + index * vec->item_size;
}
/* Sorts in place; ties keep no order, so `compare` should have none. */
void vec_sort(struct vec *vec, int (*compare)(const void *, const void *));

#endif
