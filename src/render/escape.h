/* The one door from foreign text to our output.
 *
 * Names, paths and messages come from reports and commits, so anybody may have written them.
 * Every function here appends to `out` on one line and as valid UTF-8. What cannot be seen is
 * shown: control, bidirectional, zero-width and line-separating characters as \n, \x1b or
 * \u202e, broken bytes as \xff, more than four combining marks in a row as \u0301, text that is
 * empty or has blanks at an end in quotes. Text wider than `columns` is cut between characters
 * and ends in "..."; 0 never cuts. */
#ifndef TIDEGATE_RENDER_ESCAPE_H
#define TIDEGATE_RENDER_ESCAPE_H

#include "base/buf.h"
#include "base/name.h"

/* For terminals and CI logs. Logs are read by machines too: what a runner would take for a
 * command (`::` where a word begins, `##[` and `##vso[` anywhere, section_start: and
 * section_end:) comes out with one character written as \x3a or \x23, also where the text is
 * wrapped later. */
void escape_add_text(struct buf *out, struct span text, size_t columns);

/* Where Markdown stands: a bar would split a table cell, even inside a code span. */
enum escape_place { ESCAPE_LINE, ESCAPE_CELL };

/* A Markdown code span, for names and paths: nothing in it is formatted, linked or mentioned. */
void escape_add_code(struct buf *out, struct span text, size_t columns, enum escape_place place);

/* Markdown prose, for sentences: formatting and HTML characters are escaped; a word that a forge
 * would turn into a mention, a reference, a link or an emoji becomes a code span, and so does
 * what stands between two backticks. */
void escape_add_markdown(struct buf *out, struct span text, size_t columns,
                         enum escape_place place);

/* A finished JSON document: the same document, without the character sequences that a CI runner
 * takes for a command anywhere in a line. */
void escape_add_json(struct buf *out, struct span json);

#endif
