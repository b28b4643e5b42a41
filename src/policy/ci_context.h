/* Which run this is: provider, event, branch and base commit, from the CI's variables. */
#ifndef TIDEGATE_POLICY_CI_CONTEXT_H
#define TIDEGATE_POLICY_CI_CONTEXT_H

#include "base/name.h"

enum ci_event {
    CI_LOCAL,
    CI_PUSH,
    CI_CHANGE /* pull or merge request */,
    CI_QUEUE,
    CI_TAG,
    CI_SCHEDULE
};

struct ci_context {
    const char *provider; /* "github", "gitlab", "local", … */
    enum ci_event event;
    const struct name
        *branch; /* branch that was pushed, or target branch of a change; NULL if unknown */
    const struct name
        *base_commit; /* commit to compare with, as the platform says; NULL if unknown */
    bool forced;      /* the push has moved the branch to another history */
    const struct name
        *fork_of; /* address of the project that a change goes to when the run is in a fork of it
                                   (GitLab); NULL: it is in that project */
    const struct name *event_file;   /* GitHub's JSON about the event; NULL if none */
    const struct name *run_url;      /* link to the run; NULL if unknown */
    const struct name *workspace;    /* folder that the CI checks out into; NULL if unknown */
    const struct name *step_summary; /* file to append Markdown to (GitHub); NULL if none */
};

/* Reads variables through `get` (getenv in the program, a table in tests). */
void ci_context_read(struct ci_context *context, struct names *names,
                     const char *(*get)(void *self, const char *variable), void *self);

/* Fills in what only the file about the event tells: the commit before a push and whether it was
 * forced, the base of a merge group, the base of a change when HEAD is no merge commit. What the
 * variables have told stays. A file that is no such JSON tells nothing. */
void ci_context_read_event(struct ci_context *context, struct names *names, struct span json,
                           bool head_is_merge);

const char *ci_event_text(enum ci_event event);

#endif
