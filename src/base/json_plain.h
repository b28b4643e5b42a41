/* Where does the plain text inside a long JSON string end? */
#ifndef TIDEGATE_BASE_JSON_PLAIN_H
#define TIDEGATE_BASE_JSON_PLAIN_H

#include <stdbool.h>

/* Goes from `at`, which is inside a string, to the closing quote or to another byte that needs a
 * look: a control character, a byte of a longer UTF-8 sequence, or the backslash of an escape that
 * is not one of the short ones. Sets *escaped when it passed an escape. 64 bytes behind the first
 * such byte must be readable. */
typedef char *json_plain_end(char *at, bool *escaped);

/* The fastest way on this processor. */
json_plain_end *json_plain_end_chosen(void);

/* The way of processors that have no better one. */
char *json_plain_end_portable(char *at, bool *escaped);

#endif
