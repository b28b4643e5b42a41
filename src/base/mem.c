/* Checked allocation: memory is there, or the process ends with code 70. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
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

void *mem_alloc_large(size_t size)
{
    char *block = mem_alloc(size);
#ifdef MADV_HUGEPAGE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = ((uintptr_t)block + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)block + size) & ~(page - 1);
    if (start < end) {
        /* Where the system has no large pages, small ones do as well. */
        (void)madvise(block + (start - (uintptr_t)block), end - start, MADV_HUGEPAGE);
    }
#endif
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
