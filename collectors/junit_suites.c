/* Elements of JUnit suites -> the chain of names around a case, and a word about totals that are
 * not kept.
 *
 * A case inherits the file of the innermost suite that has one. Only the outermost claims are
 * compared: those of inner suites are parts of them, by each writer's own rules. But failures that
 * an inner suite claims and nothing bears out are lost where the suites around it know of none or
 * say nothing of them, as those of Newman, which writes errors of scripts and requests in no other
 * way, and each suite that says that it failed has to hold one. */
#include "collectors/junit_suites.h"

#include "base/limits.h"
#include "collectors/junit_words.h"

void junit_suites_init(struct junit_suites *suites, struct sink *sink)
{
    *suites = (struct junit_suites){.sink = sink};
    vec_init(&suites->open, sizeof(struct junit_suite));
}

void junit_suites_release(struct junit_suites *suites)
{
    vec_release(&suites->open);
    buf_release(&suites->chain);
    buf_release(&suites->files);
    buf_release(&suites->reason);
}

struct junit_suite *junit_suites_top(const struct junit_suites *suites)
{
    return suites->open.count > 0 ? vec_at(&suites->open, suites->open.count - 1) : NULL;
}

struct span junit_suites_file(const struct junit_suites *suites)
{
    const struct junit_suite *top = junit_suites_top(suites);
    return top != NULL
               ? span_until(span_from(buf_span(&suites->files), top->file_at), top->file_size)
               : span_make(NULL, 0);
}

static void inherit(struct junit_suite *suite, struct junit_suite *outer)
{
    outer->direct_suites++;
    suite->file_at = outer->file_at;
    suite->file_size = outer->file_size;
    suite->claims.tests_are_more = suite->claims.tests_are_more || outer->claims.tests_are_more;
    suite->claims.subtests = suite->claims.subtests || outer->claims.subtests;
    suite->claims.playwright = outer->claims.playwright;
    suite->claims.checked = suite->claims.checked && !outer->claims.checked && outer->depth == 1;
}

static void add_name(struct junit_suites *suites, const struct xml_element *element)
{
    struct span name = xml_attribute(element, NAME);
    if (suites->chain.size > LIMIT_XML_TOKEN) {
        sink_refuse(suites->sink, DIAG_INPUT_LIMIT, element->line, 0,
                    SPAN("the names of nested suites are larger than the ceiling of one tag"));
    } else if (element->word == TESTSUITE && name.size > 0) {
        buf_add_text(&suites->chain, suites->chain.size > 0 ? " > " : "");
        buf_add(&suites->chain, name);
    }
}

void junit_suites_open(struct junit_suites *suites, const struct xml_element *element,
                       const struct junit_counts *held)
{
    struct junit_suite suite = {.depth = element->depth,
                                .line = element->line,
                                .chain_size = suites->chain.size,
                                .files_size = suites->files.size,
                                .claims = junit_claims_read(element),
                                .before = *held};
    struct junit_suite *outer = junit_suites_top(suites);
    if (outer != NULL) {
        inherit(&suite, outer);
    }
    add_name(suites, element);
    struct span file = xml_attribute(element, FILE_NAME);
    if (file.size > 0) {
        suite.file_at = suites->files.size;
        suite.file_size = file.size;
        buf_add(&suites->files, file);
    }
    *(struct junit_suite *)vec_add(&suites->open) = suite;
}

void junit_suites_property(struct junit_suites *suites, const struct xml_element *property)
{
    junit_claims_property(&junit_suites_top(suites)->claims, property);
    if (span_is(xml_attribute(property, NAME), "DryRun") &&
        span_is(xml_attribute(property, VALUE), "true")) {
        sink_refuse(suites->sink, DIAG_JUNIT_LISTED, property->line, 0,
                    SPAN("a dry run of Ginkgo: no test of it ran, whatever is written of them"));
    }
    if (span_is(xml_attribute(property, NAME), "SpecialSuiteFailureReason")) {
        buf_clear(&suites->reason);
        buf_add(&suites->reason, xml_attribute(property, VALUE));
    }
}

/* Does the innermost suite claim failures that neither it nor the suite around it has? */
static bool lost_failures(const struct junit_suites *suites, const struct junit_suite *suite,
                          const struct junit_counts *now)
{
    const struct junit_suite *outer =
        suites->open.count > 1 ? vec_at(&suites->open, suites->open.count - 2) : NULL;
    const struct junit_counts held = junit_counts_since(now, &suite->before);
    return outer != NULL && outer->claims.problems == 0 && suite->claims.problems > held.excused &&
           held.problems + held.reruns == 0;
}

static void check_claims(struct junit_suites *suites, const struct junit_suite *suite,
                         const struct junit_counts *now)
{
    const struct junit_counts held = junit_counts_since(now, &suite->before);
    enum junit_finding finding =
        junit_claims_check(&suite->claims, &held, suite->direct_cases, suite->direct_suites);
    bool lost = finding == CLAIMS_LOST;
    if (finding == CLAIMS_LISTED) {
        sink_drop(suites->sink, DIAG_JUNIT_LISTED, suite->line,
                  SPAN("pytest counts none of the cases that are not skipped"));
    } else if (finding != CLAIMS_AGREE) {
        sink_note_format(
            suites->sink, lost ? DIAG_JUNIT_LOST : DIAG_REPORT_TOTALS, suite->line,
            "the totals say %llu tests and %llu failures, the elements are %llu and %llu",
            (unsigned long long)suite->claims.tests, (unsigned long long)suite->claims.problems,
            (unsigned long long)held.cases, (unsigned long long)held.broken);
    }
    suites->sink->partial = suites->sink->partial || lost;
}

/* A suite that failed without a case that did. */
static void check_failed(struct junit_suites *suites, const struct junit_suite *suite,
                         struct junit_counts *now)
{
    const struct junit_counts held = junit_counts_since(now, &suite->before);
    if (suite->claims.failed && held.problems + held.reruns == 0) {
        struct span reason = suites->reason.size > 0
                                 ? buf_span(&suites->reason)
                                 : SPAN("it says that it failed, and none of its cases did");
        sink_suite_error(suites->sink, buf_span(&suites->chain), reason, suite->line);
        now->problems++;
        now->suite_problems++;
    }
    buf_clear(&suites->reason);
}

void junit_suites_close(struct junit_suites *suites, struct junit_counts *now)
{
    const struct junit_suite *suite = junit_suites_top(suites);
    check_failed(suites, suite, now);
    if (suite->claims.checked || lost_failures(suites, suite, now)) {
        check_claims(suites, suite, now);
    }
    suites->chain.size = suite->chain_size;
    suites->files.size = suite->files_size;
    suites->open.count--;
}
