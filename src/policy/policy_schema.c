/* The JSON Schema (draft 2020-12) of the policy file, for completion and checks in editors.
 *
 * Made from the tables that drive the reader: fields, metrics, rule kinds, formats. It knows types,
 * words and which demands fit which metric; references between sections, dates and patterns are
 * left to the reader. */
#include "policy/policy_read.h"

#include "policy/policy_schema.h"

/* The members of an object type with those of these fields that `wanted` likes (NULL: all); the
 * object is left open. */
static void write_some_fields(struct json_writer *writer, const struct field *fields,
                              const struct policy_vocabulary *vocabulary,
                              bool (*wanted)(const struct field *))
{
    schema_member(writer, "type", "object");
    json_write_member_bool(writer, "additionalProperties", false);
    json_write_key(writer, "required");
    json_write_array(writer, true);
    for (const struct field *field = fields; field->name != NULL; field++) {
        if (field->required && (wanted == NULL || wanted(field))) {
            json_write_text(writer, span_of(field->name));
        }
    }
    json_write_array_end(writer);
    schema_open_member(writer, "properties");
    for (const struct field *field = fields; field->name != NULL; field++) {
        if (wanted == NULL || wanted(field)) {
            schema_field(writer, field, vocabulary);
        }
    }
    json_write_object_end(writer);
}

static void write_fields(struct json_writer *writer, const struct field *fields,
                         const struct policy_vocabulary *vocabulary)
{
    write_some_fields(writer, fields, vocabulary, NULL);
}

/* ---- the ledger: a branch, a file, or `file` ---- */

static bool of_branch(const struct field *field)
{
    return field->type != FIELD_FILE;
}

static bool of_file(const struct field *field)
{
    return field->type == FIELD_FILE;
}

static void write_ledger(struct json_writer *writer, const struct policy_vocabulary *vocabulary)
{
    schema_open_member(writer, "ledger");
    schema_member(writer, "description", "Where the baseline is kept.");
    json_write_key(writer, "oneOf");
    json_write_array(writer, false);
    json_write_object(writer, false);
    schema_member(writer, "description", "A file on the code branch: " POLICY_LEDGER_FILE ".");
    schema_member(writer, "const", "file");
    json_write_object_end(writer);
    json_write_object(writer, false);
    write_some_fields(writer, policy_ledger_fields, vocabulary, of_file);
    json_write_member_u64(writer, "minProperties", 1);
    json_write_object_end(writer);
    json_write_object(writer, false);
    write_some_fields(writer, policy_ledger_fields, vocabulary, of_branch);
    json_write_object_end(writer);
    json_write_array_end(writer);
    json_write_object_end(writer);
}

/* ---- the document ---- */

static void write_list(struct json_writer *writer, const char *key, const char *text,
                       const struct field *fields, const struct policy_vocabulary *vocabulary)
{
    schema_open_member(writer, key);
    schema_member(writer, "description", text);
    schema_member(writer, "type", "array");
    schema_open_member(writer, "items");
    write_fields(writer, fields, vocabulary);
    json_write_object_end(writer);
    json_write_object_end(writer);
}

static void write_components(struct json_writer *writer)
{
    schema_open_member(writer, "components");
    schema_member(writer, "description", "Names for sets of files, by which gates speak of them.");
    schema_member(writer, "type", "object");
    schema_open_member(writer, "propertyNames");
    schema_member(writer, "pattern", LABEL_PATTERN);
    json_write_object_end(writer);
    schema_reference(writer, "additionalProperties", "patterns");
    json_write_object_end(writer);
}

static void write_patterns(struct json_writer *writer)
{
    schema_open_member(writer, "patterns");
    schema_member(writer, "type", "array");
    schema_open_member(writer, "items");
    schema_member(writer, "type", "string");
    json_write_member_u64(writer, "minLength", 1);
    json_write_object_end(writer);
    json_write_object_end(writer);
}

static void write_sections(struct json_writer *writer, const struct policy_vocabulary *vocabulary)
{
    schema_open_member(writer, "properties");
    schema_open_member(writer, "version");
    schema_member(writer, "description", "The version of this language.");
    json_write_member_u64(writer, "const", 1);
    json_write_object_end(writer);
    write_list(writer, "reports", "Where the reports of the tools are.", policy_report_fields,
               vocabulary);
    write_list(writer, "retired", "Groups of reports that there are no more.",
               policy_retired_fields, vocabulary);
    write_components(writer);
    schema_reference(writer, "include", "patterns");
    schema_reference(writer, "exclude", "patterns");
    schema_open_member(writer, "baseline");
    write_fields(writer, policy_baseline_fields, vocabulary);
    json_write_object_end(writer);
    write_ledger(writer, vocabulary);
    schema_open_member(writer, "denominators");
    schema_member(writer, "description", "How much less one change may measure.");
    write_fields(writer, policy_denominator_fields, vocabulary);
    json_write_object_end(writer);
    for (const struct field *field = policy_change_fields; field->name != NULL; field++) {
        schema_field(writer, field, vocabulary);
    }
    schema_gates(writer);
    write_list(writer, "waivers", "Which broken rules are excused, by whom and until when.",
               policy_waiver_fields, vocabulary);
    json_write_object_end(writer);
}

void policy_schema(const struct policy_vocabulary *vocabulary, struct buf *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out);
    json_write_object(&writer, false);
    schema_member(&writer, "$schema", "https://json-schema.org/draft/2020-12/schema");
    schema_member(&writer, "title", "Tidegate policy");
    schema_member(&writer, "type", "object");
    json_write_member_bool(&writer, "additionalProperties", false);
    json_write_key(&writer, "required");
    json_write_array(&writer, true);
    json_write_text(&writer, SPAN("version"));
    json_write_text(&writer, SPAN("gates"));
    json_write_array_end(&writer);
    write_sections(&writer, vocabulary);
    schema_open_member(&writer, "$defs");
    write_patterns(&writer);
    schema_gate_shapes(&writer, vocabulary);
    json_write_object_end(&writer);
    json_write_object_end(&writer);
    buf_add_byte(out, '\n');
}
