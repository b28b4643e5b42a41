/* Running another program: fixed arguments, no shell, a time limit, and bounded output.
 *
 * The child gets no terminal (a session of its own, standard input from /dev/null), so that nothing
 * in it can wait for a person. When time is up it is killed with everything that it started. */
#ifndef TIDEGATE_BASE_PROCESS_H
#define TIDEGATE_BASE_PROCESS_H

#include "base/buf.h"

enum process_end {
    PROCESS_EXITED,    /* see exit_code */
    PROCESS_KILLED,    /* by a signal from somebody else */
    PROCESS_TIMED_OUT, /* by us */
    PROCESS_NOT_FOUND, /* there is no such program in PATH */
    PROCESS_NOT_RUN    /* the system could not start it; `errors` says why */
};

struct process {
    const char *const *arguments;   /* with the program first and NULL last */
    const char *const *environment; /* NAME=VALUE, NULL last */
    const char *folder;             /* to run in; NULL: the current one */
    unsigned milliseconds;          /* of time for it */
};

/* What came of it; release with process_result_release. */
struct process_result {
    enum process_end end;
    int exit_code;     /* PROCESS_EXITED */
    struct buf output; /* standard output; what is beyond LIMIT_PROCESS_BYTES is dropped */
    struct buf errors; /* standard error, bounded likewise */
    bool cut;          /* something was dropped */
};

/* Runs it to its end. `result` must be zeroed. */
void process_run(const struct process *process, struct process_result *result);
void process_result_release(struct process_result *result);

#endif
