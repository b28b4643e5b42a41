/* A report: the facts of one source, as it wrote them, before any path is mapped.
 *
 * Filled only through the sink (sink.h). Owns its rows in an arena of its own, so that a damaged
 * source is rolled back as a whole. Names are interned in the run's table and outlive the
 * report. */
#ifndef TIDEGATE_MODEL_REPORT_H
#define TIDEGATE_MODEL_REPORT_H

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/coverage.h"
#include "model/diag.h"
#include "model/metric.h"

/* ---- tests ---- */

/* Outcomes are bits: one case can both fail and break. No bit means passed. */
enum test_outcome {
    TEST_PASSED = 0,
    TEST_FAILED = 1,   /* an assertion failed */
    TEST_ERROR = 2,    /* something else broke */
    TEST_SKIPPED = 4,  /* marked as skipped */
    TEST_DISABLED = 8, /* said to be not run, without a skipped mark */
    TEST_FLAKY = 16    /* failed first, passed when run again */
};
enum { TEST_OUTCOME_BITS = 5 };

struct test_row {
    struct hash128 identity; /* suite, class, name, file */
    uint32_t outcome;        /* enum test_outcome bits */
};

/* A test that people want to read about: failed, broken or flaky. */
struct test_detail {
    const struct name *suite, *class_name, *test, *file; /* NULL if absent */
    const struct name *message;                          /* first line of the failure */
    uint64_t line;                                       /* in the report */
    uint32_t outcome;
};

struct tests {
    struct vec rows;    /* struct test_row; none in a part, of which only the counts are known */
    struct vec details; /* struct test_detail, at most LIMIT_DETAILS */
    uint64_t total, failed, errors, skipped, disabled, flaky;
    uint64_t by_outcome[1 << TEST_OUTCOME_BITS]; /* cases of each combination of bits */
    uint64_t suite_errors; /* errors outside any case; they make the report partial */
    struct decimal time;   /* seconds */
};

/* ---- coverage ---- */

struct file_coverage {
    const struct name *path; /* as reported */
    struct coverage *coverage;
};

/* ---- findings ---- */

enum level { LEVEL_NONE, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };
enum band { BAND_NONE, BAND_LOW, BAND_MEDIUM, BAND_HIGH, BAND_CRITICAL }; /* security severity */

/* Equal findings but for line and message, counted. Big reports have hundreds of thousands of rows,
 * so they are small. A finding takes more than two bytes, so no report within LIMIT_INPUT_BYTES has
 * more than 32 bits count. */
struct finding_row {
    const struct name *path; /* as reported; NULL if the finding belongs to no file */
    const struct name *rule; /* NULL if absent */
    uint32_t count;
    uint8_t level; /* enum level */
    uint8_t band;  /* enum band */
    bool suppressed;
    bool left_out; /* by the policy; only measure_reports knows */
};

/* A rule that a tool has looked for, be it broken or not. */
struct rule_row {
    const struct name *tool; /* NULL if absent */
    const struct name *rule;
};

/* A finding that people want to read about. */
struct finding_detail {
    const struct name *path, *rule, *message; /* NULL if absent */
    const struct name *file; /* the path in the repository, from measure_reports; NULL if unknown */
    const struct name *package, *version, *fixed_version; /* vulnerabilities; NULL if absent */
    uint64_t line, column;                                /* 0 if absent */
    enum level level;
    enum band band;
    bool suppressed;
    bool left_out; /* as in finding_row */
};

struct findings {
    struct vec rows;    /* struct finding_row, one per distinct combination */
    struct vec details; /* struct finding_detail, at most LIMIT_DETAILS per level */
    struct vec rules;   /* struct rule_row; of tools that name only broken ones there are none */
    bool has_bands;     /* the format states security severities */
};

/* ---- numbers ---- */

struct number_row {
    const struct name *key, *unit;
    struct decimal value;
};

/* ---- the report ---- */

struct report {
    struct arena arena;      /* holds the rows */
    const struct name *path; /* as the user gave it */
    const struct name
        *folder; /* of the repository, where its file is or was; NULL: elsewhere or at the top */
    const struct name *group; /* from the policy; NULL if none */
    const struct name *root;  /* `root:` of the policy, for relative paths; NULL if none */
    bool of_one_class;        /* its writer has a file for each class, also for one without tests */
    bool is_part;             /* it was read elsewhere and came in a partial snapshot */
    bool repeated;            /* its content counts in another report; only measure_reports knows */
    bool accepted;            /* not ok, but the policy takes it; only measure_reports knows */
    const struct name *work_tree; /* of a part: where it was read; NULL if unknown */
    const struct name *commit;    /* of a part: what was checked out there; NULL if unknown */
    const struct name *tree;      /* of that commit; NULL if unknown */
    const char *format;           /* collector name; NULL if none was chosen */
    enum state state;
    unsigned families;                      /* enum family bits that this report speaks of */
    unsigned possible;                      /* those that its format can hold; 0: unknown */
    uint64_t bytes;                         /* raw size */
    struct hash128 digest;                  /* of the decoded content */
    int64_t modified;                       /* seconds since 1970 of the file, 0 if unknown */
    const struct name *tool, *tool_version; /* NULL if absent */
    struct vec sources;      /* const struct name *: source roots (Cobertura <source>), in order */
    struct vec files;        /* struct file_coverage, distinct paths in order of arrival */
    struct map file_of_path; /* name -> index in files + 1 */
    struct tests tests;
    struct findings findings;
    struct vec numbers; /* struct number_row */
    struct vec parts;   /* struct report *, owned: what a partial snapshot holds (part.h) */
    struct diags diags;
};

/* Counts this many cases more with this outcome (enum test_outcome bits). */
void tests_count(struct tests *tests, uint32_t outcome, uint64_t cases);

/* Life cycle: report_open, a sink fills it, report_close. */
struct report *report_open(struct names *names, struct span path);
void report_close(struct report *report);
/* Adds the report to `reports` (struct report *), which owns it from then on. A partial snapshot
 * adds its parts instead, those without a group of their own in the group of the whole, and is
 * closed; an empty or damaged one is added itself. Returns how many were added. */
size_t report_add_to(struct report *report, struct vec *reports);
/* Throws all rows away: nothing of a damaged source is used. Keeps path, format, state and
 * diags. */
void report_roll_back(struct report *report);
/* Is there a test, a finding, a number or anything coverable in it? */
bool report_holds_facts(const struct report *report);

/* The word of one bit, "failed", … */
const char *test_outcome_text(enum test_outcome outcome);
bool test_outcome_of(struct span text, enum test_outcome *outcome);
const char *level_text(enum level level); /* "none", "note", "warning", "error" */
const char *band_text(enum band band);    /* "none", "low", … */
bool level_of(struct span text, enum level *level);
bool band_of(struct span text, enum band *band);

#endif
