/* The only door into a report.
 *
 * A collector reads its format and calls sink_*; the sink copies, bounds, repairs UTF-8 and
 * interns. All spans may die when the call returns. Nothing here fails: after sink_refuse, or when
 * a ceiling is passed, the sink swallows everything else and sink_close rolls the report back.
 *
 * How a collector speaks of trouble:
 *   sink_note    worth saying, no row lost                       (state stays)
 *   sink_drop    this row, or part of it, was not taken   (state becomes partial, never empty)
 *   sink_refuse  the whole source cannot be used                 (state becomes damaged)
 * Trouble that a base reader found (input_fault) is turned into sink_refuse by collectors.c. */
#ifndef TIDEGATE_MODEL_SINK_H
#define TIDEGATE_MODEL_SINK_H

#include "base/limits.h"
#include "model/finding_index.h"

struct test_in {
    struct span suite; /* chain of suite names, outermost first, joined by the collector */
    struct span class_name, name, file;
    struct span message; /* of the failure or error; the first line is kept */
    uint32_t outcome;    /* enum test_outcome bits */
    struct decimal time; /* seconds, 0 if unknown */
    uint64_t line;       /* in the report */
};

struct finding_in {
    struct span path; /* empty: belongs to no file */
    struct span rule, message;
    struct span package, version, fixed_version; /* vulnerabilities */
    uint64_t line, column;                       /* 0 if absent */
    uint64_t repeats; /* how many more findings differ from this one in line and message only */
    enum level level;
    enum band band;
    bool suppressed;
};

/* The row that a combination of path, rule and level went to last: findings come in runs. */
struct finding_memo {
    const struct name *path, *rule;
    size_t row; /* index + 1; 0 is an unused memo */
};

enum { FINDING_MEMOS = 256 };

struct sink {
    struct report *report;
    struct report *whole;      /* while a part is filled (part.h): the report that it is in */
    struct names *names;       /* of the run */
    struct arena scratch;      /* holds `gathered` */
    struct coverage *gathered; /* coverage since the last sink_file, used again for each file */
    struct coverage *rows; /* where coverage rows go: `gathered`, or NULL while none are taken */
    struct coverage *coverage;  /* of the file that they belong to; NULL before sink_file */
    struct finding_index index; /* of the findings' rows */
    struct finding_memo memos[FINDING_MEMOS];
    const struct name *last_path; /* of a finding */
    bool memos_whole; /* a finding gave that path its name, and `memos` holds all rows of it */
    size_t details_of_level[4]; /* finding details kept so far */
    uint64_t root_line;         /* of the document's root; 0 if unknown */
    bool refused;               /* nothing more is taken */
    bool partial;               /* rows were dropped */
    bool clean;                 /* the tool said that it ran and found nothing */
};

void sink_init(struct sink *sink, struct report *report, struct names *names);
/* Decides the state (damaged, empty, partial or ok), rolls back what is damaged, settles the
 * coverage. */
void sink_close(struct sink *sink);

/* Where the document's root stands: a message that there is nothing in the report points there. */
void sink_root(struct sink *sink, uint64_t line);
void sink_tool(struct sink *sink, struct span name, struct span version);
/* The report speaks of these families even if no row follows: a tool that ran and found nothing.
 * `families` are enum family bits. A source with families but no row is `ok` when `clean` is true
 * (the tool said so), else `empty`. */
void sink_families(struct sink *sink, unsigned families, bool clean);
/* The report is that of one test class among others (bare_classes.h). */
void sink_of_one_class(struct sink *sink);

void sink_test(struct sink *sink, const struct test_in *test);
/* The passed test whose row is at this place had failed before: it is flaky. `test` names it. */
void sink_test_flaky(struct sink *sink, size_t place, const struct test_in *test);
/* The rows of passed tests at these places (size_t, ascending) are none of their own: they are
 * taken back. The time that they took stays. */
void sink_tests_take_back(struct sink *sink, const struct vec *places);
/* An error of a whole suite, outside any case: its cases are missing, so the report becomes
 * partial. */
void sink_suite_error(struct sink *sink, struct span suite, struct span message, uint64_t line);

void sink_source_root(struct sink *sink,
                      struct span path);             /* where relative paths of the report start */
void sink_file(struct sink *sink, struct span path); /* coverage rows that follow belong to it */
/* Says what is odd about a path that stands at `line` of the report: empty, control characters,
 * bytes that are not UTF-8, parts that lead out of the repository. True when there is nothing to
 * say. */
bool sink_note_path(struct sink *sink, struct span path, uint64_t line);
/* Lines are checked: above LIMIT_LINE_NUMBER they return false, nothing is taken, and the caller
 * says sink_drop with its own code and place. Line 0 is taken, because tools write it for code
 * without a place and count it; the caller says sink_note. */
static inline bool sink_line(struct sink *sink, uint64_t line, uint64_t hits)
{
    if (line > LIMIT_LINE_NUMBER) {
        return false;
    }
    if (sink->rows != NULL) {
        coverage_add_line(sink->rows, (uint32_t)line, hits > 0);
    }
    return true;
}
static inline bool sink_branch(struct sink *sink, uint64_t line, uint64_t block, uint64_t branch,
                               uint64_t taken)
{
    if (line > LIMIT_LINE_NUMBER) {
        return false;
    }
    if (sink->rows != NULL) {
        coverage_add_branch(sink->rows, (uint32_t)line, block, branch, taken > 0);
    }
    return true;
}
bool sink_branch_named(struct sink *sink, uint64_t line, struct span id, uint64_t taken);
bool sink_branches(struct sink *sink, uint64_t line, uint64_t taken, uint64_t total);
void sink_function(struct sink *sink, struct span id, uint64_t hits);
/* The rows taken since the last sink_file, settled: for checking totals that a report states. */
const struct coverage *sink_rows(struct sink *sink);
/* Adds rows that the collector set aside before it knew whether they count. */
void sink_rows_add(struct sink *sink, const struct coverage *rows);
/* All lines taken so far, over all files: for checking totals of the whole report. */
struct ratio sink_lines(struct sink *sink);

void sink_finding(struct sink *sink, const struct finding_in *finding);
/* Whether the next finding of this level is kept for display. If not, only its path, rule, level,
 * band and suppression matter, and a collector may save itself the rest. */
bool sink_keeps_detail(const struct sink *sink, enum level level);
/* A rule of a tool that names all rules it looks for. One that names only those that were broken
 * must not come here: mending its findings would look as if less was looked for. */
void sink_rule(struct sink *sink, struct span tool, struct span rule);
void sink_number(struct sink *sink, struct span key, struct decimal value, struct span unit);

void sink_note(struct sink *sink, enum diag_code code, uint64_t line, struct span detail);
void sink_note_format(struct sink *sink, enum diag_code code, uint64_t line, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));
void sink_drop(struct sink *sink, enum diag_code code, uint64_t line, struct span detail);
void sink_refuse(struct sink *sink, enum diag_code code, uint64_t line, uint64_t column,
                 struct span detail);

#endif
