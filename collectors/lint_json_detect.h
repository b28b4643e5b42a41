/* Which linter wrote a JSON report. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_DETECT_H
#define TIDEGATE_COLLECTORS_LINT_JSON_DETECT_H

#include "collectors/collector.h"
#include "collectors/lint_json_tools.h"

/* The entry of the tool that wrote this, or NULL. *empty: there are only empty lists, which several
 * tools write when they found nothing. */
const struct lint_json_tool *lint_json_tool_of(const struct head *head, bool *empty);

#endif
