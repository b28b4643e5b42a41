/* A self-test as a table: what was made worse, what the gate said before and after, and what cannot
 * fail. */
#ifndef TIDEGATE_RENDER_SELFTEST_VIEW_H
#define TIDEGATE_RENDER_SELFTEST_VIEW_H

#include "base/buf.h"
#include "model/selftest.h"

struct selftest_view {
    const struct selftest *selftest;
    bool colour;    /* text: use terminal colours */
    unsigned width; /* text: columns, 0 is unlimited */
};

void selftest_text(const struct selftest_view *view, struct buf *out);
/* The document "tidegate/selftest/1" (docs/schema/selftest-1.json). */
void selftest_json(const struct selftest_view *view, struct buf *out);

#endif
