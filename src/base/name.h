/* Interned text: equal text is the same pointer.
 *
 * A `const struct name *` lives as long as its table, may be compared with ==, and knows its text
 * as a span and as a C string. NULL means "absent", which is different from the empty name. Order
 * names by text (name_compare), never by address, so that output is the same in every run. */
#ifndef TIDEGATE_BASE_NAME_H
#define TIDEGATE_BASE_NAME_H

#include "base/arena.h"
#include "base/span.h"

struct name {
    uint64_t hash;
    uint32_t size;
    uint32_t number; /* of the table, in the order of arrival from 0: for tables by name */
    char text[];     /* `size` bytes and a NUL */
};

struct names {
    struct arena *arena; /* borrowed; holds the names */
    const struct name **slots;
    uint32_t *tags;  /* a piece of each name's hash, 0 where the slot is free */
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

void names_init(struct names *names, struct arena *arena);
void names_release(struct names *names); /* the slots; the names die with the arena */

/* The name of this text, made at the first call. Never NULL. */
const struct name *names_add(struct names *names, struct span text);

/* The text of a name; the empty span for NULL. */
static inline struct span name_span(const struct name *name)
{
    return name != NULL ? span_make(name->text, name->size) : span_make(NULL, 0);
}
/* A C string, "" for NULL. */
const char *name_text(const struct name *name);
/* Byte order; NULL sorts first. */
int name_compare(const struct name *left, const struct name *right);

#endif
