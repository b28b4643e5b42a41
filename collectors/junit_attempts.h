/* Attempts of one test that stand in a report of pytest as cases of their own.
 *
 * pytest-rerunfailures repeats what failed. Each attempt is a case of the same name, and only the
 * last one says how it ended: the earlier ones, which failed, look like passes. The total of the
 * suite leaves them out. */
#ifndef TIDEGATE_COLLECTORS_JUNIT_ATTEMPTS_H
#define TIDEGATE_COLLECTORS_JUNIT_ATTEMPTS_H

#include "base/buf.h"
#include "base/map.h"
#include "model/sink.h"

/* A case that looks passed and whose name comes again in its suite. */
struct junit_attempt {
    size_t row, later; /* places in the rows of tests: of it, and of the next case of that name */
    uint64_t line;     /* of the later one in the report */
    size_t text, suite_size, class_size, name_size, file_size; /* in junit_attempts.texts */
};

/* Life cycle: junit_attempts_init; for each suite junit_attempts_begin, junit_attempts_add,
 * junit_attempts_settle; junit_attempts_release. */
struct junit_attempts {
    struct sink *sink;
    struct map row_of;   /* identity of a test of the suite -> the place of its last row, + 1 */
    struct vec repeated; /* struct junit_attempt, by `later` */
    struct buf texts;
};

void junit_attempts_init(struct junit_attempts *attempts, struct sink *sink);
void junit_attempts_release(struct junit_attempts *attempts);

/* A suite starts. */
void junit_attempts_begin(struct junit_attempts *attempts);
/* The sink was given this test. */
void junit_attempts_add(struct junit_attempts *attempts, const struct test_in *test);
/* The suite ends. Attempts are taken back, and what passed after them is flaky; `fewer` tells that
 * the suite's total confirms it. Otherwise only those before a failure are known to be attempts:
 * equal names may be runs on several machines (pytest-xdist's --dist=each). Returns how many were
 * taken back. */
size_t junit_attempts_settle(struct junit_attempts *attempts, bool fewer);

#endif
