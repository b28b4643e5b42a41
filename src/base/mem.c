/* Checked allocation: memory is there, or the process ends with code 70. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

_Noreturn void mem_exhausted(void)
{
    static const char message[] = "tidegate: out of memory\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);
    (void)written; /* nothing is left to be done about it */
    _exit(70);
}

void *mem_alloc(size_t size)
{
    void *block = calloc(1, size > 0 ? size : 1);
    if (block == NULL) {
        mem_exhausted();
    }
    return block;
}

void *mem_resize(void *block, size_t size)
{
    void *moved = realloc(block, size > 0 ? size : 1);
    if (moved == NULL) {
        mem_exhausted();
    }
    return moved;
}

size_t mem_product(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        mem_exhausted();
    }
    return count * size;
}
