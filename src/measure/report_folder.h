/* What the folder of a report tells about its relative paths. */
#ifndef TIDEGATE_MEASURE_REPORT_FOLDER_H
#define TIDEGATE_MEASURE_REPORT_FOLDER_H

#include "measure/path_hints.h"

/* Settles the relative paths among the lookups (struct lookup) of a report without source roots, if
 * its folder says in which part of the repository they start. */
void report_folder_settle(struct repo_paths *paths, const struct report *report,
                          struct vec *lookups);

#endif
