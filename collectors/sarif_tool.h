/* The tool of a SARIF run, read into the rules that its results refer to. */
#ifndef TIDEGATE_COLLECTORS_SARIF_TOOL_H
#define TIDEGATE_COLLECTORS_SARIF_TOOL_H

#include "collectors/sarif_rules.h"

/* Reads the value of `tool` that comes next. False if it has no driver with a name. */
bool sarif_tool_read(struct sarif_rules *rules, struct json_reader *json);

#endif
