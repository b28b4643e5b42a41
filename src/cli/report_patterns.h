/* Which patterns a policy should list for the reports that were found: as few as stay exact. */
#ifndef TIDEGATE_CLI_REPORT_PATTERNS_H
#define TIDEGATE_CLI_REPORT_PATTERNS_H

#include "base/name.h"
#include "base/vec.h"
#include "model/state.h"

/* A report that was found. */
struct found_file {
    const struct name *path; /* below the root */
    const char *format; /* collector name; NULL: named like a report, but not readable as one */
    enum state state;
};

/* An entry for `reports:`. */
struct report_pattern {
    const struct name *pattern; /* path glob */
    const char *format;         /* of each file */
    enum state state;           /* the worst of its files */
    size_t files;
};

/* Adds to `patterns` (struct report_pattern) what lists each of `files` (struct found_file, sorted
 * by path) with a format once, and no other file of the work tree, whose files are `tree` (const
 * struct name *), but those of `files` without a format. Files of one format in one folder whose
 * names begin alike are one pattern, and so are those of modules, which differ in one folder with
 * at least one more behind it. */
void report_patterns_choose(struct names *names, const struct vec *files, const struct vec *tree,
                            struct vec *patterns);

#endif
