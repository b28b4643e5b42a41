/* JUnit XML -> test cases.
 *
 * The format has no owner: what Ant wrote in 2000 (https://github.com/testmoapp/junitxml describes
 * the common ground), Surefire's schema, and forty writers with their own ideas. What holds for all
 * of them:
 * - Cases are counted as elements, at any depth. Totals in attributes are only compared: some
 *   writers count each level again, some leave nested suites or whole classes out. A report that
 *   claims more cases or more failures than it holds has lost some and is partial, unless it claims
 *   as many skipped ones that it does not list (mocha, PHPUnit) or repeated attempts account for
 *   them (Surefire).
 * - A case may have several outcomes; each is kept, but a case that Node.js calls a todo may fail,
 *   and so may one that Catch2 calls !mayfail.
 *   `rerun…` elements change nothing, `flaky…` elements mark a case that passed in the end.
 * - pytest-rerunfailures writes each attempt as a case: the last one counts (junit_attempts.c).
 * - A status such as `failed` without an element is a failure, and `notrun` without a `skipped`
 *   element (CTest, GoogleTest) is a case that did not run. So is one without a result where Qt
 *   writes one to each other case; what Qt 4 and 5 call errors are messages. Cases that behave
 *   calls `untested` were left out when a hook failed or the run was stopped: nothing says that as
 *   a failure, so the report is partial.
 * - An error or failure directly in a suite belongs to no case and blocks by itself. So does a
 *   suite that says that it failed although none of its cases did: Ginkgo when a package was not
 *   compiled or ran out of time, Testing Farm, JunitXml.TestLogger when the test host crashed.
 * - Surefire and Failsafe 3 write the tests of @Nested classes into the file of one of them and
 *   files without a test for the others: they are nothing to complain of beside that one.
 * - Output and properties are not kept: they hold secrets and cost memory. */
#include "collectors/collector.h"

#include "collectors/junit_attempts.h"
#include "collectors/junit_cases.h"
#include "collectors/junit_message.h"
#include "collectors/junit_suites.h"
#include "collectors/junit_words.h"

#include <stdio.h>

static const char *const words[WORD_COUNT + 1] = {
    [TESTSUITES] = "testsuites",
    [TESTSUITE] = "testsuite",
    [TESTCASE] = "testcase",
    [FAILURE] = "failure",
    [ERROR] = "error",
    [SKIPPED] = "skipped",
    [FLAKY_FAILURE] = "flakyFailure",
    [FLAKY_ERROR] = "flakyError",
    [RERUN_FAILURE] = "rerunFailure",
    [RERUN_ERROR] = "rerunError",
    [SUITE] = "suite",
    [PROPERTIES] = "properties",
    [PROPERTY] = "property",
    [SYSTEM_OUT] = "system-out",
    [SYSTEM_ERR] = "system-err",
    [ABORTED] = "aborted",
    [NAME] = "name",
    [CLASSNAME] = "classname",
    [CLASS] = "class",
    [FILE_NAME] = "file",
    [TIME] = "time",
    [STATUS] = "status",
    [RESULT] = "result",
    [MESSAGE] = "message",
    [TYPE] = "type",
    [TESTS] = "tests",
    [FAILURES] = "failures",
    [ERRORS] = "errors",
    [DISABLED] = "disabled",
    [HOSTNAME] = "hostname",
    [DOCTEST_VERSION] = "doctest_version",
    [SKIP] = "skip",
    [IGNORED] = "ignored",
    [ID] = "id",
    [PACKAGE] = "package",
    [VALUE] = "value",
    [OVERALL_RESULT] = "overall-result",
};

struct reader {
    struct sink *sink;
    unsigned depth;
    struct junit_suites suites;
    struct junit_cases cases;
    struct junit_attempts attempts;
    struct junit_message message; /* of the innermost case, or of the problem of a suite */
    struct junit_counts counts;
    unsigned suite_problem_depth; /* of a failure or error directly in a suite; 0 if none is open */
    unsigned run_errors_depth; /* of what JunitXml.TestLogger keeps of the run; 0 if none is open */
    uint64_t suite_problem_line; /* of either */
    uint64_t left_alone;         /* line of the first case that the runner may not have come to */
    bool unknown_said;
};

static void refuse(struct reader *reader, const struct xml_element *element, const char *why)
{
    char text[200];
    snprintf(text, sizeof(text), "%s \"%.40s\"", why, element->name);
    sink_refuse(reader->sink, DIAG_FORMAT_WRONG, element->line, 0, span_of(text));
}

/* GoogleTest's --gtest_list_tests: no suite has an outcome, because nothing ran. */
static bool is_list(const struct xml_element *root)
{
    return root->word == TESTSUITES && span_is(xml_attribute(root, NAME), "AllTests") &&
           xml_attribute(root, TESTS).data != NULL && xml_attribute(root, FAILURES).data == NULL;
}

static void open_root(struct reader *reader, const struct xml_element *element)
{
    sink_root(reader->sink, element->line);
    sink_families(reader->sink, FAMILY_TESTS, false);
    if (element->word != TESTSUITES && element->word != TESTSUITE && element->word != TESTCASE) {
        refuse(reader, element,
               "the root element of JUnit is testsuites, testsuite or testcase, not");
    }
    if (is_list(element)) {
        sink_refuse(reader->sink, DIAG_JUNIT_LISTED, element->line, 0,
                    SPAN("GoogleTest lists its tests here, and ran none of them"));
    }
}

/* Whatever stands among the cases or in one of them might hold results; once is enough. */
static void say_unknown(struct reader *reader, const struct xml_element *element, const char *where)
{
    if (!reader->unknown_said) {
        sink_note_format(reader->sink, DIAG_REPORT_UNKNOWN_PART, element->line,
                         "the element \"%.40s\" in a %s was skipped", element->name, where);
        reader->unknown_said = true;
    }
}

/* ---- cases ---- */

static void open_case(struct reader *reader, const struct xml_element *element)
{
    struct junit_suite *suite = junit_suites_top(&reader->suites);
    if (suite != NULL) {
        suite->direct_cases++;
    }
    junit_cases_open(&reader->cases, element, junit_suites_file(&reader->suites));
    reader->counts.cases++;
    junit_message_clear(&reader->message);
}

static void outcome_of_case(struct reader *reader, const struct xml_element *element,
                            struct junit_case *open)
{
    switch (element->word) {
    case FAILURE:
    case ERROR:
        open->outcome |= element->word == FAILURE ? TEST_FAILED : TEST_ERROR;
        reader->counts.problems++;
        open->problems++;
        junit_message_start(&reader->message, element);
        break;
    case SKIPPED:
        if (junit_cases_could_not_start(open, element)) {
            open->outcome |= TEST_ERROR;
            reader->counts.skipped++;
            junit_message_start(&reader->message, element);
            break;
        }
        open->outcome |= TEST_SKIPPED;
        open->todo = open->todo || junit_cases_may_fail(element);
        open->todo_of_node = open->todo_of_node || span_is(xml_attribute(element, TYPE), "todo");
        open->bare = open->bare && xml_attribute(element, MESSAGE).data == NULL;
        break;
    case FLAKY_FAILURE:
    case FLAKY_ERROR:
        open->outcome |= TEST_FLAKY;
        junit_message_start(&reader->message, element);
        reader->counts.reruns++;
        break;
    case RERUN_FAILURE:
    case RERUN_ERROR: reader->counts.reruns++; break;
    case ABORTED: /* by an assumption of JUnit 5: Ant */
    case SKIP:
    case IGNORED:
    case DISABLED: open->outcome |= TEST_DISABLED; break;
    case PROPERTIES: open->bare = false; break;
    default:
        if (element->word < 0 || element->word == STATUS || element->word == RESULT) {
            say_unknown(reader, element, "test case");
        }
        break;
    }
}

/* pytest names a case when the test has a result: one without either was running when the run was
 * stopped. */
static void drop_interrupted(struct reader *reader)
{
    sink_drop(reader->sink, DIAG_JUNIT_INTERRUPTED, junit_cases_top(&reader->cases)->line,
              span_make(NULL, 0));
    junit_cases_drop(&reader->cases);
    junit_suites_top(&reader->suites)->direct_cases--;
    reader->counts.cases--;
}

static void close_case(struct reader *reader)
{
    const struct junit_suite *suite = junit_suites_top(&reader->suites);
    struct junit_case *open = junit_cases_top(&reader->cases);
    bool told = (open->outcome & (TEST_FAILED | TEST_ERROR)) != 0;
    bool pytest = suite != NULL && suite->claims.subtests;
    if (pytest && open->class_size + open->name_size == 0 && open->outcome == TEST_PASSED) {
        drop_interrupted(reader);
        return;
    }
    if (suite != NULL && suite->claims.qtest && open->no_result && open->outcome == TEST_PASSED) {
        open->outcome = TEST_DISABLED;
    }
    if (open->todo) {
        reader->counts.problems -= open->problems; /* they bear out no failure of the run */
        reader->counts.excused += open->todo_of_node ? open->problems : 0;
    }
    struct span chain = buf_span(&reader->suites.chain);
    bool playwright = suite != NULL && suite->claims.playwright;
    bool left_alone =
        open->untested || (playwright && junit_cases_left_alone(&reader->cases, chain));
    if (left_alone && reader->left_alone == 0) {
        reader->left_alone = open->line;
    }
    uint32_t outcome = junit_cases_close(&reader->cases, chain, buf_span(&reader->message.text),
                                         pytest ? &reader->attempts : NULL);
    reader->counts.problems += !told && (outcome & TEST_FAILED) != 0;
    reader->counts.skipped += (outcome & TEST_SKIPPED) != 0;
    reader->counts.failed += (outcome & TEST_FAILED) != 0;
    reader->counts.broken += (outcome & (TEST_FAILED | TEST_ERROR)) != 0;
}

/* ---- suites ---- */

static void close_suite(struct reader *reader)
{
    const struct junit_suite *suite = junit_suites_top(&reader->suites);
    bool fewer = suite->claims.tests_given && suite->claims.tests < suite->direct_cases;
    size_t attempts = junit_attempts_settle(&reader->attempts, fewer);
    reader->counts.cases -= attempts;
    reader->counts.reruns += attempts;
    junit_suites_close(&reader->suites, &reader->counts);
}

/* ---- what stands directly in a suite ---- */

/* A failure or error directly in a suite. Its message may still come as text, so it is told at its
 * end. */
static void open_suite_problem(struct reader *reader, const struct xml_element *element)
{
    reader->counts.problems++;
    reader->counts.suite_problems++;
    reader->suite_problem_depth = element->depth;
    reader->suite_problem_line = element->line;
    junit_message_clear(&reader->message);
    junit_message_start(&reader->message, element);
}

static void close_suite_problem(struct reader *reader)
{
    sink_suite_error(reader->sink, buf_span(&reader->suites.chain), buf_span(&reader->message.text),
                     reader->suite_problem_line);
    reader->suite_problem_depth = 0;
}

/* JunitXml.TestLogger keeps what the test platform says of the run in the error output of the
 * suite. `dotnet test` fails by any error there, such as that of a test host that crashed; of
 * failed tests it tells there, too. */
static void open_run_errors(struct reader *reader, const struct xml_element *element)
{
    reader->run_errors_depth = element->depth;
    reader->suite_problem_line = element->line;
    junit_message_clear(&reader->message);
    junit_message_seek(&reader->message, element->depth, "Error - ");
}

static void close_run_errors(struct reader *reader)
{
    const struct junit_suite *suite = junit_suites_top(&reader->suites);
    if (reader->message.text.size > 0 && reader->counts.problems == suite->before.problems) {
        reader->counts.problems++;
        reader->counts.suite_problems++;
        close_suite_problem(reader);
    }
    reader->run_errors_depth = 0;
}

/* ---- events ---- */

static void on_start(void *self, const struct xml_element *element)
{
    struct reader *reader = self;
    struct junit_case *open = junit_cases_top(&reader->cases);
    struct junit_suite *suite = junit_suites_top(&reader->suites);
    bool in_suite = suite != NULL && suite->depth + 1 == element->depth;
    reader->depth = element->depth;
    if (element->depth == 1) {
        open_root(reader, element);
    }
    if (element->word == TESTCASE) {
        open_case(reader, element);
    } else if (element->word == TESTSUITE || element->word == TESTSUITES) {
        junit_suites_open(&reader->suites, element, &reader->counts);
        junit_attempts_begin(&reader->attempts);
    } else if (open != NULL && open->depth + 1 == element->depth) {
        outcome_of_case(reader, element, open);
    } else if (in_suite && (element->word == FAILURE || element->word == ERROR)) {
        open_suite_problem(reader, element);
    } else if (element->word == SUITE && element->depth == 2) {
        refuse(reader, element, "this is the report of the Check framework, which has the element");
    } else if (in_suite && element->word == SYSTEM_ERR && suite->claims.test_logger) {
        open_run_errors(reader, element);
    } else if (in_suite && element->word < 0) {
        say_unknown(reader, element, "suite");
    } else if (element->word == PROPERTY && suite != NULL && suite->depth + 2 == element->depth) {
        junit_suites_property(&reader->suites, element);
    }
}

static void on_text(void *self, struct span text)
{
    struct reader *reader = self;
    junit_message_text(&reader->message, reader->depth, text);
}

static void on_end(void *self, int word)
{
    struct reader *reader = self;
    junit_message_end(&reader->message, reader->depth);
    if (reader->suite_problem_depth == reader->depth) {
        close_suite_problem(reader);
    } else if (reader->run_errors_depth == reader->depth) {
        close_run_errors(reader);
    }
    if (word == TESTCASE) {
        close_case(reader);
    } else if (word == TESTSUITE || word == TESTSUITES) {
        close_suite(reader);
    }
    reader->depth--;
}

/* ---- the collector ---- */

static void parse(struct input *input, struct sink *sink)
{
    struct reader reader = {.sink = sink};
    struct xml_notes notes;
    const struct xml_handler handler = {.words = words,
                                        .start = on_start,
                                        .text = on_text,
                                        .wants_text = &reader.message.wants_text,
                                        .end = on_end,
                                        .stop = &sink->refused,
                                        .plain_entities = true};
    if (span_find_text(input_head(input), "/xsd/surefire-test-report") != SIZE_MAX) {
        sink_of_one_class(sink);
    }
    junit_suites_init(&reader.suites, sink);
    junit_cases_init(&reader.cases, sink);
    junit_attempts_init(&reader.attempts, sink);
    if (xml_read(input, &handler, &reader, &notes) == ERR_NONE) {
        collector_tell_xml(sink, &notes);
        junit_cases_tell_repeated(&reader.cases);
        if (reader.left_alone > 0 && reader.counts.problems == 0) { /* else the failure is why */
            sink_drop(sink, DIAG_JUNIT_LEFT_ALONE, reader.left_alone, span_make(NULL, 0));
        }
    }
    junit_suites_release(&reader.suites);
    junit_cases_release(&reader.cases);
    junit_attempts_release(&reader.attempts);
    junit_message_release(&reader.message);
}

static int probe(const struct head *head)
{
    if (span_is(head->xml_root, "testsuites") && span_is(head->xml_child, "suite")) {
        return PROBE_NO; /* the Check framework's own layout */
    }
    if (span_is(head->xml_root, "testsuites") || span_is(head->xml_root, "testsuite")) {
        return PROBE_SURE;
    }
    return span_is(head->xml_root, "testcase") ? PROBE_LIKELY : PROBE_NO;
}

const struct collector collector_junit = {
    .name = "junit",
    .title = "JUnit XML",
    .spec = "https://github.com/testmoapp/junitxml",
    .tools =
        "pytest, Maven Surefire, Gradle, jest-junit, vitest, mocha, Playwright, gotestsum, CTest, "
        "GoogleTest, PHPUnit, cargo-nextest, Bazel, Bun, Node.js and most other test runners",
    .families = FAMILY_TESTS,
    .probe = probe,
    .parse = parse,
};
