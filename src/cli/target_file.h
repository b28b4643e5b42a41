/* The policy file that holds on a target: in its commit, or as the ledger's copy. */
#ifndef TIDEGATE_CLI_TARGET_FILE_H
#define TIDEGATE_CLI_TARGET_FILE_H

#include "cli/session.h"
#include "model/baseline.h"

/* What was found. The texts live as long as the run and the baseline. */
struct target_file {
    bool there;                /* is there one? Without it the built-in rules hold */
    struct span text;          /* of the policy */
    struct span codeowners;    /* empty when there is none, or when it cannot be read */
    const struct name *shown;  /* the file as diagnostics name it */
    const struct name *commit; /* whose file it is; NULL: the ledger's copy */
    const struct name *entry;  /* whose copy it is; NULL: a commit's file */
};

/* The policy file from the top of the repository: SESSION_POLICY, or what --config names, as it is
 * written: a link there may be the change's. NULL when that lies outside. */
const struct name *target_file_path(struct session *session);

/* Does the commit that is checked out hold this file, or the one that a link of this name leads to?
 * The session has a repository. */
bool target_file_is_own(struct session *session, const char *given);

/* Looks in a commit. ERR_NONE: file->there tells. ERR_UNUSABLE: there is a file and it cannot be
 * read. ERR_MISSING: the commit is not here, or NULL. */
enum err target_file_in_commit(struct session *session, const struct name *commit,
                               const struct name *path, struct target_file *file,
                               struct diags *diags);
/* Was the baseline recorded under a policy, be it the built-in rules? What was taken over from
 * another tool, without any report, was not. */
bool target_file_was_judged(const struct baseline *baseline);
/* Takes the copy in the entry that was chosen as baseline. False when none was, or one that no
 * policy judged. */
bool target_file_in_entry(struct session *session, const struct baseline *baseline,
                          struct target_file *file);
/* The same from the ledger that holds for the target, which need not be the one that the change's
 * policy names. ERR_MISSING: nothing was recorded. ERR_UNUSABLE, told in `diags`: that ledger
 * cannot be read. */
enum err target_file_in_ledger(struct session *session, const struct baseline *baseline,
                               struct target_file *file, struct diags *diags);

/* Are the texts equal? A checkout may end lines with CR LF where git does not, which means the same
 * to YAML. */
bool target_file_same(struct span one, struct span two);
/* The text of CODEOWNERS in HEAD, empty when there is none. */
struct span target_file_codeowners(struct session *session);

#endif
