/* Where the facts of reports belong: the files of the repository, what the policy leaves out,
 * and the components that each file is part of.
 *
 * A place is one path with one way of having been found. A path that does not resolve is a place
 * of its own under its cleaned text: its facts count, so breaking paths raises nothing, but it
 * is in no component. */
#ifndef TIDEGATE_MEASURE_PLACES_H
#define TIDEGATE_MEASURE_PLACES_H

#include "measure/measure.h"

struct place {
    const struct name *path;  /* of the repository if resolved, else the report's, cleaned */
    uint32_t first_component; /* its components are places->components[first ..] */
    uint32_t component_count;
    enum path_match match;
    bool left_out;          /* by the policy's `include` and `exclude` */
    bool coverage_left_out; /* and a report had coverage of it */
};

struct places {
    struct repo_paths *paths; /* borrowed */
    const struct policy *policy;
    struct vec list;          /* struct place; the first is for facts without a path */
    struct vec components;    /* size_t: places in policy->components, + 1 */
    struct map place_of_path; /* path and way of finding -> index in list + 1 */
    struct vec doubts;        /* bool: of the report read last, for each component */
    struct vec reported;      /* by the numbers of names: what a reported path is (places.c) */
    uint32_t reports;         /* read so far */
};

void places_open(struct places *places, struct repo_paths *paths, const struct policy *policy);
void places_close(struct places *places);

/* Resolves all paths of one report. `root` is the policy's `root:` for it or NULL. What
 * places_of and places_in_doubt say holds until the next call. A report none of whose paths is
 * known gets a diagnostic, and so does an ambiguous one that puts a component in doubt. */
void places_read(struct places *places, const struct report *report, const struct name *root,
                 struct diags *diags);
/* The place of a path of that report (NULL or an unknown one: none), as an index in list. */
size_t places_of(const struct places *places, const struct name *path);

/* May findings of that report be in this component (its place in the policy) though their paths do
 * not say so? Then what is counted there is not all: an ambiguous path may be one of its files, or
 * no path of the report is known. */
bool places_in_doubt(const struct places *places, size_t component);

/* Counts and examples for people. */
void places_sum_up(const struct places *places, struct measure_paths *result);

/* Does the path match one of these globs (const struct name *)? */
bool places_any_glob(const struct vec *globs, struct span path);
/* Do the policy's `include` and `exclude` leave out this file of the repository? */
bool places_leaves_out(const struct policy *policy, struct span path);

#endif
