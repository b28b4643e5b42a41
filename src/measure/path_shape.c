/* Reported path -> clean path and its kind.
 *
 * Seen in reports: `C:\x\a.cs` (Windows), `/_/src/a.cs` and `/_1/src/a.cs` (deterministic .NET
 * builds), `https://host/owner/repo/sha/src/a.cs` (source link), a query that holds the path in
 * `path=` (source link to Azure DevOps), `file:///x/a.c`, `webpack://name/./src/a.js` (source
 * maps), `github.com/o/r/pkg/a.go` (Go import paths). */
#include "measure/path_shape.h"

#include "base/path.h"

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* A copy with %20 and the like resolved (RFC 3986, 2.1); what is no escape stays as it is. */
static struct span unescape(struct arena *arena, struct span text)
{
    char *plain = arena_alloc(arena, text.size + 1);
    size_t size = 0;
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        if (byte == '%' && at + 2 < text.size) {
            int high = hex_value(text.data[at + 1]);
            int low = hex_value(text.data[at + 2]);
            if (high >= 0 && low >= 0 && high + low > 0) {
                byte = (char)(high * 16 + low);
                at += 2;
            }
        }
        plain[size++] = byte;
    }
    return span_make(plain, size);
}

/* The size of `scheme://` at the start, 0 if there is none. */
static size_t scheme_size(struct span text)
{
    size_t at = span_find_text(text, "://");
    if (at == SIZE_MAX || at < 2) {
        return 0; /* one letter would be a drive */
    }
    for (size_t index = 0; index < at; index++) {
        char byte = text.data[index];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool other = (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' || byte == '.';
        if (!letter && !(other && index > 0)) {
            return 0;
        }
    }
    return at + 3;
}

/* The path that a link names: without query and fragment, or the query's own `path=`. */
static struct span path_of_link(struct span link)
{
    size_t query = span_find(link, '?');
    if (query == SIZE_MAX) {
        return span_until(link, span_find(link, '#'));
    }
    struct span rest = span_from(link, query + 1);
    while (rest.size > 0) {
        struct span field = span_cut(&rest, '&');
        if (span_starts(field, "path=")) {
            return span_from(field, 5);
        }
    }
    return span_until(link, query);
}

/* `file://host/C:/x` -> `C:/x`, `file:///x` -> `/x`. */
static struct span path_of_file_link(struct span rest)
{
    size_t slash = span_find(rest, '/');
    if (slash == SIZE_MAX) {
        return rest;
    }
    rest = span_from(rest, slash);
    bool drive = rest.size >= 3 && rest.data[2] == ':';
    return drive ? span_from(rest, 1) : rest;
}

/* `/_/src/a.cs` -> `src/a.cs`, also `/_2/`; anything else stays. */
static struct span without_source_map(struct span path)
{
    if (!span_starts(path, "/_")) {
        return path;
    }
    size_t at = 2;
    while (at < path.size && path.data[at] >= '0' && path.data[at] <= '9') {
        at++;
    }
    return at < path.size && path.data[at] == '/' ? span_from(path, at + 1) : path;
}

static bool begins_with_host(struct span path)
{
    struct span first = span_cut(&path, '/');
    size_t dot = span_find(first, '.');
    return dot != SIZE_MAX && dot > 0 && first.data[first.size - 1] != '.' && path.size > 0;
}

struct path_shape path_shape_of(struct arena *arena, struct span reported)
{
    struct path_shape shape = {.is_hosted = false};
    size_t scheme = scheme_size(reported);
    struct span path = reported;
    if (scheme > 0 && span_is_caseless(span_until(reported, scheme), "file://")) {
        path = path_of_file_link(unescape(arena, span_from(reported, scheme)));
    } else if (scheme > 0) {
        struct span link = path_of_link(span_from(reported, scheme));
        shape.is_hosted = span_starts(reported, "http") && link.data == reported.data + scheme;
        path = unescape(arena, link);
        while (span_starts(path, "/")) {
            path = span_from(path, 1);
        }
    }
    path = without_source_map(path_clean(arena, path));
    shape.path = path;
    shape.is_absolute = path_is_absolute(path);
    shape.is_hosted = shape.is_hosted || (!shape.is_absolute && begins_with_host(path));
    return shape;
}

struct span path_shape_parts(struct span clean)
{
    if (clean.size >= 2 && clean.data[1] == ':') {
        clean = span_from(clean, 2);
    }
    if (span_starts(clean, "/")) {
        clean = span_from(clean, 1);
    }
    while (path_escapes(clean)) {
        clean = span_from(clean, 3);
    }
    return clean;
}
