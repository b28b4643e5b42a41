/* One finding of a linter's JSON report: from collected values to the sink. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_FINDING_H
#define TIDEGATE_COLLECTORS_LINT_JSON_FINDING_H

#include "collectors/lint_json_tools.h"

#include "base/buf.h"
#include "base/json_read.h"
#include "model/sink.h"

/* A scalar: its text is a piece of a buffer. */
struct field_value {
    size_t start;
    uint32_t size; /* LIMIT_JSON_STRING bounds it */
    uint8_t token; /* enum json_token */
    bool set;
};

struct json_finding {
    struct field_value values[FIELD_COUNT];
    uint64_t line;    /* in the report */
    enum level level; /* what the severity's word means; an error if it has no meaning */
    bool level_known; /* it has one */
    bool hidden;      /* it stood in the list of suppressed ones */
};

/* What became of an entry. */
enum json_taken {
    JSON_TAKEN_NOTHING,
    JSON_TAKEN_FINDING,
    JSON_TAKEN_ERROR,
    JSON_TAKEN_SUMMARY /* it only says that errors stand elsewhere */
};

/* Hands the finding to the sink if it is one: entries of other types, skipped severities and
 * corrected ones are not. `texts` holds its values, `path` is the path of the item around it;
 * `rule` is room for a rule that is put together. */
enum json_taken json_finding_take(const struct json_finding *finding,
                                  const struct lint_json_tool *tool, struct span texts,
                                  struct span path, struct buf *rule, struct sink *sink);

/* Sets the level from the severity's word; an error if it has no meaning. */
void json_finding_set_level(struct json_finding *finding, struct span severity);

#endif
