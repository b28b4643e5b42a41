/* Path patterns: `*` and `?` stay within a part, `**` crosses parts, `[a-z]` and `[!a]` are sets,
 * `{a,b}` are alternatives, a backslash takes the next character as it is.
 *
 * `**` is special only as a whole part; a pattern that ends in `/` means everything below. Matching
 * is by bytes and takes time linear in the path for each star, so hostile patterns cannot hang
 * it. */
#ifndef TIDEGATE_BASE_GLOB_H
#define TIDEGATE_BASE_GLOB_H

#include "base/span.h"

bool glob_match(struct span pattern, struct span path);

/* NULL when the pattern is well formed, else what is wrong with it. */
const char *glob_check(struct span pattern);

/* The leading parts without any special character: where a search may start. Empty if none. */
struct span glob_root(struct span pattern);
bool glob_is_plain(struct span pattern); /* no special character at all */

#endif
