/* What the readers of the policy's sections share: tables of fields, and words for mistakes. */
#include "policy/policy_reader.h"

#include "base/limits.h"
#include "policy/words.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_BYTES = 1024, SHOWN_BYTES = 60, SHOWN_WORDS = 16 };

/* ---- mistakes ---- */

void reader_error(struct policy_reader *reader, const struct yaml_node *node, enum diag_code code,
                  const char *format, ...)
{
    char text[TEXT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    diags_add(reader->diags, code, reader->path, node->line, node->column, span_of(text));
}

void reader_error_at_key(struct policy_reader *reader, const struct yaml_node *node,
                         enum diag_code code, const char *format, ...)
{
    char text[TEXT_BYTES];
    bool keyed = node->key != NULL;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    diags_add(reader->diags, code, reader->path, keyed ? node->key_line : node->line,
              keyed ? node->key_column : node->column, span_of(text));
}

/* A word of the file within a message: cut at a whole character. */
static int shown(struct span word)
{
    size_t size = word.size;
    if (size > SHOWN_BYTES) {
        size = SHOWN_BYTES;
        while (size > 0 && ((unsigned char)word.data[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    return (int)size;
}

void reader_type_error(struct policy_reader *reader, const struct yaml_node *node,
                       const char *expected)
{
    char found[128];
    if (node->kind == YAML_LIST) {
        snprintf(found, sizeof(found), "a list");
    } else if (node->kind == YAML_MAP) {
        snprintf(found, sizeof(found), "a mapping");
    } else if (node->type == YAML_NULL) {
        snprintf(found, sizeof(found), "nothing");
    } else {
        snprintf(found, sizeof(found), "%s`%.*s`",
                 node->type == YAML_TEXT     ? "the text "
                 : node->type == YAML_NUMBER ? "the number "
                                             : "",
                 shown(node->text), node->text.data);
    }
    const char *key = node->key != NULL ? name_text(node->key) : "this entry";
    reader_error(reader, node, DIAG_POLICY_TYPE, "%s%.*s%s takes %s, not %s",
                 node->key != NULL ? "`" : "", shown(span_of(key)), key,
                 node->key != NULL ? "`" : "", expected, found);
}

bool reader_list(struct policy_reader *reader, const struct yaml_node *node, const char *expected)
{
    if (node->kind != YAML_LIST) {
        reader_type_error(reader, node, expected);
    }
    return node->kind == YAML_LIST;
}

bool reader_map(struct policy_reader *reader, const struct yaml_node *node, const char *expected)
{
    if (node->kind != YAML_MAP) {
        reader_type_error(reader, node, expected);
    }
    return node->kind == YAML_MAP;
}

static void add_known(struct buf *out, const struct vec *words)
{
    for (size_t index = 0; index < words->count; index++) {
        const struct span *word = vec_at(words, index);
        buf_add_text(out, index == 0 ? "; known: " : ", ");
        if (index == SHOWN_WORDS) {
            buf_add_text(out, "…");
            break;
        }
        buf_add(out, *word);
    }
}

void reader_unknown(struct policy_reader *reader, const struct yaml_node *node, bool at_key,
                    enum diag_code code, const char *what, struct span word, struct vec *words)
{
    struct span near = word_nearest(word, words);
    struct buf hint;
    buf_init(&hint);
    if (near.size > 0) {
        buf_add_text(&hint, "; did you mean `");
        buf_add(&hint, near);
        buf_add_text(&hint, "`?");
    } else {
        add_known(&hint, words);
    }
    if (at_key) {
        reader_error_at_key(reader, node, code, "unknown %s `%.*s`%s", what, shown(word), word.data,
                            buf_text(&hint));
    } else {
        reader_error(reader, node, code, "unknown %s `%.*s`%s", what, shown(word), word.data,
                     buf_text(&hint));
    }
    buf_release(&hint);
    vec_release(words);
}

/* ---- lists of words ---- */

void words_init(struct vec *words)
{
    vec_init(words, sizeof(struct span));
}

void words_add(struct vec *words, struct span word)
{
    for (size_t index = 0; index < words->count; index++) {
        if (span_equal(*(const struct span *)vec_at(words, index), word)) {
            return;
        }
    }
    struct span *place = vec_add(words);
    *place = word;
}

void words_add_all(struct vec *words, const char *const *list)
{
    for (; *list != NULL; list++) {
        words_add(words, span_of(*list));
    }
}

void words_add_groups(struct vec *words, const struct policy *policy)
{
    for (size_t index = 0; index < policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&policy->reports, index);
        if (spec->group != NULL) {
            words_add(words, name_span(spec->group));
        }
    }
}

void words_add_components(struct vec *words, const struct policy *policy)
{
    for (size_t index = 0; index < policy->components.count; index++) {
        const struct component *component = vec_at(&policy->components, index);
        words_add(words, name_span(component->name));
    }
}

void words_add_metrics(struct vec *words, struct span family)
{
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        struct span key = span_of(metric_kind((enum metric_id)id)->key);
        if (family.size == 0 || span_equal(span_until(key, span_find(key, '.')), family)) {
            words_add(words, key);
        }
    }
}

bool policy_has_group(const struct policy *policy, const struct name *group)
{
    for (size_t index = 0; index < policy->reports.count; index++) {
        const struct report_spec *spec = vec_at(&policy->reports, index);
        if (spec->group == group) {
            return true;
        }
    }
    return false;
}

bool policy_has_component(const struct policy *policy, const struct name *component)
{
    for (size_t index = 0; index < policy->components.count; index++) {
        const struct component *known = vec_at(&policy->components, index);
        if (known->name == component) {
            return true;
        }
    }
    return false;
}

/* ---- tables of fields ---- */

const struct field *field_find(const struct field *fields, struct span name)
{
    while (fields->name != NULL && !span_is(name, fields->name)) {
        fields++;
    }
    return fields->name != NULL ? fields : NULL;
}

bool reader_fields(struct policy_reader *reader, const struct yaml_node *map,
                   const struct field *fields, void *target)
{
    if (!reader_map(reader, map, "a mapping of keys to values")) {
        return false;
    }
    for (const struct yaml_node *node = map->first; node != NULL; node = node->next) {
        const struct field *field = field_find(fields, name_span(node->key));
        if (field != NULL) {
            reader_field(reader, node, field, target);
            continue;
        }
        struct vec words;
        words_init(&words);
        for (const struct field *known = fields; known->name != NULL; known++) {
            words_add(&words, span_of(known->name));
        }
        reader_unknown(reader, node, true, DIAG_POLICY_UNKNOWN_KEY, "key", name_span(node->key),
                       &words);
    }
    for (const struct field *field = fields; field->name != NULL; field++) {
        if (field->required && yaml_get(map, field->name) == NULL) {
            reader_error(reader, map, DIAG_POLICY_MISSING_KEY, "`%s` is missing here. %s",
                         field->name, field->text);
        }
    }
    return true;
}
