/* Values in the ledger's JSON documents: {"covered": 8, "total": 10}, 5, "1.25".
 *
 * A number that other JSON readers would round is refused, and so is a ratio that covers more than
 * there is. */
#ifndef TIDEGATE_MODEL_VALUE_JSON_H
#define TIDEGATE_MODEL_VALUE_JSON_H

#include "base/json_read.h"
#include "base/json_write.h"
#include "model/metric.h"

/* Above it a double, and so most JSON readers, lose digits. */
#define VALUE_INTEGER_MOST (UINT64_C(1) << 53)

void value_write_json(struct json_writer *json, const struct value *value);
/* Takes the value that comes next; anything else is refused at the reader. */
void value_read_json(struct json_reader *json, struct value *value);
/* An integer from 0 to `most`, which is VALUE_INTEGER_MOST or UINT32_MAX. */
void value_read_integer(struct json_reader *json, uint64_t *number, uint64_t most);

/* Why no metric of this key can have the value: the wrong kind, below zero, or, in state ok, a
 * ratio of nothing. NULL when it can. */
const char *value_broken_rule(struct span key, const struct value *value, bool ok);

#endif
