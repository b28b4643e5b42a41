/* Merge bases by the git program: it knows shallow and partial clones and commit graphs, and reads history
 * of any length fast. */
#include "ledger/git_ancestor.h"

#include "ledger/git_program.h"
#include "model/snapshot.h"

enum { MILLISECONDS = 60000 };

const struct name *git_ancestor(const struct git_repo *repo, struct names *names, const char *other)
{
    const struct name *commit = git_repo_commit(repo);
    const char *root = git_repo_root(repo);
    const struct git_program program = {
        .folder = root != NULL ? root : git_repo_common_dir(repo),
        .trusted = root,
    };
    const char *const words[] = {"merge-base", name_text(commit), other, NULL};
    struct process_result result = {.exit_code = 0};
    const struct name *found = NULL;
    if (commit == NULL) {
        return NULL;
    }
    git_program_run(&program, words, MILLISECONDS, &result);
    struct span line = span_trim(buf_span(&result.output));
    if (result.end == PROCESS_EXITED && result.exit_code == 0 && snapshot_id_valid(line)) {
        found = names_add(names, line);
    }
    process_result_release(&result);
    return found;
}
