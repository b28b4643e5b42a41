/* What stands behind the place in a line of a tool's text output: severity, rule and message. */
#ifndef TIDEGATE_COLLECTORS_LINT_TAIL_H
#define TIDEGATE_COLLECTORS_LINT_TAIL_H

#include "collectors/lint_line.h"

/* How the place was written; it decides which tails are believable. */
struct lint_place {
    struct span path; /* as found, perhaps with a label of the build system in front */
    bool has_column;
    bool in_parentheses; /* path(12,3) instead of path:12:3 */
    bool indented;       /* blanks before the path: often an echo or a trace */
};

/* Behind `path:1:2: `. */
enum lint_line_kind lint_tail_read(struct span rest, const struct lint_place *place,
                                   struct finding_in *found);
/* Behind `path:1:2 - `. */
enum lint_line_kind lint_tail_dash(struct span rest, struct finding_in *found);
/* Behind `path:1:2 `. */
enum lint_line_kind lint_tail_code(struct span rest, const struct lint_place *place,
                                   struct finding_in *found);
/* Behind `path: line 1, col 2, ` or `path: line 1, col 2 - `. */
enum lint_line_kind lint_tail_compact(struct span rest, struct finding_in *found);
/* `error: message`, `error[rule]: message` with nothing before it. */
enum lint_line_kind lint_tail_kind(struct span rest, struct finding_in *found);
/* `CODE message` with nothing before it. */
enum lint_line_kind lint_tail_bare_code(struct span rest, struct finding_in *found);

#endif
