/* A change that edits the policy is judged once more, by the policy of the branch that it goes
 * into: the stages from the reports on run again, and what that policy objects to joins the
 * verdict. */
#include "cli/judge_by_target.h"

/* What the change's policy measures must satisfy the target's watch over denominators too: it is
 * what will be recorded after the merge. */
static void watch_own(struct pipeline *target, const struct snapshot *own)
{
    struct evaluation evaluation = pipeline_evaluation(target);
    evaluation.now = own;
    gates_watch(&evaluation, &target->verdict);
}

/* Does the target's policy object to anything? */
static bool has_objection(const struct pipeline *pipeline)
{
    for (size_t index = 0; index < pipeline->verdict.checks.count; index++) {
        const struct check *check = vec_at(&pipeline->verdict.checks, index);
        if (check->origin != NULL && check_blocks(check)) {
            return true;
        }
    }
    return pipeline->target.change.state == TARGET_UNREADABLE;
}

static bool is_told(const struct diags *diags, const struct diag *wanted)
{
    for (size_t index = 0; index < diags_count(diags); index++) {
        const struct diag *diag = diags_at(diags, index);
        if (diag->code == wanted->code && diag->text == wanted->text) {
            return true;
        }
    }
    return false;
}

/* Errors of the second way belong to the verdict only if it objects, and only if the first way did
 * not meet them. */
static void add_target_diags(struct pipeline *pipeline)
{
    const struct diags *more = &pipeline->target.diags;
    bool objects = has_objection(pipeline);
    for (size_t index = 0; objects && index < diags_count(more); index++) {
        const struct diag *diag = diags_at(more, index);
        if (diag->severity == SEVERITY_ERROR && !is_told(pipeline->diags, diag)) {
            diags_add(pipeline->diags, diag->code, diag->file, diag->line, diag->column,
                      name_span(diag->text));
        }
    }
}

/* The stages from the reports on, by the target's policy. */
static void run_target(struct pipeline *pipeline)
{
    struct session *session = pipeline->session;
    const struct objection objection = {.origin = pipeline->target.origin,
                                        .waiver = pipeline->target.waiver,
                                        .broken_only = pipeline->target.broken_only};
    struct pipeline target;
    pipeline_init(&target, session);
    target.policy = &pipeline->target.policy;
    target.diags = &pipeline->target.diags;
    /* Errors leave metrics out, and rules about those say NO_DATA. */
    pipeline_collect(&target, options_value(session->options, "format"));
    pipeline_choose_baseline(&target);
    pipeline_measure(&target);
    pipeline_judge(&target);
    /* The first policy file may list less than was found without it. */
    if (!pipeline->target.broken_only) {
        watch_own(&target, &pipeline->snapshot);
    }
    gates_join(&pipeline->verdict, &target.verdict, &objection, &session->run.names);
    pipeline_release(&target);
}

void judge_by_target(struct pipeline *pipeline)
{
    const struct policy_change *change = &pipeline->target.change;
    if (change->state == TARGET_DIFFERENT) {
        run_target(pipeline);
    } else if (change->state == TARGET_UNREADABLE) {
        const struct target_policy *target = &pipeline->target;
        gates_refuse_target(&pipeline->verdict, target->origin, change->reason, target->remedy,
                            &pipeline->session->run.names);
    }
    add_target_diags(pipeline);
}
