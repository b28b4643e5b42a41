/* The folder of a report -> where its relative paths start.
 *
 * Each package of a monorepo has its `src/index.ts`, and its tools write that path, without the
 * package, into a report that lies in the package (`packages/api/coverage`) or in a folder named
 * like it (`coverage/packages/api`). So parts of the report's folder that are a folder of the
 * repository are tried, the most parts first. One is taken if it has a file that the paths as they
 * are do not lead to, or all of them and the report itself, and if no path leads elsewhere. */
#include "measure/report_folder.h"

#include "base/path.h"

enum { PARTS_MOST = 12 }; /* of a folder that are looked at, the last ones */

/* A folder of the repository, and the paths that may start there. */
struct start {
    struct repo_paths *paths;
    struct span folder;
    struct buf joined; /* scratch */
};

static bool is_relative(struct span clean)
{
    return clean.size > 0 && !path_is_absolute(clean) && !path_escapes(clean);
}

static void join(struct start *start, struct span clean)
{
    buf_clear(&start->joined);
    buf_add(&start->joined, start->folder);
    buf_add_byte(&start->joined, '/');
    buf_add(&start->joined, clean);
}

static bool is_tracked(struct start *start)
{
    join(start, span_make(NULL, 0));
    return repo_paths_begin(start->paths, buf_span(&start->joined));
}

/* The tracked file that this path is if it starts there. */
static const struct name *from_start(struct start *start, struct span clean)
{
    join(start, clean);
    return repo_paths_tracked(start->paths, buf_span(&start->joined));
}

/* Does a path speak for this start, and none against it? If the report lies below it, it is enough
 * that all are there: they may be at the top, too. */
static bool is_believable(struct start *start, const struct vec *lookups, bool above)
{
    bool spoken_for = false;
    bool all = above;
    for (size_t at = 0; at < lookups->count; at++) {
        const struct lookup *lookup = vec_at(lookups, at);
        struct span clean = name_span(lookup->clean);
        if (!is_relative(clean)) {
            continue;
        }
        const struct name *here = from_start(start, clean);
        bool at_root = repo_paths_tracked(start->paths, clean) != NULL;
        if (here == NULL ? lookup->match != PATH_UNRESOLVED
                         : lookup->match == PATH_RESOLVED && lookup->resolved != here && !at_root) {
            return false;
        }
        spoken_for = spoken_for || (here != NULL && !at_root);
        all = all && here != NULL;
    }
    return spoken_for || all;
}

static void take(struct start *start, struct names *names, struct vec *lookups)
{
    for (size_t at = 0; at < lookups->count; at++) {
        struct lookup *lookup = vec_at(lookups, at);
        struct span clean = name_span(lookup->clean);
        const struct name *here = is_relative(clean) ? from_start(start, clean) : NULL;
        if (here != NULL) {
            lookup->resolved = here;
            lookup->match = PATH_RESOLVED;
        } else if (is_relative(clean)) { /* made by the build there */
            lookup->clean = names_add(names, buf_span(&start->joined));
        }
    }
}

/* Where the parts of `folder` begin, and behind them where one more would; returns how many there
 * are. */
static size_t parts_of(struct span folder, size_t begins[PARTS_MOST + 1])
{
    size_t count = 1;
    begins[0] = 0;
    for (size_t at = 0; at < folder.size; at++) {
        if (folder.data[at] != '/') {
            continue;
        }
        if (count == PARTS_MOST) {
            for (size_t part = 1; part < count; part++) {
                begins[part - 1] = begins[part];
            }
            count--;
        }
        begins[count++] = at + 1;
    }
    begins[count] = folder.size + 1;
    return count;
}

void report_folder_settle(struct repo_paths *paths, const struct report *report,
                          struct vec *lookups)
{
    size_t begins[PARTS_MOST + 1];
    struct span folder = name_span(report->folder);
    struct start start = {.paths = paths};
    if (folder.size == 0 || report->sources.count > 0) {
        return;
    }
    size_t count = parts_of(folder, begins);
    bool taken = false;
    buf_init(&start.joined);
    for (size_t size = count; size > 0 && !taken; size--) {
        for (size_t first = 0; first + size <= count && !taken; first++) {
            size_t end = begins[first + size] - 1;
            start.folder = span_make(folder.data + begins[first], end - begins[first]);
            taken = is_tracked(&start) &&
                    is_believable(&start, lookups, start.folder.data == folder.data);
            if (taken) {
                take(&start, repo_paths_names(paths), lookups);
            }
        }
    }
    buf_release(&start.joined);
}
