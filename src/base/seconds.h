/* Durations in seconds as report writers print them, exact. */
#ifndef TIDEGATE_BASE_SECONDS_H
#define TIDEGATE_BASE_SECONDS_H

#include "base/decimal.h"

enum seconds_kind {
    SECONDS_PLAIN,     /* a number of seconds */
    SECONDS_ABSENT,    /* nothing but blanks */
    SECONDS_COMMA,     /* a number whose comma had to be interpreted */
    SECONDS_NEGATIVE,  /* below zero: the value is 0 */
    SECONDS_UNREADABLE /* not a number: the value is 0 */
};

/* Reads "1.25", "5", ".5", "5." and "1e-05". A comma is a thousands mark before a dot and where it
 * makes groups of three ("1,234.5", "1,234,567"), otherwise a decimal mark ("0,5"). A zero starts
 * no group: "0,125" is an eighth. No hexadecimal, infinity, NaN or unit. Places beyond the ninth
 * are cut. */
enum seconds_kind seconds_read(struct span text, struct decimal *seconds);

#endif
