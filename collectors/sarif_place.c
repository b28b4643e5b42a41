/* Artifact locations -> report paths: percent-decoding once, `file` URIs, bases (SARIF 2.1.0, 3.4 and
 * 3.14.14; RFC 3986; RFC 8089). */
#include "collectors/sarif_place.h"

#include "base/hash.h"
#include "base/json_stops.h"
#include "base/limits.h"
#include "base/path.h"
#include "collectors/sarif_value.h"

enum { LONGEST_CHAIN = 16, MOST_BASES = 1000 };

/* ---- one URI ---- */

static bool is_letter(char byte)
{
    char folded = (char)(byte | 0x20);
    return folded >= 'a' && folded <= 'z';
}

static int hex_digit(char byte)
{
    char folded = (char)(byte | 0x20);
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

/* The scheme before the first colon. One letter is a drive of Windows, not a scheme. */
static struct span scheme_of(struct span uri)
{
    size_t colon = span_find(uri, ':');
    if (colon == SIZE_MAX || colon < 2 || !is_letter(uri.data[0])) {
        return span_make(NULL, 0);
    }
    for (size_t at = 1; at < colon; at++) {
        char byte = uri.data[at];
        bool digit = byte >= '0' && byte <= '9';
        if (!is_letter(byte) && !digit && byte != '+' && byte != '-' && byte != '.') {
            return span_make(NULL, 0);
        }
    }
    return span_until(uri, colon);
}

/* The path of a URI without its `file:`. A host other than localhost is kept as a first part: `file://a/b`
 * is what some tools write for the relative path a/b. */
static struct span without_file(struct span uri)
{
    struct span rest = span_from(uri, 5);
    if (span_starts(rest, "//")) {
        rest = span_from(rest, 2);
        struct span host = span_until(rest, span_find(rest, '/'));
        if (span_is_caseless(host, "localhost")) {
            rest = span_from(rest, host.size);
        }
    }
    return rest;
}

/* `/C:/x` is `C:/x`. */
static struct span without_drive_slash(struct span path)
{
    bool drive = path.size >= 3 && path.data[0] == '/' && is_letter(path.data[1]) &&
                 (path.data[2] == ':' || path.data[2] == '|');
    return drive ? span_from(path, 1) : path;
}

/* Decodes once. Escapes that are none, and those of control characters, stay as they are. */
static void add_decoded(struct buf *out, struct span text, enum sarif_oddity *oddity)
{
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        int high = byte == '%' && at + 2 < text.size ? hex_digit(text.data[at + 1]) : -1;
        int low = high >= 0 ? hex_digit(text.data[at + 2]) : -1;
        if (low >= 0) {
            int decoded = high * 16 + low;
            if (decoded < 0x20 || decoded == 0x7f) {
                *oddity = SARIF_PATH_CONTROL;
            } else {
                byte = (char)decoded;
                at += 2;
            }
        } else if ((unsigned char)byte < 0x20 || byte == 0x7f) {
            *oddity = SARIF_PATH_CONTROL;
        }
        buf_add_byte(out, byte);
    }
}

/* What a look at a whole URI shows, eight bytes at a time. Never misses anything, but may see more than
 * there is: the slow way behind it is exact. */
struct look {
    uint64_t odd; /* bytes that a plain path has not: a percent sign, a colon, control characters */
    uint64_t two_dots; /* a dot behind a dot */
};

static inline uint64_t bytes_below(uint64_t word, uint64_t bound)
{
    return (word - JSON_EACH_BYTE(bound)) & ~word & JSON_EACH_BYTE(0x80);
}

static inline uint64_t bytes_equal(uint64_t word, uint64_t byte)
{
    return bytes_below(word ^ JSON_EACH_BYTE(byte), 1);
}

static struct look look_at(struct span uri)
{
    struct look look = {0, 0};
    uint64_t dot_before = 0;
    char rest[8] = "////////";
    for (bool more = true; more; uri = span_from(uri, 8)) {
        more = uri.size >= 8;
        if (!more && uri.size > 0) {
            memcpy(rest, uri.data, uri.size);
        }
        uint64_t word = load_eight(more ? uri.data : rest);
        uint64_t dots = bytes_equal(word, '.');
        look.odd |= bytes_equal(word, '%') | bytes_equal(word, ':') | bytes_below(word, 0x20);
        look.two_dots |= dots & (dots << 8 | dot_before);
        dot_before = dots >> 56;
    }
    return look;
}

static bool escapes(struct span path)
{
    if (look_at(path).two_dots == 0) {
        return false;
    }
    struct arena arena;
    arena_init(&arena);
    bool outside = path_escapes(path_clean(&arena, path));
    arena_release(&arena);
    return outside;
}

struct span sarif_path_of(struct span uri, struct buf *out, enum sarif_oddity *oddity)
{
    *oddity = SARIF_PATH_PLAIN;
    struct span path = uri;
    struct look look = look_at(uri);
    if (look.odd != 0) {
        buf_clear(out);
        struct span scheme = scheme_of(uri);
        if (scheme.size == 0 || span_is_caseless(scheme, "file")) {
            add_decoded(out, scheme.size == 0 ? uri : without_file(uri), oddity);
            path = scheme.size > 0 ? without_drive_slash(buf_span(out)) : buf_span(out);
        } else if (!span_is_caseless(scheme, "http") && !span_is_caseless(scheme, "https")) {
            *oddity = SARIF_PATH_SCHEME;
            return uri;
        }
    }
    if ((look.odd | look.two_dots) != 0 && escapes(path)) {
        *oddity = SARIF_PATH_ESCAPES;
    }
    return path;
}

/* ---- reading ---- */

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

void sarif_read_location(struct json_reader *json, struct buf *uri, struct buf *base,
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
                sarif_read_location(json, uri, base, &index);
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
            sarif_read_location(json, &uri, &parent, &index);
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

/* The URI of a base with those of its parents before it. Empty if a parent is missing or they go round. */
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
