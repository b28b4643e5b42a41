/* The remote that holds the ledger's branch: fetched into and pushed from the private repository
 * by the `git` program. The user's own repository takes no part but for its settings. */
#ifndef TIDEGATE_LEDGER_GIT_SERVER_H
#define TIDEGATE_LEDGER_GIT_SERVER_H

#include "ledger/git_settings.h"

/* How the remote answered. */
enum server_answer {
    SERVER_DONE,
    SERVER_NO_BRANCH,   /* it answered, and has no such branch */
    SERVER_MOVED,       /* somebody else was faster: fetch and try again */
    SERVER_DECLINED,    /* a rule or hook of the server said no */
    SERVER_DENIED,      /* no right to do it */
    SERVER_UNREACHABLE, /* no answer, or none that makes sense */
    SERVER_NO_GIT
};

struct git_server;

/* What is needed to reach it. */
struct server_place {
    const char *root;          /* work tree of the user's checkout: settings are read there */
    const char *workspace;     /* folder that the CI checks out into; NULL outside CI */
    const struct name *remote; /* "origin" */
    const char *store;         /* the private repository */
};

/* Reads the settings; nothing is sent yet. ERR_UNUSABLE with a diagnostic. */
enum err git_server_open(struct git_server **server, const struct server_place *place,
                         struct diags *diags);
void git_server_close(struct git_server *server);

/* Brings the ref up to date: whole history for `depth` 0, else at least that many commits. A copy
 * that reaches further back stays as it is. `why` gets what happened when the answer is not
 * SERVER_DONE: the command and git's words. */
enum server_answer git_server_fetch(struct git_server *server, unsigned depth,
                                    unsigned milliseconds, struct buf *why);
/* Asks only which commit the branch stands on: *id gets 40 or 64 digits. SERVER_NO_BRANCH is the
 * proof that there is none. */
enum server_answer git_server_ask(struct git_server *server, unsigned milliseconds, struct buf *id,
                                  struct buf *why);
/* Moves the remote's branch to `commit`, only if that loses nothing of it, and then the ref. */
enum server_answer git_server_push(struct git_server *server, const char *commit,
                                   unsigned milliseconds, struct buf *why);

/* The same from exactly the commit `old`, whatever is lost: still a compare-and-swap, done by the
 * server. */
enum server_answer git_server_replace(struct git_server *server, const char *commit,
                                      const char *old, unsigned milliseconds, struct buf *why);

/* The diagnostic that fits the answer; returns ERR_UNUSABLE, or ERR_CONFLICT for SERVER_MOVED. */
enum err git_server_refuse(const struct git_server *server, enum server_answer answer,
                           struct buf *why, struct diags *diags);

#endif
