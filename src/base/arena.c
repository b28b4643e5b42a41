/* An arena of growing blocks; with TIDEGATE_ARENA_SHARP one malloc for each piece. */
#include "base/arena.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *older;
    size_t size; /* bytes behind the header */
    size_t used;
    _Alignas(max_align_t) char bytes[];
};

enum { BLOCK_FIRST = 4096, BLOCK_LARGEST = 1 << 20 };
/* An arena that has outgrown this takes blocks of several large pages. */
enum { LARGE_FROM = 16 << 20, LARGE_BLOCK = 8 << 20 };

void arena_init(struct arena *arena)
{
    *arena = (struct arena){NULL, 0};
}

/* Frees `block` and all that are older. */
static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_release(struct arena *arena)
{
    free_blocks(arena->newest);
    arena_init(arena);
}

void arena_reset(struct arena *arena)
{
#ifdef TIDEGATE_ARENA_SHARP
    arena_release(arena);
#else
    struct arena_block *kept = arena->newest;
    if (kept != NULL) {
        free_blocks(kept->older);
        kept->older = NULL;
        memset(kept->bytes, 0, kept->used);
        kept->used = 0;
    }
    arena->used = 0;
#endif
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    size_t whole = sizeof(struct arena_block) + size;
    struct arena_block *block = size >= LARGE_BLOCK ? mem_alloc_large(whole) : mem_alloc(whole);
    block->size = size;
    block->older = arena->newest;
    arena->newest = block;
    return block;
}

/* Blocks double from 4 KiB to 1 MiB, so small runs stay small and big ones make few calls. */
static size_t next_size(const struct arena *arena, size_t wanted)
{
    size_t size = BLOCK_FIRST;
    if (arena->used > LARGE_FROM) {
        size = LARGE_BLOCK;
    } else if (arena->newest != NULL) {
        size = arena->newest->size < BLOCK_LARGEST / 2 ? arena->newest->size * 2 : BLOCK_LARGEST;
    }
    return size > wanted ? size : wanted;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - 2 * sizeof(struct arena_block)) {
        mem_exhausted();
    }
    arena->used += size;
#ifdef TIDEGATE_ARENA_SHARP
    (void)next_size;
    struct arena_block *block = add_block(arena, size);
    block->used = size;
    return block->bytes;
#else
    size_t rounded = (size + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
    struct arena_block *block = arena->newest;
    if (block == NULL || block->size - block->used < rounded) {
        block = add_block(arena, next_size(arena, rounded));
    }
    void *piece = block->bytes + block->used;
    block->used += rounded;
    return piece;
#endif
}

struct span arena_copy(struct arena *arena, struct span span)
{
    char *copy = arena_alloc(arena, span.size + 1);
    if (span.size > 0) {
        memcpy(copy, span.data, span.size);
    }
    return (struct span){copy, span.size};
}

char *arena_text(struct arena *arena, struct span span)
{
    char *copy = arena_alloc(arena, span.size + 1);
    if (span.size > 0) {
        memcpy(copy, span.data, span.size);
    }
    return copy;
}
