/* The coverage side of the sink, as the sink itself needs it. Collectors see sink.h alone. */
#ifndef TIDEGATE_MODEL_SINK_COVERAGE_H
#define TIDEGATE_MODEL_SINK_COVERAGE_H

#include "model/sink.h"

/* Moves the rows since the last sink_file, exactly sized, to the file that they belong to, if there
 * is one. */
void sink_coverage_keep(struct sink *sink);

#endif
