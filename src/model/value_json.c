/* Values in the ledger's JSON documents, written in one way and read strictly. */
#include "model/value_json.h"

#define INTEGER_RULE "must be an integer from 0 to 2^53"

void value_write_json(struct json_writer *json, const struct value *value)
{
    switch (value->kind) {
    case VALUE_RATIO: json_write_ratio(json, value->ratio); break;
    case VALUE_COUNT: json_write_u64(json, value->count); break;
    case VALUE_DECIMAL: json_write_decimal(json, decimal_trim(value->decimal)); break;
    }
}

void value_read_integer(struct json_reader *json, uint64_t *number, uint64_t most)
{
    if (!json_u64(json, number) || *number > most) {
        json_refuse(json, FAULT_SYNTAX,
                    most == VALUE_INTEGER_MOST ? INTEGER_RULE
                                               : "must be an integer from 0 to 2^32-1");
    }
}

static void read_ratio(struct json_reader *json, struct ratio *ratio)
{
    bool covered = false;
    bool total = false;
    struct span key;
    json_object(json);
    while (json_key(json, &key)) {
        if (span_is(key, "covered")) {
            covered = true;
            value_read_integer(json, &ratio->covered, VALUE_INTEGER_MOST);
        } else if (span_is(key, "total")) {
            total = true;
            value_read_integer(json, &ratio->total, VALUE_INTEGER_MOST);
        } else {
            json_skip(json);
        }
    }
    if (!covered || !total) {
        json_refuse(json, FAULT_SYNTAX, "a ratio needs covered and total");
    } else if (ratio->covered > ratio->total) {
        json_refuse(json, FAULT_SYNTAX, "more is covered than there is");
    }
}

void value_read_json(struct json_reader *json, struct value *value)
{
    struct span text;
    bool cut = false;
    switch (json_peek(json)) {
    case JSON_OBJECT:
        value->kind = VALUE_RATIO;
        read_ratio(json, &value->ratio);
        return;
    case JSON_NUMBER:
        value->kind = VALUE_COUNT;
        value_read_integer(json, &value->count, VALUE_INTEGER_MOST);
        return;
    case JSON_STRING:
        value->kind = VALUE_DECIMAL;
        if (json_string(json, &text) && decimal_parse(text, &value->decimal, &cut) && !cut) {
            return;
        }
        json_refuse(json, FAULT_SYNTAX,
                    "not a decimal number with at most nine places and 64 bits");
        return;
    default:
        json_next(json);
        json_refuse(
            json, FAULT_SYNTAX,
            "a value is an object with covered and total, an integer, or a decimal in quotes");
        return;
    }
}

const char *value_broken_rule(struct span key, const struct value *value, bool ok)
{
    const struct metric_kind *kind = metric_find(key);
    if (kind != NULL && value->kind != kind->kind) {
        return "its value is of another kind than the metric";
    }
    if (ok && value_is_void(value)) {
        return "0 of 0 cannot be in state ok";
    }
    if (kind != NULL && value->kind == VALUE_DECIMAL && value->decimal.digits < 0) {
        return "cannot be below zero";
    }
    return NULL;
}
