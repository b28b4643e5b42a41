/* Patterns and folders of the policy that can match nothing: mistakes, because a rule about them
 * guards nothing. */
#ifndef TIDEGATE_MEASURE_PATTERN_CHECK_H
#define TIDEGATE_MEASURE_PATTERN_CHECK_H

#include "measure/places.h"

/* Adds an error with line and column of the policy for each component pattern without any file,
 * and, inside a repository, for an `include` that matches no file of it and for `include` and
 * `exclude` that leave no file of the repository or of a component, and for a `root` that is no
 * folder of it. Call it when all reports were read. */
void pattern_check(const struct places *places, struct diags *diags);

#endif
