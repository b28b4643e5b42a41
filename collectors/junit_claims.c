/* The totals of JUnit XML: every writer counts in its own way, so what they say is believed only as
 * far as it warns of loss. */
#include "collectors/junit_claims.h"

#include "collectors/junit_cases.h"
#include "collectors/junit_words.h"

static bool read_claim(const struct xml_element *element, enum junit_word word, uint64_t *value)
{
    return span_to_u64(span_trim(xml_attribute(element, (int)word)), value);
}

static uint64_t add(uint64_t left, uint64_t right)
{
    return left > UINT64_MAX - right ? UINT64_MAX : left + right;
}

/* Catch2 and doctest write the number of assertions, Trivy that of all checks and HTMLHint that of
 * all files although they list failed ones, and cpplint that of its messages, which it puts into
 * one case for each file. */
static bool counts_more(const struct xml_element *element)
{
    return span_is(xml_attribute(element, HOSTNAME), "tbd") ||
           xml_attribute(element, DOCTEST_VERSION).size > 0 ||
           span_is(xml_attribute(element, NAME), "HTMLHint Tests") ||
           (element->depth == 1 && (span_is(xml_attribute(element, NAME), "trivy") ||
                                    span_is(xml_attribute(element, NAME), "cpplint")));
}

/* pytest 9 counts each subtest, and writes only the failed ones: into the case around them. */
static bool counts_subtests(const struct xml_element *element)
{
    struct span name = xml_attribute(element, NAME);
    return span_is(name, "pytest") || (element->depth == 1 && span_is(name, "pytest tests"));
}

/* It names a suite, and its package, after the assembly. */
static bool is_assembly(const struct xml_element *element)
{
    struct span name = xml_attribute(element, NAME);
    return (span_ends(name, ".dll") || span_ends(name, ".exe")) &&
           span_equal(name, xml_attribute(element, PACKAGE));
}

/* Testing Farm says so of a plan that broke before its first test. */
static bool says_failed(const struct xml_element *element)
{
    return junit_cases_is_failure(xml_attribute(element, STATUS)) ||
           junit_cases_is_failure(xml_attribute(element, RESULT)) ||
           junit_cases_is_failure(xml_attribute(element, OVERALL_RESULT));
}

struct junit_claims junit_claims_read(const struct xml_element *element)
{
    static const enum junit_word not_run[] = {SKIPPED, DISABLED, SKIP, IGNORED};
    struct junit_claims claims = {.tests = 0};
    uint64_t errors = 0;
    claims.tests_given = read_claim(element, TESTS, &claims.tests);
    claims.checked = claims.tests_given;
    claims.tests_are_more = counts_more(element);
    claims.subtests = counts_subtests(element);
    claims.test_logger = is_assembly(element);
    claims.failed = says_failed(element);
    claims.skipped_given = xml_attribute(element, SKIPPED).data != NULL;
    claims.playwright = element->depth == 1 && element->word == TESTSUITES &&
                        xml_attribute(element, ID).data != NULL && claims.skipped_given;
    claims.errors_given = read_claim(element, ERRORS, &errors);
    claims.failures_given = read_claim(element, FAILURES, &claims.failures);
    claims.problems = add(claims.failures, errors);
    for (size_t index = 0; index < sizeof(not_run) / sizeof(not_run[0]); index++) {
        uint64_t count = 0;
        read_claim(element, not_run[index], &count);
        claims.skipped = add(claims.skipped, count);
    }
    return claims;
}

/* `errors` of Qt 4 and 5 counts messages of any kind, which stand in comments. Ginkgo says by
 * SuiteSucceeded that a suite was not compiled, ran out of time or was interrupted. */
void junit_claims_property(struct junit_claims *claims, const struct xml_element *property)
{
    claims->failed = claims->failed || (span_is(xml_attribute(property, NAME), "SuiteSucceeded") &&
                                        span_is(xml_attribute(property, VALUE), "false"));
    if (!claims->skipped_given && span_is(xml_attribute(property, NAME), "QTestVersion")) {
        claims->qtest = true;
        claims->errors_given = false;
        claims->problems = claims->failures;
    }
}

struct junit_counts junit_counts_since(const struct junit_counts *now,
                                       const struct junit_counts *before)
{
    return (struct junit_counts){.cases = now->cases - before->cases,
                                 .skipped = now->skipped - before->skipped,
                                 .failed = now->failed - before->failed,
                                 .broken = now->broken - before->broken,
                                 .problems = now->problems - before->problems,
                                 .excused = now->excused - before->excused,
                                 .suite_problems = now->suite_problems - before->suite_problems,
                                 .reruns = now->reruns - before->reruns};
}

/* How many tests a suite may claim that holds these. */
static uint64_t most_tests(const struct junit_claims *claims, const struct junit_counts *held)
{
    uint64_t unlisted = claims->skipped > held->skipped ? claims->skipped - held->skipped : 0;
    return add(held->cases + held->reruns + held->suite_problems, unlisted);
}

/* Does the report hold less than the suite claims? Attempts and skipped cases may be counted
 * without being listed, and a suite that could not start counts as one case. A wrong number of
 * failures is no loss as long as there is one: some writers count messages, some count each
 * level. */
static bool is_lost(const struct junit_claims *claims, const struct junit_counts *held)
{
    bool failures = held->problems + held->reruns > 0;
    bool more = claims->tests_are_more || (claims->subtests && claims->problems == held->problems);
    return (claims->tests > most_tests(claims, held) && !more) ||
           (claims->problems > held->excused && !failures);
}

/* Do the claims differ although nothing is lost: are they less than what is held by every way of
 * counting that is in use, or more by what may be subtests? With repeated attempts the claims may
 * be those of the last one. */
static bool is_different(const struct junit_claims *claims, const struct junit_counts *held,
                         uint64_t direct_cases, uint64_t direct_suites)
{
    if (held->reruns > 0) {
        return false;
    }
    bool tests = claims->tests < held->cases && claims->tests != direct_cases &&
                 claims->tests != direct_cases + direct_suites;
    bool failures = claims->failures_given &&
                    claims->problems < (claims->errors_given ? held->broken : held->failed);
    bool subtests = claims->subtests && claims->tests > most_tests(claims, held);
    return tests || failures || subtests;
}

/* pytest counts what it ran and what it skipped. With --setup-plan and --setup-only it writes cases
 * all the same. */
static bool is_listed(const struct junit_claims *claims, const struct junit_counts *held)
{
    return claims->subtests && claims->tests_given && claims->tests == held->skipped &&
           held->cases > held->skipped && held->problems + held->reruns == 0;
}

enum junit_finding junit_claims_check(const struct junit_claims *claims,
                                      const struct junit_counts *held, uint64_t direct_cases,
                                      uint64_t direct_suites)
{
    if (is_lost(claims, held)) {
        return CLAIMS_LOST;
    }
    if (is_listed(claims, held)) {
        return CLAIMS_LISTED;
    }
    return is_different(claims, held, direct_cases, direct_suites) ? CLAIMS_DIFFER : CLAIMS_AGREE;
}
