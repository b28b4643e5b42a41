/* Where the target's policy is found, in this order: the file in the base commit, if that commit is in the checkout; the
 * ledger's copy at the entry that is compared with. A file that the target has and that cannot be read blocks: what it
 * demanded is not known. A commit or entry without any file stands for the built-in rules. */
#include "cli/target_policy.h"

#include "cli/choose_baseline.h"

#include "base/path.h"
#include "policy/codeowners.h"
#include "policy/policy_difference.h"

#include <stdlib.h>

/* What was found of the target. */
struct found {
    bool there, known; /* a file; whether there is one */
    struct span text;
    struct span codeowners;
    const struct name *path; /* of the file, as diagnostics show it */
};

void target_policy_init(struct target_policy *target, struct session *session)
{
    *target = (struct target_policy){.change = {.state = TARGET_NOT_ASKED}};
    vec_init(&target->change.lines, sizeof(const struct name *));
    policy_init(&target->policy);
    diags_init(&target->diags, &session->run.names);
}

void target_policy_release(struct target_policy *target)
{
    vec_release(&target->change.lines);
    policy_release(&target->policy);
    diags_release(&target->diags);
}

static void say(struct target_policy *target, struct session *session, enum target_state state,
                const char *reason)
{
    target->change.state = state;
    target->change.reason = names_add(&session->run.names, span_of(reason));
}

/* ---- which file ---- */

/* The policy file from the top of the repository: ".tidegate.yml", or what --config names. NULL when it lies outside. */
static const struct name *policy_path(struct session *session)
{
    const char *given = options_value(session->options, "config");
    struct names *names = &session->run.names;
    const struct name *found = NULL;
    struct span below;
    if (given == NULL) {
        return names_add(names, SPAN(".tidegate.yml"));
    }
    char *real = realpath(given, NULL);
    char *root = realpath(git_repo_root(session->repo), NULL);
    if (real != NULL && root != NULL && path_below(span_of(real), span_of(root), &below)) {
        found = names_add(names, below);
    }
    free(real);
    free(root);
    return found;
}

/* Is this run about a change into another branch? On a laptop it is when another branch is checked out than the one that
 * is compared with. */
static bool is_change(const struct session *session, const struct baseline *baseline)
{
    switch (session->ci.event) {
    case CI_CHANGE:
    case CI_QUEUE: return true;
    case CI_LOCAL:
        return baseline->state == BASELINE_FOUND && baseline->snapshot.commit != NULL &&
               baseline->match != MATCH_FILE && baseline->branch != git_repo_branch(session->repo);
    case CI_PUSH:
    case CI_TAG:
    case CI_SCHEDULE: break;
    }
    return false;
}

/* What a change is compared with may be older than the target: it began there. The target's policy is the newest that
 * is known. On a laptop that does not know where its branch began, it is that of the chosen entry's commit. */
static const struct name *base_of(const struct session *session, const struct baseline *baseline)
{
    const struct name *target = session->ci.base_commit;
    if (session->ci.event == CI_CHANGE && options_value(session->options, "base") == NULL &&
        target != NULL && git_repo_tree_of(session->repo, target) != NULL) {
        return target;
    }
    bool unknown = session->ci.event == CI_LOCAL &&
                   (baseline->wanted == NULL || baseline->wanted == git_repo_commit(session->repo));
    return unknown ? baseline->snapshot.commit : baseline->wanted;
}

/* ---- the file in the base commit ---- */

static struct span codeowners_at(struct session *session, const struct name *commit,
                                 struct diags *diags)
{
    static const char *const paths[] = {".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS",
                                        ".gitlab/CODEOWNERS"};
    struct span text = {NULL, 0};
    for (size_t index = 0; index < sizeof(paths) / sizeof(paths[0]); index++) {
        enum err err =
            git_repo_file(session->repo, commit, paths[index], &session->run.keep, &text, diags);
        if (err == ERR_NONE) {
            return text;
        }
        if (err != ERR_MISSING) {
            break; /* which one counts is not known */
        }
    }
    return span_make(NULL, 0);
}

struct span target_codeowners(struct session *session)
{
    struct diags unsaid;
    diags_init(&unsaid, &session->run.names);
    struct span text = codeowners_at(session, NULL, &unsaid);
    diags_release(&unsaid);
    return text;
}

/* ERR_NONE: looked at, found->known tells. ERR_UNUSABLE: there is a file and it cannot be read. ERR_MISSING: the commit is
 * not here. */
static enum err look_in_commit(struct target_policy *target, struct session *session,
                               const struct name *base, const struct name *path,
                               struct found *found)
{
    if (base == NULL || git_repo_tree_of(session->repo, base) == NULL) {
        return ERR_MISSING;
    }
    enum err err = git_repo_file(session->repo, base, name_text(path), &session->run.keep,
                                 &found->text, &target->diags);
    struct buf shown = {NULL, 0, 0};
    buf_add_format(&shown, "%.10s:%s", name_text(base), name_text(path));
    *found = (struct found){.there = err == ERR_NONE,
                            .known = err == ERR_NONE || err == ERR_MISSING,
                            .text = found->text,
                            .path = names_add(&session->run.names, buf_span(&shown))};
    buf_release(&shown);
    if (!found->known) {
        return ERR_UNUSABLE;
    }
    found->codeowners = codeowners_at(session, base, &target->diags);
    target->change.commit = base;
    target->change.entry = NULL;
    return ERR_NONE;
}

/* ---- the ledger's copy ---- */

static bool take_copy(struct target_policy *target, struct session *session,
                      const struct baseline *baseline, struct found *found)
{
    if (baseline->state != BASELINE_FOUND || baseline->entry == NULL) {
        return false;
    }
    struct buf shown = {NULL, 0, 0};
    buf_add_format(&shown, "ledger %.10s:policy", name_text(baseline->entry));
    *found = (struct found){.there = baseline->policy.size > 0,
                            .known = true,
                            .text = baseline->policy,
                            .codeowners = baseline->codeowners,
                            .path = names_add(&session->run.names, buf_span(&shown))};
    buf_release(&shown);
    target->change.commit = NULL;
    target->change.entry = baseline->entry;
    return true;
}

/* A policy that says where its ledger is cannot be asked where the target's copy of it is, before that is tried which
 * holds without its word. */
static bool look_in_usual_ledger(struct target_policy *target, struct session *session,
                                 struct found *found)
{
    struct policy plain;
    struct baseline baseline;
    struct diags kept = session->run.diags;
    policy_init(&plain);
    baseline_init(&baseline, &session->run.names);
    diags_init(&session->run.diags, &session->run.names); /* not finding it there is no news */
    choose_baseline(session, &plain, &baseline);
    bool taken = take_copy(target, session, &baseline, found);
    diags_release(&session->run.diags);
    session->run.diags = kept;
    baseline_release(&baseline);
    policy_release(&plain);
    return taken;
}

static bool look_in_ledger(struct target_policy *target, struct session *session,
                           const struct baseline *baseline, struct found *found)
{
    const struct policy *own = &session->policy;
    bool led = own->branch != NULL || own->ledger_remote != NULL || own->ledger_id != NULL;
    return (led && look_in_usual_ledger(target, session, found)) ||
           take_copy(target, session, baseline, found);
}

/* ---- waivers of the change ---- */

static const struct name *find_approvers(struct session *session, const struct found *found,
                                         const struct name *path)
{
    struct buf owners = {NULL, 0, 0};
    const struct name *approvers = NULL;
    if (codeowners_find(found->codeowners, name_span(path), &owners)) {
        approvers = names_add(&session->run.names, buf_span(&owners));
    }
    buf_release(&owners);
    return approvers;
}

static void add_line(struct target_policy *target, struct session *session, const char *text)
{
    *(const struct name **)vec_add(&target->change.lines) =
        names_add(&session->run.names, span_of(text));
}

static void say_waivers(struct target_policy *target, struct session *session, bool accepted,
                        const struct name *approvers)
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
    add_line(target, session, buf_text(&line));
    buf_release(&line);
}

/* Marks the waivers that the change brings along, and takes those that count into the target's policy. */
static void sort_waivers(struct target_policy *target, struct session *session,
                         const struct found *found, const struct name *path)
{
    enum waiver_in_change rule = target->policy.waiver_in_change;
    const struct name *approvers =
        rule == IN_CHANGE_CODEOWNERS ? find_approvers(session, found, path) : NULL;
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
        say_waivers(target, session, accepted, approvers);
    }
}

/* ---- how it stands to the change's ---- */

static bool read_target(struct target_policy *target, struct session *session,
                        const struct found *found)
{
    struct policy_vocabulary vocabulary = session_vocabulary();
    if (!found->there) {
        policy_defaults(&target->policy, &session->run.names, &vocabulary);
        return true;
    }
    policy_release(&target->policy);
    policy_init(&target->policy);
    return policy_read(&target->policy, &session->run.names, found->text, found->path, &vocabulary,
                       &target->diags) == ERR_NONE;
}

static void describe(struct target_policy *target, struct session *session,
                     const struct baseline *baseline)
{
    struct policy_change *change = &target->change;
    struct buf text = {NULL, 0, 0};
    /* Not the branch that the change's own policy may have named. */
    change->branch = session->ci.branch != NULL ? session->ci.branch : baseline->branch;
    buf_add_format(&text, "the policy of %s",
                   change->branch != NULL ? name_text(change->branch) : "the target");
    target->origin = names_add(&session->run.names, buf_span(&text));
    buf_release(&text);
    if (session->has_policy_file) {
        change->own_id = git_repo_blob_id(session->repo, buf_span(&session->policy_text));
    }
}

static void say_different(struct target_policy *target, struct session *session,
                          const struct found *found)
{
    if (!found->there) {
        target->broken_only = true;
        target->origin = names_add(&session->run.names, SPAN("the built-in rules"));
        say(target, session, TARGET_DIFFERENT,
            "the change introduces the policy file; before it the built-in rules were in force, "
            "and "
            "none of them may be broken by the change that replaces them");
    } else if (!session->has_policy_file) {
        say(target, session, TARGET_DIFFERENT,
            "the change removes the policy file, so the built-in rules would be in force");
    } else {
        say(target, session, TARGET_DIFFERENT,
            "the change edits the policy file and is judged by both versions");
    }
}

static void compare(struct target_policy *target, struct session *session,
                    const struct baseline *baseline, const struct found *found,
                    const struct name *path)
{
    bool recorded = baseline->state == BASELINE_FOUND;
    if (found->there) {
        target->change.target_id = git_repo_blob_id(session->repo, found->text);
    }
    if (found->there == session->has_policy_file &&
        (!found->there || span_equal(found->text, buf_span(&session->policy_text)))) {
        say(target, session, TARGET_SAME, "the change leaves the policy as it is");
    } else if (!found->there && !recorded) {
        say(target, session, TARGET_FIRST,
            "the change introduces the first policy file, and nothing was recorded before it");
        add_line(target, session, "the policy file is new; before it the built-in rules held");
    } else if (read_target(target, session, found)) {
        say_different(target, session, found);
        policy_difference(&target->policy, &session->policy, &session->run.names,
                          &target->change.lines);
        sort_waivers(target, session, found, path);
    } else {
        say(target, session, TARGET_UNREADABLE, "the target's policy file has mistakes");
    }
}

/* A policy with mistakes was never in force: the last one that was is the ledger's. */
static void try_copy(struct target_policy *target, struct session *session,
                     const struct baseline *baseline, const struct name *path)
{
    struct found found = {.there = false};
    if (look_in_ledger(target, session, baseline, &found)) {
        compare(target, session, baseline, &found, path);
    }
}

void target_policy_find(struct target_policy *target, struct session *session,
                        const struct baseline *baseline)
{
    struct found found = {.there = false};
    if (session->repo == NULL || !is_change(session, baseline)) {
        return;
    }
    const struct name *path = policy_path(session);
    describe(target, session, baseline);
    if (path == NULL) {
        say(target, session, TARGET_NOT_ASKED, "--config names a file outside the repository");
        return;
    }
    const struct name *base = base_of(session, baseline);
    enum err err = look_in_commit(target, session, base, path, &found);
    if (err == ERR_NONE && !found.there && baseline->policy.size > 0 &&
        baseline->snapshot.commit == base) {
        take_copy(target, session, baseline,
                  &found); /* recorded with a file that was not committed */
    }
    if (err == ERR_NONE) {
        compare(target, session, baseline, &found, path);
    } else if (err == ERR_UNUSABLE) {
        say(target, session, TARGET_UNREADABLE,
            "the policy file of the base commit is there but cannot be read from git");
    } else if (look_in_ledger(target, session, baseline, &found)) {
        compare(target, session, baseline, &found, path);
        return;
    } else if (baseline->state == BASELINE_UNUSABLE) {
        say(target, session, TARGET_UNKNOWN, /* the baseline closes the gate already */
            "the base commit is not in this checkout, and the baseline cannot be read");
    } else {
        say(target, session, TARGET_UNKNOWN,
            "the base commit is not in this checkout and nothing was recorded, so the change is "
            "judged by its own policy alone");
    }
    if (err != ERR_MISSING && target->change.state == TARGET_UNREADABLE) {
        try_copy(target, session, baseline, path);
    }
}
