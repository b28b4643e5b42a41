/* JSON of values that many members of a SARIF log have -> texts and numbers within their bounds. */
#include "collectors/sarif_value.h"

void sarif_read_text(struct json_reader *json, struct buf *out, size_t most)
{
    struct span text;
    if (json_string(json, &text)) {
        buf_add(out, span_until(text, most));
    }
}

void sarif_keep_text(struct json_reader *json, struct arena *arena, size_t most, struct span *text)
{
    struct span borrowed;
    if (json_string(json, &borrowed)) {
        *text = arena_copy(arena, span_until(borrowed, most));
    }
}

void sarif_keep_message(struct json_reader *json, struct arena *arena, size_t most,
                        struct span *text)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "text")) {
            sarif_keep_text(json, arena, most, text);
        } else {
            json_skip(json);
        }
    }
}

int64_t sarif_read_index(struct json_reader *json)
{
    uint64_t value = 0;
    return json_u64(json, &value) && value <= INT32_MAX ? (int64_t)value : -1;
}
