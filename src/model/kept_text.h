/* What is kept of a report's text: foreign spans of any size and any bytes -> names of the run.
 *
 * Text is for people, so it becomes valid UTF-8. A path names a file, so it keeps its bytes. */
#ifndef TIDEGATE_MODEL_KEPT_TEXT_H
#define TIDEGATE_MODEL_KEPT_TEXT_H

#include "base/name.h"

/* Text as it may be kept: valid UTF-8, cut at LIMIT_TEXT_BYTES; NULL when empty. */
const struct name *kept_text_add(struct names *names, struct span text);
/* A path, cut at LIMIT_PATH_BYTES; NULL when empty. */
const struct name *kept_text_add_path(struct names *names, struct span path);
/* The same for a path that rows hang on: when it is cut, a hash of the whole keeps it apart from
 * others that begin alike. Never NULL. */
const struct name *kept_text_add_distinct_path(struct names *names, struct span path);

/* The first line that says something, without the blanks around it. */
struct span kept_text_first_line(struct span text);

#endif
