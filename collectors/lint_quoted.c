/* `"src/a.c", line 12: warning #177-D: message`: a place in words, as the compilers print it that
 * are built on the front end of Edison Design Group (armcc, Keil, TI, Green Hills), and IAR's
 * `"src/a.c",12  Warning[Pe177]: message`. Green Hills leaves out the quotes of names without
 * blanks. */
#include "collectors/lint_quoted.h"

#include "collectors/lint_char.h"
#include "collectors/lint_tail.h"

/* Takes the number at the start of *rest. */
static bool take_number(struct span *rest, uint64_t *number)
{
    size_t size = digits_at(*rest, 0);
    bool taken = span_to_u64(span_until(*rest, size), number);
    *rest = span_from(*rest, size);
    return taken;
}

/* `, line 12:`, `, line 12 (col. 3):` */
static bool take_words(struct span *rest, struct finding_in *found)
{
    *rest = span_from(*rest, 7);
    if (!take_number(rest, &found->line)) {
        return false;
    }
    if (span_starts(*rest, " (col. ")) {
        *rest = span_from(*rest, 7);
        take_number(rest, &found->column);
        *rest = span_from(*rest, char_at(*rest, 0) == ')');
    }
    bool colon = char_at(*rest, 0) == ':';
    *rest = span_from(*rest, 1);
    return colon;
}

enum lint_line_kind lint_quoted_read(struct span text, struct finding_in *found)
{
    bool quoted = char_at(text, 0) == '"';
    struct span rest = span_from(text, quoted);
    size_t end = quoted ? span_find(rest, '"') : span_find_text(rest, ", line ");
    struct span path = span_until(rest, end == SIZE_MAX ? 0 : end);
    rest = span_from(rest, path.size + quoted);
    *found = (struct finding_in){0};
    if (path.size == 0 || (!quoted && has_blank(path))) {
        return LINT_LINE_OTHER;
    }
    if (span_starts(rest, ", line ")) {
        if (!take_words(&rest, found)) {
            return LINT_LINE_OTHER;
        }
    } else {
        rest = span_from(rest, char_at(rest, 0) == ',');
        if (!take_number(&rest, &found->line) || char_at(rest, 0) != ' ') {
            return LINT_LINE_OTHER;
        }
    }
    enum lint_line_kind kind = lint_tail_dash(rest, found);
    if (char_at(found->message, 0) == '#') { /* armcc: `Warning:  #177-D: message` */
        struct span message = found->message;
        found->rule = span_cut(&message, ':');
        found->message = skip_blanks(message);
    }
    found->path = path;
    return kind;
}
