/* The text of a snapshot, strictly back into a snapshot.
 *
 * Whatever could make a baseline say less than it should is refused with its place: a value of
 * the wrong kind, more covered than there is, a ratio of nothing in state ok, an integer that
 * other JSON readers would round, two values for one metric, no metric at all. What version it
 * is, is found out in a first pass, so that a newer document is called newer and not broken.
 * Keys that are not known are skipped: a later version may add some without changing what is
 * here. */
#include "base/json_read.h"
#include "base/limits.h"
#include "model/snapshot.h"

#include <inttypes.h>
#include <stdio.h>

#define INTEGER_MOST                                                                               \
    (UINT64_C(1) << 53) /* above it a double, and so most JSON readers, lose digits */
#define INTEGER_RULE "must be an integer from 0 to 2^53"

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

/* A text that is not empty, as a name; anything else is refused. */
static void read_name(struct draft *draft, const struct name **name, const char *rule)
{
    struct span text;
    if (!json_string(draft->json, &text) || text.size == 0) {
        json_refuse(draft->json, FAULT_SYNTAX, rule);
        return;
    }
    *name = names_add(draft->snapshot->names, text);
}

static void read_id(struct draft *draft, const struct name **id)
{
    struct span text;
    if (!json_string(draft->json, &text) || !snapshot_id_valid(text)) {
        json_refuse(draft->json, FAULT_SYNTAX,
                    "not an object id: 40 or 64 hexadecimal digits, not all zero");
        return;
    }
    *id = names_add(draft->snapshot->names, text);
}

static void read_state(struct draft *draft, enum state *state)
{
    struct span text;
    if (!json_string(draft->json, &text) || !state_of(text, state)) {
        json_refuse(draft->json, FAULT_SYNTAX, "not a state that is known");
    }
}

static void read_integer(struct draft *draft, uint64_t *value, uint64_t most)
{
    if (!json_u64(draft->json, value) || *value > most) {
        json_refuse(draft->json, FAULT_SYNTAX,
                    most == INTEGER_MOST ? INTEGER_RULE : "must be an integer from 0 to 2^32-1");
    }
}

static void read_ratio(struct draft *draft, struct ratio *ratio)
{
    bool covered = false;
    bool total = false;
    struct span key;
    json_object(draft->json);
    while (json_key(draft->json, &key)) {
        if (span_is(key, "covered")) {
            covered = true;
            read_integer(draft, &ratio->covered, INTEGER_MOST);
        } else if (span_is(key, "total")) {
            total = true;
            read_integer(draft, &ratio->total, INTEGER_MOST);
        } else {
            json_skip(draft->json);
        }
    }
    if (!covered || !total) {
        json_refuse(draft->json, FAULT_SYNTAX, "a ratio needs covered and total");
    } else if (ratio->covered > ratio->total) {
        json_refuse(draft->json, FAULT_SYNTAX, "more is covered than there is");
    }
}

static void read_value(struct draft *draft, struct value *value)
{
    struct span text;
    bool cut = false;
    switch (json_peek(draft->json)) {
    case JSON_OBJECT:
        value->kind = VALUE_RATIO;
        read_ratio(draft, &value->ratio);
        return;
    case JSON_NUMBER:
        value->kind = VALUE_COUNT;
        read_integer(draft, &value->count, INTEGER_MOST);
        return;
    case JSON_STRING:
        value->kind = VALUE_DECIMAL;
        if (json_string(draft->json, &text) && decimal_parse(text, &value->decimal, &cut) && !cut) {
            return;
        }
        json_refuse(draft->json, FAULT_SYNTAX,
                    "not a decimal number with at most nine places and 64 bits");
        return;
    default:
        json_next(draft->json);
        json_refuse(
            draft->json, FAULT_SYNTAX,
            "a value is an object with covered and total, an integer, or a decimal in quotes");
        return;
    }
}

/* What the parts of one metric must be to each other. */
static const char *broken_rule(const struct metric *metric, bool has_state, bool has_value)
{
    const struct metric_kind *kind = metric_find(name_span(metric->key));
    const struct value *value = &metric->value;
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
    if (kind != NULL && value->kind != kind->kind) {
        return "its value is of another kind than the metric";
    }
    if (metric->state == STATE_OK && value_is_void(value)) {
        return "0 of 0 cannot be in state ok";
    }
    if (kind != NULL && value->kind == VALUE_DECIMAL && value->decimal.digits < 0) {
        return "cannot be below zero";
    }
    return NULL;
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
            read_name(draft, &metric->key, "a metric's key is a text");
        } else if (span_is(key, "group")) {
            read_name(draft, &metric->group, "a group is a text that is not empty");
        } else if (span_is(key, "component")) {
            read_name(draft, &metric->component, "a component is a text that is not empty");
        } else if (span_is(key, "unit")) {
            read_name(draft, &metric->unit, "a unit is a text that is not empty");
        } else if (span_is(key, "state")) {
            has_state = true;
            read_state(draft, &metric->state);
        } else if (span_is(key, "value")) {
            has_value = true;
            read_value(draft, &metric->value);
        } else if (span_is(key, "sources")) {
            read_integer(draft, &sources, UINT32_MAX);
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
    struct span key;
    while (json_key(draft->json, &key)) {
        if (span_is(key, "path")) {
            read_name(draft, &source->path, "a path is a text that is not empty");
        } else if (span_is(key, "group")) {
            read_name(draft, &source->group, "a group is a text that is not empty");
        } else if (span_is(key, "format")) {
            read_name(draft, &source->format, "a format is a text that is not empty");
        } else if (span_is(key, "tool")) {
            read_name(draft, &source->tool, "a tool is a text that is not empty");
        } else if (span_is(key, "tool_version")) {
            read_name(draft, &source->tool_version, "a version is a text that is not empty");
        } else if (span_is(key, "state")) {
            has_state = true;
            read_state(draft, &source->state);
        } else if (span_is(key, "bytes")) {
            read_integer(draft, &source->bytes, INTEGER_MOST);
        } else {
            json_skip(draft->json);
        }
    }
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
            read_id(draft, &draft->snapshot->commit);
        } else if (span_is(key, "tree")) {
            read_id(draft, &draft->snapshot->tree);
        } else if (span_is(key, "metrics")) {
            read_metrics(draft);
        } else if (span_is(key, "sources")) {
            read_sources(draft);
        } else {
            json_skip(draft->json);
        }
    }
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

/* The number behind SNAPSHOT_SCHEMA; 0 and a fault when there is none or the text is no JSON
 * object. */
static uint64_t find_version(struct span text, struct fault *fault)
{
    struct input *input = input_open_memory(text);
    struct json_reader *json = json_reader_open(input, false);
    uint64_t version = 0;
    struct span key;
    struct span schema;
    if (!json_object(json)) {
        json_refuse(json, FAULT_SYNTAX, "a snapshot is a JSON object");
    }
    while (json_key(json, &key)) {
        if (!span_is(key, "schema")) {
            json_skip(json);
        } else if (!json_string(json, &schema) || !span_starts(schema, SNAPSHOT_SCHEMA) ||
                   !span_to_u64(span_from(schema, sizeof(SNAPSHOT_SCHEMA) - 1), &version) ||
                   version == 0) {
            json_refuse(json, FAULT_SYNTAX, "\"schema\" must be \"" SNAPSHOT_SCHEMA "1\"");
        }
    }
    if (version == 0) {
        json_refuse(json, FAULT_SYNTAX, "there is no \"schema\" that tells the version");
    }
    json_next(json); /* the end, or a fault about what stands behind the document */
    if (json_failed(json)) {
        *fault = *input_fault(input);
        version = 0;
    }
    json_reader_close(json);
    input_close(input);
    return version;
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

/* What git leaves in the place of a file more often than one would wish. */
static bool is_known_stranger(struct span text, struct fault *fault)
{
    if (text.size > LIMIT_SNAPSHOT_BYTES) {
        fault_set(fault, FAULT_LIMIT, 0, 0, "larger than LIMIT_SNAPSHOT_BYTES allows");
    } else if (span_starts(text, "version https://git-lfs.github.com/spec/")) {
        fault_set(fault, FAULT_SYNTAX, 1, 1,
                  "a Git LFS pointer, not the file itself: keep snapshots out of LFS or fetch it");
    } else if (span_starts(text, "<<<<<<<")) {
        fault_set(fault, FAULT_SYNTAX, 1, 1,
                  "a merge conflict that was committed: take one side, do not mix them");
    }
    return fault->kind != FAULT_NONE;
}

enum err snapshot_read(struct snapshot *snapshot, struct span text, struct fault *fault)
{
    if (is_known_stranger(text, fault)) {
        return ERR_FORMAT;
    }
    uint64_t version = find_version(text, fault);
    if (version == 0) {
        return ERR_FORMAT;
    }
    if (version > 1) {
        fault_set(fault, FAULT_SYNTAX, 1, 1,
                  "written by a newer program: version %" PRIu64 ", this one reads 1", version);
        return ERR_UNUSABLE;
    }
    if (!read_all(snapshot, text, fault)) {
        struct names *names = snapshot->names;
        snapshot_release(snapshot);
        snapshot_init(snapshot, names);
        return ERR_FORMAT;
    }
    return ERR_NONE;
}
