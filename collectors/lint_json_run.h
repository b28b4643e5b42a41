/* What a linter's JSON report says about the run that wrote it, beside its findings: whether it
 * ended, at how many files it looked, what it could not do and what it does not list. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_RUN_H
#define TIDEGATE_COLLECTORS_LINT_JSON_RUN_H

#include "base/json_read.h"
#include "collectors/lint_json_paths.h"
#include "collectors/lint_json_tools.h"
#include "model/sink.h"

struct json_run {
    const struct lint_json_tool *tool;
    uint64_t planned, looked_at; /* files; 0 and UINT64_MAX if the report does not say */
    size_t idle_signs;           /* how many places say that the tool looked at no file */
    bool checked;                /* the tool says that it ended well */
    bool broken;                 /* it says that it failed */
    bool error;                  /* an error is among the findings, which says why */
};

/* What a place may tell of the run. */
enum json_run_part {
    JSON_RUN_CHECKED,
    JSON_RUN_NO_FILES,
    JSON_RUN_PLANNED,
    JSON_RUN_LOOKED_AT,
    JSON_RUN_UNLISTED,
    JSON_RUN_FAILED
};

void json_run_init(struct json_run *run, const struct lint_json_tool *tool);

/* Adds the places of the document that tell of the run. In the tree they have the numbers from
 * `first` on. */
void json_run_plan(const struct json_run *run, struct json_paths *document, int first);

/* Takes the value that comes next, of one of those places. */
void json_run_take(struct json_run *run, enum json_run_part part, struct span wanted,
                   struct json_reader *json, struct sink *sink);

/* Takes the value that comes next: a list of what the tool could not do. */
void json_run_take_trouble(struct json_reader *json, struct span wanted, struct sink *sink);

/* Does the tool say that it looked at no file? It does in every place where it can. */
bool json_run_is_idle(const struct json_run *run);

/* Says what only the end of the report can tell about the run. */
void json_run_tell(const struct json_run *run, struct sink *sink);

#endif
