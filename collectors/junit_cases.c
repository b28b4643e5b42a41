/* Elements of JUnit cases -> rows: names, file, time and one settled outcome.
 *
 * A case may have several outcomes; a failure outweighs a passed second attempt and a status. A
 * case that Node.js calls a todo may fail, and one that Catch2 calls !mayfail. A status such as
 * `notrun` without a `skipped` element (CTest, GoogleTest) is a case that did not run, and one such
 * as `failed` without any element is a failure. Some writers say the same in an attribute `result`.
 */
#include "collectors/junit_cases.h"

#include "base/seconds.h"
#include "collectors/junit_words.h"

void junit_cases_init(struct junit_cases *cases, struct sink *sink)
{
    *cases = (struct junit_cases){.sink = sink};
    vec_init(&cases->open, sizeof(struct junit_case));
}

void junit_cases_release(struct junit_cases *cases)
{
    vec_release(&cases->open);
    buf_release(&cases->texts);
    map_release(&cases->line_of_failed);
}

struct junit_case *junit_cases_top(const struct junit_cases *cases)
{
    return cases->open.count > 0 ? vec_at(&cases->open, cases->open.count - 1) : NULL;
}

/* ---- the start tag ---- */

/* Seconds; 0 with a note when they cannot be taken as they are. */
static struct decimal read_time(struct sink *sink, struct span text, uint64_t line)
{
    struct decimal time;
    enum seconds_kind kind = seconds_read(text, &time);
    if (kind == SECONDS_COMMA || kind == SECONDS_NEGATIVE || kind == SECONDS_UNREADABLE) {
        static const char *const what[] = {
            [SECONDS_COMMA] = "its comma was taken by where it stands",
            [SECONDS_NEGATIVE] = "it is below zero and counts as 0",
            [SECONDS_UNREADABLE] = "it is no number of seconds and counts as 0"};
        sink_note_format(sink, DIAG_REPORT_VALUE, line, "the time \"%.*s\": %s",
                         SPAN_ARG(span_until(text, 40)), what[kind]);
    }
    return time;
}

static bool is_one_of(struct span text, const char *const *list, size_t count)
{
    size_t index = 0;
    while (index < count && !span_is_caseless(text, list[index])) {
        index++;
    }
    return index < count;
}

bool junit_cases_is_failure(struct span word)
{
    static const char *const words[] = {"failed", "failure", "fail", "error"};
    return is_one_of(word, words, sizeof(words) / sizeof(words[0]));
}

/* Elements say the same of most writers; of bashunit before 2026 and of Testing Farm nothing else
 * does. */
static bool is_left_out(struct span word)
{
    static const char *const words[] = {"notrun",  "disabled", "skipped",    "skip",      "ignored",
                                        "pending", "untested", "incomplete", "suppressed"};
    return is_one_of(word, words, sizeof(words) / sizeof(words[0]));
}

/* Most writers have neither attribute; some have a status that only tells whether the case ran. */
static void read_words(struct junit_case *open, struct span status, struct span result)
{
    if (status.size + result.size == 0) {
        return;
    }
    if (is_left_out(status) || is_left_out(result)) {
        open->outcome = TEST_DISABLED;
    }
    open->not_run = span_is(status, "notrun");
    open->untested = span_is(status, "untested");
    open->says_failed = junit_cases_is_failure(status) || junit_cases_is_failure(result);
}

static size_t keep_text(struct junit_cases *cases, struct span text)
{
    buf_add(&cases->texts, text);
    return text.size;
}

void junit_cases_open(struct junit_cases *cases, const struct xml_element *element,
                      struct span file)
{
    struct span class_name = xml_attribute(element, CLASSNAME);
    struct span own_file = xml_attribute(element, FILE_NAME);
    struct span name = xml_attribute(element, NAME);
    struct span result = xml_attribute(element, RESULT);
    struct span time = xml_attribute(element, TIME);
    if (class_name.size == 0) {
        class_name = xml_attribute(element, CLASS);
    }
    if (name.size == 0) {
        sink_note_format(cases->sink, DIAG_REPORT_NO_NAME, element->line,
                         "a test case without a name");
    }
    struct junit_case *open = vec_add(&cases->open);
    open->depth = element->depth;
    open->line = element->line;
    open->text = cases->texts.size;
    open->class_size = keep_text(cases, class_name);
    open->name_size = keep_text(cases, name);
    keep_text(cases, own_file.size > 0 ? own_file : file);
    open->no_result = result.data == NULL;
    open->bare = time.data == NULL || span_is(time, "0"); /* Playwright 1.58 and before */
    read_words(open, xml_attribute(element, STATUS), result);
    open->time = read_time(cases->sink, time, element->line);
}

/* CTest counts these among the failed tests, and writes them as it writes those that skip
 * themselves. */
bool junit_cases_could_not_start(const struct junit_case *open, const struct xml_element *skipped)
{
    static const char *const reasons[] = {"Unable to find executable", "Required Files Missing",
                                          "Fixture dependency failed", "Missing Configuration",
                                          "Insufficient resources"};
    struct span message = xml_attribute(skipped, MESSAGE);
    for (size_t index = 0; index < sizeof(reasons) / sizeof(reasons[0]) && open->not_run; index++) {
        if (span_is(message, reasons[index])) {
            return true;
        }
    }
    return false;
}

bool junit_cases_may_fail(const struct xml_element *skipped)
{
    return span_is(xml_attribute(skipped, TYPE), "todo") ||
           span_is(xml_attribute(skipped, MESSAGE), "TEST_CASE tagged with !mayfail");
}

/* ---- the end tag ---- */

static uint32_t settle_outcome(struct sink *sink, const struct junit_case *open)
{
    uint32_t problems = TEST_FAILED | TEST_ERROR;
    uint32_t outcome = open->todo ? open->outcome & ~problems : open->outcome;
    uint32_t said = outcome & (problems | TEST_SKIPPED);
    if (open->says_failed && said == 0 && !open->todo) {
        sink_note(sink, DIAG_JUNIT_STATUS, open->line, span_make(NULL, 0));
        said = TEST_FAILED;
        outcome |= said;
    }
    if (said != 0) {
        outcome &= ~(uint32_t)TEST_DISABLED;
    }
    if ((said & problems) != 0) {
        outcome &= ~(uint32_t)TEST_FLAKY;
    }
    if ((said & (said - 1)) != 0) {
        sink_note_format(sink, DIAG_JUNIT_OUTCOMES, open->line,
                         "one test case has several of failure, error and skipped");
    }
    return outcome;
}

static uint64_t identity_of_last(const struct sink *sink)
{
    const struct vec *rows = &sink->report->tests.rows;
    const struct test_row *row = vec_at(rows, rows->count - 1);
    return row->identity.low;
}

bool junit_cases_left_alone(const struct junit_cases *cases, struct span suite)
{
    const struct junit_case *open = junit_cases_top(cases);
    struct span text = span_from(buf_span(&cases->texts), open->text);
    return open->bare && (open->outcome & TEST_SKIPPED) != 0 &&
           span_equal(span_until(text, open->class_size), suite);
}

void junit_cases_drop(struct junit_cases *cases)
{
    cases->texts.size = junit_cases_top(cases)->text;
    cases->open.count--;
}

uint32_t junit_cases_close(struct junit_cases *cases, struct span suite, struct span message,
                           struct junit_attempts *attempts)
{
    const struct junit_case *open = junit_cases_top(cases);
    struct span text = span_from(buf_span(&cases->texts), open->text);
    struct span rest = span_from(text, open->class_size);
    const struct test_in test = {.suite = suite,
                                 .class_name = span_until(text, open->class_size),
                                 .name = span_until(rest, open->name_size),
                                 .file = span_from(rest, open->name_size),
                                 .message = message,
                                 .outcome = settle_outcome(cases->sink, open),
                                 .time = open->time,
                                 .line = open->line};
    sink_test(cases->sink, &test);
    if (attempts != NULL) {
        junit_attempts_add(attempts, &test);
    }
    if ((test.outcome & (TEST_FAILED | TEST_ERROR)) != 0) {
        *map_put(&cases->line_of_failed, identity_of_last(cases->sink)) = open->line;
    }
    junit_cases_drop(cases);
    return test.outcome;
}

/* ---- the end of the document ---- */

/* Attempts of one test are meant, or parameters that its name does not show. */
void junit_cases_tell_repeated(const struct junit_cases *cases)
{
    const struct vec *rows = &cases->sink->report->tests.rows;
    uint64_t line = 0;
    uint64_t count = 0;
    for (size_t index = 0; index < rows->count && cases->line_of_failed.count > 0; index++) {
        const struct test_row *row = vec_at(rows, index);
        const uint64_t *found = (row->outcome & (TEST_FAILED | TEST_ERROR)) == 0
                                    ? map_find(&cases->line_of_failed, row->identity.low)
                                    : NULL;
        if (found != NULL) {
            line = count == 0 ? *found : line;
            count++;
        }
    }
    if (count > 0) {
        sink_note_format(cases->sink, DIAG_JUNIT_REPEATED, line,
                         "%llu cases have the name of a failed one; this failure stands",
                         (unsigned long long)count);
    }
}
