/* A report's life: opened empty, filled by the sink, rolled back when damaged, closed. */
#include "model/report.h"

#include "base/mem.h"

#include <stdlib.h>

static void init_rows(struct report *report)
{
    arena_init(&report->arena);
    vec_init(&report->sources, sizeof(const struct name *));
    vec_init(&report->files, sizeof(struct file_coverage));
    map_init(&report->file_of_path);
    report->tests = (struct tests){.total = 0};
    vec_init(&report->tests.rows, sizeof(struct test_row));
    vec_init(&report->tests.details, sizeof(struct test_detail));
    report->findings = (struct findings){.has_bands = false};
    vec_init(&report->findings.rows, sizeof(struct finding_row));
    vec_init(&report->findings.details, sizeof(struct finding_detail));
    vec_init(&report->findings.rules, sizeof(struct rule_row));
    vec_init(&report->numbers, sizeof(struct number_row));
    vec_init(&report->parts, sizeof(struct report *));
}

static void release_rows(struct report *report)
{
    arena_release(&report->arena);
    vec_release(&report->sources);
    vec_release(&report->files);
    map_release(&report->file_of_path);
    vec_release(&report->tests.rows);
    vec_release(&report->tests.details);
    vec_release(&report->findings.rows);
    vec_release(&report->findings.details);
    vec_release(&report->findings.rules);
    vec_release(&report->numbers);
    for (size_t at = 0; at < report->parts.count; at++) {
        report_close(*(struct report **)vec_at(&report->parts, at));
    }
    vec_release(&report->parts);
}

struct report *report_open(struct names *names, struct span path)
{
    struct report *report = mem_alloc(sizeof(*report));
    init_rows(report);
    report->path = names_add(names, path);
    diags_init(&report->diags, names);
    return report;
}

void report_close(struct report *report)
{
    release_rows(report);
    diags_release(&report->diags);
    free(report);
}

void report_roll_back(struct report *report)
{
    release_rows(report);
    init_rows(report);
}

bool report_holds_facts(const struct report *report)
{
    if (report->tests.total > 0 || report->tests.suite_errors > 0 ||
        report->findings.rows.count > 0 || report->numbers.count > 0 || report->parts.count > 0) {
        return true;
    }
    for (size_t index = 0; index < report->files.count; index++) {
        const struct file_coverage *file = vec_at(&report->files, index);
        if (coverage_lines(file->coverage).total > 0 ||
            coverage_branches(file->coverage).total > 0 ||
            coverage_functions(file->coverage).total > 0) {
            return true;
        }
    }
    return false;
}

void tests_count(struct tests *tests, uint32_t outcome, uint64_t cases)
{
    tests->total += cases;
    tests->failed += (outcome & TEST_FAILED) != 0 ? cases : 0;
    tests->errors += (outcome & TEST_ERROR) != 0 ? cases : 0;
    tests->skipped += (outcome & TEST_SKIPPED) != 0 ? cases : 0;
    tests->disabled += (outcome & TEST_DISABLED) != 0 ? cases : 0;
    tests->flaky += (outcome & TEST_FLAKY) != 0 ? cases : 0;
    tests->by_outcome[outcome % (1U << TEST_OUTCOME_BITS)] += cases;
}

size_t report_add_to(struct report *report, struct vec *reports)
{
    size_t count = report->parts.count;
    if (count == 0) {
        *(struct report **)vec_add(reports) = report;
        return 1;
    }
    for (size_t at = 0; at < count; at++) {
        struct report *part = *(struct report **)vec_at(&report->parts, at);
        part->group = part->group != NULL ? part->group : report->group;
        *(struct report **)vec_add(reports) = part;
    }
    report->parts.count = 0;
    report_close(report);
    return count;
}

/* ---- words ---- */

/* Position of `text` among `count` words, or `count`. */
static unsigned word_at(struct span text, const char *const *words, unsigned count)
{
    unsigned at = 0;
    while (at < count && !span_is(text, words[at])) {
        at++;
    }
    return at;
}

static const char *const outcome_words[TEST_OUTCOME_BITS] = {"failed", "error", "skipped",
                                                             "disabled", "flaky"};
static const char *const level_words[] = {"none", "note", "warning", "error"};
static const char *const band_words[] = {"none", "low", "medium", "high", "critical"};

const char *test_outcome_text(enum test_outcome outcome)
{
    return outcome == TEST_PASSED ? "passed" : outcome_words[__builtin_ctz((unsigned)outcome)];
}

bool test_outcome_of(struct span text, enum test_outcome *outcome)
{
    unsigned bit = word_at(text, outcome_words, TEST_OUTCOME_BITS);
    *outcome = (enum test_outcome)(bit < TEST_OUTCOME_BITS ? 1U << bit : 0U);
    return bit < TEST_OUTCOME_BITS;
}

const char *level_text(enum level level)
{
    return level_words[level];
}

bool level_of(struct span text, enum level *level)
{
    unsigned at = word_at(text, level_words, LEVEL_ERROR + 1);
    *level = (enum level)(at <= LEVEL_ERROR ? at : 0U);
    return at <= LEVEL_ERROR;
}

const char *band_text(enum band band)
{
    return band_words[band];
}

bool band_of(struct span text, enum band *band)
{
    unsigned at = word_at(text, band_words, BAND_CRITICAL + 1);
    *band = (enum band)(at <= BAND_CRITICAL ? at : 0U);
    return at <= BAND_CRITICAL;
}
