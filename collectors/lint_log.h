/* A log of a tool: the findings of single lines, and those whose lines are spread. */
#ifndef TIDEGATE_COLLECTORS_LINT_LOG_H
#define TIDEGATE_COLLECTORS_LINT_LOG_H

#include "collectors/lint_line.h"

#include "base/buf.h"

/* A finding whose lines are not all read yet. */
enum lint_held {
    LINT_HELD_NOTHING,
    LINT_HELD_FOR_PLACE,     /* counts only if a line with a place follows (rustc, Ruff, oxlint) */
    LINT_HELD_FOR_NEXT_LINE, /* counts only if the next line is a place (ansible-lint) */
    LINT_HELD_PLACELESS,     /* counts in any case; a place may follow (clang-tidy) */
    LINT_HELD_BLOCK          /* severity and place follow (bandit) */
};

/* Life cycle: a zeroed struct with a sink, one call for each line, lint_log_end,
 * lint_log_release. */
struct lint_log {
    struct sink *sink;
    uint64_t line; /* number of the current line, kept by the caller */
    /* The current line if it may hold odd bytes, else empty; kept by the caller. */
    struct span text;
    uint64_t findings; /* taken so far */
    uint64_t taken;    /* the line that the last of them begins in */
    uint64_t errors;   /* of them */
    uint64_t reasons;  /* of them: those for which a tool ends with a failure */
    enum lint_held held;
    struct finding_in finding; /* the one that is held; its texts stand in the buffers */
    struct buf rule, message;
    uint64_t held_line;
};

void lint_log_release(struct lint_log *log);

/* Takes the finding of the current line; see lint_finding_take. */
void lint_log_take(struct lint_log *log, struct finding_in *found);

/* Gives a line to the finding that is held. True if it belongs to it. */
bool lint_log_continue(struct lint_log *log, struct span text);
/* Holds a finding if the line begins one. `indented`: blanks before `text` were skipped. */
bool lint_log_begin(struct lint_log *log, struct span text, bool indented);
/* Nothing more comes for the finding that is held: it counts or not. */
void lint_log_end(struct lint_log *log);

#endif
