/* The waivers that a change brings along -> those that count in this very change, by the word of
 * the target's policy: none, all, or those that an owner of the policy file must approve. */
#include "cli/change_waivers.h"

#include "policy/codeowners.h"
#include "policy/policy_difference.h"

static const struct name *find_approvers(const struct target_policy *target, struct span codeowners)
{
    struct buf owners = {NULL, 0, 0};
    const struct name *approvers = NULL;
    if (codeowners_find(codeowners, name_span(target->path), &owners)) {
        approvers = names_add(&target->session->run.names, buf_span(&owners));
    }
    buf_release(&owners);
    return approvers;
}

static void say_waivers(struct target_policy *target, bool accepted, const struct name *approvers)
{
    struct buf line = {NULL, 0, 0};
    if (accepted && approvers != NULL) {
        buf_add_format(&line, "new waivers count in this change; %s must approve it",
                       name_text(approvers));
    } else if (accepted) {
        buf_add_text(&line, "new waivers count in this change, because waiver_in_change is allow");
    } else if (target->policy.waiver_in_change == IN_CHANGE_DENY) {
        buf_add_text(&line, "new waivers do not count before they are merged, because "
                            "waiver_in_change is deny");
    } else {
        buf_add_text(&line, "new waivers do not count before they are merged, because CODEOWNERS "
                            "names no owner of the policy file");
    }
    *(const struct name **)vec_add(&target->change.lines) =
        names_add(&target->session->run.names, buf_span(&line));
    buf_release(&line);
}

void change_waivers_sort(struct target_policy *target, struct span codeowners)
{
    struct session *session = target->session;
    enum waiver_in_change rule = target->policy.waiver_in_change;
    const struct name *approvers =
        rule == IN_CHANGE_CODEOWNERS ? find_approvers(target, codeowners) : NULL;
    bool accepted = rule == IN_CHANGE_ALLOW || approvers != NULL;
    size_t fresh = 0;
    for (size_t index = 0; index < session->policy.waivers.count; index++) {
        struct waiver *waiver = vec_at(&session->policy.waivers, index);
        if (policy_has_waiver(&target->policy, waiver)) {
            continue;
        }
        fresh++;
        waiver->in_change = true;
        waiver->approvers = approvers;
        if (!accepted) {
            continue;
        }
        *(struct waiver *)vec_add(&target->policy.waivers) = *waiver;
        if (span_is(name_span(waiver->gate), WAIVER_POLICY) && waiver->until >= session_today()) {
            target->waiver = waiver;
        }
    }
    if (fresh > 0) {
        say_waivers(target, accepted, approvers);
    }
}
