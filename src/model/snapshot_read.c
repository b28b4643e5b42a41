/* The text of a snapshot, strictly back into a snapshot.
 *
 * Whatever could make a baseline say less than it should is refused with its place: a value of
 * the wrong kind, more covered than there is, a ratio of nothing in state ok, an integer that
 * other JSON readers would round, two values for one metric, no metric at all. What version it
 * is, is found out in a first pass, so that a newer document is called newer and not broken.
 * Keys that are not known are skipped: a later version may add some without changing what is
 * here. */
#include "base/limits.h"
#include "model/document.h"
#include "model/snapshot.h"
#include "model/value_json.h"

#include <inttypes.h>
#include <stdio.h>

/* A metric with its place, for rules that need all of them. */
struct placed {
    struct metric metric;
    uint64_t line, column;
};

struct draft {
    struct json_reader *json;
    struct snapshot *snapshot;
    struct vec metrics; /* struct placed */
    bool has_metrics;   /* was there an array of that name? */
};

static void refuse_metric(struct draft *draft, const struct metric *metric, const char *rule)
{
    char text[200];
    snprintf(text, sizeof(text), "metric %.100s: %s", name_text(metric->key), rule);
    json_refuse(draft->json, FAULT_SYNTAX, text);
}

static void read_state(struct draft *draft, enum state *state)
{
    struct span text;
    if (!json_string(draft->json, &text) || !state_of(text, state)) {
        json_refuse(draft->json, FAULT_SYNTAX, "not a state that is known");
    }
}

/* What the parts of one metric must be to each other. */
static const char *broken_rule(const struct metric *metric, bool has_state, bool has_value)
{
    if (!has_state) {
        return "has no state";
    }
    if (has_value != state_has_value(metric->state)) {
        return has_value ? "has a value although its state says that there is none"
                         : "has no value";
    }
    if (!has_value) {
        return NULL;
    }
    return value_broken_rule(name_span(metric->key), &metric->value, metric->state == STATE_OK);
}

/* One item of "metrics"; its object was entered. */
static void read_metric(struct draft *draft, struct metric *metric)
{
    bool has_state = false;
    bool has_value = false;
    uint64_t sources = 0;
    struct span key;
    while (json_key(draft->json, &key)) {
        if (span_is(key, "key")) {
            document_read_name(draft->json, draft->snapshot->names, &metric->key,
                               "a metric's key is a text");
        } else if (span_is(key, "group")) {
            document_read_name(draft->json, draft->snapshot->names, &metric->group,
                               "a group is a text that is not empty");
        } else if (span_is(key, "component")) {
            document_read_name(draft->json, draft->snapshot->names, &metric->component,
                               "a component is a text that is not empty");
        } else if (span_is(key, "unit")) {
            document_read_name(draft->json, draft->snapshot->names, &metric->unit,
                               "a unit is a text that is not empty");
        } else if (span_is(key, "state")) {
            has_state = true;
            read_state(draft, &metric->state);
        } else if (span_is(key, "value")) {
            has_value = true;
            value_read_json(draft->json, &metric->value);
        } else if (span_is(key, "sources")) {
            value_read_integer(draft->json, &sources, UINT32_MAX);
        } else {
            json_skip(draft->json);
        }
    }
    metric->sources = (uint32_t)sources;
    if (!metric_key_valid(name_span(metric->key))) {
        json_refuse(draft->json, FAULT_SYNTAX, "a metric without a well-formed key");
        return;
    }
    const char *rule = broken_rule(metric, has_state, has_value);
    if (rule != NULL) {
        refuse_metric(draft, metric, rule);
    }
}

static void read_metrics(struct draft *draft)
{
    draft->has_metrics = json_array(draft->json);
    if (!draft->has_metrics) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"metrics\" must be an array of objects");
        return;
    }
    while (json_item(draft->json)) {
        if (draft->metrics.count == LIMIT_SNAPSHOT_METRICS) {
            json_refuse(draft->json, FAULT_LIMIT,
                        "more metrics than LIMIT_SNAPSHOT_METRICS allows");
            return;
        }
        if (!json_object(draft->json)) {
            json_refuse(draft->json, FAULT_SYNTAX, "a metric must be an object");
            return;
        }
        struct placed *placed = vec_add(&draft->metrics);
        placed->line = json_line(draft->json);
        placed->column = json_column(draft->json);
        read_metric(draft, &placed->metric);
    }
}

/* One item of "sources"; its object was entered. */
static void read_source(struct draft *draft, struct snapshot_source *source)
{
    bool has_state = false;
    uint64_t time = 0;
    struct span key;
    while (json_key(draft->json, &key)) {
        if (span_is(key, "path")) {
            document_read_name(draft->json, draft->snapshot->names, &source->path,
                               "a path is a text that is not empty");
        } else if (span_is(key, "group")) {
            document_read_name(draft->json, draft->snapshot->names, &source->group,
                               "a group is a text that is not empty");
        } else if (span_is(key, "format")) {
            document_read_name(draft->json, draft->snapshot->names, &source->format,
                               "a format is a text that is not empty");
        } else if (span_is(key, "tool")) {
            document_read_name(draft->json, draft->snapshot->names, &source->tool,
                               "a tool is a text that is not empty");
        } else if (span_is(key, "tool_version")) {
            document_read_name(draft->json, draft->snapshot->names, &source->tool_version,
                               "a version is a text that is not empty");
        } else if (span_is(key, "state")) {
            has_state = true;
            read_state(draft, &source->state);
        } else if (span_is(key, "bytes")) {
            value_read_integer(draft->json, &source->bytes, VALUE_INTEGER_MOST);
        } else if (span_is(key, "from")) {
            document_read_id(draft->json, draft->snapshot->names, &source->carried_from);
        } else if (span_is(key, "time")) {
            value_read_integer(draft->json, &time, INT64_MAX);
        } else {
            json_skip(draft->json);
        }
    }
    source->carried_time = (int64_t)time;
    if (source->path == NULL || !has_state) {
        json_refuse(draft->json, FAULT_SYNTAX, "a source needs path and state");
    }
}

static void read_sources(struct draft *draft)
{
    if (!json_array(draft->json)) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"sources\" must be an array of objects");
        return;
    }
    while (json_item(draft->json)) {
        if (draft->snapshot->sources.count == LIMIT_REPORTS) {
            json_refuse(draft->json, FAULT_LIMIT, "more sources than LIMIT_REPORTS allows");
            return;
        }
        if (!json_object(draft->json)) {
            json_refuse(draft->json, FAULT_SYNTAX, "a source must be an object");
            return;
        }
        read_source(draft, vec_add(&draft->snapshot->sources));
    }
}

static void read_document(struct draft *draft)
{
    struct span key;
    json_object(draft->json);
    while (json_key(draft->json, &key)) {
        if (span_is(key, "commit")) {
            document_read_id(draft->json, draft->snapshot->names, &draft->snapshot->commit);
        } else if (span_is(key, "tree")) {
            document_read_id(draft->json, draft->snapshot->names, &draft->snapshot->tree);
        } else if (span_is(key, "metrics")) {
            read_metrics(draft);
        } else if (span_is(key, "sources")) {
            read_sources(draft);
        } else {
            json_skip(draft->json);
        }
    }
    json_next(draft->json); /* the end, or a fault about what stands behind the document */
    if (!draft->has_metrics) {
        json_refuse(draft->json, FAULT_SYNTAX, "there is no \"metrics\"");
    } else if (draft->metrics.count == 0) {
        json_refuse(draft->json, FAULT_SYNTAX, "there is no metric in it");
    }
}

static int order_placed(const void *left_item, const void *right_item)
{
    const struct placed *left = left_item;
    const struct placed *right = right_item;
    int order = metric_compare(&left->metric, &right->metric);
    if (order == 0 && left->line != right->line) {
        order = left->line < right->line ? -1 : 1;
    }
    return order;
}

/* Moves the metrics over, sorted; false and a fault at the second of two equal ones. */
static bool take_metrics(struct draft *draft, struct fault *fault)
{
    vec_sort(&draft->metrics, order_placed);
    for (size_t index = 0; index < draft->metrics.count; index++) {
        const struct placed *placed = vec_at(&draft->metrics, index);
        const struct metric *metric = &placed->metric;
        const struct placed *before = index > 0 ? vec_at(&draft->metrics, index - 1) : NULL;
        if (before != NULL && metric_compare(&before->metric, metric) == 0) {
            fault_set(fault, FAULT_DUPLICATE, placed->line, placed->column,
                      "metric %.100s stands twice with the same labels, first in line %" PRIu64,
                      name_text(metric->key), before->line);
            return false;
        }
        *snapshot_add(draft->snapshot) = *metric;
    }
    snapshot_sort(draft->snapshot);
    return true;
}

static bool read_all(struct snapshot *snapshot, struct span text, struct fault *fault)
{
    struct draft draft = {.snapshot = snapshot};
    struct input *input = input_open_memory(text);
    vec_init(&draft.metrics, sizeof(struct placed));
    draft.json = json_reader_open(input, false);
    read_document(&draft);
    if (json_failed(draft.json)) {
        *fault = *input_fault(input);
    }
    bool taken = fault->kind == FAULT_NONE && take_metrics(&draft, fault);
    json_reader_close(draft.json);
    input_close(input);
    vec_release(&draft.metrics);
    return taken;
}

enum err snapshot_read_from(struct snapshot *snapshot, struct span text, const char *schema,
                            struct fault *fault)
{
    enum err err = document_check(text, schema, 1, "a snapshot", fault);
    if (err != ERR_NONE) {
        return err;
    }
    if (!read_all(snapshot, text, fault)) {
        struct names *names = snapshot->names;
        snapshot_release(snapshot);
        snapshot_init(snapshot, names);
        return ERR_FORMAT;
    }
    return ERR_NONE;
}

enum err snapshot_read(struct snapshot *snapshot, struct span text, struct fault *fault)
{
    return snapshot_read_from(snapshot, text, SNAPSHOT_SCHEMA, fault);
}
