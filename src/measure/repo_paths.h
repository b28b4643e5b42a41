/* From the paths that reports write to the paths of the repository.
 *
 * Reports name files relative to anything: the repository, a module, a source root, another
 * machine's checkout. A path is cleaned first: `\` becomes `/`, `.` and `..` are worked out,
 * `file://`, the `/_/` of deterministic .NET builds and the scheme of a URL go away. Then these
 * rules are tried in order, and the first one that finds a tracked file decides:
 *
 *   1. an absolute path below the work tree, also that of the machine where the report was read;
 *   2. a relative path below the policy's `root:`;
 *   3. a relative path below a source root of the report. A root on another machine counts as the
 *      longest of its tails that has the file: `/ci/x/src` + `a.py` is `src/a.py`;
 *   4. the longest tail of root and path together that a tracked file has too, if a part of the
 *      root is in it: `/app/src` + `a.py` is `backend/src/a.py`;
 *   5. a relative path as it is;
 *   6. the longest tail that a tracked file has too, if it is the whole relative path or at
 *      least two parts: `string.h` of a compiler is not the one file `src/string.h`;
 *   7. the path behind `host/owner/repo` of a link or import path;
 *   8. the same again without regard to the case of ASCII letters.
 *
 * A rule that finds several files makes the path ambiguous; no rule guesses. */
#ifndef TIDEGATE_MEASURE_REPO_PATHS_H
#define TIDEGATE_MEASURE_REPO_PATHS_H

#include "base/map.h"
#include "base/name.h"
#include "base/vec.h"

struct repo_paths; /* an index over tracked paths */

enum path_match { PATH_RESOLVED, PATH_AMBIGUOUS, PATH_UNRESOLVED };

/* `tracked` holds `const struct name *` (clean, `/` separators, relative to `root`); `root` is
 * the absolute path of the work tree, empty if there is none. With `tracked` NULL nothing is
 * known about the repository and every clean relative path resolves to itself. Both may be
 * released afterwards; `names` may not. */
struct repo_paths *repo_paths_open(struct names *names, const struct vec *tracked,
                                   struct span root);
void repo_paths_close(struct repo_paths *paths);

/* What the paths of one report are relative to. */
struct path_origin {
    const struct vec *roots; /* const struct name *: the report's own source roots; may be NULL */
    struct span prefix;      /* the policy's `root:` for this report; may be empty */
    struct span work_tree;   /* absolute path where the report was read, if not here */
};

/* What a reported path was found to be. */
struct path_found {
    enum path_match match;
    const struct name *resolved; /* the repository path; NULL unless PATH_RESOLVED */
    const struct name *clean;    /* as the rules see it, still relative to what the report meant */
};

/* `reported` is of the same table of names. */
struct path_found repo_paths_find(struct repo_paths *paths, const struct name *reported,
                                  const struct path_origin *origin);

/* Calls `visit` with each tracked file that a path which repo_paths_find found ambiguous may be,
 * and perhaps with others that share as long a tail with it. `clean` is as repo_paths_find cleaned
 * it. Files of a tail that is in `asked` are skipped, and the tail is added: many paths may end
 * alike. */
void repo_paths_candidates(struct repo_paths *paths, struct span clean, struct map *asked,
                           void (*visit)(void *self, const struct name *found), void *self);

/* Whether a tracked file begins like this: with a folder and its slash. */
bool repo_paths_begin(const struct repo_paths *paths, struct span begin);
/* Where the names of paths are kept. */
struct names *repo_paths_names(const struct repo_paths *paths);
/* The tracked file of exactly this clean path, or NULL. */
const struct name *repo_paths_tracked(const struct repo_paths *paths, struct span path);

/* Does a tracked file match this path glob? False when nothing is known about the repository. */
bool repo_paths_any(const struct repo_paths *paths, struct span glob);

/* Is there a tracked file below the glob's fixed beginning that passes `test`? `self` is handed on.
 * False when nothing is known about the repository. */
bool repo_paths_some(const struct repo_paths *paths, struct span glob,
                     bool (*test)(const void *self, struct span path), const void *self);

/* False outside a repository. */
bool repo_paths_known(const struct repo_paths *paths);

#endif
