/* What every unit test includes: cmocka in the order that it wants, and text helpers. */
#ifndef TIDEGATE_TESTS_CHECK_H
#define TIDEGATE_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"

#include <string.h>

/* Compares a buf's text with what is wanted, and releases the buf. */
static inline void check_text(struct buf *have, const char *wanted)
{
    assert_string_equal(buf_text(have), wanted);
    buf_release(have);
}

static inline void check_span(struct span have, const char *wanted)
{
    struct buf text;
    buf_init(&text);
    buf_add(&text, have);
    check_text(&text, wanted);
}

#endif
