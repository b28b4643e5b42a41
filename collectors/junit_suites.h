/* The suites around an element of a JUnit report: what its cases inherit from them, and what they
 * claim to hold.
 *
 * Suites are nested to any depth, with or without names and totals. */
#ifndef TIDEGATE_COLLECTORS_JUNIT_SUITES_H
#define TIDEGATE_COLLECTORS_JUNIT_SUITES_H

#include "base/vec.h"
#include "collectors/junit_claims.h"
#include "model/sink.h"

/* An open suite. */
struct junit_suite {
    unsigned depth;
    uint64_t line;
    uint64_t direct_cases, direct_suites;
    size_t chain_size;         /* of the names before this one */
    size_t file_at, file_size; /* of the file name in junit_suites.files that cases inherit */
    size_t files_size;         /* of the file names before this suite */
    struct junit_claims claims;
    struct junit_counts before; /* what the document held in front of it */
};

/* Life cycle: junit_suites_init, one junit_suites_close for each junit_suites_open,
 * junit_suites_release. */
struct junit_suites {
    struct sink *sink;
    struct vec open;   /* struct junit_suite, innermost last */
    struct buf chain;  /* the names of the open suites, with " > " between them */
    struct buf files;  /* file names of the open suites */
    struct buf reason; /* why the innermost one failed without a case that did: Ginkgo */
};

void junit_suites_init(struct junit_suites *suites, struct sink *sink);
void junit_suites_release(struct junit_suites *suites);

/* `held` is what the document held up to here. */
void junit_suites_open(struct junit_suites *suites, const struct xml_element *element,
                       const struct junit_counts *held);
/* Takes a property of the innermost suite. */
void junit_suites_property(struct junit_suites *suites, const struct xml_element *property);
/* Closes the innermost suite. `now` is what the document held up to here. Tells the sink when the
 * suite claims something else than it held; one that failed without a failure in it is added to
 * `now` as one. */
void junit_suites_close(struct junit_suites *suites, struct junit_counts *now);

/* The innermost open suite; NULL if none is open. */
struct junit_suite *junit_suites_top(const struct junit_suites *suites);
/* The file name that a case in that suite inherits; empty if there is none. Valid until the next
 * call of open. */
struct span junit_suites_file(const struct junit_suites *suites);

#endif
