/* Paths and path patterns of the policy: relative, below the repository root, and able to match
 * something. */
#include "base/glob.h"
#include "base/limits.h"
#include "base/path.h"
#include "policy/policy_reader.h"

#include <string.h>

static bool has_part(struct span path, const char *wanted)
{
    struct span rest = path;
    while (rest.size > 0) {
        struct span part = span_cut(&rest, '/');
        if (span_is(part, wanted)) {
            return true;
        }
    }
    return false;
}

/* Does it begin with a special character of patterns that is meant literally, as in `\[x]`? */
static bool begins_escaped(struct span path)
{
    return path.size > 1 && path.data[0] == '\\' && strchr("*?[]{}", path.data[1]) != NULL;
}

/* What is wrong with a path below the repository root, or NULL. */
static const char *path_problem(struct span path)
{
    if (path_is_absolute(path) && !begins_escaped(path)) {
        return "it must be relative to the repository";
    }
    if (has_part(path, "..")) {
        return "`..` would leave the repository";
    }
    if (span_find_text(path, "//") != SIZE_MAX) {
        return "`//` matches nothing";
    }
    if (has_part(path, ".")) {
        return "`.` within a path matches nothing";
    }
    for (size_t at = 0; at + 1 < path.size; at++) {
        char next = path.data[at + 1];
        bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                      (next >= '0' && next <= '9');
        if (path.data[at] == '\\' && letter) {
            return "parts of a path are joined by `/`, also on Windows";
        }
    }
    return NULL;
}

static struct span without_dot_slash(struct span path)
{
    while (span_starts(path, "./") && path.size > 2) {
        path = span_from(path, 2);
    }
    return path;
}

bool read_pattern(struct policy_reader *reader, const struct yaml_node *node,
                  const struct name **pattern)
{
    struct span text;
    if (!read_text(reader, node, &text)) {
        return false;
    }
    text = without_dot_slash(text);
    const char *problem = path_problem(text);
    problem = problem != NULL ? problem : glob_check(text);
    if (problem == NULL && text.size > LIMIT_PATH_BYTES) {
        problem = "it is longer than any path";
    }
    if (problem != NULL) {
        reader_error(reader, node, DIAG_POLICY_PATTERN, "this pattern cannot be used: %s", problem);
        return false;
    }
    *pattern = names_add(reader->names, text);
    return true;
}

void read_folder(struct policy_reader *reader, const struct yaml_node *node,
                 const struct name **folder)
{
    struct span text;
    if (!read_text(reader, node, &text)) {
        return;
    }
    text = without_dot_slash(text);
    while (text.size > 1 && text.data[text.size - 1] == '/') {
        text.size--;
    }
    const char *problem = span_is(text, ".") ? NULL : path_problem(text);
    if (problem != NULL) {
        reader_error(reader, node, DIAG_POLICY_PATTERN, "this folder cannot be used: %s", problem);
        return;
    }
    *folder = names_add(reader->names, text);
}

/* git refuses to hold a part that is called .git, in any spelling. */
static bool has_git_part(struct span path)
{
    struct span rest = path;
    while (rest.size > 0) {
        if (span_is_caseless(span_cut(&rest, '/'), ".git")) {
            return true;
        }
    }
    return false;
}

static bool is_plain(struct span path)
{
    for (size_t at = 0; at < path.size; at++) {
        char byte = path.data[at];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.' ||
                     byte == '/';
        if (!plain) {
            return false;
        }
    }
    return true;
}

void read_file_path(struct policy_reader *reader, const struct yaml_node *node,
                    const struct name **path)
{
    struct span text;
    if (!read_text(reader, node, &text)) {
        return;
    }
    text = without_dot_slash(text);
    const char *problem = path_problem(text);
    if (problem == NULL && span_ends(text, "/")) {
        problem = "it names a folder";
    } else if (problem == NULL && has_git_part(text)) {
        problem = "git holds nothing below .git";
    } else if (problem == NULL && !is_plain(text)) {
        problem = "letters, digits, `_`, `-`, `.` and `/` need no quotes in .gitattributes";
    }
    if (problem != NULL) {
        reader_error(reader, node, DIAG_POLICY_PATTERN, "this file cannot be used: %s", problem);
        return;
    }
    *path = names_add(reader->names, text);
}
