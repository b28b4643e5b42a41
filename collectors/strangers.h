/* Kinds of reports that are common and not read, so that a person is told which one it is and what
 * to do. */
#ifndef TIDEGATE_COLLECTORS_STRANGERS_H
#define TIDEGATE_COLLECTORS_STRANGERS_H

#include "collectors/collector.h"

enum { MARKS_MOST = 3 };

struct stranger {
    const char *name;    /* "a JaCoCo report" */
    const char *instead; /* how the same tool, or a converter, writes a format that is read */
    unsigned families;   /* enum family: what it would yield */
    const char *root;    /* XML: the root element */
    const char *marks[MARKS_MOST]; /* one of these is its first child (none: any) */
    const char *key, *other; /* JSON: keys of the first object, or of the one in it (NULL: any) */
    const char *begin;       /* anything else: how it begins */
};

/* NULL if it is none of them. Makes sense only for what no format recognises. */
const struct stranger *strangers_find(const struct head *head);

#endif
