/* Lines that look like findings, or count them, in a log of which nothing could be read.
 *
 * Whoever accepts an empty log means a tool that says nothing when it is content. A tool whose
 * lines are not known says something, and is not content. Nothing here counts a finding: it only
 * keeps such a log from being called silent. */
#include "collectors/lint_doubt.h"

#include "collectors/lint_char.h"

#include <string.h>

enum { REACH = 512, LONGEST_ENDING = 10 };

/* ---- `9 code warnings`, `(2 errors, 0 warnings)`, `3 potential problem(s)` ---- */

static size_t word_size(struct span text)
{
    size_t size = 0;
    while (is_letter(char_at(text, size))) {
        size++;
    }
    return size;
}

static bool is_among(struct span word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (span_is_caseless(word, *words)) {
            return true;
        }
    }
    return false;
}

/* Whether `text` begins with a word for problems, which is not followed by one that says that they
 * do not matter. */
static bool names_problems(struct span text)
{
    static const char *const nouns[] = {"error",
                                        "errors",
                                        "warning",
                                        "warnings",
                                        "problem",
                                        "problems",
                                        "violation",
                                        "violations",
                                        "issue",
                                        "issues",
                                        "finding",
                                        "findings",
                                        "offense",
                                        "offenses",
                                        "failure",
                                        "failures",
                                        "lint",
                                        "lints",
                                        "hint",
                                        "hints",
                                        "vulnerability",
                                        "vulnerabilities",
                                        "leak",
                                        "leaks",
                                        "bug",
                                        "bugs",
                                        NULL};
    static const char *const installed[] = {"vulnerability", "vulnerabilities", NULL};
    static const char *const settled[] = {"suppressed", "ignored",  "fixed",    "filtered",
                                          "hidden",     "excluded", "disabled", NULL};
    size_t size = word_size(text);
    if (!is_among(span_until(text, size), nouns)) {
        return false;
    }
    struct span rest = span_from(text, size);
    if (span_starts(rest, "(s)") || span_starts(rest, "/s")) {
        rest = span_from(rest, char_at(rest, 0) == '(' ? 3 : 2);
    }
    char next = char_at(rest, 0);
    bool ended = next == '\0' || strchr(" .,:;)!", next) != NULL;
    if (is_among(span_until(text, size), installed) && span_starts(rest, " (")) {
        return false; /* `3 vulnerabilities (1 low, 2 high)`: what `npm install` says, too */
    }
    rest = span_from(rest, 1);
    bool path = next == '.' && is_letter(char_at(rest, 0)); /* `3 errors.c` */
    return ended && !path && !is_among(span_until(rest, word_size(rest)), settled);
}

static bool counts_problems(struct span text)
{
    text = span_until(text, REACH);
    for (size_t at = 0; at < text.size; at++) {
        bool starts = at == 0 || text.data[at - 1] == ' ' || text.data[at - 1] == '(';
        if (!starts || !is_digit(text.data[at])) {
            continue;
        }
        uint64_t count = 0;
        struct span rest = span_from(text, at);
        bool number = span_to_u64(span_cut(&rest, ' '), &count) && count > 0;
        size_t size = word_size(rest);
        bool second = char_at(rest, size) == ' ' && names_problems(span_from(rest, size + 1));
        if (number && size > 0 && (names_problems(rest) || second)) {
            return true;
        }
    }
    return false;
}

/* The word that ends at `end`. */
static struct span word_before(struct span text, size_t end)
{
    size_t start = end;
    while (start > 0 && is_letter(text.data[start - 1])) {
        start--;
    }
    return span_make(text.data + start, end - start);
}

/* `errors: 3`, `leaks found: 3`, `Failed checks: 2` */
static bool labels_problems(struct span text)
{
    text = span_until(text, REACH);
    for (size_t colon = span_find(text, ':'); colon != SIZE_MAX && colon + 1 < text.size;) {
        struct span rest = skip_blanks(span_from(text, colon + 1));
        uint64_t count = 0;
        bool number = span_to_u64(span_until(rest, digits_at(rest, 0)), &count) && count > 0;
        char after = char_at(rest, digits_at(rest, 0));
        bool ended = after == '\0' || strchr(" ,;)", after) != NULL;
        struct span word = word_before(text, colon);
        if (span_is(word, "found") && colon > 6) {
            word = word_before(text, colon - 6);
        }
        bool failed =
            span_is(word, "checks") && span_ends(span_until(text, colon), "Failed checks");
        if (number && ended && (failed || (names_problems(word) && span_ends(word, "s")))) {
            return true;
        }
        size_t more = span_find(span_from(text, colon + 1), ':');
        colon = more == SIZE_MAX ? SIZE_MAX : colon + 1 + more;
    }
    return false;
}

/* ---- `a.py:4: message`, `a.pas(12,3) message`, `"a.c", line 12: message` ---- */

/* Whether a name ends like that of a file of source, and not like that of a host. */
static bool is_source(struct span path)
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
    if (end == SIZE_MAX || !is_source(span_make(text.data + 1, end))) {
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
        !is_source(span_until(text, end))) {
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
        if (((line > 0 && (column || last)) || spotbugs) && is_source(path) &&
            char_at(path, 0) != '(') {
            return true;
        }
    }
    return false;
}

/* `message at line 3, column 5.` (perlcritic), `message on line 7` (puppet-lint),
 * `possible bashism in a.sh line 3` (checkbashisms). What PHP tells
 * of its own use is no finding: `Deprecated: message in a.php on line 3`. */
static bool speaks_of_line(struct span text)
{
    static const char *const told[] = {"PHP ", "Deprecated: ", "Notice: ", "Warning: ", NULL};
    text = span_until(text, REACH);
    size_t at = span_find_text(text, " line ");
    if (at == SIZE_MAX || !is_digit(char_at(text, at + 6))) {
        return false;
    }
    for (size_t index = 0; told[index] != NULL; index++) {
        if (span_starts(text, told[index])) {
            return false;
        }
    }
    struct span before = span_until(text, at);
    size_t blank = span_find_last(before, ' ');
    struct span word = blank == SIZE_MAX ? before : span_from(before, blank + 1);
    bool file = is_source(word) && blank != SIZE_MAX && span_ends(span_until(text, blank), " in");
    return file || span_is(word, "at") || span_is(word, "on");
}

/* Of TeamCity, of Dart's analyzer with --format machine, SQLFluff, npm audit and others. */
static bool reports_in_machine_words(struct span text)
{
    static const char *const starts[] = {"##teamcity[inspection ",
                                         "##teamcity[buildProblem ",
                                         "ERROR|",
                                         "WARNING|",
                                         "INFO|",
                                         "L:   ",
                                         "# npm audit report",
                                         "Violation: Rule=",     /* CodeNarc */
                                         "\xE2\x94\x82 Error: ", /* Terraform */
                                         "\xE2\x94\x82 Warning: ",
                                         NULL};
    for (size_t index = 0; starts[index] != NULL; index++) {
        if (char_at(text, 0) == starts[index][0] && span_starts(text, starts[index])) {
            return true;
        }
    }
    return false;
}

/* ---- `a.go`, `@@ -1,3 +1,4 @@` ---- */

/* The name of a file and nothing else. Compilers of C say which file they compile in this way. */
static bool is_mere_name(struct span text)
{
    static const char *const formatted[] = {"go",  "sh",   "bash", "tf",   "tfvars", "js",   "jsx",
                                            "ts",  "tsx",  "css",  "scss", "md",     "yml",  "yaml",
                                            "hcl", "json", "nix",  "hs",   "proto",  "dart", NULL};
    size_t dot = span_find_last(text, '.');
    return dot != SIZE_MAX && !has_blank(text) && span_find(text, ':') == SIZE_MAX &&
           is_among(span_from(text, dot + 1), formatted) && is_source(text);
}

static bool is_change(struct span text)
{
    bool hunk = span_starts(text, "@@ -") && span_find_text(text, " @@") != SIZE_MAX;
    return hunk || is_mere_name(text);
}

enum lint_doubt lint_doubt_read(struct span text, bool indented)
{
    if (begins_with_place(text, indented) || (!indented && begins_with_quoted_place(text))) {
        return LINT_DOUBT_PLACE;
    }
    bool colon = span_find(text, ':') != SIZE_MAX;
    if ((colon && holds_place(text)) || (!indented && speaks_of_line(text))) {
        return LINT_DOUBT_PLACE;
    }
    if (counts_problems(text) || (colon && labels_problems(text)) ||
        reports_in_machine_words(text)) {
        return LINT_DOUBT_COUNT;
    }
    return !indented && is_change(text) ? LINT_DOUBT_CHANGE : LINT_DOUBT_NONE;
}
