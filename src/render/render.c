/* The list of renderers, from renderers.def. */
#include "render/render.h"

const struct renderer *const *renderers_all(void)
{
    static const struct renderer *const renderers[] = {
#define RENDERER(name) &renderer_##name,
#include "renderers.def"
#undef RENDERER
        NULL
    };
    return renderers;
}

const struct renderer *renderers_find(struct span name)
{
    const struct renderer *const *at = renderers_all();
    while (*at != NULL && !span_is(name, (*at)->name)) {
        at++;
    }
    return *at;
}
