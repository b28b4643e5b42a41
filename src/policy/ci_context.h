/* Which run this is: provider, event, branch and base commit, from the CI's variables. */
#ifndef TIDEGATE_POLICY_CI_CONTEXT_H
#define TIDEGATE_POLICY_CI_CONTEXT_H

#include "base/fault.h"
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
    const struct name *base_text; /* what it says instead of a whole id: the beginning of one, or
                                         nonsense; NULL: nothing */
    bool base_is_start;           /* base_commit is where a change began: its target has moved on */
    bool base_expected;           /* in a run of this kind this platform always says it */
    const struct name *source_commit; /* head of the change; NULL if unknown */
    /* By which the platform itself has merged the change into its target, which is the first
     * parent; NULL: none. */
    const struct name *merge_commit;
    bool forced; /* the push has moved the branch to another history */
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
 * forced, the base of a merge group, the base of a change. What the variables have told stays.
 * False, and nothing told, when it is no JSON, which `fault` explains. */
bool ci_context_read_event(struct ci_context *context, struct names *names, struct span json,
                           struct fault *fault);

#endif
