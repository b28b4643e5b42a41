/* Paths that the rules of repo_paths.h leave open get a second chance: when every path of the
 * report that did resolve shows that, say, `/ci/build/x/` stands for the repository's root, then
 * `/ci/build/x/main.c` is `main.c`, though many files have that name. One path that says
 * otherwise takes the chance away. */
#include "measure/path_hints.h"

#include "base/hash.h"
#include "measure/path_index.h"

/* "`from` stands for `to`": both end in a slash or are empty. */
struct hint {
    struct span from, to;
    bool contested;
};

static void learn(const struct lookup *lookup, struct vec *hints, struct map *hint_of_prefix)
{
    struct span clean = name_span(lookup->clean);
    struct span resolved = name_span(lookup->resolved);
    size_t tail = path_common_tail(clean, resolved, true).size;
    struct hint hint = {span_until(clean, clean.size - tail),
                        span_until(resolved, resolved.size - tail), false};
    uint64_t *slot = map_put(hint_of_prefix, hash64(hint.from, 0));
    if (*slot == 0) {
        *(struct hint *)vec_add(hints) = hint;
        *slot = hints->count;
    } else {
        struct hint *known = vec_at(hints, (size_t)*slot - 1);
        known->contested = known->contested || !span_equal(known->from, hint.from) ||
                           !span_equal(known->to, hint.to);
    }
}

/* The longest uncontested prefix of the path that leads to a tracked file decides. */
static const struct name *follow_hints(const struct repo_paths *paths, struct span clean,
                                       const struct vec *hints, const struct map *hint_of_prefix)
{
    struct buf path;
    buf_init(&path);
    const struct name *found = NULL;
    for (size_t size = clean.size + 1; size-- > 0 && found == NULL;) {
        if (size > 0 && clean.data[size - 1] != '/') {
            continue;
        }
        const uint64_t *slot = map_find(hint_of_prefix, hash64(span_until(clean, size), 0));
        const struct hint *hint = slot != NULL ? vec_at(hints, (size_t)*slot - 1) : NULL;
        if (hint != NULL && !hint->contested && span_equal(hint->from, span_until(clean, size))) {
            buf_clear(&path);
            buf_add(&path, hint->to);
            buf_add(&path, span_from(clean, size));
            found = repo_paths_tracked(paths, buf_span(&path));
        }
    }
    buf_release(&path);
    return found;
}

void path_hints_follow(const struct repo_paths *paths, const struct report *report,
                       struct vec *lookups)
{
    struct vec hints;
    struct map hint_of_prefix;
    vec_init(&hints, sizeof(struct hint));
    map_init(&hint_of_prefix);
    for (size_t at = 0; at < lookups->count; at++) {
        const struct lookup *lookup = vec_at(lookups, at);
        if (lookup->match == PATH_RESOLVED) {
            learn(lookup, &hints, &hint_of_prefix);
        }
    }
    for (size_t at = 0; at < lookups->count; at++) {
        struct lookup *lookup = vec_at(lookups, at);
        struct span clean = name_span(lookup->clean);
        /* Where a report has several source roots, a relative path is open for a good reason. */
        bool usable = report->sources.count <= 1 || span_starts(clean, "/");
        if (lookup->match != PATH_RESOLVED && usable) {
            lookup->resolved = follow_hints(paths, clean, &hints, &hint_of_prefix);
            lookup->match = lookup->resolved != NULL ? PATH_RESOLVED : lookup->match;
        }
    }
    vec_release(&hints);
    map_release(&hint_of_prefix);
}
