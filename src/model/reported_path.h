/* A path as a report wrote it: what it should not hold. */
#ifndef TIDEGATE_MODEL_REPORTED_PATH_H
#define TIDEGATE_MODEL_REPORTED_PATH_H

#include "base/span.h"
#include "model/diag.h"

/* Why the path can hardly name a file of a repository: it is empty, has control characters, leads
 * out of the folder where it starts, or is not UTF-8; *code is the diagnostic for that. NULL when
 * there is nothing to say. */
const char *reported_path_trouble(struct span path, enum diag_code *code);

#endif
