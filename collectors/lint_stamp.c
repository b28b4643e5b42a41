/* What build systems put in front of every line: time stamps, and the number of a project. */
#include "collectors/lint_stamp.h"

#include "collectors/lint_char.h"

#include <string.h>

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
    if (char_at(text, 0) == '.' || char_at(text, 0) == ',') {
        size = 1 + digits_at(text, 1);
    }
    text = span_from(text, size);
    if (char_at(text, 0) == 'Z') {
        return span_from(text, 1);
    }
    if (has_shape(text, "+dd:dd") || has_shape(text, "-dd:dd")) {
        return span_from(text, 6);
    }
    return has_shape(text, "+dddd") || has_shape(text, "-dddd") ? span_from(text, 5) : text;
}

/* Behind a time stamp: `2024-05-01T10:00:00.123Z `, `[2019-06-03T11:15:10.330Z] `, `14:57:50 `; and
 * behind GitLab's stream tag that may follow it: `01O `. */
struct span lint_stamp_skip(struct span text)
{
    bool bracket = char_at(text, 0) == '[';
    struct span rest = span_from(text, bracket);
    if (!is_digit(char_at(rest, 0))) {
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
    if (bracket && char_at(rest, 0) == ']') {
        rest = span_from(rest, 1);
    }
    if (char_at(rest, 0) != ' ') {
        return text;
    }
    rest = span_from(rest, 1);
    bool tag = digits_at(rest, 0) >= 2 && (char_at(rest, 2) == 'O' || char_at(rest, 2) == 'E') &&
               (char_at(rest, 3) == ' ' || char_at(rest, 3) == '+');
    return tag ? span_from(rest, 4) : rest;
}

bool lint_stamp_skip_number(struct span *text)
{
    struct span rest = skip_blanks(*text);
    size_t size = digits_at(rest, 0);
    size_t more = char_at(rest, size) == ':' ? digits_at(rest, size + 1) : 0;
    size += more > 0 ? 1 + more : 0;
    if (size == 0 || char_at(rest, size) != '>') {
        return false;
    }
    *text = span_from(rest, size + 1);
    return true;
}
