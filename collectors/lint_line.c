/* Finds the place in a line of a tool's text output; what stands behind it is lint_tail.c's business.
 *
 * A path may hold colons and blanks, so every colon is tried as the end of the path, from left to right; the
 * first one whose number and tail make sense wins. No colon beyond the longest possible path is looked at,
 * which keeps hostile lines linear. */
#include "collectors/lint_line.h"

#include "collectors/lint_tail.h"

#include "base/limits.h"

#include <string.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static char at(struct span text, size_t index)
{
    return index < text.size ? text.data[index] : '\0';
}

static struct span skip_blanks(struct span text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = span_from(text, 1);
    }
    return text;
}

/* How many digits stand at `index`. */
static size_t digits_at(struct span text, size_t index)
{
    size_t size = 0;
    while (is_digit(at(text, index + size))) {
        size++;
    }
    return size;
}

/* ---- what CI systems put in front ---- */

/* Does `text` have the shape of `pattern`, where `d` is a digit? */
static bool has_shape(struct span text, const char *pattern)
{
    size_t size = strlen(pattern);
    if (text.size < size) {
        return false;
    }
    for (size_t index = 0; index < size; index++) {
        bool digit = pattern[index] == 'd';
        if (digit ? !is_digit(text.data[index]) : text.data[index] != pattern[index]) {
            return false;
        }
    }
    return true;
}

/* Behind a time zone or fraction of a second. */
static struct span skip_zone(struct span text)
{
    size_t size = 0;
    if (at(text, 0) == '.' || at(text, 0) == ',') {
        size = 1 + digits_at(text, 1);
    }
    text = span_from(text, size);
    if (at(text, 0) == 'Z') {
        return span_from(text, 1);
    }
    if (has_shape(text, "+dd:dd") || has_shape(text, "-dd:dd")) {
        return span_from(text, 6);
    }
    return has_shape(text, "+dddd") || has_shape(text, "-dddd") ? span_from(text, 5) : text;
}

/* Behind a time stamp: `2024-05-01T10:00:00.123Z `, `[2019-06-03T11:15:10.330Z] `, `14:57:50 `; and behind
 * GitLab's stream tag that may follow it: `01O `. */
struct span lint_line_unstamp(struct span text)
{
    bool bracket = at(text, 0) == '[';
    struct span rest = span_from(text, bracket);
    if (!is_digit(at(rest, 0))) {
        return text;
    }
    if (has_shape(rest, "dddd-dd-ddTdd:dd:dd") || has_shape(rest, "dddd-dd-dd dd:dd:dd")) {
        rest = span_from(rest, 19);
    } else if (has_shape(rest, "dd:dd:dd")) {
        rest = span_from(rest, 8);
    } else {
        return text;
    }
    rest = skip_zone(rest);
    if (bracket && at(rest, 0) == ']') {
        rest = span_from(rest, 1);
    }
    if (at(rest, 0) != ' ') {
        return text;
    }
    rest = span_from(rest, 1);
    bool tag = digits_at(rest, 0) >= 2 && (at(rest, 2) == 'O' || at(rest, 2) == 'E') &&
               (at(rest, 3) == ' ' || at(rest, 3) == '+');
    return tag ? span_from(rest, 4) : rest;
}

/* The path itself, without labels that a build puts in front (`[exec] `, `C/C++: `); empty if what is left
 * cannot be a path: a time of day, a URL. */
static struct span path_of(struct span text)
{
    text = span_trim(text);
    if (span_find(text, ' ') != SIZE_MAX) {
        size_t label;
        while (at(text, 0) == '[' && (label = span_find_text(text, "] ")) != SIZE_MAX) {
            text = skip_blanks(span_from(text, label + 2));
        }
        while ((label = span_find_text(text, ": ")) != SIZE_MAX) {
            text = skip_blanks(span_from(text, label + 2));
        }
    }
    size_t last = span_find_last(text, ' ');
    struct span word = last == SIZE_MAX ? text : span_from(text, last + 1);
    bool number = digits_at(word, 0) == word.size;
    bool url = span_find_text(text, "://") != SIZE_MAX && !span_starts(text, "file://");
    return number || url ? span_make(NULL, 0) : text;
}

/* ---- the places ---- */

/* Reads `12`, `12:3`, `12.3-5`, `12:3:12:9`, and clang's `{12:3-12:9}` behind it. Returns the end. */
static size_t read_numbers(struct span text, size_t index, struct lint_line *found, bool *column)
{
    size_t size = digits_at(text, index);
    span_to_u64(span_make(text.data + index, size), &found->line);
    index += size;
    for (unsigned count = 1; count < 4; count++) {
        char mark = at(text, index);
        size = digits_at(text, index + 1);
        if (size == 0 || (mark != ':' && mark != '.' && mark != '-' && mark != ',')) {
            break;
        }
        if (count == 1 && mark != '-') {
            span_to_u64(span_make(text.data + index + 1, size), &found->column);
            *column = true;
        }
        index += 1 + size;
    }
    if (at(text, index) == ':' && at(text, index + 1) == '{') {
        size_t end = index + 1;
        while (end < text.size && (is_digit(text.data[end]) || strchr("{}:-", text.data[end]))) {
            end++;
        }
        return text.data[end - 1] == ':' ? end - 1 : index;
    }
    return index;
}

/* `path:12...`: the colon at `colon` is followed by a digit. */
static enum lint_line_kind read_colon_place(struct span text, size_t colon, struct lint_line *found)
{
    struct lint_place place = {.path = span_until(text, colon), .indented = at(text, 0) == ' '};
    size_t end = read_numbers(text, colon + 1, found, &place.has_column);
    struct span rest = span_from(text, end);
    if (at(rest, 0) == ':') {
        return lint_tail_read(span_from(rest, 1), &place, found);
    }
    if (at(rest, 0) != ' ') {
        return LINT_LINE_OTHER;
    }
    return at(rest, 1) == '-' && at(rest, 2) == ' ' ? lint_tail_dash(span_from(rest, 3), found)
                                                    : lint_tail_code(span_from(rest, 1), found);
}

/* `path(12)`, `path(12,3)`, `path(12,3,12,9)` before the colon, perhaps with a blank between. Names with
 * `>` are no paths: MSBuild puts `1>` before lines that it prints once more in its summary. */
static enum lint_line_kind read_parenthesis_place(struct span text, size_t colon,
                                                  struct lint_line *found, struct span *path)
{
    size_t end = at(text, colon - 1) == ' ' ? colon - 1 : colon;
    size_t start = end - 1;
    if (end < 3 || text.data[start] != ')') {
        return LINT_LINE_OTHER;
    }
    while (start > 0 && (is_digit(text.data[start - 1]) || text.data[start - 1] == ',')) {
        start--;
    }
    if (start < 2 || text.data[start - 1] != '(' || !is_digit(text.data[start])) {
        return LINT_LINE_OTHER;
    }
    struct lint_place place = {.in_parentheses = true, .indented = at(text, 0) == ' '};
    read_numbers(text, start, found, &place.has_column);
    place.path = *path = span_until(text, start - 1);
    if (span_find(place.path, '>') != SIZE_MAX) {
        return LINT_LINE_OTHER;
    }
    return lint_tail_read(span_from(text, colon + 1), &place, found);
}

/* `path: line 12, col 3, message` behind the colon. */
static enum lint_line_kind read_compact(struct span rest, struct lint_line *found)
{
    static const char line[] = " line ";
    static const char column[] = ", col ";
    if (!span_starts(rest, line) || digits_at(rest, 6) == 0) {
        return LINT_LINE_OTHER;
    }
    size_t size = digits_at(rest, 6);
    span_to_u64(span_make(rest.data + 6, size), &found->line);
    rest = span_from(rest, 6 + size);
    size = span_starts(rest, column) ? digits_at(rest, 6) : 0;
    if (size == 0) {
        return LINT_LINE_OTHER;
    }
    span_to_u64(span_make(rest.data + 6, size), &found->column);
    rest = span_from(rest, 6 + size);
    bool mark = span_starts(rest, ", ") || span_starts(rest, " - ");
    return mark ? lint_tail_compact(span_from(rest, at(rest, 0) == ',' ? 2 : 3), found)
                : LINT_LINE_OTHER;
}

/* Programs that compile: `cc1plus`, `arm-none-eabi-gcc-12`, `clang++`. Linkers are not among them. */
static bool is_compiler(struct span name)
{
    static const char ends[] = "1sj+cg0leE23456789";
    if (name.size < 2 || strchr(ends, name.data[name.size - 1]) == NULL ||
        span_find(name, ' ') != SIZE_MAX) {
        return false;
    }
    static const char *const programs[] = {"cc1",  "cc1plus", "cc1obj", "cc1objplus", "lto1",
                                           "gcc",  "g++",     "cc",     "c++",        "clang",
                                           "f951", "clang++", "gnat1",  "clang-cl"};
    size_t slash = span_find_last(name, '/');
    name = slash == SIZE_MAX ? name : span_from(name, slash + 1);
    name = span_ends(name, ".exe") ? span_until(name, name.size - 4) : name;
    size_t end = name.size; /* a version such as -12 or -14.0.6 does not matter */
    while (end > 0 && (is_digit(name.data[end - 1]) || name.data[end - 1] == '.')) {
        end--;
    }
    if (end > 1 && end < name.size && name.data[end - 1] == '-') {
        name = span_until(name, end - 1);
    }
    for (size_t index = 0; index < sizeof(programs) / sizeof(programs[0]); index++) {
        size_t size = strlen(programs[index]);
        if (span_ends(name, programs[index]) &&
            (name.size == size || name.data[name.size - size - 1] == '-')) {
            return true;
        }
    }
    return false;
}

/* `cc1: warning: message`, and mypy's `file.py: error: message`: there is no line number. */
static enum lint_line_kind read_no_line(struct span text, size_t colon, struct lint_line *found)
{
    struct span name = span_until(text, colon);
    bool python = span_ends(name, ".py") || span_ends(name, ".pyi");
    if (!python && !is_compiler(name)) {
        return LINT_LINE_OTHER;
    }
    enum lint_line_kind kind = lint_tail_kind(skip_blanks(span_from(text, colon + 1)), found);
    if (kind != LINT_LINE_OTHER && !python &&
        span_find_text(found->message, "linker command failed") != SIZE_MAX) {
        return LINT_LINE_OTHER; /* says only that the linker's own lines stand above */
    }
    found->path = python ? name : span_make(NULL, 0);
    return kind;
}

/* gcc's `path: In function 'main':`, behind the first colon. */
static bool is_context(struct span rest)
{
    return rest.size > 4 && memcmp(rest.data, " In ", 4) == 0 && rest.data[rest.size - 1] == ':';
}

static enum lint_line_kind read_colons(struct span text, struct lint_line *found)
{
    struct span reach = span_until(text, 2 * (size_t)LIMIT_PATH_BYTES);
    size_t colon = span_find(reach, ':');
    for (bool first = true; colon != SIZE_MAX; first = false) {
        enum lint_line_kind kind = LINT_LINE_OTHER;
        struct span path = span_until(text, colon);
        char next = at(text, colon + 1);
        *found = (struct lint_line){0};
        if (colon > 0 && is_digit(next)) {
            kind = read_colon_place(text, colon, found);
        } else if (colon > 2 && (at(text, colon - 1) == ')' || at(text, colon - 2) == ')')) {
            kind = read_parenthesis_place(text, colon, found, &path);
        } else if (colon > 0 && next == ' ') {
            struct span rest = span_from(text, colon + 1);
            if (first && is_context(rest)) {
                return LINT_LINE_NOTE;
            }
            kind = read_compact(rest, found);
            if (kind == LINT_LINE_OTHER && first) {
                kind = read_no_line(text, colon, found);
                path = found->path;
            }
        }
        if (kind != LINT_LINE_OTHER) {
            found->path = path_of(path);
            bool placeless = found->line == 0 && path.size == 0;
            return found->path.size > 0 || placeless ? kind : LINT_LINE_OTHER;
        }
        size_t more = span_find(span_from(reach, colon + 1), ':');
        colon = more == SIZE_MAX ? SIZE_MAX : colon + 1 + more;
    }
    return LINT_LINE_OTHER;
}

/* ---- lines that begin in their own way ---- */

/* The value of `name` in `file=a.c,line=1,title=x`; data == NULL if absent. */
static struct span property(struct span list, const char *name)
{
    while (list.size > 0) {
        struct span value = span_cut(&list, ',');
        struct span key = span_cut(&value, '=');
        if (span_is(span_trim(key), name)) {
            return span_make(value.data != NULL ? value.data : "", value.size);
        }
    }
    return span_make(NULL, 0);
}

/* `::error file=a.c,line=1,col=2,title=rule::message` */
static enum lint_line_kind read_command(struct span text, struct lint_line *found)
{
    static const struct {
        const char *word;
        enum level level;
    } commands[] = {{"error", LEVEL_ERROR}, {"warning", LEVEL_WARNING}, {"notice", LEVEL_NOTE}};
    size_t end = span_find_text(text, "::");
    struct span list = span_until(text, end == SIZE_MAX ? 0 : end);
    struct span word = span_cut(&list, ' ');
    for (size_t index = 0; index < sizeof(commands) / sizeof(commands[0]); index++) {
        if (span_is(word, commands[index].word)) {
            *found = (struct lint_line){.path = property(list, "file"),
                                        .rule = property(list, "title"),
                                        .message = span_from(text, end + 2),
                                        .level = commands[index].level};
            span_to_u64(property(list, "line"), &found->line);
            span_to_u64(property(list, "col"), &found->column);
            return LINT_LINE_FINDING;
        }
    }
    return LINT_LINE_OTHER;
}

/* cppcheck 1: `[a.c:1]: (error) message`, `[a.c:1] -> [b.c:2]: (style, inconclusive) message`; without a
 * place `(information) message`. */
static enum lint_line_kind read_cppcheck(struct span text, struct lint_line *found)
{
    static const struct {
        const char *word;
        enum level level;
    } words[] = {{"error", LEVEL_ERROR},         {"warning", LEVEL_WARNING},
                 {"style", LEVEL_WARNING},       {"performance", LEVEL_WARNING},
                 {"portability", LEVEL_WARNING}, {"information", LEVEL_NOTE},
                 {"debug", LEVEL_NOTE}};
    size_t end = at(text, 0) == '[' ? span_find_text(text, "]: (") : 0;
    if (end == SIZE_MAX) {
        return LINT_LINE_OTHER;
    }
    struct span rest = span_from(text, end > 0 ? end + 4 : 1);
    size_t close = span_find(rest, ')');
    struct span inside = span_until(rest, close == SIZE_MAX ? 0 : close);
    struct span word = span_cut(&inside, ',');
    for (size_t index = 0; index < sizeof(words) / sizeof(words[0]); index++) {
        if (span_is(word, words[index].word) && at(rest, close + 1) == ' ') {
            struct span place = span_until(text, end);
            place = span_from(place, 1);
            size_t bracket = span_find(place, ']');
            *found = (struct lint_line){.message = span_from(rest, close + 2),
                                        .level = words[index].level};
            place = bracket == SIZE_MAX ? place : span_until(place, bracket);
            if (end > 0 && !lint_line_place(place, found)) {
                found->path = place;
            }
            return LINT_LINE_FINDING;
        }
    }
    return LINT_LINE_OTHER;
}

/* A number of at most eight digits in eight readable bytes; *size is how many digits there are. All digits at
 * once: the first byte that is no digit is found by a carry, then pairs are joined three times. */
static uint64_t quick_number(const char *text, size_t *size)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t word = 0;
    for (unsigned index = 0; index < 8; index++) { /* little-endian on every machine */
        word |= (uint64_t)(unsigned char)text[index] << (8 * index);
    }
    word ^= ones * '0';
    uint64_t others = ((word + ones * 0x76) | word) & ones * 0x80;
    unsigned digits = others != 0 ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    *size = digits;
    if (digits == 0) {
        return 0;
    }
    word <<= 8 * (8 - digits);
    word = word * 10 + (word >> 8);
    return (((word & 0x000000FF000000FF) * 0x000F424000000064 +
             ((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >>
            32);
}

/* The rule in brackets that ends the text: `[-Wshadow]`. False when a closer look is needed. */
static bool quick_rule(const char *start, const char *end, struct span *rule)
{
    static const bool stops[256] = {[' '] = true, ['['] = true, [','] = true, ['\t'] = true};
    const char *at = end - 1;
    if (end[-1] != ']') {
        *rule = span_make(NULL, 0);
        return end[-1] != ')';
    }
    while (at > start && !stops[(unsigned char)*at]) {
        at--;
    }
    *rule = span_make(at + 1, (size_t)(end - at) - 2);
    return *at == '[' && at[-1] == ' ' && !is_digit(at[1]) && end - at > 2 && end - at < 100;
}

/* Reads the severity word at *at, which has eleven readable bytes, and moves behind it. */
static enum lint_line_kind quick_kind(const char **at, bool bracket, enum level *level)
{
    const char *word = *at;
    if (memcmp(word, "warning:", 8) == 0 && word[8] == ' ') {
        *level = LEVEL_WARNING;
        *at += 9;
        return LINT_LINE_FINDING;
    }
    if (memcmp(word, "erro", 4) == 0 && word[4] == 'r' && word[5] == ':' && word[6] == ' ') {
        *level = LEVEL_ERROR;
        *at += 7;
        return LINT_LINE_FINDING;
    }
    if (memcmp(word, "note", 4) == 0 && word[4] == ':' && word[5] == ' ' && !bracket) {
        *level = LEVEL_NOTE; /* with brackets it may be one of shellcheck, which count */
        *at += 6;
        return LINT_LINE_NOTE;
    }
    return LINT_LINE_OTHER;
}

enum lint_line_kind lint_line_quick(struct span text, struct span path, struct lint_line *found)
{
    const char *end = text.data + text.size;
    const char *colon = text.data + path.size;
    if (path.size == 0 || text.size <= path.size || *colon != ':' ||
        memcmp(text.data, path.data, path.size) != 0) {
        bool begins = is_letter(text.data[0]) || text.data[0] == '.' || text.data[0] == '/';
        colon = begins ? memchr(text.data, ':', text.size) : NULL;
        if (colon == NULL || memchr(text.data, ' ', (size_t)(colon - text.data)) != NULL) {
            return LINT_LINE_OTHER;
        }
    }
    if (is_context(span_make(colon + 1, (size_t)(end - colon) - 1))) {
        return LINT_LINE_NOTE;
    }
    if (end - colon < 32) {
        return LINT_LINE_OTHER;
    }
    size_t size;
    const char *at = colon + 1;
    found->line = quick_number(at, &size);
    at += size;
    found->column = 0;
    if (size > 0 && *at == ':' && is_digit(at[1])) {
        found->column = quick_number(at + 1, &size);
        at += 1 + size;
    }
    if (size == 0 || at[0] != ':' || at[1] != ' ') {
        return LINT_LINE_OTHER;
    }
    at += 2;
    enum lint_line_kind kind = quick_kind(&at, end[-1] == ']', &found->level);
    bool plain = at<end && * at> ' ' && *at != '[' && (*at < 'A' || *at > 'Z');
    if (kind == LINT_LINE_OTHER || !plain || !quick_rule(at, end, &found->rule)) {
        return LINT_LINE_OTHER;
    }
    found->path = span_make(text.data, (size_t)(colon - text.data));
    found->message = span_make(at, (size_t)(end - at));
    return kind;
}

bool lint_line_place(struct span text, struct lint_line *found)
{
    bool column;
    size_t colon = span_find(text, ':');
    while (colon != SIZE_MAX && !is_digit(at(text, colon + 1))) {
        size_t more = span_find(span_from(text, colon + 1), ':');
        colon = more == SIZE_MAX ? SIZE_MAX : colon + 1 + more;
    }
    if (colon == SIZE_MAX || colon == 0) {
        return false;
    }
    found->path = span_until(text, colon);
    read_numbers(text, colon + 1, found, &column);
    return true;
}

enum lint_line_kind lint_line_read(struct span text, struct lint_line *found)
{
    char first = at(text, 0);
    if (first == '#' && at(text, 1) == '#' && at(text, 2) == '[') {
        size_t end = span_find(text, ']'); /* a command as it looks in a downloaded log */
        text = end == SIZE_MAX ? text : span_from(text, end + 1);
    }
    first = at(text, 0);
    if (first == ':' && at(text, 1) == ':') {
        return read_command(span_from(text, 2), found);
    }
    if (first == '(' || first == '[') {
        enum lint_line_kind kind = read_cppcheck(text, found);
        if (kind != LINT_LINE_OTHER) {
            return kind;
        }
    }
    return read_colons(text, found);
}
