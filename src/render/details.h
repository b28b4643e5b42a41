/* The tests and findings that people want to read about, gathered from all reports in an order
 * that does not depend on the order of the reports. */
#ifndef TIDEGATE_RENDER_DETAILS_H
#define TIDEGATE_RENDER_DETAILS_H

#include "model/report.h"

enum { DETAILS_SHOWN = 10 };

struct details {
    struct vec tests; /* const struct test_detail *: failed or broken, by suite, class and name */
    uint64_t tests_total; /* how many there are, kept for display or not */
    struct vec findings;  /* const struct finding_detail *: not suppressed, worst first */
    uint64_t findings_total;
};

/* `reports` holds struct report *; NULL gives empty lists. The items die with their reports. */
void details_open(struct details *details, const struct vec *reports);
void details_close(struct details *details);

/* "suite > class > name", parts that are absent or repeated left out: foreign text. */
void details_add_test_name(struct buf *out, const struct test_detail *test);
/* The path in the repository, else the reported one; NULL if it has none: foreign text. */
const struct name *details_path(const struct finding_detail *finding);
/* "path:12:5", as much as is known: foreign text. */
void details_add_place(struct buf *out, const struct name *path, uint64_t line, uint64_t column);
/* "critical" for a finding with a security severity, else its level. */
const char *details_weight(const struct finding_detail *finding);
/* The message, or what stands for it; vulnerabilities with package and fixed version: foreign
 * text. */
void details_add_message(struct buf *out, const struct finding_detail *finding);

#endif
