/* A snapshot: sorting, looking up, and its canonical text.
 *
 * The text is JSON with a fixed order of keys, one metric or source a line, optional keys left
 * out, decimals without trailing zeros and a line feed at the end: equal content gives equal
 * bytes, so a recording that is repeated makes the same git object. snapshot_read.c reads it
 * back. */
#include "model/snapshot.h"

#include "model/value_json.h"

void snapshot_init(struct snapshot *snapshot, struct names *names)
{
    *snapshot = (struct snapshot){.names = names};
    vec_init(&snapshot->metrics, sizeof(struct metric));
    vec_init(&snapshot->sources, sizeof(struct snapshot_source));
}

void snapshot_release(struct snapshot *snapshot)
{
    vec_release(&snapshot->metrics);
    vec_release(&snapshot->sources);
}

struct metric *snapshot_add(struct snapshot *snapshot)
{
    return vec_add(&snapshot->metrics);
}

static int order_metrics(const void *left, const void *right)
{
    return metric_compare(left, right);
}

int snapshot_source_compare(const struct snapshot_source *left, const struct snapshot_source *right)
{
    const struct name *const pairs[][2] = {{left->path, right->path},
                                           {left->group, right->group},
                                           {left->format, right->format},
                                           {left->tool, right->tool},
                                           {left->tool_version, right->tool_version}};
    for (size_t pair = 0; pair < sizeof(pairs) / sizeof(pairs[0]); pair++) {
        int order = name_compare(pairs[pair][0], pairs[pair][1]);
        if (order != 0) {
            return order;
        }
    }
    if (left->state != right->state) {
        return left->state < right->state ? -1 : 1;
    }
    return left->bytes < right->bytes ? -1 : left->bytes > right->bytes;
}

static int order_sources(const void *left, const void *right)
{
    return snapshot_source_compare(left, right);
}

void snapshot_sort(struct snapshot *snapshot)
{
    vec_sort(&snapshot->metrics, order_metrics);
    vec_sort(&snapshot->sources, order_sources);
}

const struct metric *snapshot_find(const struct snapshot *snapshot, const struct name *key,
                                   const struct name *group, const struct name *component)
{
    const struct metric wanted = {.key = key, .group = group, .component = component};
    size_t low = 0;
    size_t high = snapshot->metrics.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct metric *metric = vec_at(&snapshot->metrics, middle);
        int order = metric_compare(&wanted, metric);
        if (order == 0) {
            return metric;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

bool snapshot_id_valid(struct span id)
{
    size_t zeros = 0;
    while (zeros < id.size && id.data[zeros] == '0') {
        zeros++;
    }
    return (id.size == 40 || id.size == 64) && zeros < id.size && span_is_hex(id);
}

static void write_name(struct json_writer *json, const char *key, const struct name *name)
{
    if (name != NULL && name->size > 0) {
        json_write_member_text(json, key, name_span(name));
    }
}

static void write_metric(struct json_writer *json, const struct metric *metric, bool lean)
{
    json_write_object(json, true);
    write_name(json, "key", metric->key);
    write_name(json, "group", metric->group);
    write_name(json, "component", metric->component);
    json_write_member_text(json, "state", span_of(state_text(metric->state)));
    if (state_has_value(metric->state)) {
        json_write_key(json, "value");
        value_write_json(json, &metric->value);
    }
    write_name(json, "unit", metric->unit);
    if (!lean) {
        json_write_member_u64(json, "sources", metric->sources);
    }
    json_write_object_end(json);
}

static void write_source(struct json_writer *json, const struct snapshot_source *source, bool lean)
{
    json_write_object(json, true);
    write_name(json, "path", source->path);
    write_name(json, "group", source->group);
    write_name(json, "format", source->format);
    write_name(json, "tool", source->tool);
    if (!lean) {
        write_name(json, "tool_version", source->tool_version);
    }
    json_write_member_text(json, "state", span_of(state_text(source->state)));
    if (!lean) {
        json_write_member_u64(json, "bytes", source->bytes);
    }
    if (source->carried_from != NULL) {
        write_name(json, "from", source->carried_from);
        json_write_member_u64(json, "time", (uint64_t)source->carried_time);
    }
    json_write_object_end(json);
}

void snapshot_write_members(const struct snapshot *snapshot, struct json_writer *json, bool lean)
{
    json_write_key(json, "metrics");
    json_write_array(json, false);
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        write_metric(json, vec_at(&snapshot->metrics, index), lean);
    }
    json_write_array_end(json);
    json_write_key(json, "sources");
    json_write_array(json, false);
    for (size_t index = 0; index < snapshot->sources.count; index++) {
        write_source(json, vec_at(&snapshot->sources, index), lean);
    }
    json_write_array_end(json);
}

void snapshot_write(const struct snapshot *snapshot, struct buf *out)
{
    struct json_writer json;
    json_writer_init(&json, out);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN(SNAPSHOT_SCHEMA "1"));
    write_name(&json, "commit", snapshot->commit);
    write_name(&json, "tree", snapshot->tree);
    snapshot_write_members(snapshot, &json, false);
    json_write_object_end(&json);
    buf_add_byte(out, '\n');
}
