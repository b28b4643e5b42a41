/* One record of a partial snapshot: a line of JSON -> a struct. */
#ifndef TIDEGATE_COLLECTORS_PARTIAL_RECORD_H
#define TIDEGATE_COLLECTORS_PARTIAL_RECORD_H

#include "base/json_read.h"
#include "model/coverage_text.h"
#include "model/report.h"

enum record_kind {
    RECORD_HEADER,
    RECORD_SOURCE,
    RECORD_SOURCE_ROOT,
    RECORD_DIAGNOSTIC,
    RECORD_FILE,
    RECORD_FILE_MORE,
    RECORD_TESTS,
    RECORD_CASES,
    RECORD_TEST,
    RECORD_FINDING,
    RECORD_FINDING_DETAIL,
    RECORD_RULE,
    RECORD_NUMBER,
    RECORD_END,
    RECORD_KINDS
};

/* What one record said. Names are NULL and numbers 0 where it said nothing. */
struct record {
    enum record_kind kind;
    const struct name *schema;
    const struct name *path, *folder, *group, *root, *work_tree, *commit, *tree;
    const struct name *format, *tool, *tool_version;
    const struct name *code, *text, *suite, *class_name, *name, *file, *message;
    const struct name *rule, *package, *version, *fixed_version, *key, *unit;
    uint64_t bytes, modified, line, column, repeats, suite_errors, count, lines, sources;
    bool suppressed;
    unsigned families, possible; /* enum family bits */
    unsigned outcome;            /* enum test_outcome bits */
    enum state state;
    enum level level;
    enum band band;
    struct decimal time, value;
    struct hash128 digest;
    uint64_t hash;
};

/* Reads records. Texts that may be long are not interned: they stay here until the next record. */
struct record_reader {
    struct names *names; /* of the run, borrowed */
    struct record record;
    struct buf coverage[COVERAGE_TEXTS];
    struct buf bytes; /* of a text in hexadecimal */
};

void record_reader_init(struct record_reader *reader, struct names *names);
void record_reader_release(struct record_reader *reader);

/* Reads the next document. NULL when reader->record holds it; else what is wrong, "" when the
 * JSON itself is (json_failed). */
const char *record_read(struct record_reader *reader, struct json_reader *json);

#endif
