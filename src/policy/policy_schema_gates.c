/* The gates in the JSON Schema: which demands fit which metric, from the catalogue and the rule
 * kinds. */
#include "policy/policy_schema.h"

#define PERCENT_PATTERN "^[0-9]+([.][0-9]+)? *%$"
#define NUMBER_KEY_PATTERN                                                                         \
    "^(?!(coverage|tests|findings|security)[.])[a-z][a-z0-9_-]*([.][a-z0-9_-]+)+$"

/* What one set of metrics can be asked for. */
struct gate_shape {
    const char *name;
    bool gathers; /* families and groups */
    enum value_kind kind;
    enum direction direction;
};

static const struct gate_shape shapes[] = {
    {"gate-ratio", false, VALUE_RATIO, DIRECTION_UP},
    {"gate-count-higher", false, VALUE_COUNT, DIRECTION_UP},
    {"gate-count-lower", false, VALUE_COUNT, DIRECTION_DOWN},
    {"gate-count", false, VALUE_COUNT, DIRECTION_NEUTRAL},
    {"gate-decimal-lower", false, VALUE_DECIMAL, DIRECTION_DOWN},
    {"gate-number", false, VALUE_DECIMAL, DIRECTION_NEUTRAL},
    {"gate-reports", true, VALUE_DECIMAL, DIRECTION_NEUTRAL}};

enum { SHAPES = sizeof(shapes) / sizeof(shapes[0]) };

/* A number of one's own, and a kind of rule to which the policy can say which way is better? */
static bool takes_direction(const struct gate_shape *shape, const struct rule_spec *kind)
{
    bool directs = false;
    for (const struct param_spec *param = kind->params; param->name != NULL; param++) {
        directs = directs || param->directs;
    }
    return directs && shape->kind == VALUE_DECIMAL && shape->direction == DIRECTION_NEUTRAL;
}

static bool takes_kind(const struct gate_shape *shape, const struct rule_spec *kind)
{
    if (shape->gathers) {
        return kind->gathers;
    }
    return !kind->directed || shape->direction != DIRECTION_NEUTRAL || takes_direction(shape, kind);
}

static bool takes_param(const struct gate_shape *shape, const struct rule_spec *kind,
                        const struct param_spec *param)
{
    if (!takes_kind(shape, kind)) {
        return false;
    }
    if (param->type != PARAM_AMOUNT && param->type != PARAM_STEPS) {
        return !param->directs || takes_direction(shape, kind);
    }
    return !(param->sense == AMOUNT_LEAST && shape->direction == DIRECTION_DOWN) &&
           !(param->sense == AMOUNT_MOST && shape->direction == DIRECTION_UP);
}

static void write_amount(struct json_writer *writer, const struct gate_shape *shape,
                         const struct param_spec *param)
{
    if (shape->kind == VALUE_COUNT) {
        schema_member(writer, "type", "integer");
    } else if (shape->kind == VALUE_DECIMAL) {
        schema_member(writer, "type", "number");
    } else {
        json_write_key(writer, "type");
        json_write_array(writer, true);
        json_write_text(writer, SPAN("number"));
        json_write_text(writer, SPAN("string"));
        json_write_array_end(writer);
        schema_member(writer, "pattern", PERCENT_PATTERN);
        json_write_member_u64(writer, "maximum", 100);
    }
    if (shape->kind != VALUE_DECIMAL || param->sense == AMOUNT_SLACK) {
        json_write_member_u64(writer, "minimum", 0);
    }
}

static void write_choice(struct json_writer *writer, const struct param_spec *param)
{
    json_write_key(writer, "anyOf");
    json_write_array(writer, false);
    if (param->words != NULL) {
        json_write_object(writer, true);
        json_write_key(writer, "enum");
        json_write_array(writer, true);
        for (const struct param_word *word = param->words; word->text != NULL; word++) {
            json_write_text(writer, span_of(word->text));
        }
        json_write_array_end(writer);
        json_write_object_end(writer);
    }
    if (param->most > 0) {
        json_write_object(writer, true);
        schema_member(writer, "type", "integer");
        json_write_member_u64(writer, "minimum", 2);
        json_write_member_u64(writer, "maximum", param->most);
        json_write_object_end(writer);
    }
    json_write_array_end(writer);
}

static void write_steps(struct json_writer *writer, const struct gate_shape *shape,
                        const struct param_spec *param)
{
    schema_member(writer, "type", "object");
    json_write_member_u64(writer, "minProperties", 1);
    schema_open_member(writer, "propertyNames");
    schema_member(writer, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    json_write_object_end(writer);
    schema_open_member(writer, "additionalProperties");
    write_amount(writer, shape, param);
    json_write_object_end(writer);
}

static void write_param(struct json_writer *writer, const struct gate_shape *shape,
                        const struct param_spec *param)
{
    schema_open_member(writer, param->name);
    schema_member(writer, "description", param->text);
    switch (param->type) {
    case PARAM_FLAG: schema_member(writer, "type", "boolean"); break;
    case PARAM_AMOUNT: write_amount(writer, shape, param); break;
    case PARAM_DURATION:
        schema_member(writer, "type", "string");
        schema_member(writer, "pattern", "^[0-9]+[smhd]$");
        break;
    case PARAM_CHOICE: write_choice(writer, param); break;
    case PARAM_STEPS: write_steps(writer, shape, param); break;
    }
    json_write_object_end(writer);
}

/* At least one rule must be asked for. */
static void write_triggers(struct json_writer *writer, const struct gate_shape *shape,
                           const struct policy_vocabulary *vocabulary)
{
    json_write_key(writer, "anyOf");
    json_write_array(writer, false);
    for (const struct rule_spec *const *kind = vocabulary->rules; *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            if (!param->triggers || !takes_param(shape, *kind, param)) {
                continue;
            }
            json_write_object(writer, true);
            json_write_key(writer, "required");
            json_write_array(writer, true);
            json_write_text(writer, span_of(param->name));
            json_write_array_end(writer);
            if (param->type == PARAM_FLAG) {
                json_write_key(writer, "properties");
                json_write_object(writer, true);
                json_write_key(writer, param->name);
                json_write_object(writer, true);
                json_write_member_bool(writer, "const", true);
                json_write_object_end(writer);
                json_write_object_end(writer);
            }
            json_write_object_end(writer);
        }
    }
    json_write_array_end(writer);
}

static void write_dependent(struct json_writer *writer, const char *name, const char *needs)
{
    json_write_key(writer, name);
    json_write_array(writer, true);
    json_write_text(writer, span_of(needs));
    json_write_array_end(writer);
}

/* Parameters that do nothing without the one that asks for their rule; and rules that need to be
 * told which way is better. */
static void write_dependents(struct json_writer *writer, const struct gate_shape *shape,
                             const struct policy_vocabulary *vocabulary)
{
    schema_open_member(writer, "dependentRequired");
    for (const struct rule_spec *const *kind = vocabulary->rules; *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            if (!param->triggers && takes_param(shape, *kind, param)) {
                write_dependent(writer, param->name, rule_spec_trigger(*kind)->name);
            }
            if (param->directs && takes_param(shape, *kind, param)) {
                write_dependent(writer, rule_spec_trigger(*kind)->name, param->name);
            }
        }
    }
    json_write_object_end(writer);
}

static void schema_gate_shape(struct json_writer *writer, const struct gate_shape *shape,
                              const struct policy_vocabulary *vocabulary)
{
    schema_open_member(writer, shape->name);
    schema_member(writer, "type", "object");
    json_write_member_bool(writer, "additionalProperties", false);
    write_triggers(writer, shape, vocabulary);
    write_dependents(writer, shape, vocabulary);
    schema_open_member(writer, "properties");
    for (const struct rule_spec *const *kind = vocabulary->rules; *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            if (takes_param(shape, *kind, param)) {
                write_param(writer, shape, param);
            }
        }
    }
    for (const struct field *field = policy_gate_fields; field->name != NULL; field++) {
        schema_field(writer, field, vocabulary);
    }
    json_write_object_end(writer);
    json_write_object_end(writer);
}

static const char *shape_of(const struct metric_kind *metric)
{
    size_t index = 0;
    while (index + 1 < SHAPES && (shapes[index].gathers || shapes[index].kind != metric->kind ||
                                  shapes[index].direction != metric->direction)) {
        index++;
    }
    return shapes[index].name;
}

void schema_gates(struct json_writer *writer)
{
    schema_open_member(writer, "gates");
    schema_member(writer, "description",
                  "What is demanded: one metric with its demands in each entry.");
    schema_member(writer, "type", "array");
    json_write_member_u64(writer, "minItems", 1);
    schema_open_member(writer, "items");
    schema_member(writer, "type", "object");
    json_write_member_u64(writer, "minProperties", 1);
    json_write_member_u64(writer, "maxProperties", 1);
    schema_open_member(writer, "properties");
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct metric_kind *metric = metric_kind((enum metric_id)id);
        schema_reference(writer, metric->key, shape_of(metric));
    }
    for (const char *const *word = family_words(); *word != NULL; word++) {
        schema_reference(writer, *word, "gate-reports");
    }
    json_write_object_end(writer);
    schema_open_member(writer, "patternProperties");
    schema_reference(writer, NUMBER_KEY_PATTERN, "gate-number");
    json_write_object_end(writer);
    schema_reference(writer, "additionalProperties", "gate-reports");
    json_write_object_end(writer);
    json_write_object_end(writer);
}

void schema_gate_shapes(struct json_writer *writer, const struct policy_vocabulary *vocabulary)
{
    for (size_t index = 0; index < SHAPES; index++) {
        schema_gate_shape(writer, &shapes[index], vocabulary);
    }
}
