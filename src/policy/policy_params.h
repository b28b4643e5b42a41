/* What a gate entry is about, and its parameters in the metric's own unit. */
#ifndef TIDEGATE_POLICY_POLICY_PARAMS_H
#define TIDEGATE_POLICY_POLICY_PARAMS_H

#include "policy/policy_reader.h"

struct subject {
    const struct name *word;
    const struct metric_kind *metric; /* of the catalogue, NULL if it is not there */
    bool gathers;                     /* a family word or the name of a group */
    bool group;                       /* the name of a group */
};

/* What the key of the node names; false after a diagnostic. */
bool subject_find(struct policy_reader *reader, const struct yaml_node *node,
                  struct subject *subject);

/* Reads one parameter; false after a diagnostic. */
bool param_read(struct policy_reader *reader, const struct yaml_node *node,
                const struct subject *subject, const struct param_spec *spec,
                struct param_value *value);
/* What holds for a parameter that was left out. */
void param_fill_in(const struct param_spec *spec, struct param_value *value);

#endif
