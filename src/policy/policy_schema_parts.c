/* Pieces of the JSON Schema that all sections use. */
#include "policy/policy_schema.h"

void schema_member(struct json_writer *writer, const char *key, const char *text)
{
    json_write_member_text(writer, key, span_of(text));
}

void schema_open_member(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_object(writer, false);
}

static void schema_words(struct json_writer *writer, const char *const *words)
{
    json_write_key(writer, "enum");
    json_write_array(writer, true);
    for (; *words != NULL; words++) {
        json_write_text(writer, span_of(*words));
    }
    json_write_array_end(writer);
}

void schema_reference(struct json_writer *writer, const char *key, const char *name)
{
    json_write_key(writer, key);
    json_write_object(writer, true);
    json_write_key(writer, "$ref");
    struct buf path;
    buf_init(&path);
    buf_add_format(&path, "#/$defs/%s", name);
    json_write_text(writer, buf_span(&path));
    buf_release(&path);
    json_write_object_end(writer);
}

void schema_field(struct json_writer *writer, const struct field *field,
                  const struct policy_vocabulary *vocabulary)
{
    schema_open_member(writer, field->name);
    schema_member(writer, "description", field->text);
    switch (field->type) {
    case FIELD_FLAG: schema_member(writer, "type", "boolean"); break;
    case FIELD_COUNT:
        schema_member(writer, "type", "integer");
        json_write_member_u64(writer, "minimum", 1);
        break;
    case FIELD_PERCENT:
        json_write_key(writer, "type");
        json_write_array(writer, true);
        json_write_text(writer, SPAN("number"));
        json_write_text(writer, SPAN("string"));
        json_write_array_end(writer);
        json_write_member_u64(writer, "minimum", 0);
        json_write_member_u64(writer, "maximum", 100);
        schema_member(writer, "pattern", "^[0-9.]+ *%$");
        break;
    case FIELD_DURATION:
        schema_member(writer, "type", "string");
        schema_member(writer, "pattern", "^[0-9]+[smhd]$");
        break;
    case FIELD_WORD: schema_words(writer, field->words); break;
    case FIELD_FORMAT: schema_words(writer, vocabulary->formats); break;
    case FIELD_DATE:
        schema_member(writer, "type", "string");
        schema_member(writer, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        break;
    case FIELD_LABEL:
    case FIELD_GROUP:
    case FIELD_COMPONENT:
        schema_member(writer, "type", "string");
        schema_member(writer, "pattern", LABEL_PATTERN);
        break;
    case FIELD_TEXT:
    case FIELD_PATTERN:
    case FIELD_FOLDER:
    case FIELD_FILE:
    case FIELD_METRIC:
    case FIELD_BRANCH:
        schema_member(writer, "type", "string");
        json_write_member_u64(writer, "minLength", 1);
        break;
    }
    json_write_object_end(writer);
}
