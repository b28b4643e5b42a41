/* Lines of a log that say that something went wrong besides what the findings tell. */
#ifndef TIDEGATE_COLLECTORS_LINT_FAILURE_H
#define TIDEGATE_COLLECTORS_LINT_FAILURE_H

#include "base/span.h"

enum lint_failure {
    LINT_FAILURE_NONE,
    LINT_FAILURE_CRASH, /* a tool died, was not there, or was answered by a server's error page */
    /* A build failed: one of the findings must be the error, or it is missing. */
    LINT_FAILURE_BUILD,
    /* What ran the tool saw it fail, as most tools do when they find something. */
    LINT_FAILURE_STOP,
    /* Perhaps a tool that did nothing: counts only if nothing else was said. */
    LINT_FAILURE_REFUSAL,
    LINT_FAILURE_REPORT, /* JSON or XML begins: counts only if nothing else was said */
    LINT_FAILURE_COUNT
};

/* Looks at a line that is no finding and does not begin with a blank. */
enum lint_failure lint_failure_read(struct span text);

/* Whether the message of a finding says that a file was not looked at, whatever its level: cppcheck
 * calls that information. */
bool lint_failure_unchecked(struct span message);

#endif
