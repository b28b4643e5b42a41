/* Paths of one report on their way to places, and what its other paths tell about those that are
 * open. */
#ifndef TIDEGATE_MEASURE_PATH_HINTS_H
#define TIDEGATE_MEASURE_PATH_HINTS_H

#include "measure/repo_paths.h"
#include "model/report.h"

/* One reported path on its way to a place. */
struct lookup {
    const struct name *reported;
    const struct name *clean;
    const struct name *resolved; /* NULL unless PATH_RESOLVED */
    enum path_match match;
};

/* Gives the lookups (struct lookup) of a report that are open their second chance. */
void path_hints_follow(const struct repo_paths *paths, const struct report *report,
                       struct vec *lookups);

#endif
