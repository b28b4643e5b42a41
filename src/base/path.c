/* Paths as text. */
#include "base/path.h"

#include "base/bytes16.h"

enum { PIECE = 16 };

static bool is_slash(char byte)
{
    return byte == '/' || byte == '\\';
}

static bool has_drive(struct span path)
{
    return path.size >= 2 && path.data[1] == ':' &&
           ((path.data[0] >= 'A' && path.data[0] <= 'Z') ||
            (path.data[0] >= 'a' && path.data[0] <= 'z'));
}

bool path_is_absolute(struct span path)
{
    return (path.size > 0 && is_slash(path.data[0])) ||
           (has_drive(path) && path.size >= 3 && is_slash(path.data[2]));
}

/* Drops the last part of what was written behind `fixed`; false if there is none or it is "..". */
static bool drop_part(const char *text, size_t fixed, size_t *size)
{
    size_t start = *size;
    while (start > fixed && text[start - 1] != '/') {
        start--;
    }
    if (start == *size || (*size - start == 2 && text[start] == '.' && text[start + 1] == '.')) {
        return false;
    }
    *size = start > fixed ? start - 1 : start;
    return true;
}

/* Where the part that begins at `at` ends. */
static size_t part_end(struct span path, size_t at)
{
    while (at < path.size && !is_slash(path.data[at])) {
        at++;
    }
    return at;
}

/* Is there nothing to do: no part that is empty or begins with a dot, no backslash? Most paths of a
 * report are so; a yes is exact, a no may be wrong. A PIECE behind the end is readable and zero. */
static bool is_clean(const char *text, size_t size)
{
    bool rooted = size > 0 && text[0] == '/';
    uint32_t starts_part = 1; /* the first byte of the piece does */
    uint32_t odd = has_drive(span_make(text, size));
    for (size_t at = rooted ? 1 : 0; at < size; at += PIECE) {
        uint32_t slashes = bytes16_equal(text + at, '/');
        uint32_t starts = slashes << 1 | starts_part;
        odd |=
            bytes16_equal(text + at, '\\') | (starts & (slashes | bytes16_equal(text + at, '.')));
        starts_part = slashes >> (PIECE - 1);
    }
    return odd == 0 && (size == 0 || text[size - 1] != '/');
}

struct span path_clean(struct arena *arena, struct span path)
{
    char *text = arena_alloc(arena, path.size + PIECE);
    size_t size = 0;
    size_t at = 0;
    if (path.size > 0) {
        memcpy(text, path.data, path.size);
    }
    if (is_clean(text, path.size)) {
        return span_make(text, path.size);
    }
    if (has_drive(path)) {
        text[size++] = path.data[0];
        text[size++] = ':';
        at = 2;
    }
    bool rooted = at < path.size && is_slash(path.data[at]);
    if (rooted) {
        text[size++] = '/';
    }
    size_t fixed = size;
    while (at < path.size) {
        size_t end = part_end(path, at);
        struct span part = span_make(path.data + at, end - at);
        at = end + 1;
        if (part.size == 0 || span_is(part, ".")) {
            continue;
        }
        if (span_is(part, "..") && (drop_part(text, fixed, &size) || rooted)) {
            continue;
        }
        if (size > fixed) {
            text[size++] = '/';
        }
        memcpy(text + size, part.data, part.size);
        size += part.size;
    }
    text[size] = '\0';
    return span_make(text, size);
}

struct span path_join(struct arena *arena, struct span base, struct span path)
{
    if (base.size == 0 || path_is_absolute(path)) {
        return arena_copy(arena, path);
    }
    char *text = arena_alloc(arena, base.size + path.size + 2);
    size_t size = 0;
    for (size_t index = 0; index < base.size; index++) {
        text[size++] = base.data[index];
    }
    if (!is_slash(text[size - 1])) {
        text[size++] = '/';
    }
    for (size_t index = 0; index < path.size; index++) {
        text[size++] = path.data[index];
    }
    return span_make(text, size);
}

bool path_escapes(struct span clean)
{
    return span_is(clean, "..") || span_starts(clean, "../");
}

struct span path_base(struct span path)
{
    size_t slash = span_find_last(path, '/');
    return slash == SIZE_MAX ? path : span_from(path, slash + 1);
}

bool path_below(struct span path, struct span folder, struct span *rest)
{
    while (folder.size > 0 && folder.data[folder.size - 1] == '/') {
        folder.size--;
    }
    if (path.size <= folder.size || !span_equal(span_until(path, folder.size), folder) ||
        path.data[folder.size] != '/') {
        return false;
    }
    *rest = span_from(path, folder.size + 1);
    return true;
}
