/* What went wrong while reading, where, and in which words: the sticky error of every reader. */
#ifndef TIDEGATE_BASE_FAULT_H
#define TIDEGATE_BASE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_UNREADABLE, /* the system refused: no such file, permission, I/O error */
    FAULT_EMPTY,      /* no bytes, or white space only */
    FAULT_COMPRESSED, /* a damaged gzip stream, or a packing that is not read */
    FAULT_ENCODING,   /* bytes that are not text in the encoding they claim */
    FAULT_CONTROL,    /* NUL or another byte that text must not hold */
    FAULT_SYNTAX,     /* not well formed */
    FAULT_TRUNCATED,  /* ends before it is complete */
    FAULT_ENTITY,     /* XML that declares entities or defaults */
    FAULT_DUPLICATE,  /* a JSON key or XML attribute that stands twice */
    FAULT_LIMIT       /* above a ceiling of limits.def */
};

struct fault {
    enum fault_kind kind;
    uint64_t line;   /* from 1; 0 is unknown */
    uint64_t column; /* from 1, in bytes; 0 is unknown */
    char text[256];  /* one line for people: what was found and what was expected */
};

/* Sets the fault unless one is there already: the first one is the cause. Cuts long text. */
void fault_set(struct fault *fault, enum fault_kind kind, uint64_t line, uint64_t column,
               const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
