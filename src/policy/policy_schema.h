/* Pieces of the JSON Schema of the policy. */
#ifndef TIDEGATE_POLICY_POLICY_SCHEMA_H
#define TIDEGATE_POLICY_POLICY_SCHEMA_H

#include "base/json_write.h"
#include "policy/policy_reader.h"

#define LABEL_PATTERN "^[A-Za-z0-9][A-Za-z0-9_./-]{0,99}$"

void schema_member(struct json_writer *writer, const char *key, const char *text);
/* The key and the start of an object. */
void schema_open_member(struct json_writer *writer, const char *key);
/* {"$ref": "#/$defs/NAME"} */
void schema_reference(struct json_writer *writer, const char *key, const char *name);
void schema_field(struct json_writer *writer, const struct field *field,
                  const struct policy_vocabulary *vocabulary);

/* The section `gates`, and the definitions that it refers to. */
void schema_gates(struct json_writer *writer);
void schema_gate_shapes(struct json_writer *writer, const struct policy_vocabulary *vocabulary);

#endif
