/* Lines that begin in their own way:
 *
 *     ::error file=a.c,line=1,col=2,title=rule::message        GitHub workflow commands
 *     ##[error]path:1:2: ...                                    the same in a downloaded log
 *     ##vso[task.logissue type=error;sourcepath=a.c;...]message  Azure Pipelines
 *     [a.c:1]: (error) message                                  cppcheck 1
 *     [ERROR] A.java:[1,2] message                              Maven; with a rule: Checkstyle
 *     w: file:///src/A.kt:4:9 message                           Kotlin
 *     ERROR a.py:1:7-8: message [rule]                          Pyrefly
 *     -- [E007] Type Mismatch Error: a.scala:3:14 -----         Scala 3
 */
#include "collectors/lint_front.h"

#include "collectors/lint_char.h"
#include "collectors/lint_rule.h"

#include "base/limits.h"

#include <string.h>

/* The value of `name` in `file=a.c,line=1,title=x`; data == NULL if absent. */
static struct span property(struct span list, char mark, const char *name)
{
    while (list.size > 0) {
        struct span value = span_cut(&list, mark);
        struct span key = span_cut(&value, '=');
        if (span_is(span_trim(key), name)) {
            return span_make(value.data != NULL ? value.data : "", value.size);
        }
    }
    return span_make(NULL, 0);
}

/* Azure:
 * `##vso[task.logissue type=error;sourcepath=a.c;linenumber=1;columnnumber=2;code=x;]message` */
static enum lint_line_kind read_logissue(struct span text, struct finding_in *found)
{
    size_t end = span_find(text, ']');
    struct span list = span_until(text, end == SIZE_MAX ? 0 : end);
    struct span word = span_cut(&list, ' ');
    if (!span_is(word, "##vso[task.logissue")) {
        return LINT_LINE_OTHER;
    }
    *found = (struct finding_in){.path = property(list, ';', "sourcepath"),
                                 .rule = property(list, ';', "code"),
                                 .message = span_from(text, end + 1),
                                 .level = LEVEL_ERROR};
    if (span_is(property(list, ';', "type"), "warning")) {
        found->level = LEVEL_WARNING;
    }
    span_to_u64(property(list, ';', "linenumber"), &found->line);
    span_to_u64(property(list, ';', "columnnumber"), &found->column);
    return LINT_LINE_FINDING;
}

/* `::error file=a.c,line=1,col=2,title=rule::message` */
static enum lint_line_kind read_command(struct span text, struct finding_in *found)
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
            *found = (struct finding_in){.path = property(list, ',', "file"),
                                         .rule = property(list, ',', "title"),
                                         .message = span_from(text, end + 2),
                                         .level = commands[index].level};
            span_to_u64(property(list, ',', "line"), &found->line);
            span_to_u64(property(list, ',', "col"), &found->column);
            return LINT_LINE_FINDING;
        }
    }
    return LINT_LINE_OTHER;
}

/* cppcheck 1: `[a.c:1]: (error) message`, `[a.c:1] -> [b.c:2]: (style, inconclusive) message`;
 * without a place `(information) message`. */
static enum lint_line_kind read_cppcheck(struct span text, struct finding_in *found)
{
    static const struct {
        const char *word;
        enum level level;
    } words[] = {{"error", LEVEL_ERROR},         {"warning", LEVEL_WARNING},
                 {"style", LEVEL_WARNING},       {"performance", LEVEL_WARNING},
                 {"portability", LEVEL_WARNING}, {"information", LEVEL_NOTE},
                 {"debug", LEVEL_NOTE}};
    if (span_starts(text, ": (")) {
        text = span_from(text, 2);
    }
    size_t end = char_at(text, 0) == '[' ? span_find_text(text, "]: (") : 0;
    if (end == SIZE_MAX) {
        return LINT_LINE_OTHER;
    }
    struct span rest = span_from(text, end > 0 ? end + 4 : 1);
    size_t close = span_find(rest, ')');
    struct span inside = span_until(rest, close == SIZE_MAX ? 0 : close);
    struct span word = span_cut(&inside, ',');
    for (size_t index = 0; index < sizeof(words) / sizeof(words[0]); index++) {
        if (span_is(word, words[index].word) && char_at(rest, close + 1) == ' ') {
            struct span place = span_until(text, end);
            place = span_from(place, 1);
            size_t bracket = span_find(place, ']');
            *found = (struct finding_in){.message = span_from(rest, close + 2),
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

/* `A.java:[3,18] message`, and from Maven's Checkstyle plugin
 * `A.java:[3,5] (javadoc) JavadocMethod: message`. */
static bool read_maven(struct span rest, size_t colon, struct finding_in *found)
{
    found->path = span_until(rest, colon);
    rest = span_from(rest, colon + 2);
    struct span column = span_cut(&rest, ']');
    struct span line = span_cut(&column, ',');
    if (!span_to_u64(line, &found->line) || char_at(rest, 0) != ' ' ||
        (column.size > 0 && !span_to_u64(column, &found->column))) {
        return false;
    }
    found->message = skip_blanks(rest);
    struct span rule = found->message;
    if (char_at(rule, 0) == '(') {
        span_cut(&rule, ')');
        rule = skip_blanks(rule);
        found->rule = span_cut(&rule, ':');
    }
    return true;
}

/* Checkstyle: `A.java:3:5: message [Rule]`, `A.java:3: message [Rule]`; sbt:
 * `A.scala:3:5: message`. Other programs label lines, too. */
static bool read_checkstyle(struct span rest, struct finding_in *found)
{
    size_t end = span_find_text(span_until(rest, (size_t)LIMIT_PATH_BYTES), ": ");
    struct span place = span_until(rest, end == SIZE_MAX ? 0 : end);
    found->rule = lint_bracket_rule(rest);
    found->message = span_from(rest, place.size + 2);
    if (has_blank(place)) {
        return false;
    }
    if (!lint_line_place(place, found)) {
        found->path = place;
        return span_ends(place, ".scala"); /* Scalastyle, of the file as a whole */
    }
    if (found->rule.size == 0 && !span_ends(found->path, ".scala")) {
        return false;
    }
    size_t dot = span_find_last(found->path, '.');
    return dot != SIZE_MAX && is_letter(char_at(found->path, dot + 1));
}

/* `[WARNING] ` and a place behind it. */
static enum lint_line_kind read_labelled(struct span text, struct finding_in *found)
{
    size_t end = span_find(span_until(text, 10), ']');
    enum level level;
    if (end == SIZE_MAX || char_at(text, end + 1) != ' ' ||
        !lint_kind_level(span_make(text.data + 1, end - 1), &level)) {
        return LINT_LINE_OTHER;
    }
    struct span rest = span_from(text, end + 2);
    size_t colon = span_find_text(span_until(rest, (size_t)LIMIT_PATH_BYTES), ":[");
    *found = (struct finding_in){.level = level};
    bool read = colon != SIZE_MAX ? read_maven(rest, colon, found) : read_checkstyle(rest, found);
    return read ? LINT_LINE_FINDING : LINT_LINE_OTHER;
}

/* Pyrefly: `ERROR a.py:1:7-8: message [rule]`, ` WARN a.py:2:1: message [rule]`. */
static enum lint_line_kind read_capitals(struct span text, struct finding_in *found)
{
    bool error = span_starts(text, "ERROR ");
    if (!error && !span_starts(text, "WARN ")) {
        return LINT_LINE_OTHER;
    }
    *found = (struct finding_in){.level = error ? LEVEL_ERROR : LEVEL_WARNING};
    return read_checkstyle(span_from(text, error ? 6 : 5), found) ? LINT_LINE_FINDING
                                                                  : LINT_LINE_OTHER;
}

/* Kotlin: `w: file:///src/A.kt:4:9 message`, and before version 1.7.20
 * `w: /src/A.kt: (4, 9): message`; `e: ` is an error. What has no place is about the compiler. */
static enum lint_line_kind read_kotlin(struct span text, struct finding_in *found)
{
    struct span rest = span_from(text, 3);
    rest = span_from(rest, span_starts(rest, "file://") ? 7 : 0);
    struct span reach = span_until(rest, (size_t)LIMIT_PATH_BYTES);
    size_t end = span_find_text(reach, ".kt:");
    size_t script = end == SIZE_MAX ? span_find_text(reach, ".kts:") : SIZE_MAX;
    end = end != SIZE_MAX ? end + 3 : script != SIZE_MAX ? script + 4 : SIZE_MAX;
    if (!span_starts(span_from(text, 1), ": ") || end == SIZE_MAX) {
        return LINT_LINE_OTHER;
    }
    *found = (struct finding_in){.path = span_until(rest, end),
                                 .level = char_at(text, 0) == 'e' ? LEVEL_ERROR : LEVEL_WARNING};
    struct span numbers = span_from(rest, end + 1);
    bool old = span_starts(numbers, " (");
    numbers = span_from(numbers, old ? 2 : 0);
    size_t line = digits_at(numbers, 0);
    span_to_u64(span_until(numbers, line), &found->line);
    numbers = skip_blanks(span_from(numbers, line + 1));
    size_t column = digits_at(numbers, 0);
    span_to_u64(span_until(numbers, column), &found->column);
    found->message = skip_blanks(span_from(numbers, column + (old ? 2 : 0)));
    return line > 0 && column > 0 ? LINT_LINE_FINDING : LINT_LINE_OTHER;
}

/* Scala 3, below sbt's label perhaps: `-- [E007] Type Mismatch Error: a.scala:3:14 ------`. */
static enum lint_line_kind read_scala(struct span text, struct finding_in *found)
{
    struct span rest = span_from(text, 3);
    *found = (struct finding_in){0};
    if (char_at(rest, 0) == '[') {
        struct span rule = span_cut(&rest, ']');
        found->rule = span_from(rule, 1);
        rest = skip_blanks(rest);
    }
    struct span kind = span_cut(&rest, ':');
    struct span place = skip_blanks(rest);
    place = span_cut(&place, ' ');
    bool error = span_ends(kind, "Error");
    if ((!error && !span_ends(kind, "Warning")) || !lint_line_place(place, found) ||
        !span_ends(found->path, ".scala")) {
        return LINT_LINE_OTHER;
    }
    found->message = kind;
    found->level = error ? LEVEL_ERROR : LEVEL_WARNING;
    return LINT_LINE_FINDING;
}

enum lint_line_kind lint_front_read(struct span *text, struct finding_in *found)
{
    if (span_starts(*text, "[ant:checkstyle] ")) { /* Gradle's label in front of Checkstyle's */
        *text = span_from(*text, 17);
    }
    if (span_starts(*text, "##vso[")) {
        return read_logissue(*text, found);
    }
    if (span_starts(*text, "##[")) {
        size_t end = span_find(*text, ']');
        *text = end == SIZE_MAX ? *text : span_from(*text, end + 1);
    }
    if (span_starts(*text, "::")) {
        return read_command(span_from(*text, 2), found);
    }
    char first = char_at(*text, 0);
    size_t label = span_starts(*text, "[error] ") ? 8 : span_starts(*text, "[warn] ") ? 7 : 0;
    if (span_starts(span_from(*text, label), "-- ")) {
        return read_scala(span_from(*text, label), found);
    }
    enum lint_line_kind kind = LINT_LINE_OTHER;
    if (first == '(' || first == '[' || first == ':') {
        kind = read_cppcheck(*text, found);
    } else if (first == 'w' || first == 'e') {
        kind = read_kotlin(*text, found);
    } else if (first == 'E' || first == 'W' || first == ' ') {
        kind = read_capitals(span_from(*text, first == ' '), found);
    }
    return kind == LINT_LINE_OTHER && first == '[' ? read_labelled(*text, found) : kind;
}
