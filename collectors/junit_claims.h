/* What the totals of a suite claim, and whether its elements bear it out (junit_suites.c). */
#ifndef TIDEGATE_COLLECTORS_JUNIT_CLAIMS_H
#define TIDEGATE_COLLECTORS_JUNIT_CLAIMS_H

#include "base/xml_read.h"

/* What elements say, counted from the start of the document. */
struct junit_counts {
    uint64_t cases;
    uint64_t skipped;  /* cases with a `skipped` element */
    uint64_t failed;   /* cases with a `failure` element */
    uint64_t broken;   /* cases with a `failure` or an `error` element */
    uint64_t problems; /* `failure` and `error` elements, those of suites too */
    uint64_t excused;  /* those of the todos of Node.js, which are none of the problems */
    uint64_t suite_problems;
    uint64_t reruns; /* `rerun…` and `flaky…` elements */
};

/* What the attributes and properties of a suite say. */
struct junit_claims {
    bool tests_given; /* it says how many tests it has */
    bool checked, failures_given, errors_given, skipped_given;
    bool tests_are_more; /* `tests` counts assertions or checks, not cases */
    bool subtests;       /* `tests` counts passed subtests, too: pytest wrote it */
    bool playwright;     /* wrote it */
    bool qtest;          /* so did Qt, before its version 6 */
    bool test_logger;    /* so did JunitXml.TestLogger of .NET */
    bool failed;         /* it says that it failed, whatever its cases are */
    uint64_t tests;
    uint64_t failures;
    uint64_t problems; /* failures and errors */
    uint64_t skipped;
};

/* What was counted between two places of a document. */
struct junit_counts junit_counts_since(const struct junit_counts *now,
                                       const struct junit_counts *before);

/* Reads the attributes of the start tag of a suite. */
struct junit_claims junit_claims_read(const struct xml_element *element);
/* Takes a property of the suite, which may tell who wrote it, or that it failed. */
void junit_claims_property(struct junit_claims *claims, const struct xml_element *property);

enum junit_finding {
    CLAIMS_AGREE,
    CLAIMS_DIFFER, /* by what may be another way of counting */
    CLAIMS_LISTED, /* pytest counts none of the cases: they did not run */
    CLAIMS_LOST    /* the report holds less than it claims */
};

/* Compares the claims of a suite with what it holds. `direct_cases` and `direct_suites` stand
 * directly in it. */
enum junit_finding junit_claims_check(const struct junit_claims *claims,
                                      const struct junit_counts *held, uint64_t direct_cases,
                                      uint64_t direct_suites);

#endif
