/* Tests -> counts -> metrics. */
#ifndef TIDEGATE_MEASURE_FROM_TESTS_H
#define TIDEGATE_MEASURE_FROM_TESTS_H

#include "measure/metric_out.h"
#include "model/report.h"

struct test_counts {
    uint64_t total, passed, failed, errors, skipped, disabled, flaky;
    struct decimal time; /* seconds */
};

void test_counts_add(struct test_counts *counts, const struct tests *tests);
void test_metrics(const struct test_counts *counts, struct metric_out *out);

#endif
