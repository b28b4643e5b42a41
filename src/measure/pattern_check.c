/* The policy's path patterns and the files of the repository -> errors about patterns that can
 * match nothing.
 *
 * A folder is renamed, and the pattern that named it guards nothing from then on while every rule
 * passes. Outside a repository only the paths in reports are known, and they speak for components
 * alone. */
#include "measure/pattern_check.h"

#include "base/glob.h"

/* ---- components ---- */

static bool any_place(const struct places *places, struct span glob)
{
    for (size_t at = 1; at < places->list.count; at++) {
        const struct place *place = vec_at(&places->list, at);
        if (place->match == PATH_RESOLVED && glob_match(glob, name_span(place->path))) {
            return true;
        }
    }
    return false;
}

/* True when every pattern has a file. */
static bool check_component(const struct places *places, const struct component *component,
                            struct diags *diags)
{
    size_t errors = diags->errors;
    for (size_t item = 0; item < component->patterns.count; item++) {
        const struct name *glob = *(const struct name **)vec_at(&component->patterns, item);
        if (!repo_paths_any(places->paths, name_span(glob)) &&
            !any_place(places, name_span(glob))) {
            diags_add_format(diags, DIAG_MEASURE_COMPONENT_EMPTY, places->policy->path,
                             component->line, component->column,
                             "component '%s': the pattern '%s' matches no file",
                             name_text(component->name), name_text(glob));
        }
    }
    return diags->errors == errors;
}

/* ---- include and exclude ---- */

/* What a file of the repository is asked for. */
struct wanted {
    const struct policy *policy;
    const struct component *component; /* to be part of; NULL: of none */
};

static bool is_included(const void *self, struct span path)
{
    return places_any_glob(&((const struct wanted *)self)->policy->include, path);
}

static bool counts(const void *self, struct span path)
{
    const struct wanted *wanted = self;
    return (wanted->component == NULL || places_any_glob(&wanted->component->patterns, path)) &&
           !places_leaves_out(wanted->policy, path);
}

static bool is_there(const void *self, struct span path)
{
    (void)self;
    (void)path;
    return true;
}

/* True when some file of the repository counts. */
static bool check_filters(const struct places *places, struct diags *diags)
{
    const struct policy *policy = places->policy;
    const struct wanted wanted = {policy, NULL};
    if (repo_paths_some(places->paths, SPAN(""), counts, &wanted)) {
        return true;
    }
    if (policy->include.count > 0 &&
        !repo_paths_some(places->paths, SPAN(""), is_included, &wanted)) {
        diags_add(diags, DIAG_MEASURE_NOTHING_COUNTS, policy->path, policy->include_line,
                  policy->include_column,
                  SPAN("no pattern under `include` matches a file of the repository"));
    } else {
        diags_add_format(diags, DIAG_MEASURE_NOTHING_COUNTS, policy->path, policy->exclude_line,
                         policy->exclude_column, "%s no file of the repository",
                         policy->include.count > 0 ? "`include` and `exclude` leave"
                                                   : "`exclude` leaves");
    }
    return false;
}

static void check_left_out(const struct places *places, const struct component *component,
                           struct diags *diags)
{
    const struct wanted wanted = {places->policy, component};
    if (!repo_paths_some(places->paths, SPAN(""), counts, &wanted)) {
        diags_add_format(diags, DIAG_MEASURE_NOTHING_COUNTS, places->policy->path, component->line,
                         component->column,
                         "component '%s': `include` and `exclude` leave none of its files",
                         name_text(component->name));
    }
}

/* ---- root ---- */

static bool is_root_of(const void *self, struct span path)
{
    struct span root = *(const struct span *)self;
    return span_equal(span_until(path, root.size), root) &&
           (path.size == root.size || path.data[root.size] == '/');
}

static void check_roots(const struct places *places, struct diags *diags)
{
    for (size_t at = 0; at < places->policy->reports.count; at++) {
        const struct report_spec *spec = vec_at(&places->policy->reports, at);
        struct span root = name_span(spec->root);
        if (root.size > 0 && !span_is(root, ".") &&
            !repo_paths_some(places->paths, SPAN(""), is_root_of, &root)) {
            diags_add_format(diags, DIAG_MEASURE_ROOT, places->policy->path, spec->line,
                             spec->column, "`root`: the repository has no folder '%s'",
                             name_text(spec->root));
        }
    }
}

void pattern_check(const struct places *places, struct diags *diags)
{
    const struct policy *policy = places->policy;
    bool filters = false;
    if (repo_paths_some(places->paths, SPAN(""), is_there, NULL)) {
        check_roots(places, diags);
        filters = policy->include.count + policy->exclude.count > 0 && check_filters(places, diags);
    }
    for (size_t at = 0; at < policy->components.count; at++) {
        const struct component *component = vec_at(&policy->components, at);
        if (check_component(places, component, diags) && filters) {
            check_left_out(places, component, diags);
        }
    }
}
