/* From what the CI says about a change to the commit that it is compared with.
 *
 * Two parents prove nothing: anybody can make the head of a change a merge commit, whose first
 * parent is then the change's own former head. So a parent counts only where the platform itself
 * has merged (its ref for that, at this commit) or where the other one is the head that it names.
 * Everything else is compared with the base that is named, or with the remote's copy of the target,
 * by git's merge base. */
#include "cli/run_base.h"

#include "cli/whole_file.h"
#include "ledger/git_ancestor.h"

#include "base/limits.h"

/* ---- what the CI says ---- */

/* The event file is long (the whole of a change's description) and only of use inside a
 * repository. */
static void read_event(struct session *session)
{
    const struct name *path = session->ci.event_file;
    struct buf text = {NULL, 0, 0};
    struct fault fault = {.kind = FAULT_NONE};
    if (path != NULL &&
        (whole_file_read(name_text(path), LIMIT_EVENT_BYTES, &text, &fault) != ERR_NONE ||
         !ci_context_read_event(&session->ci, &session->run.names, buf_span(&text), &fault))) {
        diags_add_format(&session->run.diags, DIAG_CLI_EVENT, path, 0, 0,
                         "what the CI says about the event cannot be read: %s", fault.text);
    }
    buf_release(&text);
}

static const struct name *parent_at(const struct session *session, size_t index)
{
    const struct vec *parents = git_repo_parents(session->repo);
    return index < parents->count ? *(const struct name **)vec_at(parents, index) : NULL;
}

static bool is_parent(const struct session *session, const struct name *commit)
{
    size_t index = 0;
    while (parent_at(session, index) != NULL && parent_at(session, index) != commit) {
        index++;
    }
    return commit != NULL && parent_at(session, index) == commit;
}

/* The target's parent of a merge commit; NULL unless it is proven which one that is. */
static const struct name *merged_target(const struct session *session)
{
    const struct ci_context *ci = &session->ci;
    if (git_repo_parents(session->repo)->count < 2) {
        return NULL;
    }
    if (ci->merge_commit != NULL && ci->merge_commit == git_repo_commit(session->repo)) {
        return parent_at(session, 0);
    }
    if (git_repo_parents(session->repo)->count > 2 ||
        (ci->base_commit != NULL && !ci->base_is_start) || !is_parent(session, ci->source_commit)) {
        return NULL;
    }
    return parent_at(session, parent_at(session, 0) == ci->source_commit ? 1 : 0);
}

/* Bitbucket gives the first 12 digits. */
static const struct name *whole_id(struct session *session, const struct name *beginning)
{
    enum { FEWEST = 7 };
    struct span text = name_span(beginning);
    if (!span_is_hex(text)) {
        return NULL;
    }
    const struct name *found = NULL;
    for (size_t index = 0; parent_at(session, index) != NULL; index++) {
        if (span_starts(name_span(parent_at(session, index)), name_text(beginning))) {
            found = parent_at(session, index);
        }
    }
    if (found == NULL && text.size >= FEWEST) {
        found = git_repo_commit_named(session->repo, name_text(beginning));
    }
    bool begins =
        found != NULL && text.size >= FEWEST && span_starts(name_span(found), name_text(beginning));
    return begins ? found : NULL;
}

bool run_base_is_change(const struct session *session)
{
    return session->ci.event == CI_CHANGE || session->ci.event == CI_QUEUE;
}

void run_base_settle(struct session *session)
{
    struct ci_context *ci = &session->ci;
    read_event(session);
    if (!run_base_is_change(session)) {
        return;
    }
    const struct name *target = merged_target(session);
    if (target == NULL && ci->base_commit == NULL && ci->base_text != NULL) {
        target = whole_id(session, ci->base_text);
        if (target == NULL) {
            diags_add_format(&session->run.diags, DIAG_LEDGER_BASE, NULL, 0, 0,
                             "the CI names the base commit '%s', which is not in this checkout",
                             name_text(ci->base_text));
        }
    }
    if (target != NULL) {
        ci->base_commit = target;
        ci->base_is_start = false;
    }
}

/* A change may put a submodule, with a policy and a ledger of its own, where the job goes into a
 * folder. */
enum err run_base_check_repo(struct session *session)
{
    if (session->repo == NULL || !run_base_is_change(session) ||
        !git_repo_is_submodule(session->repo)) {
        return ERR_NONE;
    }
    diags_add(&session->run.diags, DIAG_GIT_SUBMODULE,
              names_add(&session->run.names, span_of(git_repo_root(session->repo))), 0, 0,
              SPAN("this folder is a submodule of the repository that is checked out around it"));
    return ERR_UNUSABLE;
}

/* ---- what the checkout knows ---- */

const struct name *run_base_target(const struct session *session)
{
    const struct name *branch = session->ci.branch;
    return branch != NULL ? branch : git_repo_default_branch(session->repo);
}

/* The remote whose branches are the targets: origin, or the only one. NULL if there is none
 * such. */
static const struct name *target_remote(struct session *session)
{
    const struct name *origin = names_add(&session->run.names, SPAN("origin"));
    const struct name *found = NULL;
    struct vec remotes;
    vec_init(&remotes, sizeof(const struct name *));
    git_repo_remotes(session->repo, &remotes);
    for (size_t index = 0; index < remotes.count; index++) {
        const struct name *remote = *(const struct name **)vec_at(&remotes, index);
        found = remote == origin || remotes.count == 1 ? remote : found;
    }
    vec_release(&remotes);
    return found;
}

const struct name *run_base_tip(struct session *session, const struct name *branch)
{
    const struct name *remote = target_remote(session);
    /* In a fork's pipeline origin is the fork, whose branches are the author's. */
    bool known = branch != NULL && remote != NULL && session->ci.fork_of == NULL;
    return known ? git_repo_remote_tip(session->repo, remote, branch) : NULL;
}

const struct name *run_base_left(struct session *session, const struct name *branch)
{
    const struct name *tip = run_base_tip(session, branch);
    return tip != NULL ? git_ancestor(session->repo, &session->run.names, name_text(tip)) : NULL;
}

/* ---- with what a change is compared ---- */

const struct name *run_base_of_change(struct session *session)
{
    const struct name *named = session->ci.base_commit;
    if (named == NULL) {
        const struct name *begin = run_base_left(session, run_base_target(session));
        /* What is in the target already is not compared with itself. */
        return begin != git_repo_commit(session->repo) ? begin : NULL;
    }
    if (session->ci.event == CI_QUEUE || is_parent(session, named)) {
        return named;
    }
    const struct name *left = git_ancestor(session->repo, &session->run.names, name_text(named));
    return left != NULL ? left : named;
}

bool run_base_is_lost(const struct session *session)
{
    return session->ci.base_expected && session->ci.base_commit == NULL;
}

bool run_base_is_unclear(const struct session *session)
{
    return session->ci.base_text != NULL && session->ci.base_commit == NULL;
}
