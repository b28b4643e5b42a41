/* One run of a SARIF log: its results, settled with its tool, its files and its invocations. */
#ifndef TIDEGATE_COLLECTORS_SARIF_RUN_H
#define TIDEGATE_COLLECTORS_SARIF_RUN_H

#include "base/json_read.h"
#include "collectors/sarif_tallies.h"

/* Reads the run that comes next. */
void sarif_run_read(struct json_reader *json, struct sink *sink, struct sarif_tallies *tallies);

#endif
