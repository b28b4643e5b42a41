/* Paths as text: no file system, bytes as they are, `/` between parts. */
#ifndef TIDEGATE_BASE_PATH_H
#define TIDEGATE_BASE_PATH_H

#include "base/arena.h"
#include "base/span.h"

/* A clean copy: backslashes become slashes, `.` and empty parts vanish, `a/..` vanishes. A leading
 * `..` that has nothing to take away stays, and so do a leading slash and a drive letter. */
struct span path_clean(struct arena *arena, struct span path);
/* `base` and `path` joined by one slash; an absolute `path` stands alone. Not cleaned. */
struct span path_join(struct arena *arena, struct span base, struct span path);

bool path_is_absolute(struct span path); /* `/x`, `C:\x`, `C:/x`, `\\host` */
bool path_escapes(struct span clean);    /* a clean path that starts with `..` */
struct span path_base(struct span path); /* what stands behind the last slash */

/* If `path` lies below `folder` (part by part), the rest without a leading slash in *rest and
 * true. */
bool path_below(struct span path, struct span folder, struct span *rest);

#endif
