/* What stands at the front of a line of a tool's text output: time stamps, and shapes of their
 * own. */
#ifndef TIDEGATE_COLLECTORS_LINT_FRONT_H
#define TIDEGATE_COLLECTORS_LINT_FRONT_H

#include "collectors/lint_line.h"

/* The line without the time stamp that a CI system puts in front. */
struct span lint_front_unstamp(struct span text);

/* Takes the number of the project off *text that Visual Studio and MSBuild put in front when they
 * build several at a time: `2>`, `     1:7>`. False if there is none. */
bool lint_front_unnumber(struct span *text);

/* Lines that are known by their beginning: workflow commands of GitHub and Azure, cppcheck 1. *text
 * loses the mark of a command as it looks in a downloaded log, whatever the answer is. */
enum lint_line_kind lint_front_read(struct span *text, struct finding_in *found);

#endif
