/* Two snapshots side by side, for `tidegate compare`: every metric that either has, with base,
 * now and change. */
#ifndef TIDEGATE_RENDER_COMPARE_H
#define TIDEGATE_RENDER_COMPARE_H

#include "base/buf.h"
#include "model/snapshot.h"

struct comparison {
    const struct snapshot *base, *now;
    const char *base_label, *now_label; /* what the user called them; foreign text */
    bool all;                           /* also rows without a change */
    bool colour;                        /* text: use terminal colours */
    unsigned width;                     /* text: columns, 0 is unlimited */
};

void compare_text(const struct comparison *comparison, struct buf *out);
/* A Markdown section with a table. */
void compare_markdown(const struct comparison *comparison, struct buf *out);
/* The document "tidegate/compare/1" (docs/schema/compare-1.json); always holds all rows. */
void compare_json(const struct comparison *comparison, struct buf *out);

#endif
