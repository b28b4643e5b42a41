/* The grid of labels: all reports and each group, times all files and each component.
 *
 * What a family is worth (its state, how many reports it comes from) depends on the group alone;
 * what is counted depends on both. */
#ifndef TIDEGATE_MEASURE_SCOPES_H
#define TIDEGATE_MEASURE_SCOPES_H

#include "measure/from_coverage.h"
#include "measure/from_findings.h"
#include "measure/from_tests.h"
#include "measure/intake.h"
#include "measure/places.h"

/* All reports, or one group. */
struct group_scope {
    const struct name *group;       /* NULL: all */
    unsigned speaks;                /* families that get metrics */
    enum state states[FAMILY_BITS]; /* by family_index */
    uint32_t sources[FAMILY_BITS];  /* reports with rows */
    struct test_counts tests;       /* tests and rules belong to no file, so to no component */
    struct rule_counts rules;
};

/* A group's facts about all files or one component. */
struct scope {
    struct coverage_counts coverage;
    struct finding_counts findings;
    bool findings_doubted; /* some may be missing: places_in_doubt */
};

struct scopes {
    const struct intake *intake; /* borrowed */
    const struct places *places; /* borrowed */
    struct group_scope *groups;  /* [0] is all, then intake->groups in order */
    size_t group_count;
    struct scope *scopes;   /* a row of component_count for each group */
    size_t component_count; /* [0] is all files, then the policy's components in order */
};

void scopes_open(struct scopes *scopes, const struct intake *intake, const struct places *places);
void scopes_close(struct scopes *scopes);

/* Position of a family's bit. */
unsigned family_index(enum family family);

/* The cells of one group that a fact of this place counts in: all files, then its components. */
size_t scopes_reach(const struct scopes *scopes, size_t place);
struct scope *scopes_cell(const struct scopes *scopes, size_t group, size_t place, size_t step);

/* The findings of this group may lack some of this component, which is its place in the policy. */
void scopes_doubt(const struct scopes *scopes, size_t group, size_t component);

/* Adds the metrics of every cell. */
void scopes_write(const struct scopes *scopes, struct snapshot *out);

#endif
