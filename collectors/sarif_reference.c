/* JSON of a reference -> what it points by: index, GUID or id, and the component that it is meant
 * in (SARIF 2.1.0, 3.52 and 3.54). Which descriptor that is, sarif_rules.c finds. */
#include "collectors/sarif_reference.h"

#include "base/limits.h"
#include "collectors/sarif_value.h"

void sarif_reference_release(struct sarif_reference_texts *texts)
{
    buf_release(&texts->id);
    buf_release(&texts->guid);
    buf_release(&texts->component_name);
    buf_release(&texts->component_guid);
}

static void clear(struct sarif_reference_texts *texts)
{
    buf_clear(&texts->id);
    buf_clear(&texts->guid);
    buf_clear(&texts->component_name);
    buf_clear(&texts->component_guid);
}

static void read_text(struct json_reader *json, struct buf *out)
{
    sarif_read_text(json, out, (size_t)LIMIT_TEXT_BYTES);
}

static void read_component(struct json_reader *json, int64_t *index,
                           struct sarif_reference_texts *texts)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "index")) {
            *index = sarif_read_index(json);
        } else if (span_is(key, "name")) {
            read_text(json, &texts->component_name);
        } else if (span_is(key, "guid")) {
            read_text(json, &texts->component_guid);
        } else {
            json_skip(json);
        }
    }
}

struct sarif_reference sarif_reference_read(struct json_reader *json,
                                            struct sarif_reference_texts *texts)
{
    struct sarif_reference reference = {.index = -1, .component_index = -1};
    struct span key;
    clear(texts);
    if (json_object(json)) {
        while (json_key(json, &key)) {
            if (span_is(key, "id")) {
                read_text(json, &texts->id);
            } else if (span_is(key, "index")) {
                reference.index = sarif_read_index(json);
            } else if (span_is(key, "guid")) {
                read_text(json, &texts->guid);
            } else if (span_is(key, "toolComponent")) {
                read_component(json, &reference.component_index, texts);
            } else {
                json_skip(json);
            }
        }
    }
    reference.id = buf_span(&texts->id);
    reference.guid = buf_span(&texts->guid);
    reference.component_name = buf_span(&texts->component_name);
    reference.component_guid = buf_span(&texts->component_guid);
    return reference;
}

struct sarif_reference sarif_reference_keep(struct json_reader *json, struct arena *arena)
{
    struct sarif_reference_texts texts = {.id = {.size = 0}};
    struct sarif_reference reference = sarif_reference_read(json, &texts);
    reference.id = arena_copy(arena, reference.id);
    reference.guid = arena_copy(arena, reference.guid);
    reference.component_name = arena_copy(arena, reference.component_name);
    reference.component_guid = arena_copy(arena, reference.component_guid);
    sarif_reference_release(&texts);
    return reference;
}
