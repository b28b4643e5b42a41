/* Findings below a heading that names their file. */
#ifndef TIDEGATE_COLLECTORS_LINT_HEADING_H
#define TIDEGATE_COLLECTORS_LINT_HEADING_H

#include "collectors/lint_log.h"

/* Life cycle: a zeroed struct, lint_heading_*, lint_heading_release. */
struct lint_heading {
    struct span path;  /* what indented lines belong to */
    struct buf kept;   /* holds it, once lint_heading_keep was called */
    bool module;       /* it is pylint's `*** Module` */
    struct buf script; /* shellcheck: the file and line that comments belong to */
    uint64_t script_line;
};

void lint_heading_release(struct lint_heading *heading);

/* Takes a line that is no finding by itself: the finding of a line below a heading. `indented` is
 * the line behind its blanks. True if the line was one. */
bool lint_heading_take_indented(const struct lint_heading *heading, struct lint_log *log,
                                struct span indented);
bool lint_heading_take(struct lint_heading *heading, struct lint_log *log, struct span text);

/* The line may be a heading. Borrows `text` until lint_heading_keep. */
void lint_heading_set(struct lint_heading *heading, struct span text);
/* Copies what is borrowed, because the line is about to go. */
void lint_heading_keep(struct lint_heading *heading);

#endif
