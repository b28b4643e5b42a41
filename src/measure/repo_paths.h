/* From the paths that reports write to the paths of the repository.
 *
 * Reports name files relative to anything: the repository, a module, a source root, another machine's
 * checkout. Rules, in this order: an absolute path below the work tree; each source root of the report
 * joined with the path (the longest root first, also when the root's absolute prefix belongs to another
 * machine); the path as it is below the repository; the longest suffix that exactly one tracked file has.
 * Several candidates are ambiguous, none is unresolved; both are counted and shown, never guessed. */
#ifndef TIDEGATE_MEASURE_REPO_PATHS_H
#define TIDEGATE_MEASURE_REPO_PATHS_H

#include "base/name.h"
#include "base/vec.h"

struct repo_paths; /* an index over tracked paths, by path and by last part */

enum path_match { PATH_RESOLVED, PATH_AMBIGUOUS, PATH_UNRESOLVED };

/* `tracked` holds `const struct name *` (clean, `/` separators, relative to `root`); `root` is the absolute
 * path of the work tree, empty if there is none. With `tracked` NULL nothing is known about the repository
 * and every clean relative path resolves to itself. */
struct repo_paths *repo_paths_open(struct names *names, const struct vec *tracked,
                                   struct span root);
void repo_paths_close(struct repo_paths *paths);

/* Looks up one reported path. `roots` holds `const struct name *`, the report's own source roots in order;
 * `prefix` is the policy's `root:` for this report or empty. *resolved is the repository path, or NULL. */
enum path_match repo_paths_find(struct repo_paths *paths, struct span reported,
                                const struct vec *roots, struct span prefix,
                                const struct name **resolved);

#endif
