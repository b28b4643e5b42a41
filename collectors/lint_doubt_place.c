/* Lines that name a place in a file, in one of the many shapes that no grammar reads:
 * `a.py:4: message`, `a.pas(12,3) message`, `"a.c", line 12: message`, `message at line 3`. */
#include "collectors/lint_doubt_place.h"

#include "collectors/lint_char.h"

#include <string.h>

enum { REACH = 512, LONGEST_ENDING = 10 };

/* Whether a name ends like that of a file of source, and not like that of a host. */
bool lint_doubt_is_source(struct span path)
{
    static const char *const hosts[] = {"com",   "org", "net", "io",       "dev",
                                        "local", "lan", "svc", "internal", NULL};
    size_t dot = span_find_last(path, '.');
    struct span ending = span_from(path, dot == SIZE_MAX ? path.size : dot + 1);
    bool plain = dot != SIZE_MAX && dot > 0 && ending.size > 0 && ending.size <= LONGEST_ENDING &&
                 is_letter(ending.data[0]);
    for (size_t at = 0; plain && at < ending.size; at++) {
        plain = is_letter(ending.data[at]) || is_digit(ending.data[at]);
    }
    return plain && !is_among(ending, hosts) && span_find_text(path, "://") == SIZE_MAX;
}

/* What stands behind a place in a log of a build, and is no finding:
 * `configure.ac:12: installing 'build-aux/compile'`, CMake's `CMakeLists.txt:20 (include)`,
 * and what Python tells of its own use, `a.py:3: DeprecationWarning: message`. */
static bool is_told_of_build(struct span text)
{
    bool call = char_at(text, 0) == '(' && span_find(text, ')') + 1 == text.size;
    if (text.size == 0 || span_starts(text, "installing ") || call) {
        return true;
    }
    struct span name = span_until(text, word_size(text));
    return span_ends(name, "Warning") && name.size > 7 && char_at(text, name.size) == ':';
}

/* Behind a number, or several with marks between: `12:3-5`, `12, 3`. */
static size_t numbers_at(struct span text, size_t at)
{
    while (is_digit(char_at(text, at)) ||
           (char_at(text, at) != '\0' && strchr(":,.-", char_at(text, at)) != NULL &&
            is_digit(char_at(text, at + 1)))) {
        at++;
        bool blank = char_at(text, at) == ',' && char_at(text, at + 1) == ' ';
        at += blank && is_digit(char_at(text, at + 2)) ? 2 : 0;
    }
    return at;
}

/* `"a.c", line 12: `, `"a.c",12  `, `File "a.ml", line 3, characters 4-5:` */
static bool begins_with_quoted_place(struct span text)
{
    text = span_from(text, span_starts(text, "File \"") ? 5 : 0);
    size_t end = char_at(text, 0) == '"' ? span_find(span_from(text, 1), '"') : SIZE_MAX;
    if (end == SIZE_MAX || !lint_doubt_is_source(span_make(text.data + 1, end))) {
        return false;
    }
    struct span rest = span_from(text, end + 2);
    rest = span_from(rest, span_starts(rest, ", line ") ? 7 : span_starts(rest, ",") ? 1 : 0);
    return is_digit(char_at(rest, 0)) && rest.data > text.data + end + 2;
}

/* In parentheses behind blanks stand arguments rather than lines. */
static bool begins_with_place(struct span text, bool indented)
{
    size_t end = 0;
    bool inside = char_at(text, 0) == '[' && !indented; /* `[a.proto:1:1] message` */
    text = span_from(text, inside);
    while (end < text.size && end < REACH && strchr(":([ \t\"<>|*?", text.data[end]) == NULL) {
        end++;
    }
    char mark = char_at(text, end);
    struct span rest = span_from(text, end + 1);
    if ((mark != ':' && (mark == '\0' || strchr("([\t", mark) == NULL || indented)) ||
        !lint_doubt_is_source(span_until(text, end))) {
        return false;
    }
    if (mark == ':' && span_starts(rest, " line ")) { /* `a.sh: line 3: message` */
        return is_digit(char_at(rest, 6)) && span_find_text(rest, ": syntax error") != SIZE_MAX;
    }
    size_t size = numbers_at(rest, 0);
    char after = char_at(rest, size);
    bool closed = mark == '('             ? after == ')'
                  : mark == '[' || inside ? after == ']'
                  : mark == '\t'          ? after == '\t'
                                          : after == ':' || after == ' ' || after == '\t';
    return is_digit(char_at(rest, 0)) && closed &&
           !is_told_of_build(span_trim(span_from(rest, size + 1)));
}

/* A place with a column anywhere in the line: `> lib/a.ex:1:11 message`; one without at its end:
 * `message: ./a/b.rb:8`; SpotBugs' `message  At A.java:[line 11]`. Stack traces begin with `at`. */
static bool holds_place(struct span text)
{
    struct span rest = span_until(text, REACH);
    if (span_starts(rest, "at ") || span_starts(rest, "DEBUG: ")) { /* the latter are of Bazel */
        return false;
    }
    while (rest.size > 0) {
        struct span word = span_cut(&rest, ' ');
        struct span numbers = word;
        struct span path = span_cut(&numbers, ':');
        size_t line = digits_at(numbers, 0);
        bool column = char_at(numbers, line) == ':' && is_digit(char_at(numbers, line + 1));
        bool rooted = char_at(path, 0) == '/' || span_starts(path, "./");
        bool last = rest.size == 0 && line == numbers.size && rooted;
        bool spotbugs = span_starts(numbers, "[line");
        if (((line > 0 && (column || last)) || spotbugs) && lint_doubt_is_source(path) &&
            char_at(path, 0) != '(') {
            return true;
        }
    }
    return false;
}

/* `message at line 3, column 5.` (perlcritic), `message on line 7` (puppet-lint),
 * `possible bashism in a.sh line 3` (checkbashisms). What PHP tells of its own use is no finding:
 * `Deprecated: message in a.php on line 3`. */
static bool speaks_of_line(struct span text)
{
    static const char *const told[] = {"PHP ", "Deprecated: ", "Notice: ", "Warning: ", NULL};
    text = span_until(text, REACH);
    size_t at = span_find_text(text, " line ");
    if (at == SIZE_MAX || !is_digit(char_at(text, at + 6)) || starts_any(text, told)) {
        return false;
    }
    struct span before = span_until(text, at);
    size_t blank = span_find_last(before, ' ');
    struct span word = blank == SIZE_MAX ? before : span_from(before, blank + 1);
    bool file = lint_doubt_is_source(word) && blank != SIZE_MAX &&
                span_ends(span_until(text, blank), " in");
    return file || span_is(word, "at") || span_is(word, "on");
}

bool lint_doubt_names_place(struct span text, bool indented)
{
    if (begins_with_place(text, indented)) {
        return true;
    }
    bool colon = span_find(text, ':') != SIZE_MAX;
    return (colon && holds_place(text)) ||
           (!indented && (begins_with_quoted_place(text) || speaks_of_line(text)));
}
