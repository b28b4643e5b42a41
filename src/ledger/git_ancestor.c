/* Merge bases by the git program: it knows shallow and partial clones and commit graphs, and reads
 * history of any length fast. */
#include "ledger/git_ancestor.h"

#include "ledger/git_program.h"
#include "model/snapshot.h"

enum { MILLISECONDS = 60000 };

/* Runs git in the checkout; `result` must be zeroed. */
static void run(const struct git_repo *repo, const char *const *words,
                struct process_result *result)
{
    const char *root = git_repo_root(repo);
    const struct git_program program = {
        .folder = root != NULL ? root : git_repo_common_dir(repo),
        .trusted = root,
    };
    git_program_run(&program, words, MILLISECONDS, result);
}

const struct name *git_ancestor(const struct git_repo *repo, struct names *names, const char *other)
{
    const struct name *commit = git_repo_commit(repo);
    const char *const words[] = {"merge-base", name_text(commit), other, NULL};
    struct process_result result = {.exit_code = 0};
    const struct name *found = NULL;
    if (commit == NULL) {
        return NULL;
    }
    run(repo, words, &result);
    struct span line = span_trim(buf_span(&result.output));
    if (result.end == PROCESS_EXITED && result.exit_code == 0 && snapshot_id_valid(line)) {
        found = names_add(names, line);
    }
    process_result_release(&result);
    return found;
}

bool git_ancestor_is(const struct git_repo *repo, const struct name *older,
                     const struct name *newer)
{
    const char *const words[] = {"merge-base", "--is-ancestor", name_text(older), name_text(newer),
                                 NULL};
    struct process_result result = {.exit_code = 0};
    if (older == newer) {
        return true;
    }
    run(repo, words, &result);
    bool is = result.end == PROCESS_EXITED && result.exit_code == 0;
    process_result_release(&result);
    return is;
}
