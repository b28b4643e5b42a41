/* Lines that look like findings, or count them, in a log of which nothing could be read; also where
 * one tool of the log says that all is well.
 *
 * Whoever accepts an empty log means a tool that says nothing when it is content. A tool whose
 * lines are not known says something, and is not content. Nothing here counts a finding: it only
 * keeps such a log from being called silent. */
#include "collectors/lint_doubt.h"

#include "collectors/lint_char.h"
#include "collectors/lint_doubt_place.h"

#include <string.h>

enum { REACH = 512 };

/* ---- `9 code warnings`, `(2 errors, 0 warnings)`, `3 potential problem(s)` ---- */

/* Whether `text` begins with a word for problems, which is not followed by one that says that they
 * do not matter. */
static bool names_problems(struct span text)
{
    static const char *const nouns[] = {"error",          "warning", "problem", "violation",
                                        "issue",          "finding", "offense", "failure",
                                        "lint",           "hint",    "bug",     "vulnerability",
                                        "vulnerabilitie", "leak",    NULL};
    static const char *const settled[] = {"suppressed", "ignored",  "fixed",    "filtered",
                                          "hidden",     "excluded", "disabled", NULL};
    size_t size = word_size(text);
    bool several = size > 0 && text.data[size - 1] == 's';
    if (!is_among(span_until(text, size - several), nouns)) {
        return false;
    }
    struct span rest = span_from(text, size);
    if (span_starts(rest, "(s)") || span_starts(rest, "/s")) {
        rest = span_from(rest, char_at(rest, 0) == '(' ? 3 : 2);
    }
    char next = char_at(rest, 0);
    bool ended = next == '\0' || strchr(" .,:;)!", next) != NULL;
    if (span_starts(text, "vulnerabilit") && span_starts(rest, " (")) {
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
    return starts_any(text, starts);
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
           is_among(span_from(text, dot + 1), formatted) && lint_doubt_is_source(text);
}

static bool is_change(struct span text)
{
    bool hunk = span_starts(text, "@@ -") && span_find_text(text, " @@") != SIZE_MAX;
    return hunk || is_mere_name(text);
}

enum lint_doubt lint_doubt_read(struct span text, bool indented)
{
    if (lint_doubt_names_place(text, indented)) {
        return LINT_DOUBT_PLACE;
    }
    bool colon = span_find(text, ':') != SIZE_MAX;
    if (counts_problems(text) || (colon && labels_problems(text)) ||
        reports_in_machine_words(text)) {
        return LINT_DOUBT_COUNT;
    }
    return !indented && is_change(text) ? LINT_DOUBT_CHANGE : LINT_DOUBT_NONE;
}
