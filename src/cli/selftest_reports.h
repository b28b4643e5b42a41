/* The proof that the gate misses a report that is not there, empty, cut or replaced. */
#ifndef TIDEGATE_CLI_SELFTEST_REPORTS_H
#define TIDEGATE_CLI_SELFTEST_REPORTS_H

#include "cli/pipeline.h"
#include "model/selftest.h"

/* For the first report of each entry of the policy's list: spoils a copy in a temporary folder,
 * reads it like any report and asks the gate. The stages up to measuring are done. ERR_WRITE with a
 * diagnostic when there is no room for copies. */
enum err selftest_reports(const struct pipeline *pipeline, struct selftest *selftest);

#endif
