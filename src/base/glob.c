/* Path patterns, matched by bytes. Stars backtrack to the last one only, which is enough and keeps
 * the time within pattern size times path size; alternatives in braces are tried one by one, at
 * most ALTERNATIVES_MOST of them. */
#include "base/glob.h"

#include "base/buf.h"

enum { ALTERNATIVES_MOST = 1000 };

/* A set such as [a-z] or [!x]: does it hold `byte`? *next is behind the set. */
static bool in_set(struct span pattern, size_t start, char byte, size_t *next)
{
    size_t at = start + 1;
    bool negated = at < pattern.size && (pattern.data[at] == '!' || pattern.data[at] == '^');
    bool found = false;
    at += negated ? 1 : 0;
    for (size_t first = at; at < pattern.size && (pattern.data[at] != ']' || at == first); at++) {
        unsigned char low = (unsigned char)pattern.data[at];
        unsigned char high = low;
        if (at + 2 < pattern.size && pattern.data[at + 1] == '-' && pattern.data[at + 2] != ']') {
            high = (unsigned char)pattern.data[at + 2];
            at += 2;
        }
        found = found || ((unsigned char)byte >= low && (unsigned char)byte <= high);
    }
    *next = at + 1;
    return found != negated && byte != '/';
}

/* Does the pattern at `at` match this one byte? *next is where the pattern goes on. Not for
 * stars. */
static bool match_one(struct span pattern, size_t at, char byte, size_t *next)
{
    char wanted = pattern.data[at];
    *next = at + 1;
    if (wanted == '?') {
        return byte != '/';
    }
    if (wanted == '[') {
        return in_set(pattern, at, byte, next);
    }
    if (wanted == '\\' && at + 1 < pattern.size) {
        *next = at + 2;
        return pattern.data[at + 1] == byte;
    }
    return wanted == byte;
}

/* A `**` that is a whole part: how many bytes it takes, with the slash behind it; 0 if there is
 * none. */
static size_t deep_star(struct span pattern, size_t at)
{
    bool part_start = at == 0 || pattern.data[at - 1] == '/';
    if (!part_start || at + 1 >= pattern.size || pattern.data[at] != '*' ||
        pattern.data[at + 1] != '*') {
        return 0;
    }
    if (at + 2 == pattern.size) {
        return 2;
    }
    return pattern.data[at + 2] == '/' ? 3 : 0;
}

/* Where to go on after a mismatch. */
struct retry {
    size_t pattern, path;
    bool set;
};

static bool step_back(struct retry *star, struct retry *deep, struct span path, size_t *at_pattern,
                      size_t *at_path)
{
    if (star->set && star->path < path.size && path.data[star->path] != '/') {
        star->path++;
        *at_pattern = star->pattern;
        *at_path = star->path;
        return true;
    }
    star->set = false;
    if (!deep->set) {
        return false;
    }
    /* `**` takes whole parts: go on behind the next slash, or at the end. */
    while (deep->path < path.size && path.data[deep->path] != '/') {
        deep->path++;
    }
    if (deep->path >= path.size) {
        return false;
    }
    deep->path++;
    *at_pattern = deep->pattern;
    *at_path = deep->path;
    return true;
}

/* One pattern without braces. */
static bool match_plain(struct span pattern, struct span path)
{
    struct retry star = {0, 0, false};
    struct retry deep = {0, 0, false};
    size_t at = 0;
    size_t place = 0;
    for (;;) {
        size_t next = 0;
        size_t skip = at < pattern.size ? deep_star(pattern, at) : 0;
        if (skip == 2) {
            return place < path.size || at == 0; /* takes everything that is left */
        }
        if (skip == 3) {
            at += skip;
            deep = (struct retry){at, place, true};
            star.set = false;
        } else if (at < pattern.size && pattern.data[at] == '*') {
            at++;
            star = (struct retry){at, place, true};
        } else if (at == pattern.size && place == path.size) {
            return true;
        } else if (at < pattern.size && place < path.size &&
                   match_one(pattern, at, path.data[place], &next)) {
            at = next;
            place++;
        } else if (!step_back(&star, &deep, path, &at, &place)) {
            return false;
        }
    }
}

/* Finds the first brace group outside sets and escapes: [*open, *close]. */
static bool find_braces(struct span pattern, size_t *open, size_t *close)
{
    size_t depth = 0;
    for (size_t at = 0; at < pattern.size; at++) {
        char byte = pattern.data[at];
        if (byte == '\\') {
            at++;
        } else if (byte == '{') {
            if (depth++ == 0) {
                *open = at;
            }
        } else if (byte == '}' && depth > 0 && --depth == 0) {
            *close = at;
            return true;
        }
    }
    return false;
}

static bool match_braces(struct span pattern, struct span path, unsigned *budget)
{
    size_t open = 0;
    size_t close = 0;
    if (!find_braces(pattern, &open, &close)) {
        return match_plain(pattern, path);
    }
    struct span tail = span_from(pattern, close + 1);
    size_t depth = 0;
    size_t start = open + 1;
    bool matched = false;
    for (size_t at = start; at <= close && !matched && *budget > 0; at++) {
        char byte = pattern.data[at];
        if (at == close || (byte == ',' && depth == 0)) {
            struct buf one;
            buf_init(&one);
            buf_add(&one, span_until(pattern, open));
            buf_add(&one, span_make(pattern.data + start, at - start));
            buf_add(&one, tail);
            (*budget)--;
            matched = match_braces(buf_span(&one), path, budget);
            buf_release(&one);
            start = at + 1;
        }
        depth += byte == '{' ? 1 : 0;
        depth -= byte == '}' && depth > 0 ? 1 : 0;
    }
    return matched;
}

bool glob_match(struct span pattern, struct span path)
{
    unsigned budget = ALTERNATIVES_MOST;
    if (span_starts(pattern, "./")) {
        pattern = span_from(pattern, 2);
    }
    if (!span_ends(pattern, "/")) {
        return match_braces(pattern, path, &budget);
    }
    struct buf below;
    buf_init(&below);
    buf_add(&below, pattern);
    buf_add_text(&below, "**");
    bool matched = match_braces(buf_span(&below), path, &budget);
    buf_release(&below);
    return matched;
}

const char *glob_check(struct span pattern)
{
    size_t depth = 0;
    size_t alternatives = 1;
    if (pattern.size == 0) {
        return "the pattern is empty";
    }
    for (size_t at = 0; at < pattern.size; at++) {
        char byte = pattern.data[at];
        if (byte == '\\') {
            if (++at == pattern.size) {
                return "the pattern ends in a backslash";
            }
        } else if (byte == '[') {
            size_t end = at + 2;
            while (end < pattern.size && pattern.data[end] != ']') {
                end++;
            }
            if (end >= pattern.size) {
                return "a '[' has no ']'";
            }
            at = end;
        } else if (byte == '{') {
            depth++;
        } else if (byte == '}' && depth-- == 0) {
            return "a '}' has no '{'";
        } else if (byte == ',' && depth > 0 && ++alternatives > ALTERNATIVES_MOST) {
            return "too many alternatives in braces";
        }
    }
    return depth > 0 ? "a '{' has no '}'" : NULL;
}

static bool is_special(char byte)
{
    return byte == '*' || byte == '?' || byte == '[' || byte == '{' || byte == '\\';
}

struct span glob_root(struct span pattern)
{
    size_t root = 0;
    for (size_t at = 0; at < pattern.size && !is_special(pattern.data[at]); at++) {
        if (pattern.data[at] == '/') {
            root = at;
        }
    }
    return span_until(pattern, root);
}

bool glob_is_plain(struct span pattern)
{
    for (size_t at = 0; at < pattern.size; at++) {
        if (is_special(pattern.data[at])) {
            return false;
        }
    }
    return true;
}
