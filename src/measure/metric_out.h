/* Where the metrics of one family under one pair of labels go: labels and state are said once. */
#ifndef TIDEGATE_MEASURE_METRIC_OUT_H
#define TIDEGATE_MEASURE_METRIC_OUT_H

#include "model/snapshot.h"

struct metric_out {
    struct snapshot *snapshot; /* borrowed */
    const struct name *group, *component;
    enum state state;
    uint32_t sources;
};

/* In a state that has no value the metric is added without one. Otherwise a ratio of nothing is
 * left out: it is neither 0 % nor 100 %. */
void metric_out_ratio(struct metric_out *out, enum metric_id id, struct ratio ratio);
void metric_out_count(struct metric_out *out, enum metric_id id, uint64_t count);
void metric_out_decimal(struct metric_out *out, enum metric_id id, struct decimal decimal);
/* A user's number. */
void metric_out_number(struct metric_out *out, const struct name *key, const struct name *unit,
                       struct decimal decimal);

#endif
