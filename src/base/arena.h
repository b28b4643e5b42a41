/* Memory that is released all at once.
 *
 * Invariant: a piece stays where it is until arena_reset or arena_release. Pieces are zeroed and
 * aligned for any type. Built with TIDEGATE_ARENA_SHARP every piece is its own malloc, so that
 * sanitizers see each overrun.
 *
 * Life cycle: arena_init, any number of arena_alloc, arena_reset to use it again (keeps one block
 * for that), arena_release. */
#ifndef TIDEGATE_BASE_ARENA_H
#define TIDEGATE_BASE_ARENA_H

#include "base/span.h"

struct arena_block;

struct arena {
    struct arena_block *newest;
    size_t used; /* bytes handed out, for ceilings and statistics */
};

void arena_init(struct arena *arena);
void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
/* A copy of `span`, with a NUL behind it that does not count. */
struct span arena_copy(struct arena *arena, struct span span);
/* A NUL-terminated copy of `span`. A NUL inside stays inside; callers that open files must refuse
 * it. */
char *arena_text(struct arena *arena, struct span span);

#endif
