/* The list of renderers. */
#ifndef TIDEGATE_RENDER_RENDER_H
#define TIDEGATE_RENDER_RENDER_H

#include "render/renderer.h"

/* All renderers in alphabetical order, NULL at the end. */
const struct renderer *const *renderers_all(void);
/* The renderer with this name, or NULL. */
const struct renderer *renderers_find(struct span name);

#endif
