/* The `git` program: run with fixed arguments, without a shell, a terminal or a prompt.
 *
 * The ledger's objects are libgit2's work; moving them over the network is git's, because CI keeps
 * credentials, proxies and certificates where only git finds them. Settings reach it through the
 * environment (GIT_CONFIG_COUNT), never as arguments, which every user of the machine can read. */
#ifndef TIDEGATE_LEDGER_GIT_PROGRAM_H
#define TIDEGATE_LEDGER_GIT_PROGRAM_H

#include "base/process.h"
#include "base/vec.h"

/* One setting as `git config` lists it. */
struct git_setting {
    const char *key, *value;
};

struct git_program {
    const char *folder; /* to run in */
    const struct vec
        *settings; /* struct git_setting: all that git shall know; NULL: what git finds itself */
    const char *trusted; /* a repository that may belong to another user; NULL: none */
};

/* Runs `git` with these words, NULL last. `result` must be zeroed. */
void git_program_run(const struct git_program *program, const char *const *words,
                     unsigned milliseconds, struct process_result *result);
/* What a person would type: "git fetch origin ..." */
void git_program_add_command(struct buf *out, const char *const *words);
/* What git said on standard error, in one line, with user names and passwords of addresses and the
 * values of headers made unreadable. */
void git_program_add_said(const struct git_program *program, struct buf *out,
                          const struct process_result *result);

#endif
