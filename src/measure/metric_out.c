/* Values -> metrics of a snapshot, with the labels and the state of their family. */
#include "measure/metric_out.h"

static void add(struct metric_out *out, const struct name *key, const struct name *unit,
                struct value value)
{
    struct metric *metric = snapshot_add(out->snapshot);
    metric->key = key;
    metric->unit = unit;
    metric->group = out->group;
    metric->component = out->component;
    metric->state = out->state;
    metric->sources = out->sources;
    metric->value = state_has_value(out->state) ? value : (struct value){.kind = value.kind};
}

static const struct name *key_of(const struct metric_out *out, enum metric_id id)
{
    return names_add(out->snapshot->names, span_of(metric_kind(id)->key));
}

void metric_out_ratio(struct metric_out *out, enum metric_id id, struct ratio ratio)
{
    if (ratio.total > 0 || !state_has_value(out->state)) {
        add(out, key_of(out, id), NULL, value_ratio(ratio.covered, ratio.total));
    }
}

void metric_out_count(struct metric_out *out, enum metric_id id, uint64_t count)
{
    add(out, key_of(out, id), NULL, value_count(count));
}

void metric_out_decimal(struct metric_out *out, enum metric_id id, struct decimal decimal)
{
    add(out, key_of(out, id), NULL, value_decimal(decimal));
}

void metric_out_number(struct metric_out *out, const struct name *key, const struct name *unit,
                       struct decimal decimal)
{
    add(out, key, unit, value_decimal(decimal));
}
