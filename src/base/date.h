/* Days of the calendar as numbers that sort: 2027-01-31 is 20270131. */
#ifndef TIDEGATE_BASE_DATE_H
#define TIDEGATE_BASE_DATE_H

#include "base/buf.h"

/* 2027-01-31 as 20270131; false if no such day exists or it lies before the year 2000. */
bool date_parse(struct span text, uint32_t *date);
/* The day (UTC) of a moment in seconds since 1970; 0 before the year 1970 and after 9999. */
uint32_t date_of_seconds(int64_t seconds);
/* "2027-01-31" */
void date_add(struct buf *out, uint32_t date);
/* "2027-01-31 14:05" (UTC) of a moment in seconds since 1970, "unknown time" where that is no
 * day. */
void date_add_moment(struct buf *out, int64_t seconds);

#endif
