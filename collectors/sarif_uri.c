/* URI of a SARIF log -> path: percent-decoding once, `file` URIs, drives of Windows (SARIF 2.1.0,
 * 3.4.3; RFC 3986; RFC 8089).
 *
 * Most URIs are plain relative paths, so a quick look decides whether anything has to be done. */
#include "collectors/sarif_uri.h"

#include "base/json_stops.h"
#include "base/path.h"

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

/* The path of a URI without its `file:`. A host other than localhost is kept as a first part:
 * `file://a/b` is what some tools write for the relative path a/b. */
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

/* What a look at a whole URI shows, eight bytes at a time. Never misses anything, but may see more
 * than there is: the slow way behind it is exact. */
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
