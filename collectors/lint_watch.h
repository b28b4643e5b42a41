/* Keeps the lines of a log that tell of failures until the findings are known that may explain
 * them. */
#ifndef TIDEGATE_COLLECTORS_LINT_WATCH_H
#define TIDEGATE_COLLECTORS_LINT_WATCH_H

#include "collectors/lint_doubt.h"
#include "collectors/lint_failure.h"
#include "collectors/lint_log.h"
#include "collectors/lint_summary.h"

#include "base/map.h"

/* A zeroed struct is a log that told of nothing yet; lint_watch_release ends it. */
struct lint_watch {
    uint64_t failures[LINT_FAILURE_COUNT]; /* the line that told of the first of each kind */
    uint64_t bracket;                      /* the last line that was only `{` or `[` */
    uint64_t frame;                        /* the last line of a traceback that names a file */
    uint64_t doubts[LINT_DOUBT_PLACE + 1]; /* the first line that is one */
    bool repeats;                          /* Maven prints the errors once more */
    bool numbered;                         /* `seen` has findings without a project behind them */
    struct map seen;                       /* hashes of MSBuild's findings */
};

void lint_watch_release(struct lint_watch *watch);

/* Whether this finding was told before: Maven repeats errors where it fails, MSBuild all in its
 * summary. `parallel`: the number of a project stood in front of it, which summaries leave out. */
bool lint_watch_repeats(struct lint_watch *watch, struct span text, bool parallel);

/* Looks at the current line of the log, which is no finding; `indented`: blanks before `text` were
 * skipped. */
void lint_watch_line(struct lint_watch *watch, const struct lint_log *log, struct span text,
                     bool indented);
/* Says what went wrong and is not explained by the findings of the log. */
void lint_watch_tell(const struct lint_watch *watch, const struct lint_log *log);
/* Says why a log without findings is no silent tool's. `clean`: it claims that all is well; another
 * tool may speak of problems all the same. */
void lint_watch_tell_nothing(const struct lint_watch *watch, const struct lint_summary *summary,
                             bool clean, struct sink *sink);

#endif
