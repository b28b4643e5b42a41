/* What the commands share: the run, the repository, the policy, and where output goes.
 *
 * Life cycle: session_open with the command's options, the parts a command needs (session_repo,
 * session_policy), session_close. Parts are opened at most once and only when asked for, because
 * libgit2 and libfyaml cost milliseconds. */
#ifndef TIDEGATE_CLI_SESSION_H
#define TIDEGATE_CLI_SESSION_H

#include "cli/options.h"
#include "ledger/git_ledger.h"
#include "ledger/git_repo.h"
#include "model/policy.h"
#include "model/run.h"
#include "model/verdict.h"
#include "policy/ci_context.h"
#include "policy/policy_read.h"

/* The policy file at the top of the repository. */
#define SESSION_POLICY ".tidegate.yml"

struct session {
    const struct options *options;
    struct run run;
    struct policy policy;
    struct buf policy_text; /* verbatim; empty without a policy file */
    bool has_policy_file;
    bool policy_tried;
    enum err policy_err;
    struct git_repo *repo; /* NULL outside a repository */
    struct session_ledger {
        bool tried;
        enum err err;              /* ERR_NONE or ERR_MISSING */
        struct git_ledger *ledger; /* NULL when missing */
        const struct name *remote, *id;
    } ledger; /* that was opened for reading: see shared_ledger */
    struct ci_context ci;
    const char *root; /* folder that patterns and report paths start from: work tree or "." */
    struct buf root_text;
    bool repo_tried;
    bool words_are_reports; /* the command's words name reports */
    bool any_commit;        /* partial snapshots need not be of the commit that is checked out */
    bool quiet, verbose;
};

void session_open(struct session *session, const struct options *options);
void session_close(struct session *session);

/* Opens the repository around the current folder. ERR_NONE also when there is none (session->repo
 * stays NULL); ERR_UNUSABLE when there is one that cannot be read, with a diagnostic. */
enum err session_repo(struct session *session);
/* Reads --config, or .tidegate.yml at the root, or takes the defaults. ERR_POLICY with
 * diagnostics. */
enum err session_policy(struct session *session);
/* The same for what judges or records: in CI ERR_POLICY, too, where the commit holds a policy file
 * that the work tree does not. The built-in rules would judge then. On a laptop it was removed on
 * purpose. */
enum err session_policy_judges(struct session *session);

/* Do reports that the command line names stand in for those of the policy? */
bool session_names_reports(const struct session *session);
/* ERR_POLICY, with a diagnostic, when there is no .tidegate.yml at the root but one under a name
 * that is not read. */
enum err session_named_well(struct session *session);
/* Is the value of --branch, if there is one, a name that git allows? */
bool session_branch_fits(const struct options *options);
/* The branch that --branch names, without refs/heads/; NULL when it is not given. */
const struct name *session_branch_given(struct session *session);
/* The vocabulary of policies: rule kinds and formats. */
struct policy_vocabulary session_vocabulary(void);

/* The first lines of errors and warnings of the run on standard error, with remedies. */
void session_complain(const struct session *session);
/* The same for those of a report. */
void session_complain_of(const struct session *session, const struct diags *diags);
/* Writes to standard output; EXIT_PUBLISH when that fails, else `code`. Releases the buf. */
enum exit_code session_print(struct buf *text, enum exit_code code);
/* Writes a file whole or not at all (a temporary file beside it is renamed; a link is replaced).
 * ERR_WRITE with a diagnostic. */
enum err session_write(struct session *session, const char *path, struct span text);
/* The same for an output that the user names: a link stays and what it leads to is written, and a
 * pipe, a device or standard output is written to as it is. */
enum err session_write_output(struct session *session, const char *path, struct span text);
/* Is an output of this name standard output: "-", as everywhere? */
bool session_means_standard_output(struct span path);
/* That for a text that comes in pieces: `produce` calls session_file_add(file, piece) for each. */
struct session_file;
enum err session_write_pieces(struct session *session, const char *path,
                              void (*produce)(void *self, struct session_file *file), void *self);
void session_file_add(void *file, struct span piece);

bool session_colour(void);    /* may standard output be coloured? A terminal, and no NO_COLOR */
unsigned session_width(void); /* columns of the terminal, 0 if it is none */
uint32_t session_today(void); /* 20261120, UTC */
int64_t session_now(void);    /* seconds since 1970 */

#endif
