/* What stands in front of a line of a tool's text output, and is not of the tool. */
#ifndef TIDEGATE_COLLECTORS_LINT_STAMP_H
#define TIDEGATE_COLLECTORS_LINT_STAMP_H

#include "base/span.h"

/* The line without the time stamp that a CI system puts in front. */
struct span lint_stamp_skip(struct span text);

/* Takes the number of the project off *text that Visual Studio and MSBuild put in front when they
 * build several at a time: `2>`, `     1:7>`. False if there is none. */
bool lint_stamp_skip_number(struct span *text);

#endif
