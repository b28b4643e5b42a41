/* What a reported path is, before anybody looks for it: its kind, cleaned of everything that no
 * repository path has. */
#ifndef TIDEGATE_MEASURE_PATH_SHAPE_H
#define TIDEGATE_MEASURE_PATH_SHAPE_H

#include "base/arena.h"
#include "base/span.h"

struct path_shape {
    struct span path; /* clean; of a URL what stands behind the scheme */
    bool is_absolute; /* on some machine's disk */
    bool is_hosted;   /* begins with host/owner/repo, or may do so */
};

/* The pieces live in `arena`. */
struct path_shape path_shape_of(struct arena *arena, struct span reported);

/* What tails are looked for in: without a leading slash, drive or `..` parts. */
struct span path_shape_parts(struct span clean);

#endif
