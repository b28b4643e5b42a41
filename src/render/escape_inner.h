/* What escape.c and escape_markdown.c share. Nobody else includes this. */
#ifndef TIDEGATE_RENDER_ESCAPE_INNER_H
#define TIDEGATE_RENDER_ESCAPE_INNER_H

#include "render/escape.h"

/* Appends the text with everything visible and without what a runner takes for a command
 * anywhere in a line. */
void escape_add_inert(struct buf *out, struct span text, size_t columns);

static inline bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The byte at `at`, or NUL outside. Visible text holds no NUL. */
static inline char byte_at(struct span text, size_t at)
{
    return at < text.size ? text.data[at] : '\0';
}

#endif
