/* Groups that this run did not measure, and the baseline -> their last recorded values in the
 * snapshot.
 *
 * Where the policy adds groups up, totals are sums over them; on both sides they are made of the
 * same groups. */
#include "cli/carried_groups.h"

#include "cli/run_base.h"

#include "measure/carry.h"
#include "model/group_totals.h"

/* The newest commit of the target that this checkout knows; else the one that is compared with.
 * NULL: neither. */
static const struct name *target_commit(const struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    const struct ci_context *ci = &session->ci;
    if (options_value(session->options, "base") != NULL) {
        return pipeline->baseline.wanted;
    }
    if (ci->base_commit != NULL && !ci->base_is_start) {
        return ci->base_commit;
    }
    const struct name *tip = run_base_tip(session, run_base_target(session));
    return tip != NULL ? tip : pipeline->baseline.wanted;
}

/* When the values are wanted: at the commit under test, so that a run repeated later says the same.
 * The author of a change chooses the time of its commits. So there it is the time of the commit
 * that the change goes into, which does not age while nothing happens; where that is not known, the
 * clock counts if it is ahead. */
static int64_t time_of_run(const struct pipeline *pipeline)
{
    const struct session *session = pipeline->session;
    const struct baseline *baseline = &pipeline->baseline;
    int64_t now = session_now();
    int64_t commit = session->repo != NULL ? git_repo_commit_time(session->repo) : 0;
    if (!run_base_is_change(session) || commit == 0) {
        return commit;
    }
    struct git_repo_fact fact;
    const struct name *target = target_commit(pipeline);
    if (target != NULL && git_repo_look(session->repo, target, &fact)) {
        return fact.time;
    }
    if (target != NULL && target == baseline->snapshot.commit) {
        return baseline->time; /* the entry knows it */
    }
    return commit < now ? now : commit;
}

void carried_groups_take(struct pipeline *pipeline, struct vec *groups)
{
    struct session *session = pipeline->session;
    struct snapshot nothing;
    if (!pipeline->carries || !policy_adds_groups(pipeline->policy)) {
        return;
    }
    snapshot_init(&nothing, &session->run.names);
    bool fresh = carry_has_fresh(&pipeline->reports);
    bool found = pipeline->baseline.state == BASELINE_FOUND && fresh;
    const char *why = !fresh ? "no other one, so that nothing is carried"
                      : pipeline->baseline.state == BASELINE_UNUSABLE
                          ? "what was recorded of it cannot be read"
                          : NULL;
    const struct carry_from from = {found ? &pipeline->baseline.snapshot : &nothing,
                                    found ? pipeline->baseline.time : 0, why};
    carry_take(&pipeline->reports, pipeline->specs, &from, time_of_run(pipeline), groups,
               pipeline->diags);
    snapshot_release(&nothing);
}

/* The bars are those of the branch's newest entry; of another one it is not known what part of them
 * the groups are. */
static void retire_groups(const struct policy *policy, struct baseline *baseline)
{
    const struct snapshot *newest =
        baseline->recent.count > 0 ? vec_at(&baseline->recent, 0) : NULL;
    if (baseline->match == MATCH_LEDGER_FILE ||
        (newest != NULL && newest->commit == baseline->snapshot.commit)) {
        group_totals_retire_bars(&baseline->bars, policy, &baseline->snapshot);
    }
    group_totals_retire(policy, &baseline->snapshot);
}

void carried_groups_add(struct pipeline *pipeline, const struct vec *groups)
{
    const struct carry_from from = {&pipeline->baseline.snapshot, pipeline->baseline.time, NULL};
    if (!policy_adds_groups(pipeline->policy)) {
        return;
    }
    carry_add(groups, &from, &pipeline->snapshot, pipeline->diags);
    group_totals_make(&pipeline->snapshot);
    if (pipeline->baseline.state == BASELINE_FOUND) {
        retire_groups(pipeline->policy, &pipeline->baseline);
        group_totals_make(&pipeline->baseline.snapshot);
    }
}
