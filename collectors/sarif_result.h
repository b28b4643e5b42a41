/* One result of a SARIF run, as it is written (SARIF 2.1.0, 3.27).
 *
 * Rule, level and path are settled later, because the tool may stand behind its results. */
#ifndef TIDEGATE_COLLECTORS_SARIF_RESULT_H
#define TIDEGATE_COLLECTORS_SARIF_RESULT_H

#include "collectors/sarif_location.h"
#include "collectors/sarif_reference.h"
#include "collectors/sarif_severity.h"

/* `kind` (3.27.9): only a failure is a finding. */
enum sarif_kind {
    SARIF_KIND_FAIL,
    SARIF_KIND_HARMLESS, /* pass, informational, notApplicable */
    SARIF_KIND_OPEN      /* open, review: a person has to look */
};

struct sarif_result {
    uint64_t at; /* line in the report */
    struct sarif_reference rule;
    struct span uri, base;        /* of the first location */
    struct span text, message_id; /* of the message */
    struct span arguments;        /* of the message, each with a NUL behind it */
    uint64_t line, column;        /* 0 if absent */
    int64_t artifact;             /* -1 if absent */
    int64_t invocation;           /* -1 if absent */
    enum sarif_kind kind;
    enum level level; /* valid if has_level */
    enum band band;   /* of a security-severity on the result itself, if has_band */
    uint8_t label;    /* see struct sarif_trivy */
    bool passed;      /* see struct sarif_trivy */
    bool has_level, has_band;
    bool suppressed, in_source;
    bool gone; /* baselineState absent: the finding is not there any more */
    /* What was wrong with it, for the caller to tell. */
    bool odd_kind, odd_level, odd_suppression, odd_severity, odd_line;
};

/* Reads results one after another; the texts of a result live until the next one. */
struct sarif_result_reader {
    struct sarif_result result;
    int64_t rule_index;                     /* ruleIndex */
    struct buf rule_id;                     /* ruleId */
    struct sarif_reference_texts reference; /* rule */
    struct sarif_location location;
    struct buf message, message_id, arguments;
};

/* Life cycle: a zeroed struct, sarif_result_read for each result, sarif_result_release. */
void sarif_result_release(struct sarif_result_reader *reader);

/* Reads the result that comes next; NULL if it is not an object. */
struct sarif_result *sarif_result_read(struct sarif_result_reader *reader,
                                       struct json_reader *json);

#endif
