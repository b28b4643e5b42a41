/* The open test cases of a JUnit report, until each becomes a row with its outcome. */
#ifndef TIDEGATE_COLLECTORS_JUNIT_CASES_H
#define TIDEGATE_COLLECTORS_JUNIT_CASES_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "base/xml_read.h"
#include "collectors/junit_attempts.h"
#include "model/sink.h"

/* A case whose end tag has not come yet. Its class, name and file stand in junit_cases.texts from
 * `text` to the end, or to the texts of the next one. */
struct junit_case {
    unsigned depth;
    uint64_t line;
    size_t text, class_size, name_size;
    uint32_t outcome;  /* enum test_outcome bits, as far as elements told them */
    uint64_t problems; /* `failure` and `error` elements */
    bool todo;         /* Node.js, Catch2: it may fail */
    bool todo_of_node; /* which counts it among the failures of its suite nevertheless */
    bool says_failed;  /* by its status */
    bool not_run;      /* by its status */
    bool untested;     /* by its status: behave did not come to it */
    bool no_result;    /* it has no attribute of that name */
    bool bare;         /* neither a time, nor properties, nor a reason why it was skipped */
    struct decimal time;
};

/* Life cycle: junit_cases_init, one junit_cases_close for each junit_cases_open,
 * junit_cases_release. */
struct junit_cases {
    struct sink *sink;
    struct vec open; /* struct junit_case; more than one only in odd documents */
    struct buf texts;
    struct map line_of_failed; /* identity of a failed case -> its line */
};

void junit_cases_init(struct junit_cases *cases, struct sink *sink);
void junit_cases_release(struct junit_cases *cases);

/* `file` is the file that the case is in if it does not say so itself. */
void junit_cases_open(struct junit_cases *cases, const struct xml_element *element,
                      struct span file);
/* Gives the innermost case to the sink, with the names of the suites around it and the message of
 * its first problem, and to `attempts` if it may be one of several (NULL: it is not). Returns its
 * outcome: enum test_outcome bits. */
uint32_t junit_cases_close(struct junit_cases *cases, struct span suite, struct span message,
                           struct junit_attempts *attempts);

/* Whether the status or result of a case or suite is a word for a failure. */
bool junit_cases_is_failure(struct span word);
/* Whether a `skipped` element of this case says that CTest failed to run it. */
bool junit_cases_could_not_start(const struct junit_case *open, const struct xml_element *skipped);
/* Whether a `skipped` element says that a failure of the case is no failure of the run: a todo of
 * Node.js, or a test case of Catch2 with the tag !mayfail or !shouldfail that failed. */
bool junit_cases_may_fail(const struct xml_element *skipped);
/* Whether the innermost case may be one that Playwright skipped because it came to its end: it
 * writes the time of what ran, and for what is skipped on purpose the word that says so as a
 * property. `suite`: the names of the suites. */
bool junit_cases_left_alone(const struct junit_cases *cases, struct span suite);
/* Forgets the innermost case. */
void junit_cases_drop(struct junit_cases *cases);

/* The innermost open case; NULL if none is open. */
struct junit_case *junit_cases_top(const struct junit_cases *cases);

/* At the end of the document: tells the sink when the same test once failed and once did not. */
void junit_cases_tell_repeated(const struct junit_cases *cases);

#endif
