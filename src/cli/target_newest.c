/* A target's branch -> its newest policy that this run can know.
 *
 * The checkout's copy of the branch may be left over from an earlier job, and the newest entry may
 * lag behind the branch. The copy counts where the entry's commit is in its history. */
#include "cli/target_newest.h"

#include "cli/choose_baseline.h"
#include "cli/run_base.h"
#include "ledger/git_ancestor.h"

bool target_newest_asked(const struct session *session)
{
    const struct ci_context *ci = &session->ci;
    return ci->event == CI_CHANGE && options_value(session->options, "base") == NULL &&
           (ci->base_commit == NULL || ci->base_is_start);
}

/* Where `policy` says, or where a ledger usually is. False when there is no entry; not finding one
 * is no news. */
static bool newest_entry(struct session *session, const struct policy *policy,
                         const struct name *branch, struct baseline *newest)
{
    struct diags kept = session->run.diags;
    diags_init(&session->run.diags, &session->run.names);
    choose_newest(session, policy, branch, newest);
    diags_release(&session->run.diags);
    session->run.diags = kept;
    return newest->state == BASELINE_FOUND;
}

/* First without the word of the change's policy, which could lead away. */
static bool find_entry(struct session *session, const struct name *branch, struct baseline *newest)
{
    struct policy plain;
    policy_init(&plain);
    bool found = newest_entry(session, &plain, branch, newest);
    policy_release(&plain);
    if (!found && session->policy.ledger_file == NULL) {
        baseline_release(newest);
        baseline_init(newest, &session->run.names);
        found = newest_entry(session, &session->policy, branch, newest);
    }
    return found;
}

enum err target_newest_file(struct session *session, const struct name *path,
                            struct target_file *file, struct diags *diags)
{
    const struct name *branch = run_base_target(session);
    const struct name *tip = run_base_tip(session, branch);
    enum err err = ERR_MISSING;
    struct baseline newest;
    baseline_init(&newest, &session->run.names);
    bool entry = branch != NULL && find_entry(session, branch, &newest);
    if (tip != NULL && (!entry || git_ancestor_is(session->repo, newest.snapshot.commit, tip))) {
        err = target_file_in_commit(session, tip, path, file, diags);
    }
    if (err == ERR_MISSING && entry && target_file_in_entry(session, &newest, file)) {
        err = ERR_NONE;
    }
    baseline_release(&newest);
    return err;
}
