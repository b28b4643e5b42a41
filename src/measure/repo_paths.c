/* Reported path + source roots -> repository path: the rules of repo_paths.h, in their order. */
#include "measure/repo_paths.h"

#include "base/glob.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "measure/path_index.h"
#include "measure/path_shape.h"

#include <stdlib.h>

struct repo_paths {
    struct names *names;
    struct arena keep;         /* holds root */
    struct arena scratch;      /* of one search */
    struct span root;          /* clean; empty if there is none */
    struct vec tracked;        /* const struct name *, sorted by text */
    struct path_index *exact;  /* NULL outside a repository */
    struct path_index *folded; /* made at the first search that needs it */
};

/* One search under one index. */
struct search {
    struct repo_paths *paths;
    const struct path_index *index;
    const struct vec *roots;
    struct span prefix;
    struct span work_tree; /* clean */
    struct path_shape shape;
    bool fold;
    const struct name *found;
    bool several; /* different files were found: ambiguous */
};

static int name_pointer_compare(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

struct repo_paths *repo_paths_open(struct names *names, const struct vec *tracked, struct span root)
{
    struct repo_paths *paths = mem_alloc(sizeof(*paths));
    paths->names = names;
    arena_init(&paths->keep);
    arena_init(&paths->scratch);
    paths->root = root.size > 0 ? path_clean(&paths->keep, root) : root;
    vec_init(&paths->tracked, sizeof(const struct name *));
    if (tracked != NULL) {
        for (size_t at = 0; at < tracked->count; at++) {
            *(const struct name **)vec_add(&paths->tracked) =
                *(const struct name *const *)vec_at(tracked, at);
        }
        vec_sort(&paths->tracked, name_pointer_compare);
        paths->exact = path_index_open(&paths->tracked, false);
    }
    return paths;
}

void repo_paths_close(struct repo_paths *paths)
{
    if (paths != NULL) {
        path_index_close(paths->exact);
        path_index_close(paths->folded);
        vec_release(&paths->tracked);
        arena_release(&paths->keep);
        arena_release(&paths->scratch);
        free(paths);
    }
}

bool repo_paths_known(const struct repo_paths *paths)
{
    return paths->exact != NULL;
}

static void offer(struct search *search, struct path_hits hits)
{
    search->several = search->several || hits.count > 1 ||
                      (hits.count == 1 && search->found != NULL && search->found != hits.found);
    search->found = hits.count > 0 ? hits.found : search->found;
}

static void offer_whole(struct search *search, struct span path)
{
    offer(search, path_index_whole(search->index, path));
}

static bool below_folder(const struct search *search, struct span path, struct span folder,
                         struct span *rest)
{
    if (folder.size == 0 || !search->fold) {
        return folder.size > 0 && path_below(path, folder, rest);
    }
    struct arena *arena = &search->paths->scratch;
    char *head = arena_text(arena, span_until(path, folder.size));
    bool same =
        path.size > folder.size && path.data[folder.size] == '/' && span_is_caseless(folder, head);
    *rest = same ? span_from(path, folder.size + 1) : *rest;
    return same;
}

/* Is it below the work tree, ours or the one where the report was read? */
static bool below(const struct search *search, struct span path, struct span *rest)
{
    return below_folder(search, path, search->work_tree, rest) ||
           below_folder(search, path, search->paths->root, rest);
}

/* Rule 3 for one root: the tracked file that `root/path` is, here or in another checkout. */
static void offer_below_root(struct search *search, struct span root)
{
    struct arena *arena = &search->paths->scratch;
    struct span joined = path_clean(arena, path_join(arena, root, search->shape.path));
    struct span rest;
    if (below(search, joined, &rest)) {
        offer_whole(search, rest);
        return;
    }
    bool foreign = path_is_absolute(joined);
    struct span tail = path_shape_parts(joined);
    struct path_hits hits = path_index_whole(search->index, tail);
    while (foreign && hits.count == 0) {
        (void)span_cut(&tail, '/');
        if (tail.size <= search->shape.path.size) {
            break; /* nothing of the root is left: that is rule 5 */
        }
        hits = path_index_whole(search->index, tail);
    }
    offer(search, hits);
}

/* Rule 4 for one root: a tail that holds at least one part of it. */
static void offer_tail_below_root(struct search *search, struct span root)
{
    struct arena *arena = &search->paths->scratch;
    struct span joined = path_clean(arena, path_join(arena, root, search->shape.path));
    struct span tail;
    struct path_hits hits = path_index_tail(search->index, path_shape_parts(joined), &tail);
    if (tail.size > path_shape_parts(search->shape.path).size) {
        offer(search, hits);
    }
}

static void offer_each_root(struct search *search, void (*rule)(struct search *, struct span))
{
    size_t count = search->roots != NULL ? search->roots->count : 0;
    for (size_t at = 0; at < count; at++) {
        struct span root = name_span(*(const struct name *const *)vec_at(search->roots, at));
        rule(search, path_shape_of(&search->paths->scratch, root).path);
    }
}

/* Rule 7: what stands behind host, owner and repository. */
static struct path_hits behind_host(const struct search *search, struct span *rest)
{
    *rest = search->shape.path;
    for (unsigned part = 0; rest->size > 0; part++) {
        (void)span_cut(rest, '/');
        struct path_hits hits = {0, NULL};
        if (part >= 2) {
            hits = path_index_whole(search->index, *rest);
        }
        if (hits.count > 0) {
            return hits;
        }
    }
    return (struct path_hits){0, NULL};
}

/* Rules 6 and 7 for the path alone. */
static void offer_tail(struct search *search)
{
    struct span parts = path_shape_parts(search->shape.path);
    struct span tail;
    struct path_hits hits = path_index_tail(search->index, parts, &tail);
    bool whole = tail.size == parts.size && !search->shape.is_absolute;
    bool enough = hits.count > 0 && (whole || span_find(tail, '/') != SIZE_MAX);
    struct span rest = {NULL, 0};
    struct path_hits hosted = {0, NULL};
    if (search->shape.is_hosted) {
        hosted = behind_host(search, &rest);
    }
    if (hosted.count > 0 && rest.size >= tail.size) {
        offer(search, hosted);
    } else if (enough) {
        offer(search, hits);
    }
}

static bool done(const struct search *search)
{
    return search->found != NULL;
}

static void search_absolute(struct search *search)
{
    struct span rest;
    if (below(search, search->shape.path, &rest)) {
        offer_whole(search, rest);
    }
    if (!done(search)) {
        offer_tail(search);
    }
}

static void search_relative(struct search *search)
{
    struct arena *arena = &search->paths->scratch;
    struct span path = search->shape.path;
    if (search->prefix.size > 0) {
        offer_whole(search, path_clean(arena, path_join(arena, search->prefix, path)));
    }
    if (!done(search)) {
        offer_each_root(search, offer_below_root);
    }
    if (!done(search)) {
        offer_each_root(search, offer_tail_below_root);
    }
    if (!done(search)) {
        offer_whole(search, path);
    }
    if (!done(search)) {
        offer_tail(search);
    }
}

static void search_run(struct search *search, bool fold)
{
    struct repo_paths *paths = search->paths;
    if (fold && paths->folded == NULL) {
        paths->folded = path_index_open(&paths->tracked, true);
    }
    search->fold = fold;
    search->index = fold ? paths->folded : paths->exact;
    if (search->shape.is_absolute) {
        search_absolute(search);
    } else {
        search_relative(search);
    }
}

/* Outside a repository: what is relative, or can be made so, is taken at its word. */
static const struct name *take_at_word(const struct search *search, const struct name *clean)
{
    struct repo_paths *paths = search->paths;
    struct span path = search->shape.path;
    if (search->shape.is_absolute) {
        struct span rest;
        return below(search, path, &rest) ? names_add(paths->names, rest) : NULL;
    }
    if (search->prefix.size > 0) {
        path = path_clean(&paths->scratch, path_join(&paths->scratch, search->prefix, path));
    }
    if (path.size == 0 || path_escapes(path) || path_is_absolute(path)) {
        return NULL;
    }
    return search->prefix.size > 0 ? names_add(paths->names, path) : clean;
}

struct path_found repo_paths_find(struct repo_paths *paths, const struct name *reported,
                                  const struct path_origin *origin)
{
    arena_reset(&paths->scratch);
    struct search search = {.paths = paths, .roots = origin->roots, .prefix = origin->prefix};
    search.shape = path_shape_of(&paths->scratch, name_span(reported));
    search.work_tree = path_clean(&paths->scratch, origin->work_tree);
    bool was_clean = span_equal(search.shape.path, name_span(reported));
    const struct name *clean = was_clean ? reported : names_add(paths->names, search.shape.path);
    if (!repo_paths_known(paths)) {
        search.found = take_at_word(&search, clean);
    } else if (search.shape.path.size > 0) {
        search_run(&search, false);
        if (!done(&search)) {
            search_run(&search, true);
        }
    }
    if (search.several) {
        return (struct path_found){PATH_AMBIGUOUS, NULL, clean};
    }
    enum path_match match = search.found != NULL ? PATH_RESOLVED : PATH_UNRESOLVED;
    return (struct path_found){match, search.found, clean};
}

static void visit_tail(const struct path_index *index, struct span parts, uint64_t seed,
                       struct map *asked, void (*visit)(void *self, const struct name *found),
                       void *self)
{
    struct span tail;
    if (index == NULL || path_index_tail(index, parts, &tail).count < 2) {
        return;
    }
    uint64_t *slot = map_put(asked, hash64(tail, seed));
    if (*slot == 0) {
        *slot = 1;
        path_index_each(index, parts, visit, self);
    }
}

void repo_paths_candidates(struct repo_paths *paths, struct span clean, struct map *asked,
                           void (*visit)(void *self, const struct name *found), void *self)
{
    struct span parts = path_shape_parts(clean);
    visit_tail(paths->exact, parts, 0, asked, visit, self);
    visit_tail(paths->folded, parts, 1, asked, visit, self); /* if any search needed it */
}

const struct name *repo_paths_tracked(const struct repo_paths *paths, struct span path)
{
    return paths->exact != NULL ? path_index_whole(paths->exact, path).found : NULL;
}

/* The first tracked path that is not before `text`. */
static size_t first_from(const struct vec *tracked, struct span text)
{
    size_t low = 0;
    size_t high = tracked->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(name_span(*(const struct name *const *)vec_at(tracked, middle)), text) <
            0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool repo_paths_begin(const struct repo_paths *paths, struct span begin)
{
    size_t at = first_from(&paths->tracked, begin);
    const struct name *const *path = at < paths->tracked.count ? vec_at(&paths->tracked, at) : NULL;
    return path != NULL && span_equal(span_until(name_span(*path), begin.size), begin);
}

struct names *repo_paths_names(const struct repo_paths *paths)
{
    return paths->names;
}

bool repo_paths_some(const struct repo_paths *paths, struct span glob,
                     bool (*test)(const void *self, struct span path), const void *self)
{
    struct span root = glob_root(glob);
    for (size_t at = first_from(&paths->tracked, root); at < paths->tracked.count; at++) {
        struct span path = name_span(*(const struct name *const *)vec_at(&paths->tracked, at));
        if (!span_equal(span_until(path, root.size), root)) {
            return false;
        }
        if (test(self, path)) {
            return true;
        }
    }
    return false;
}

static bool matches(const void *self, struct span path)
{
    return glob_match(*(const struct span *)self, path);
}

bool repo_paths_any(const struct repo_paths *paths, struct span glob)
{
    return repo_paths_some(paths, glob, matches, &glob);
}
