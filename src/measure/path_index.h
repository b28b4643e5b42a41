/* Tracked paths, found whole or by their tail.
 *
 * A tail is a run of whole parts at the end: `pkg/a.go` and `a.go` are tails of `src/pkg/a.go`,
 * `kg/a.go` is not. The index is sorted by the bytes read from the end, so all paths with one
 * tail stand side by side and one binary search answers which of them share most with a path.
 *
 * Life cycle: path_index_open, any number of searches, path_index_close. */
#ifndef TIDEGATE_MEASURE_PATH_INDEX_H
#define TIDEGATE_MEASURE_PATH_INDEX_H

#include "base/name.h"
#include "base/vec.h"

struct path_index;

/* `tracked` holds `const struct name *`, clean paths with `/` between parts; the names are
 * borrowed. With `fold`, ASCII letters of either case are equal in every search. */
struct path_index *path_index_open(const struct vec *tracked, bool fold);
void path_index_close(struct path_index *index);

struct path_hits {
    size_t count;             /* 0, 1, or 2 for any larger number */
    const struct name *found; /* one of them; NULL if there is none */
};

/* The tracked paths equal to `path`. */
struct path_hits path_index_whole(const struct path_index *index, struct span path);

/* The tracked paths that share the longest tail with `path`; *tail is that piece of `path`. */
struct path_hits path_index_tail(const struct path_index *index, struct span path,
                                 struct span *tail);

/* Calls `visit` with each of these. */
void path_index_each(const struct path_index *index, struct span path,
                     void (*visit)(void *self, const struct name *found), void *self);

/* The longest common tail of two paths, as a piece of `left`; empty if the last parts differ. */
struct span path_common_tail(struct span left, struct span right, bool fold);

#endif
