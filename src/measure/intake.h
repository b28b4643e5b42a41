/* Which reports count, in which group, and how far each is trusted.
 *
 * The order in which reports arrive is forgotten here: sources are sorted by what they are, so
 * everything that follows is independent of it. */
#ifndef TIDEGATE_MEASURE_INTAKE_H
#define TIDEGATE_MEASURE_INTAKE_H

#include "model/policy.h"
#include "model/report.h"

/* One report that counts. */
struct source {
    struct report *report;          /* borrowed */
    const struct report_spec *spec; /* NULL if the user named the file */
    const struct name *root;        /* for its relative paths; NULL if none */
    enum state state;               /* after the policy's `empty` and `partial` settings */
    unsigned speaks;                /* families (bits) that get metrics because of it */
    unsigned touches;               /* families whose state it can worsen; holds all of `speaks` */
    size_t group;                   /* place in intake.groups + 1, 0 if it has none */
    bool only_in_group; /* the same file stands in another group too: not twice in the total */
};

struct intake {
    struct vec sources; /* struct source, in an order that depends on their content only */
    struct vec groups;  /* const struct name *, sorted: the groups in use */
};

/* Reports of equal content, format, group and `root:` are taken once and the others marked as
 * repeated; diagnostics say so, and name what was let pass by `empty: warn` or `partial: warn`.
 * `specs` may be NULL. */
void intake_open(struct intake *intake, const struct vec *reports,
                 const struct report_spec *const *specs, const struct policy *policy,
                 struct diags *diags);
void intake_close(struct intake *intake);

/* An order of reports by what they are; 0 for reports of equal content under equal labels. */
int report_compare(const struct report *left, const struct report *right);

/* The families that a report's own rows and words speak of. */
unsigned report_speaks(const struct report *report);

/* Is there anything in it that could count twice? */
bool report_has_rows(const struct report *report);

#endif
