/* Are all parts of partial snapshots about the commit that is checked out? */
#ifndef TIDEGATE_CLI_SAME_COMMIT_H
#define TIDEGATE_CLI_SAME_COMMIT_H

#include "base/vec.h"
#include "ledger/git_repo.h"
#include "model/report.h"

/* Refuses, with a diagnostic on each, the parts among the reports (`struct report *`) that were
 * read at other content than is checked out in `repo` or, without one or without a commit in it,
 * at different content among themselves. Commits with the same tree are the same content. Parts
 * that do not say where they were read are left alone. */
void same_commit_check(const struct vec *reports, const struct git_repo *repo);

#endif
