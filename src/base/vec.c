/* A growing array. */
#include "base/vec.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void vec_init(struct vec *vec, size_t item_size)
{
    *vec = (struct vec){.item_size = item_size};
}

void vec_release(struct vec *vec)
{
    free(vec->items);
    vec_init(vec, vec->item_size);
}

void vec_clear(struct vec *vec)
{
    vec->count = 0;
}

void *vec_add(struct vec *vec)
{
    if (vec->count == vec->capacity) {
        vec->capacity = vec->capacity > 0 ? vec->capacity + vec->capacity / 2 + 1 : 8;
        vec->items = mem_resize(vec->items, mem_product(vec->capacity, vec->item_size));
    }
    void *item = vec_at(vec, vec->count++);
    memset(item, 0, vec->item_size);
    return item;
}

void vec_sort(struct vec *vec, int (*compare)(const void *, const void *))
{
    if (vec->count > 1) {
        qsort(vec->items, vec->count, vec->item_size, compare);
    }
}
