/* Output against pages that were written and reviewed by hand: tests/render/CASE/expected.PAGE.
 * To look at what is written now, set RENDER_OUT to a folder: the pages go there, and nothing is
 * compared. */
#ifndef TIDEGATE_TESTS_RENDER_PAGE_H
#define TIDEGATE_TESTS_RENDER_PAGE_H

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static inline void read_page(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t size = 0;
    if (file == NULL) {
        fail_msg("no page %s", path);
    }
    while ((size = fread(bytes, 1, sizeof(bytes), file)) > 0) {
        buf_add(out, span_make(bytes, size));
    }
    fclose(file);
}

static inline void write_page(const char *folder, const char *test_case, const char *page,
                              const struct buf *text)
{
    struct buf path = {0};
    buf_add_format(&path, "%s/%s.%s", folder, test_case, page);
    FILE *file = fopen(buf_text(&path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text->data, 1, text->size, file), text->size);
    assert_int_equal(fclose(file), 0);
    buf_release(&path);
}

static inline void expect_page(const char *test_case, const char *page, struct buf *text)
{
    struct buf path = {0};
    struct buf expected = {0};
    const char *folder = getenv("RENDER_OUT");
    if (folder != NULL) {
        write_page(folder, test_case, page, text);
        buf_clear(text);
        return;
    }
    buf_add_format(&path, "../render/%s/expected.%s", test_case, page);
    read_page(buf_text(&path), &expected);
    struct span have = buf_span(text);
    struct span want = buf_span(&expected);
    for (unsigned line = 1; have.size > 0 || want.size > 0; line++) {
        struct span one = span_cut(&have, '\n');
        struct span two = span_cut(&want, '\n');
        if (!span_equal(one, two)) {
            fail_msg("%s line %u:\nwritten  %.*s\nexpected %.*s", buf_text(&path), line,
                     SPAN_ARG(one), SPAN_ARG(two));
        }
    }
    assert_int_equal(text->size, expected.size);
    buf_release(&expected);
    buf_release(&path);
    buf_clear(text);
}

#endif
