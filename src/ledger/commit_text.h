/* A commit as git stores it: the raw header, so that a shallow clone still shows its parents. */
#ifndef TIDEGATE_LEDGER_COMMIT_TEXT_H
#define TIDEGATE_LEDGER_COMMIT_TEXT_H

#include "base/span.h"

/* Spans point into the text that was read. */
struct commit_text {
    struct span tree;    /* hexadecimal id */
    struct span parents; /* the parent lines; take them with commit_text_parent */
    int64_t time;        /* of the committer, seconds since 1970; 0 if it cannot be read */
    struct span message;
};

/* False when it does not start with a tree and well-formed parents. */
bool commit_text_read(struct span text, struct commit_text *commit);
/* The next parent's id, taken off `*parents`; false when there is no more. */
bool commit_text_parent(struct span *parents, struct span *id);

#endif
