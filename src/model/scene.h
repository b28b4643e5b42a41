/* Everything a renderer may show, and how it is to look. Renderers get nothing else and are
 * pure. */
#ifndef TIDEGATE_MODEL_SCENE_H
#define TIDEGATE_MODEL_SCENE_H

#include "model/policy_change.h"
#include "model/report.h"
#include "model/verdict.h"

struct scene {
    const char *program_version;
    const struct verdict *verdict;             /* NULL: nothing was judged (collect, compare) */
    const struct policy *policy;               /* NULL as above */
    const struct policy_change *policy_change; /* NULL: not looked at */
    const struct snapshot *snapshot;           /* what was measured */
    const struct baseline *baseline;           /* NULL: none was looked for */
    const struct vec *reports; /* struct report *: details of tests and findings; NULL if none */
    const struct diags *diags; /* of the run, beside those of each report */
    const struct name
        *unresolved; /* one line about report paths that matched no file; NULL if none */
    const struct name
        *left_out;  /* one line about what the policy's paths left out; NULL if nothing */
    bool colour;    /* text renderer: use terminal colours */
    bool verbose;   /* also show rules that passed in full, and every source */
    unsigned width; /* text renderer: columns, 0 is unlimited */
};

#endif
