/* The baseline of a policy with `ledger: file`: a file on the code branch.
 *
 * A change is compared with the file at the commit that it starts from, never with its own copy, so
 * that it cannot lower its own bar; file_review.h judges its own copy. */
#ifndef TIDEGATE_CLI_FILE_BASELINE_H
#define TIDEGATE_CLI_FILE_BASELINE_H

#include "cli/session.h"
#include "ledger/file_ledger.h"
#include "model/baseline.h"

/* Fills `baseline` from the file at `named`, which is the commit that the kind of run names (NULL:
 * none), or the one that the user named if `asked`. False, with nothing done, when `policy` keeps
 * no baseline file; the session's own must also have kept none where this change starts from. */
bool file_baseline_choose(struct session *session, const struct policy *policy,
                          const struct name *named, bool asked, struct baseline *baseline);

/* The file that this work started from, for recording; what cannot be read counts as none, without
 * a diagnostic. */
void file_baseline_start(struct session *session, struct baseline *baseline);

/* Where the file is in the work tree, as seen from the current folder. */
const struct name *file_baseline_path(struct session *session);
/* Reads the file in the work tree. ERR_MISSING: there is none; ERR_READ; else as file_ledger_read,
 * all without a diagnostic. */
enum err file_baseline_read(struct session *session, struct file_ledger *file, struct fault *fault);
/* Does something else stand there, neither empty nor ever written as such a file? */
bool file_baseline_is_other(struct session *session);
/* The same for the copy at `path` that the change brings along: HEAD's in CI, the work tree's on a
 * laptop. An object that cannot be read is told in `diags`. */
enum err file_baseline_read_own(struct session *session, const struct name *path,
                                struct file_ledger *file, struct fault *fault, struct diags *diags);
/* Says why a copy cannot be used. Returns `err`. */
enum err file_baseline_refuse(struct session *session, const struct name *path, enum err err,
                              const struct fault *fault);

#endif
