/* Memory that is there or ends the process.
 *
 * Out of memory is not an outcome that a gate can report sensibly, so it ends the process with code
 * 70 (docs/reference/exit-codes.md). Hostile sizes never reach this point: the ceilings in
 * limits.def stop them earlier. */
#ifndef TIDEGATE_BASE_MEM_H
#define TIDEGATE_BASE_MEM_H

#include <stddef.h>

/* Prints one line on standard error and ends the process with code 70. */
_Noreturn void mem_exhausted(void);

/* A zeroed block of `size` bytes, owned by the caller; release with free(). Never NULL. */
void *mem_alloc(size_t size);

/* The same for many megabytes that will be written from front to back: the system is asked for
 * pages of megabytes, of which it has to hand out and clear fewer. */
void *mem_alloc_large(size_t size);

/* Like realloc() but never NULL for a size above 0. */
void *mem_resize(void *block, size_t size);

/* `count` times `size` bytes; ends the process on overflow. */
size_t mem_product(size_t count, size_t size);

#endif
