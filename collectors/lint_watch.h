/* Keeps the lines of a log that tell of failures until the findings are known that may explain them. */
#ifndef TIDEGATE_COLLECTORS_LINT_WATCH_H
#define TIDEGATE_COLLECTORS_LINT_WATCH_H

#include "collectors/lint_failure.h"
#include "collectors/lint_log.h"
#include "collectors/lint_summary.h"

/* A zeroed struct is a log that told of nothing yet. */
struct lint_watch {
    uint64_t failures[LINT_FAILURE_COUNT]; /* the line that told of the first of each kind */
    uint64_t bracket;                      /* the last line that was only `{` or `[` */
    uint64_t frame;                        /* the last line of a traceback that names a file */
    bool repeats;                          /* Maven prints the errors once more */
};

/* Looks at the current line of the log, which is no finding; `indented`: blanks before `text` were skipped. */
void lint_watch_line(struct lint_watch *watch, const struct lint_log *log, struct span text,
                     bool indented);
/* Says what went wrong and is not explained by the findings of the log. */
void lint_watch_tell(const struct lint_watch *watch, const struct lint_log *log);
/* Says why a log without findings, which does not claim that all is well, is no silent tool's. */
void lint_watch_tell_nothing(const struct lint_watch *watch, const struct lint_summary *summary,
                             struct sink *sink);

#endif
