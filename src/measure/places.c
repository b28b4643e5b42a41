/* Reported paths of one report after another -> places. */
#include "measure/places.h"

#include "base/glob.h"
#include "base/hash.h"
#include "measure/path_hints.h"
#include "measure/report_folder.h"

enum { EXAMPLES_MOST = 20 };

/* What a name is as a reported path. Names are numbered, so this is a table and no search. */
struct reported {
    uint32_t report; /* the last one that has this path, from 1; 0: none had it */
    uint32_t place;  /* in that report: index in list + 1; 0: not known yet */
};

void places_open(struct places *places, struct repo_paths *paths, const struct policy *policy)
{
    *places = (struct places){.paths = paths, .policy = policy};
    vec_init(&places->list, sizeof(struct place));
    vec_init(&places->components, sizeof(size_t));
    vec_init(&places->doubts, sizeof(bool));
    vec_init(&places->reported, sizeof(struct reported));
    map_init(&places->place_of_path);
    vec_add(&places->list);
}

void places_close(struct places *places)
{
    vec_release(&places->list);
    vec_release(&places->components);
    vec_release(&places->doubts);
    vec_release(&places->reported);
    map_release(&places->place_of_path);
}

/* ---- the policy's view of one path ---- */

bool places_any_glob(const struct vec *globs, struct span path)
{
    for (size_t at = 0; at < globs->count; at++) {
        if (glob_match(name_span(*(const struct name *const *)vec_at(globs, at)), path)) {
            return true;
        }
    }
    return false;
}

bool places_leaves_out(const struct policy *policy, struct span path)
{
    bool listed = policy->include.count == 0 || places_any_glob(&policy->include, path);
    return !listed || places_any_glob(&policy->exclude, path);
}

/* A path that does not resolve is left out by a written `exclude` only, never for lack of an
 * `include`. */
static bool is_left_out(const struct policy *policy, const struct place *place)
{
    struct span path = name_span(place->path);
    return place->match == PATH_RESOLVED ? places_leaves_out(policy, path)
                                         : places_any_glob(&policy->exclude, path);
}

static void find_components(struct places *places, struct place *place)
{
    place->first_component = (uint32_t)places->components.count;
    size_t count = place->match == PATH_RESOLVED ? places->policy->components.count : 0;
    for (size_t at = 0; at < count; at++) {
        const struct component *component = vec_at(&places->policy->components, at);
        if (places_any_glob(&component->patterns, name_span(place->path))) {
            *(size_t *)vec_add(&places->components) = at + 1;
        }
    }
    place->component_count = (uint32_t)places->components.count - place->first_component;
}

/* What is ambiguous in reports of different folders is perhaps not the same file, and must not be
 * merged. */
static uint64_t place_key(const struct name *path, enum path_match match, struct span folder)
{
    if (match != PATH_AMBIGUOUS) {
        return map_key(path) << 1 | (match == PATH_RESOLVED);
    }
    const uint64_t parts[] = {map_key(path), hash64(folder, 0)};
    return hash64(span_make((const char *)parts, sizeof(parts)), 0);
}

static size_t place_add(struct places *places, const struct name *path, enum path_match match,
                        struct span folder)
{
    uint64_t *slot = map_put(&places->place_of_path, place_key(path, match, folder));
    if (*slot == 0) {
        struct place place = {.path = path, .match = match};
        place.left_out = is_left_out(places->policy, &place);
        find_components(places, &place);
        *(struct place *)vec_add(&places->list) = place;
        *slot = places->list.count;
    }
    return (size_t)*slot - 1;
}

/* ---- the paths of one report ---- */

static struct reported *reported_at(struct places *places, const struct name *path)
{
    while (places->reported.count <= path->number) {
        vec_add(&places->reported);
    }
    return vec_at(&places->reported, path->number);
}

static void add_lookup(struct places *places, struct vec *lookups, const struct name *path)
{
    struct reported *reported = path != NULL ? reported_at(places, path) : NULL;
    if (reported != NULL && reported->report != places->reports) {
        *reported = (struct reported){places->reports, 0};
        struct lookup *lookup = vec_add(lookups);
        lookup->reported = path;
    }
}

static void collect(struct places *places, const struct report *report, struct vec *lookups)
{
    places->reports++;
    for (size_t at = 0; at < report->files.count; at++) {
        const struct file_coverage *file = vec_at(&report->files, at);
        add_lookup(places, lookups, file->path);
    }
    const struct name *last = NULL; /* most rows are of the file of the row before */
    for (size_t at = 0; at < report->findings.rows.count; at++) {
        const struct finding_row *row = vec_at(&report->findings.rows, at);
        if (row->path != last) {
            add_lookup(places, lookups, row->path);
        }
        last = row->path;
    }
}

/* ---- findings that may be in a component ---- */

/* An ambiguous path, and what it may be. */
struct doubt {
    struct places *places;
    const struct report *report;
    const struct lookup *lookup;
    struct diags *diags;
};

static void doubt_candidate(void *self, const struct name *file)
{
    const struct doubt *doubt = self;
    const struct policy *policy = doubt->places->policy;
    for (size_t at = 0; at < policy->components.count; at++) {
        const struct component *component = vec_at(&policy->components, at);
        bool *doubted = vec_at(&doubt->places->doubts, at);
        if (*doubted || !places_any_glob(&component->patterns, name_span(file)) ||
            places_leaves_out(policy, name_span(file))) {
            continue;
        }
        *doubted = true;
        diags_add_format(doubt->diags, DIAG_MEASURE_AMBIGUOUS, doubt->report->path, 0, 0,
                         "'%s' may be %s or another file, so the findings of component '%s' are "
                         "not known",
                         name_text(doubt->lookup->reported), name_text(file),
                         name_text(component->name));
    }
}

/* Folders of compilers and systems, whose files are no repository's. */
static bool is_of_system(struct span path)
{
    static const char *const folders[] = {
        "/usr/include/",       "/usr/lib",       "/usr/local/include/", "/usr/local/lib",
        "/Library/Developer/", "/Applications/", "C:/Program Files"};
    for (size_t at = 0; at < sizeof(folders) / sizeof(folders[0]); at++) {
        if (span_starts(path, folders[at])) {
            return true;
        }
    }
    return false;
}

/* True when no path is known and not all of them are of no concern. */
static bool nothing_known(const struct places *places, const struct vec *lookups)
{
    bool concern = false;
    for (size_t at = 0; at < lookups->count; at++) {
        const struct lookup *lookup = vec_at(lookups, at);
        struct span clean = name_span(lookup->clean);
        if (lookup->match == PATH_RESOLVED) {
            return false;
        }
        concern = concern || (lookup->match == PATH_UNRESOLVED && !is_of_system(clean) &&
                              !places_any_glob(&places->policy->exclude, clean));
    }
    return concern;
}

static void find_doubts(struct places *places, const struct report *report,
                        const struct vec *lookups, struct diags *diags)
{
    struct map asked;
    if (report->findings.rows.count == 0) {
        return;
    }
    map_init(&asked);
    for (size_t at = 0; at < lookups->count; at++) {
        const struct lookup *lookup = vec_at(lookups, at);
        struct span clean = name_span(lookup->clean);
        struct doubt doubt = {places, report, lookup, diags};
        if (lookup->match == PATH_AMBIGUOUS && !places_any_glob(&places->policy->exclude, clean)) {
            repo_paths_candidates(places->paths, clean, &asked, doubt_candidate, &doubt);
        }
    }
    map_release(&asked);
    bool all = nothing_known(places, lookups);
    for (size_t at = 0; all && at < places->doubts.count; at++) {
        *(bool *)vec_at(&places->doubts, at) = true;
    }
}

static void clear_doubts(struct places *places)
{
    vec_clear(&places->doubts);
    for (size_t at = 0; at < places->policy->components.count; at++) {
        *(bool *)vec_add(&places->doubts) = false;
    }
}

bool places_in_doubt(const struct places *places, size_t component)
{
    return *(const bool *)vec_at(&places->doubts, component);
}

static void say_unknown(const struct report *report, const struct vec *lookups, struct diags *diags)
{
    for (size_t at = 0; at < lookups->count; at++) {
        const struct lookup *lookup = vec_at(lookups, at);
        if (lookup->match == PATH_RESOLVED) {
            return;
        }
    }
    const struct lookup *first = vec_at(lookups, 0);
    diags_add_format(diags, DIAG_MEASURE_NO_PATH, report->path, 0, 0,
                     "none of its %zu paths is a file of the repository, for example '%s'",
                     lookups->count, name_text(first->reported));
}

static bool any_open(const struct vec *lookups)
{
    for (size_t at = 0; at < lookups->count; at++) {
        const struct lookup *lookup = vec_at(lookups, at);
        if (lookup->match != PATH_RESOLVED) {
            return true;
        }
    }
    return false;
}

void places_read(struct places *places, const struct report *report, const struct name *root,
                 struct diags *diags)
{
    struct vec lookups;
    vec_init(&lookups, sizeof(struct lookup));
    clear_doubts(places);
    collect(places, report, &lookups);
    struct span prefix = name_span(root);
    const struct path_origin origin = {&report->sources,
                                       span_is(prefix, ".") ? span_make(NULL, 0) : prefix,
                                       name_span(report->work_tree)};
    for (size_t at = 0; at < lookups.count; at++) {
        struct lookup *lookup = vec_at(&lookups, at);
        struct path_found found = repo_paths_find(places->paths, lookup->reported, &origin);
        lookup->match = found.match;
        lookup->resolved = found.resolved;
        lookup->clean = found.clean;
    }
    if (root == NULL && repo_paths_known(places->paths)) {
        report_folder_settle(places->paths, report, &lookups);
    }
    if (any_open(&lookups) && repo_paths_known(places->paths)) {
        path_hints_follow(places->paths, report, &lookups);
        say_unknown(report, &lookups, diags);
        find_doubts(places, report, &lookups, diags);
    }
    for (size_t at = 0; at < lookups.count; at++) {
        const struct lookup *lookup = vec_at(&lookups, at);
        const struct name *path = lookup->resolved != NULL ? lookup->resolved : lookup->clean;
        size_t place = place_add(places, path, lookup->match, name_span(report->folder));
        reported_at(places, lookup->reported)->place = (uint32_t)place + 1;
    }
    vec_release(&lookups);
}

size_t places_of(const struct places *places, const struct name *path)
{
    if (path == NULL || path->number >= places->reported.count) {
        return 0;
    }
    const struct reported *reported = vec_at(&places->reported, path->number);
    return reported->report == places->reports && reported->place > 0 ? reported->place - 1 : 0;
}

/* ---- what people want to know ---- */

static int example_compare(const void *left, const void *right)
{
    const struct measure_path *one = left;
    const struct measure_path *two = right;
    int order = name_compare(one->path, two->path);
    return order != 0 ? order : (int)one->ambiguous - (int)two->ambiguous;
}

/* Keeps the first ones of their order, sorted: a report may have hundreds of thousands. */
static void add_example(struct vec *examples, struct measure_path example)
{
    if (examples->count < EXAMPLES_MOST) {
        vec_add(examples);
    } else if (example_compare(&example, vec_at(examples, EXAMPLES_MOST - 1)) >= 0) {
        return;
    }
    size_t at = examples->count - 1;
    struct measure_path *all = examples->items;
    while (at > 0 && example_compare(&example, &all[at - 1]) < 0) {
        all[at] = all[at - 1];
        at--;
    }
    all[at] = example;
}

void places_sum_up(const struct places *places, struct measure_paths *result)
{
    vec_init(&result->examples, sizeof(struct measure_path));
    for (size_t at = 1; at < places->list.count; at++) {
        const struct place *place = vec_at(&places->list, at);
        if (place->left_out) {
            result->excluded++;
        } else if (place->match == PATH_RESOLVED) {
            result->resolved++;
        } else {
            bool ambiguous = place->match == PATH_AMBIGUOUS;
            *(ambiguous ? &result->ambiguous : &result->unresolved) += 1;
            add_example(&result->examples, (struct measure_path){place->path, ambiguous});
        }
    }
}
