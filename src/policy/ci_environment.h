/* Environment variables as checked values. They come from people who may push a branch or open a
 * change, so commit ids must be hexadecimal and not all zero, branches what git allows, links plain
 * http(s) addresses. What fails its check is unknown. */
#ifndef TIDEGATE_POLICY_CI_ENVIRONMENT_H
#define TIDEGATE_POLICY_CI_ENVIRONMENT_H

#include "base/name.h"

struct environment {
    const char *(*get)(void *self, const char *variable);
    void *self;
    struct names *names;
};

/* The text of a variable; empty when it is not set, too long, or NULL was asked for. */
struct span environment_value(const struct environment *environment, const char *variable);
/* Is it set to something? Some providers set "false" where others set nothing. */
bool environment_is_set(const struct environment *environment, const char *variable);
/* Has it this value, in upper or lower case? */
bool environment_says(const struct environment *environment, const char *variable,
                      const char *wanted);

struct span without_prefix(struct span text, struct span prefix);
/* The branch that a name or a full ref of it says; NULL for tags and other refs. */
const struct name *environment_branch(const struct environment *environment, struct span text);
/* A commit id of 40 or 64 digits, in lower case; NULL for anything else and for zeros. */
const struct name *environment_commit(const struct environment *environment, struct span text);
/* An address joined from pieces, NULL at the end, of which variables begin with `$`. NULL when one
 * is not set or the whole is not safe to print. */
const struct name *environment_url(const struct environment *environment,
                                   const char *const *pieces);

#endif
