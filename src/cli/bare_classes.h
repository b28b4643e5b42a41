/* Reports of one test class that hold no test, beside those that do. */
#ifndef TIDEGATE_CLI_BARE_CLASSES_H
#define TIDEGATE_CLI_BARE_CLASSES_H

#include "base/vec.h"

/* After all reports (`struct report *`) were read: an empty one of a class is whole if another
 * class in its folder has tests. Where none has any, the run measured nothing, and all stay
 * empty. */
void bare_classes_settle(const struct vec *reports);

#endif
