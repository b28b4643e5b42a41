/* Lists of artifacts and bases of a SARIF run -> the URI of a number, and the source roots that
 * results used (SARIF 2.1.0, 3.4, 3.14.14 and 3.24). Bases may be relative to each other: chains
 * are followed up to a length. */
#include "collectors/sarif_place.h"

#include "base/hash.h"
#include "base/limits.h"
#include "collectors/sarif_uri.h"
#include "collectors/sarif_value.h"

enum { LONGEST_CHAIN = 16, MOST_BASES = 1000 };

void sarif_places_init(struct sarif_places *places)
{
    *places = (struct sarif_places){.has_artifacts = false};
    arena_init(&places->arena);
    vec_init(&places->artifacts, sizeof(struct sarif_artifact));
    vec_init(&places->bases, sizeof(struct sarif_base));
}

void sarif_places_release(struct sarif_places *places)
{
    map_release(&places->base_of_id);
    vec_release(&places->artifacts);
    vec_release(&places->bases);
    arena_release(&places->arena);
}

/* ---- reading artifacts ---- */

void sarif_read_artifact_location(struct json_reader *json, struct buf *uri, struct buf *base,
                                  int64_t *index)
{
    struct span key;
    buf_clear(uri);
    buf_clear(base);
    *index = -1;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "uri")) {
            sarif_read_text(json, uri, (size_t)LIMIT_PATH_BYTES);
        } else if (span_is(key, "uriBaseId")) {
            sarif_read_text(json, base, (size_t)LIMIT_PATH_BYTES);
        } else if (span_is(key, "index")) {
            *index = sarif_read_index(json);
        } else {
            json_skip(json);
        }
    }
}

static void read_artifact(struct sarif_places *places, struct json_reader *json, struct buf *uri,
                          struct buf *base)
{
    int64_t index = -1;
    struct span key;
    buf_clear(uri);
    buf_clear(base);
    if (json_object(json)) {
        while (json_key(json, &key)) {
            if (span_is(key, "location")) {
                sarif_read_artifact_location(json, uri, base, &index);
            } else {
                json_skip(json);
            }
        }
    }
    if (places->artifacts.count >= LIMIT_SARIF_ARTIFACTS) {
        json_refuse(json, FAULT_LIMIT, "more artifacts in one run than the ceiling");
        return;
    }
    struct sarif_artifact *artifact = vec_add(&places->artifacts);
    artifact->uri = arena_copy(&places->arena, buf_span(uri));
    artifact->base = base->size > 0 ? arena_copy(&places->arena, buf_span(base)) : buf_span(base);
}

void sarif_places_read_artifacts(struct sarif_places *places, struct json_reader *json)
{
    struct buf uri = {.size = 0};
    struct buf base = {.size = 0};
    places->has_artifacts = true;
    if (json_array(json)) {
        while (json_item(json)) {
            read_artifact(places, json, &uri, &base);
        }
    }
    buf_release(&uri);
    buf_release(&base);
}

/* ---- reading bases ---- */

/* The base with this id, made when it is new; NULL when there are too many. */
static struct sarif_base *base_of(struct sarif_places *places, struct span id)
{
    uint64_t *slot = map_put(&places->base_of_id, hash64(id, 0));
    if (*slot == 0) {
        if (places->bases.count >= MOST_BASES) {
            return NULL;
        }
        struct sarif_base *base = vec_add(&places->bases);
        base->id = arena_copy(&places->arena, id);
        *slot = places->bases.count;
    }
    return vec_at(&places->bases, (size_t)*slot - 1);
}

void sarif_places_read_bases(struct sarif_places *places, struct json_reader *json)
{
    struct buf uri = {.size = 0};
    struct buf parent = {.size = 0};
    struct span key;
    if (json_object(json)) {
        while (json_key(json, &key)) {
            int64_t index = -1;
            struct sarif_base *base = base_of(places, key);
            sarif_read_artifact_location(json, &uri, &parent, &index);
            if (base != NULL) {
                base->uri = arena_copy(&places->arena, buf_span(&uri));
                base->parent = arena_copy(&places->arena, buf_span(&parent));
            }
        }
    }
    buf_release(&uri);
    buf_release(&parent);
}

/* ---- using ---- */

const struct sarif_artifact *sarif_places_artifact(const struct sarif_places *places, int64_t index)
{
    return index >= 0 && (uint64_t)index < places->artifacts.count
               ? vec_at(&places->artifacts, (size_t)index)
               : NULL;
}

void sarif_places_use(struct sarif_places *places, struct span id)
{
    struct sarif_base *last =
        places->bases.count > 0 ? vec_at(&places->bases, places->last_used) : NULL;
    if (last == NULL || !span_equal(last->id, id)) {
        last = base_of(places, id);
    }
    if (last != NULL) {
        last->used = true;
        places->last_used = (size_t)(last - (struct sarif_base *)places->bases.items);
    }
}

/* The URI of a base with those of its parents before it. Empty if a parent is missing or they go
 * round. */
static void add_base_uri(const struct sarif_places *places, const struct sarif_base *base,
                         struct buf *out)
{
    struct span parts[LONGEST_CHAIN];
    size_t count = 0;
    while (count < LONGEST_CHAIN && base != NULL) {
        parts[count++] = base->uri;
        if (base->parent.size == 0) {
            break;
        }
        const uint64_t *slot = map_find(&places->base_of_id, hash64(base->parent, 0));
        base = slot != NULL && *slot != 0 ? vec_at(&places->bases, (size_t)*slot - 1) : NULL;
    }
    if (base == NULL || base->parent.size > 0) {
        return;
    }
    while (count > 0) {
        buf_add(out, parts[--count]);
    }
}

void sarif_places_tell_roots(const struct sarif_places *places, struct sink *sink)
{
    struct buf uri = {.size = 0};
    struct buf path = {.size = 0};
    for (size_t at = 0; at < places->bases.count; at++) {
        const struct sarif_base *base = vec_at(&places->bases, at);
        enum sarif_oddity oddity = SARIF_PATH_PLAIN;
        buf_clear(&uri);
        add_base_uri(places, base, &uri);
        if (base->used && uri.size > 0) {
            sink_source_root(sink, sarif_path_of(buf_span(&uri), &path, &oddity));
        }
    }
    buf_release(&uri);
    buf_release(&path);
}
