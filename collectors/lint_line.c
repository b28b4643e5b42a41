/* Finds the place in a line of a tool's text output; what stands behind it is lint_tail.c's
 * business.
 *
 * A path may hold colons and blanks, so every colon is tried as the end of the path, from left to
 * right; the first one whose number and tail make sense wins. No colon beyond the longest possible
 * path is looked at, which keeps hostile lines linear. */
#include "collectors/lint_line.h"

#include "collectors/lint_char.h"
#include "collectors/lint_front.h"
#include "collectors/lint_quoted.h"
#include "collectors/lint_rule.h"
#include "collectors/lint_tail.h"

#include "base/limits.h"
#include "base/path.h"

#include <string.h>

/* The path itself, without labels that a build puts in front (`[exec] `, `C/C++: `); empty if what
 * is left cannot be a path: a time of day, a URL, a comment. */
static struct span path_of(struct span text)
{
    text = span_trim(text);
    if (span_find(text, ' ') != SIZE_MAX) {
        size_t label;
        while (char_at(text, 0) == '[' && (label = span_find_text(text, "] ")) != SIZE_MAX) {
            text = skip_blanks(span_from(text, label + 2));
        }
        while ((label = span_find_text(text, ": ")) != SIZE_MAX) {
            text = skip_blanks(span_from(text, label + 2));
        }
    }
    if (span_starts(text, "hadolint:")) { /* the program's name, as GNU wants it */
        text = span_from(text, 9);
    }
    size_t last = span_find_last(text, ' ');
    struct span word = last == SIZE_MAX ? text : span_from(text, last + 1);
    bool number = digits_at(word, 0) == word.size;
    bool url = span_find_text(text, "://") != SIZE_MAX && !span_starts(text, "file://");
    bool comment = char_at(text, 0) == '#';
    return number || url || comment ? span_make(NULL, 0) : text;
}

/* Reads `12`, `12:3`, `12.3-5`, `12:3:12:9`, and clang's `{12:3-12:9}` behind it. Returns the
 * end. */
static size_t read_numbers(struct span text, size_t index, struct finding_in *found, bool *column)
{
    size_t size = digits_at(text, index);
    span_to_u64(span_make(text.data + index, size), &found->line);
    index += size;
    for (unsigned count = 1; count < 4; count++) {
        char mark = char_at(text, index);
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
    if (char_at(text, index) == ':' && char_at(text, index + 1) == '{') {
        size_t end = index + 1;
        while (end < text.size && (is_digit(text.data[end]) || strchr("{}:-", text.data[end]))) {
            end++;
        }
        return text.data[end - 1] == ':' ? end - 1 : index;
    }
    return index;
}

/* `path:12...`: the colon at `colon` is followed by a digit. */
static enum lint_line_kind read_colon_place(struct span text, size_t colon,
                                            struct finding_in *found)
{
    struct lint_place place = {.path = span_until(text, colon),
                               .indented = char_at(text, 0) == ' '};
    size_t end = read_numbers(text, colon + 1, found, &place.has_column);
    struct span rest = span_from(text, end);
    if (char_at(rest, 0) == ':') {
        return lint_tail_read(span_from(rest, 1), &place, found);
    }
    if (char_at(rest, 0) != ' ') {
        return LINT_LINE_OTHER;
    }
    rest = span_from(rest, 1);
    if (char_at(rest, 0) == '-' && char_at(rest, 1) == ' ') {
        return lint_tail_dash(span_from(rest, 2), found);
    }
    if (span_is(rest, "Warning:") || span_is(rest, "Error:")) {
        return lint_tail_kind(rest, found); /* Android's manifest merger; the message follows */
    }
    return lint_tail_code(rest, &place, found);
}

/* `path(12)`, `path(12,3)`, `path(12,3,12,9)` before the colon, perhaps with a blank between. Names
 * with `>` are no paths. */
static enum lint_line_kind read_parenthesis_place(struct span text, size_t colon,
                                                  struct finding_in *found, struct span *path)
{
    size_t end = char_at(text, colon - 1) == ' ' ? colon - 1 : colon;
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
    struct lint_place place = {.in_parentheses = true, .indented = char_at(text, 0) == ' '};
    read_numbers(text, start, found, &place.has_column);
    place.path = *path = span_until(text, start - 1);
    if (span_find(place.path, '>') != SIZE_MAX) {
        return LINT_LINE_OTHER;
    }
    struct span rest = span_from(text, colon + 1);
    if (span_starts(rest, " (col. ")) { /* Intel's compilers: `a.f90(3): (col. 5) warning: ` */
        size_t size = digits_at(rest, 7);
        span_to_u64(span_make(rest.data + 7, size), &found->column);
        rest = span_from(rest, 7 + size + (char_at(rest, 7 + size) == ')'));
    }
    return lint_tail_read(rest, &place, found);
}

/* GHC and HLint, when it is about several lines: `A.hs:(12,18)-(14,3): error: message`. */
static enum lint_line_kind read_range_place(struct span text, size_t colon,
                                            struct finding_in *found)
{
    struct lint_place place = {.path = span_until(text, colon), .has_column = true};
    struct span rest = span_from(text, colon + 2);
    size_t end = span_find_text(rest, "): ");
    struct span numbers = span_until(rest, end == SIZE_MAX ? 0 : end);
    struct span column = numbers;
    struct span line = span_cut(&column, ',');
    column = span_cut(&column, ')');
    for (size_t index = 0; index < numbers.size; index++) {
        if (!is_digit(numbers.data[index]) && strchr(",()-", numbers.data[index]) == NULL) {
            return LINT_LINE_OTHER;
        }
    }
    if (!span_to_u64(line, &found->line) || !span_to_u64(column, &found->column)) {
        return LINT_LINE_OTHER;
    }
    return lint_tail_read(span_from(rest, end + 2), &place, found);
}

/* `path +12: KIND: message`: the colon is that behind the number. */
static enum lint_line_kind read_plus_place(struct span text, size_t colon, struct finding_in *found,
                                           struct span *path)
{
    size_t start = colon;
    while (start > 0 && is_digit(text.data[start - 1])) {
        start--;
    }
    if (start == colon || start < 3 || text.data[start - 1] != '+' || text.data[start - 2] != ' ') {
        return LINT_LINE_OTHER;
    }
    span_to_u64(span_make(text.data + start, colon - start), &found->line);
    *path = span_until(text, start - 2);
    return lint_tail_kind(skip_blanks(span_from(text, colon + 1)), found);
}

/* `path: line 12, col 3, message` behind the colon. */
static enum lint_line_kind read_compact(struct span rest, struct finding_in *found)
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
    return mark ? lint_tail_compact(span_from(rest, char_at(rest, 0) == ',' ? 2 : 3), found)
                : LINT_LINE_OTHER;
}

/* Programs that compile: `cc1plus`, `arm-none-eabi-gcc-12`, `clang++`. Linkers are not among
 * them. */
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
    name = path_base(name);
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

/* `cc1: warning: message`, mypy's `file.py: error: message`, Sphinx's `page.rst: WARNING: message`
 * and Xcode's `Main.xib: warning: message`: there is no line number. */
static enum lint_line_kind read_no_line(struct span text, size_t colon, struct finding_in *found)
{
    struct span name = span_until(text, colon);
    static const char *const endings[] = {".py",         ".pyi", ".rst",      ".md",
                                          ".storyboard", ".xib", ".xcodeproj"};
    bool file = false;
    for (size_t index = 0; index < sizeof(endings) / sizeof(endings[0]); index++) {
        file = file || span_ends(name, endings[index]);
    }
    if (!file && !is_compiler(name)) {
        return LINT_LINE_OTHER;
    }
    enum lint_line_kind kind = lint_tail_kind(skip_blanks(span_from(text, colon + 1)), found);
    if (kind != LINT_LINE_OTHER && !file &&
        span_find_text(found->message, "linker command failed") != SIZE_MAX) {
        return LINT_LINE_OTHER; /* says only that the linker's own lines stand above */
    }
    found->path = file ? name : span_make(NULL, 0);
    return kind;
}

/* MSBuild's `CSC : warning CS1668: message` and `/src/gate.csproj : error NU1101: message`. What
 * programs call errors are not findings: they say that others are missing. */
static enum lint_line_kind read_program(struct span text, size_t colon, struct finding_in *found,
                                        struct span *path)
{
    struct span name = span_until(text, colon - 1);
    struct span rest = skip_blanks(span_from(text, colon + 1));
    rest = span_from(rest, span_starts(rest, "Command line ") ? 13 : 0);
    bool project = span_ends(name, "proj") || span_ends(name, ".sln");
    enum lint_line_kind kind = lint_tail_kind(rest, found);
    bool coded = found->rule.size > 0 && lint_code_size(found->rule) == found->rule.size;
    if (kind != LINT_LINE_FINDING || !coded || (has_blank(name) && !project) ||
        (found->level == LEVEL_ERROR && !project)) {
        return LINT_LINE_OTHER;
    }
    *path = found->path = project ? name : span_make(NULL, 0);
    return kind;
}

bool lint_line_is_context(struct span rest)
{
    return rest.size > 4 && memcmp(rest.data, " In ", 4) == 0 && rest.data[rest.size - 1] == ':';
}

static enum lint_line_kind read_colons(struct span text, struct finding_in *found)
{
    struct span reach = span_until(text, 2 * (size_t)LIMIT_PATH_BYTES);
    size_t colon = span_find(reach, ':');
    for (bool first = true; colon != SIZE_MAX; first = false) {
        enum lint_line_kind kind = LINT_LINE_OTHER;
        struct span path = span_until(text, colon);
        char next = char_at(text, colon + 1);
        *found = (struct finding_in){0};
        if (colon > 0 && is_digit(next)) {
            kind = read_colon_place(text, colon, found);
        } else if (colon > 0 && next == '(') {
            kind = read_range_place(text, colon, found);
        } else if (colon > 2 &&
                   (char_at(text, colon - 1) == ')' || char_at(text, colon - 2) == ')')) {
            kind = read_parenthesis_place(text, colon, found, &path);
        } else if (colon > 0 && next == ' ') {
            struct span rest = span_from(text, colon + 1);
            if (first && lint_line_is_context(rest)) {
                return LINT_LINE_NOTE;
            }
            kind = is_digit(char_at(text, colon - 1)) ? read_plus_place(text, colon, found, &path)
                                                      : read_compact(rest, found);
            if (kind == LINT_LINE_OTHER && is_digit(char_at(text, colon - 1))) {
                kind = lint_quoted_read(text, found);
                path = kind == LINT_LINE_OTHER ? path : found->path;
            }
            if (kind == LINT_LINE_OTHER && char_at(text, colon - 1) == ' ') {
                kind = read_program(text, colon, found, &path);
            } else if (kind == LINT_LINE_OTHER && first) {
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

bool lint_line_place(struct span text, struct finding_in *found)
{
    bool column;
    size_t colon = span_find(text, ':');
    while (colon != SIZE_MAX && !is_digit(char_at(text, colon + 1))) {
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

enum lint_line_kind lint_line_read(struct span text, struct finding_in *found)
{
    enum lint_line_kind kind = lint_front_read(&text, found);
    if (kind == LINT_LINE_OTHER && char_at(text, 0) == '"') {
        kind = lint_quoted_read(text, found);
    }
    return kind == LINT_LINE_OTHER ? read_colons(text, found) : kind;
}
