/* Every report fixture of tests/collect, for tests that run over all of them. */
#ifndef TIDEGATE_TESTS_FIXTURES_H
#define TIDEGATE_TESTS_FIXTURES_H

#include "base/buf.h"
#include "base/vec.h"

struct fixture {
    char *format; /* folder below tests/collect */
    char *path;
    bool refused; /* expected.json names a state other than ok */
};

/* All fixtures below `folder`, sorted by path: struct fixture. */
void fixtures_find(const char *folder, struct vec *fixtures);
void fixtures_release(struct vec *fixtures);
/* The whole file; the process ends when it cannot be read. */
void fixture_read(const char *path, struct buf *content);

#endif
