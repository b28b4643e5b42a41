/* The records of a section, each read with care. */
#ifndef TIDEGATE_COLLECTORS_LCOV_RECORD_H
#define TIDEGATE_COLLECTORS_LCOV_RECORD_H

#include "collectors/lcov_section.h"

typedef void lcov_read_record(struct lcov *lcov, struct span value);

/* What reads the value behind a tag like DA, or NULL when it is no record of rows. */
lcov_read_record *lcov_record_of(struct span tag);

#endif
