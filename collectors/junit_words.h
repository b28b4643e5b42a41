/* The names that the JUnit reader knows, as numbers: elements first, then attributes. */
#ifndef TIDEGATE_COLLECTORS_JUNIT_WORDS_H
#define TIDEGATE_COLLECTORS_JUNIT_WORDS_H

/* junit.c has their spelling. */
enum junit_word {
    TESTSUITES,
    TESTSUITE,
    TESTCASE,
    FAILURE,
    ERROR,
    SKIPPED,
    FLAKY_FAILURE,
    FLAKY_ERROR,
    RERUN_FAILURE,
    RERUN_ERROR,
    SUITE,
    PROPERTIES,
    PROPERTY,
    SYSTEM_OUT,
    SYSTEM_ERR,
    ABORTED,
    NAME,
    CLASSNAME,
    CLASS,
    FILE_NAME,
    TIME,
    STATUS,
    RESULT,
    MESSAGE,
    TYPE,
    TESTS,
    FAILURES,
    ERRORS,
    DISABLED,
    HOSTNAME,
    DOCTEST_VERSION,
    SKIP,
    IGNORED,
    ID,
    PACKAGE,
    VALUE,
    OVERALL_RESULT,
    WORD_COUNT
};

#endif
