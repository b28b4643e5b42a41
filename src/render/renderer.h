/* A renderer turns a scene into text for one target. Pure: no clock, locale, environment or
 * floating point.
 *
 * All text that comes from a report, a path or a commit is hostile: it passes through escape.h.
 * To add one: write src/render/to_NAME.c that ends in `const struct renderer renderer_NAME`, and
 * add RENDERER(NAME) to renderers.def. */
#ifndef TIDEGATE_RENDER_RENDERER_H
#define TIDEGATE_RENDER_RENDERER_H

#include "base/buf.h"
#include "model/scene.h"

struct renderer {
    const char *name; /* the word in --output: "text" */
    const char *title;
    const char *media_type;
    const char *file_name; /* what a file of it is usually called */
    void (*render)(const struct scene *scene, struct buf *out);
};

#define RENDERER(name) extern const struct renderer renderer_##name;
#include "renderers.def"
#undef RENDERER

#endif
