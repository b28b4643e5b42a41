/* JUnit XML -> test cases.
 *
 * The format has no owner: what Ant wrote in 2000 (https://github.com/testmoapp/junitxml describes the common
 * ground), Surefire's schema, and forty writers with their own ideas. What holds for all of them:
 * - Cases are counted as elements, at any depth. Totals in attributes are only compared: some writers count
 *   each level again, some leave nested suites or whole classes out. A report that claims more cases or more
 *   failures than it holds has lost some and is partial, unless it claims as many skipped ones that it does not
 *   list (mocha, PHPUnit) or repeated attempts account for them (Surefire).
 * - A case may have several outcomes; each is kept, but a case that Node.js calls a todo may fail. `rerun…`
 *   elements change nothing, `flaky…` elements mark a case that passed in the end.
 * - A status such as `notrun` without a `skipped` element (CTest, GoogleTest) is a case that did not run.
 * - An error or failure directly in a suite belongs to no case and blocks by itself.
 * - Output and properties are not kept: they hold secrets and cost memory. */
#include "collectors/collector.h"

#include "collectors/junit_claims.h"

#include "base/limits.h"
#include "base/seconds.h"

#include <stdio.h>

struct suite {
    unsigned depth;
    uint64_t line;
    uint64_t direct_cases, direct_suites;
    size_t chain_size;         /* of the names before this one */
    size_t file_at, file_size; /* of the file name in reader.files that cases inherit */
    size_t files_size;         /* of the file names before this suite */
    struct junit_claims claims;
    struct junit_counts before;
};

/* A case whose end tag has not come yet. Its texts stand in reader.texts from `text` on, in this order. */
struct open_case {
    unsigned depth;
    uint64_t line;
    size_t text, class_size, name_size, file_size;
    uint32_t outcome;
    bool todo; /* Node.js: it may fail */
    struct decimal time;
};

struct reader {
    struct sink *sink;
    unsigned depth;
    bool unknown_said;
    struct vec suites;            /* struct suite, innermost last */
    struct vec cases;             /* struct open_case; more than one only in odd documents */
    struct buf chain;             /* names of the open suites */
    struct buf files;             /* file names of the open suites */
    struct buf texts;             /* of the open cases */
    struct buf message;           /* of the first problem of the open case or of a suite */
    struct buf type;              /* what stands in for a message without text */
    unsigned message_depth;       /* of the element whose text is the message; 0 if none */
    bool wants_message;           /* there is one */
    unsigned suite_problem_depth; /* of a failure or error directly in a suite; 0 if none is open */
    uint64_t suite_problem_line;
    struct junit_counts counts;
    struct map line_of_failed; /* identity of a failed case -> its line */
};

static void refuse(struct reader *reader, const struct xml_element *element, const char *why)
{
    char text[200];
    snprintf(text, sizeof(text), "%s \"%.40s\"", why, element->name);
    sink_refuse(reader->sink, DIAG_FORMAT_WRONG, element->line, 0, span_of(text));
}

/* ---- suites ---- */

static struct suite *top_suite(const struct reader *reader)
{
    return reader->suites.count > 0 ? vec_at(&reader->suites, reader->suites.count - 1) : NULL;
}

static struct open_case *top_case(const struct reader *reader)
{
    return reader->cases.count > 0 ? vec_at(&reader->cases, reader->cases.count - 1) : NULL;
}

static void open_suite(struct reader *reader, const struct xml_element *element)
{
    struct suite suite = {.depth = element->depth,
                          .line = element->line,
                          .chain_size = reader->chain.size,
                          .files_size = reader->files.size,
                          .claims = junit_claims_read(element),
                          .before = reader->counts};
    struct suite *outer = top_suite(reader);
    if (outer != NULL) {
        outer->direct_suites++;
        suite.file_at = outer->file_at;
        suite.file_size = outer->file_size;
        /* Only the outermost claims are compared: inner ones are parts of them, by each writer's own rules. */
        suite.claims.tests_are_more = suite.claims.tests_are_more || outer->claims.tests_are_more;
        suite.claims.subtests = suite.claims.subtests || outer->claims.subtests;
        suite.claims.checked = suite.claims.checked && !outer->claims.checked && outer->depth == 1;
    }
    struct span name = xml_attribute(element, NAME);
    if (reader->chain.size > LIMIT_XML_TOKEN) {
        sink_refuse(reader->sink, DIAG_INPUT_LIMIT, element->line, 0,
                    SPAN("the names of nested suites are larger than the ceiling of one tag"));
    } else if (element->word == TESTSUITE && name.size > 0) {
        buf_add_text(&reader->chain, reader->chain.size > 0 ? " > " : "");
        buf_add(&reader->chain, name);
    }
    struct span file = xml_attribute(element, FILE_NAME);
    if (file.size > 0) {
        suite.file_at = reader->files.size;
        suite.file_size = file.size;
        buf_add(&reader->files, file);
    }
    *(struct suite *)vec_add(&reader->suites) = suite;
}

static void check_claims(struct reader *reader, const struct suite *suite)
{
    const struct junit_counts *now = &reader->counts;
    const struct junit_counts *before = &suite->before;
    const struct junit_counts held = {.cases = now->cases - before->cases,
                                      .skipped = now->skipped - before->skipped,
                                      .failed = now->failed - before->failed,
                                      .broken = now->broken - before->broken,
                                      .problems = now->problems - before->problems,
                                      .suite_problems =
                                          now->suite_problems - before->suite_problems,
                                      .reruns = now->reruns - before->reruns};
    enum junit_finding finding =
        junit_claims_check(&suite->claims, &held, suite->direct_cases, suite->direct_suites);
    bool lost = finding == CLAIMS_LOST;
    if (finding != CLAIMS_AGREE) {
        sink_note_format(
            reader->sink, lost ? DIAG_JUNIT_LOST : DIAG_REPORT_TOTALS, suite->line,
            "the totals say %llu tests and %llu failures, the elements are %llu and %llu",
            (unsigned long long)suite->claims.tests, (unsigned long long)suite->claims.problems,
            (unsigned long long)held.cases, (unsigned long long)held.broken);
    }
    reader->sink->partial = reader->sink->partial || lost;
}

static void close_suite(struct reader *reader)
{
    const struct suite *suite = top_suite(reader);
    if (suite->claims.checked) {
        check_claims(reader, suite);
    }
    reader->chain.size = suite->chain_size;
    reader->files.size = suite->files_size;
    reader->suites.count--;
}

/* ---- cases ---- */

/* Seconds; 0 with a note when they cannot be taken as they are. */
static struct decimal read_time(struct reader *reader, struct span text, uint64_t line)
{
    struct decimal time;
    enum seconds_kind kind = seconds_read(text, &time);
    if (kind == SECONDS_COMMA || kind == SECONDS_NEGATIVE || kind == SECONDS_UNREADABLE) {
        static const char *const what[] = {
            [SECONDS_COMMA] = "its comma was taken by where it stands",
            [SECONDS_NEGATIVE] = "it is below zero and counts as 0",
            [SECONDS_UNREADABLE] = "it is no number of seconds and counts as 0"};
        sink_note_format(reader->sink, DIAG_REPORT_VALUE, line, "the time \"%.*s\": %s",
                         SPAN_ARG(span_until(text, 40)), what[kind]);
    }
    return time;
}

static bool says_not_run(const struct xml_element *element)
{
    struct span status = xml_attribute(element, STATUS);
    return span_is_caseless(status, "notrun") || span_is_caseless(status, "disabled") ||
           span_is_caseless(status, "skipped") || span_is_caseless(status, "ignored") ||
           span_is_caseless(xml_attribute(element, RESULT), "suppressed");
}

static size_t keep_text(struct reader *reader, struct span text)
{
    buf_add(&reader->texts, text);
    return text.size;
}

static void open_case(struct reader *reader, const struct xml_element *element)
{
    struct span class_name = xml_attribute(element, CLASSNAME);
    struct span file = xml_attribute(element, FILE_NAME);
    struct span name = xml_attribute(element, NAME);
    struct suite *suite = top_suite(reader);
    if (class_name.size == 0) {
        class_name = xml_attribute(element, CLASS);
    }
    if (suite != NULL) {
        suite->direct_cases++;
        if (file.size == 0) {
            file =
                span_until(span_from(buf_span(&reader->files), suite->file_at), suite->file_size);
        }
    }
    if (name.size == 0) {
        sink_note_format(reader->sink, DIAG_REPORT_NO_NAME, element->line,
                         "a test case without a name");
    }
    struct open_case *open = vec_add(&reader->cases);
    open->depth = element->depth;
    open->line = element->line;
    open->text = reader->texts.size;
    open->class_size = keep_text(reader, class_name);
    open->name_size = keep_text(reader, name);
    open->file_size = keep_text(reader, file);
    open->outcome = says_not_run(element) ? TEST_DISABLED : TEST_PASSED;
    open->time = read_time(reader, xml_attribute(element, TIME), element->line);
    reader->counts.cases++;
    buf_clear(&reader->message);
}

/* What a case comes to: a failure outweighs a passed second attempt and a status. */
static uint32_t settle_outcome(struct reader *reader, const struct open_case *open)
{
    uint32_t problems = TEST_FAILED | TEST_ERROR;
    uint32_t outcome = open->todo ? open->outcome & ~problems : open->outcome;
    uint32_t said = outcome & (problems | TEST_SKIPPED);
    if (said != 0) {
        outcome &= ~(uint32_t)TEST_DISABLED;
    }
    if ((said & problems) != 0) {
        outcome &= ~(uint32_t)TEST_FLAKY;
    }
    if ((said & (said - 1)) != 0) {
        sink_note_format(reader->sink, DIAG_JUNIT_OUTCOMES, open->line,
                         "one test case has several of failure, error and skipped");
    }
    return outcome;
}

static uint64_t identity_of_last(const struct reader *reader)
{
    const struct vec *rows = &reader->sink->report->tests.rows;
    const struct test_row *row = vec_at(rows, rows->count - 1);
    return row->identity.low;
}

static void close_case(struct reader *reader)
{
    struct open_case *open = top_case(reader);
    uint32_t outcome = settle_outcome(reader, open);
    struct span text = span_from(buf_span(&reader->texts), open->text);
    struct span rest = span_from(text, open->class_size);
    const struct test_in test = {.suite = buf_span(&reader->chain),
                                 .class_name = span_until(text, open->class_size),
                                 .name = span_until(rest, open->name_size),
                                 .file = span_from(rest, open->name_size),
                                 .message = buf_span(&reader->message),
                                 .outcome = outcome,
                                 .time = open->time,
                                 .line = open->line};
    sink_test(reader->sink, &test);
    reader->counts.skipped += (outcome & TEST_SKIPPED) != 0;
    reader->counts.failed += (outcome & TEST_FAILED) != 0;
    if ((outcome & (TEST_FAILED | TEST_ERROR)) != 0) {
        reader->counts.broken++;
        *map_put(&reader->line_of_failed, identity_of_last(reader)) = open->line;
    }
    reader->texts.size = open->text;
    reader->cases.count--;
}

/* ---- outcomes ---- */

/* The message of the first problem: its attribute, else its text, else its type. */
static void start_message(struct reader *reader, const struct xml_element *element)
{
    if (reader->message.size > 0 || reader->message_depth > 0) {
        return;
    }
    struct span message = xml_attribute(element, MESSAGE);
    if (span_trim(message).size > 0) {
        buf_add(&reader->message, message);
    } else {
        reader->message_depth = element->depth;
        reader->wants_message = true;
        buf_clear(&reader->type);
        buf_add(&reader->type, xml_attribute(element, TYPE));
    }
}

static void outcome_of_case(struct reader *reader, const struct xml_element *element,
                            struct open_case *open)
{
    switch (element->word) {
    case FAILURE:
    case ERROR:
        open->outcome |= element->word == FAILURE ? TEST_FAILED : TEST_ERROR;
        reader->counts.problems++;
        start_message(reader, element);
        break;
    case SKIPPED:
        open->outcome |= TEST_SKIPPED;
        open->todo = open->todo || span_is(xml_attribute(element, TYPE), "todo");
        break;
    case FLAKY_FAILURE:
    case FLAKY_ERROR:
        open->outcome |= TEST_FLAKY;
        start_message(reader, element);
        reader->counts.reruns++;
        break;
    case RERUN_FAILURE:
    case RERUN_ERROR: reader->counts.reruns++; break;
    default: break;
    }
}

/* A failure or error directly in a suite. Its message may still come as text, so it is told at its end. */
static void open_suite_problem(struct reader *reader, const struct xml_element *element)
{
    reader->counts.problems++;
    reader->counts.suite_problems++;
    reader->suite_problem_depth = element->depth;
    reader->suite_problem_line = element->line;
    buf_clear(&reader->message);
    start_message(reader, element);
}

static void close_suite_problem(struct reader *reader)
{
    sink_suite_error(reader->sink, buf_span(&reader->chain), buf_span(&reader->message),
                     reader->suite_problem_line);
    reader->suite_problem_depth = 0;
}

/* ---- events ---- */

static void open_root(struct reader *reader, const struct xml_element *element)
{
    sink_root(reader->sink, element->line);
    sink_families(reader->sink, FAMILY_TESTS, false);
    if (element->word != TESTSUITES && element->word != TESTSUITE && element->word != TESTCASE) {
        refuse(reader, element,
               "the root element of JUnit is testsuites, testsuite or testcase, not");
    }
}

/* Whatever stands among the cases might hold results; once is enough. */
static void say_unknown(struct reader *reader, const struct xml_element *element)
{
    if (!reader->unknown_said) {
        sink_note_format(reader->sink, DIAG_REPORT_UNKNOWN_PART, element->line,
                         "the element \"%.40s\" in a suite was skipped", element->name);
        reader->unknown_said = true;
    }
}

static void on_start(void *self, const struct xml_element *element)
{
    struct reader *reader = self;
    struct open_case *open = top_case(reader);
    struct suite *suite = top_suite(reader);
    bool problem = element->word == FAILURE || element->word == ERROR;
    reader->depth = element->depth;
    if (element->depth == 1) {
        open_root(reader, element);
    }
    if (element->word == TESTCASE) {
        open_case(reader, element);
    } else if (element->word == TESTSUITE || element->word == TESTSUITES) {
        open_suite(reader, element);
    } else if (open != NULL && open->depth + 1 == element->depth) {
        outcome_of_case(reader, element, open);
    } else if (problem && suite != NULL && suite->depth + 1 == element->depth) {
        open_suite_problem(reader, element);
    } else if (element->word == SUITE && element->depth == 2) {
        refuse(reader, element, "this is the report of the Check framework, which has the element");
    } else if (element->word < 0 && suite != NULL && suite->depth + 1 == element->depth) {
        say_unknown(reader, element);
    }
}

static void on_text(void *self, struct span text)
{
    struct reader *reader = self;
    if (reader->depth != reader->message_depth || reader->message.size > LIMIT_TEXT_BYTES) {
        return;
    }
    if (reader->message.size == 0) {
        while (text.size > 0 && span_trim(span_until(text, 1)).size == 0) {
            text = span_from(text, 1);
        }
    }
    buf_add(&reader->message, span_until(text, (size_t)LIMIT_TEXT_BYTES));
}

static void end_message(struct reader *reader)
{
    if (reader->message.size == 0) {
        buf_add(&reader->message, buf_span(&reader->type));
    }
    reader->message_depth = 0;
    reader->wants_message = false;
}

static void on_end(void *self, int word)
{
    struct reader *reader = self;
    if (reader->message_depth == reader->depth) {
        end_message(reader);
    }
    if (reader->suite_problem_depth == reader->depth) {
        close_suite_problem(reader);
    }
    if (word == TESTCASE) {
        close_case(reader);
    } else if (word == TESTSUITE || word == TESTSUITES) {
        close_suite(reader);
    }
    reader->depth--;
}

/* ---- the end ---- */

/* The same test, once failed and once not: attempts of it, or parameters that its name does not show. */
static void tell_repeated(struct reader *reader)
{
    const struct vec *rows = &reader->sink->report->tests.rows;
    uint64_t line = 0;
    uint64_t count = 0;
    for (size_t index = 0; index < rows->count && reader->line_of_failed.count > 0; index++) {
        const struct test_row *row = vec_at(rows, index);
        const uint64_t *found = (row->outcome & (TEST_FAILED | TEST_ERROR)) == 0
                                    ? map_find(&reader->line_of_failed, row->identity.low)
                                    : NULL;
        if (found != NULL) {
            line = count == 0 ? *found : line;
            count++;
        }
    }
    if (count > 0) {
        sink_note_format(reader->sink, DIAG_JUNIT_REPEATED, line,
                         "%llu cases have the name of a failed one; this failure stands",
                         (unsigned long long)count);
    }
}

static void parse(struct input *input, struct sink *sink)
{
    struct reader reader = {.sink = sink};
    struct xml_notes notes;
    const struct xml_handler handler = {.words = junit_words,
                                        .start = on_start,
                                        .text = on_text,
                                        .wants_text = &reader.wants_message,
                                        .end = on_end,
                                        .stop = &sink->refused,
                                        .plain_entities = true};
    vec_init(&reader.suites, sizeof(struct suite));
    vec_init(&reader.cases, sizeof(struct open_case));
    if (xml_read(input, &handler, &reader, &notes) == ERR_NONE) {
        collector_tell_xml(sink, &notes);
        tell_repeated(&reader);
    }
    vec_release(&reader.suites);
    vec_release(&reader.cases);
    buf_release(&reader.chain);
    buf_release(&reader.files);
    buf_release(&reader.texts);
    buf_release(&reader.message);
    buf_release(&reader.type);
    map_release(&reader.line_of_failed);
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
