/* The policy of the target and that of the change -> how they differ, and by what the change is
 * judged besides its own.
 *
 * Where the target's policy is found, in this order: the file in the base commit, if that commit is
 * in the checkout; the ledger's copy at the entry that is compared with. A file that the target has
 * and that cannot be read blocks: what it demanded is not known. A commit or entry without any file
 * stands for the built-in rules. */
#include "cli/target_policy.h"

#include "cli/change_waivers.h"
#include "cli/target_file.h"
#include "cli/target_newest.h"

#include "policy/policy_difference.h"

void target_policy_init(struct target_policy *target, struct session *session)
{
    *target = (struct target_policy){
        .session = session,
        .change = {.state = TARGET_NOT_ASKED},
        .remedy =
            "Mend the policy file on the target branch first, or record the target with a policy "
            "that can be read."};
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

static void say(struct target_policy *target, enum target_state state, const char *reason)
{
    target->change.state = state;
    target->change.reason = names_add(&target->session->run.names, span_of(reason));
}

/* ---- which commit ---- */

/* Is the work on a laptop a change? It is when another branch is checked out than the one that is
 * compared with; as long as nothing was recorded, when it has left that one. */
static bool is_local_change(const struct session *session, const struct baseline *baseline)
{
    if (baseline->match == MATCH_FILE || baseline->branch == git_repo_branch(session->repo)) {
        return false;
    }
    return baseline->state == BASELINE_NONE_YET
               ? baseline->wanted != NULL && baseline->wanted != git_repo_commit(session->repo)
               : baseline->state == BASELINE_FOUND && baseline->snapshot.commit != NULL;
}

/* Is this run about a change into another branch? */
static bool is_change(const struct session *session, const struct baseline *baseline)
{
    switch (session->ci.event) {
    case CI_CHANGE:
    case CI_QUEUE: return true;
    case CI_LOCAL: return is_local_change(session, baseline);
    case CI_PUSH:
    case CI_TAG:
    case CI_SCHEDULE: break;
    }
    return false;
}

/* What a change is compared with may be older than the target: it began there. The target's policy
 * is the newest that is known. On a laptop that does not know where its branch began, it is that of
 * the chosen entry's commit. */
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

/* ---- how it stands to the change's ---- */

static bool read_target(struct target_policy *target, const struct target_file *file)
{
    struct session *session = target->session;
    struct policy_vocabulary vocabulary = session_vocabulary();
    if (!file->there) {
        policy_defaults(&target->policy, &session->run.names, &vocabulary);
        return true;
    }
    policy_release(&target->policy);
    policy_init(&target->policy);
    return policy_read(&target->policy, &session->run.names, file->text, file->shown, &vocabulary,
                       &target->diags) == ERR_NONE;
}

static void describe(struct target_policy *target, const struct baseline *baseline)
{
    struct session *session = target->session;
    struct policy_change *change = &target->change;
    struct buf text = {NULL, 0, 0};
    const struct name *usual =
        baseline->state == BASELINE_NONE_YET ? git_repo_default_branch(session->repo) : NULL;
    /* Not the branch that the change's own policy may have named. */
    change->branch = session->ci.branch != NULL ? session->ci.branch : usual;
    change->branch = change->branch != NULL ? change->branch : baseline->branch;
    buf_add_format(&text, "the policy of %s",
                   change->branch != NULL ? name_text(change->branch) : "the target");
    target->origin = names_add(&session->run.names, buf_span(&text));
    buf_release(&text);
    if (session->has_policy_file) {
        change->own_id = git_repo_blob_id(session->repo, buf_span(&session->policy_text));
    }
}

static void say_different(struct target_policy *target, const struct target_file *file)
{
    struct session *session = target->session;
    if (!file->there) {
        target->broken_only = true;
        target->origin = names_add(&session->run.names, SPAN("the built-in rules"));
        say(target, TARGET_DIFFERENT,
            "the change introduces the policy file; before it the built-in rules were in force, "
            "and none of them may be broken by the change that replaces them");
    } else if (!session->has_policy_file) {
        say(target, TARGET_DIFFERENT,
            "the change removes the policy file, so the built-in rules would be in force");
    } else {
        say(target, TARGET_DIFFERENT,
            "the change edits the policy file and is judged by both versions");
    }
}

/* Has the change the policy that its target had where it began? Then it has not edited it. */
static bool is_behind(const struct target_policy *target, const struct baseline *baseline)
{
    struct session *session = target->session;
    struct target_file began;
    struct diags ignored;
    if (session->ci.event != CI_CHANGE || options_value(session->options, "base") != NULL ||
        !session->has_policy_file || baseline->wanted == NULL) {
        return false;
    }
    diags_init(&ignored, &session->run.names);
    enum err err = target_file_in_commit(session, baseline->wanted, target->path, &began, &ignored);
    diags_release(&ignored);
    if (err == ERR_MISSING && baseline->state == BASELINE_FOUND &&
        baseline->snapshot.commit == baseline->wanted) {
        began = (struct target_file){.there = baseline->policy.size > 0, .text = baseline->policy};
        err = ERR_NONE;
    }
    return err == ERR_NONE && began.there &&
           target_file_same(began.text, buf_span(&session->policy_text));
}

/* Compares the target's file with the change's. `recorded`: were the built-in rules in force where
 * there is none? */
static void compare(struct target_policy *target, const struct baseline *baseline,
                    const struct target_file *file, bool recorded)
{
    struct session *session = target->session;
    target->change.commit = file->commit;
    target->change.entry = file->entry;
    if (file->there) {
        target->change.target_id = git_repo_blob_id(session->repo, file->text);
    }
    if (file->there == session->has_policy_file &&
        (!file->there || target_file_same(file->text, buf_span(&session->policy_text)))) {
        say(target, TARGET_SAME, "the change leaves the policy as it is");
    } else if (!file->there && !recorded) {
        say(target, TARGET_FIRST,
            "the change introduces the first policy file, and nothing was recorded before it");
        *(const struct name **)vec_add(&target->change.lines) = names_add(
            &session->run.names, SPAN("the policy file is new; before it the built-in rules held"));
    } else if (read_target(target, file)) {
        if (is_behind(target, baseline)) {
            say(target, TARGET_DIFFERENT,
                "the change does not touch the policy, but its target has changed it since: it is "
                "judged by both versions; merge the target to have one");
        } else {
            say_different(target, file);
            policy_difference(&target->policy, &session->policy, &session->run.names,
                              &target->change.lines);
        }
        change_waivers_sort(target, file->codeowners);
    } else {
        say(target, TARGET_UNREADABLE, "the target's policy file has mistakes");
    }
}

static void say_unreachable(struct target_policy *target, const char *reason)
{
    say(target, TARGET_UNREADABLE, reason);
    target->remedy =
        "The messages about the ledger say why it cannot be read. Where the base commit is in the "
        "checkout and has a policy file (`fetch-depth: 2`), that file counts instead.";
}

static void find_without_commit(struct target_policy *target, const struct baseline *baseline)
{
    struct target_file copy;
    enum err err = target_file_in_ledger(target->session, baseline, &copy, &target->diags);
    if (err == ERR_NONE) {
        compare(target, baseline, &copy, true);
    } else if (err == ERR_UNUSABLE) {
        say_unreachable(target, "the base commit is not in this checkout, and the ledger that may "
                                "hold its policy cannot be read");
    } else if (baseline->state == BASELINE_UNUSABLE) {
        say(target, TARGET_UNKNOWN, /* the baseline closes the gate already */
            "the base commit is not in this checkout, and the baseline cannot be read");
    } else if (baseline->state == BASELINE_FOUND && baseline->entry != NULL) {
        say(target, TARGET_UNREADABLE,
            "the base commit is not in this checkout, and its entry was imported from another "
            "tool, which knows no policy");
        target->remedy = "Check out two commits (`fetch-depth: 2`), so that the base commit tells, "
                         "or run `tidegate record` on the target once.";
    } else {
        say(target, TARGET_UNKNOWN,
            "the base commit is not in this checkout and nothing was recorded, so the change is "
            "judged by its own policy alone; check out two commits (`fetch-depth: 2`), and the "
            "target's counts too");
    }
}

/* The base commit is here and has no policy file. */
static void find_first(struct target_policy *target, const struct baseline *baseline,
                       const struct target_file *file)
{
    struct target_file copy;
    enum err err = target_file_was_judged(baseline)
                       ? ERR_NONE
                       : target_file_in_ledger(target->session, baseline, &copy, &target->diags);
    if (err == ERR_UNUSABLE) {
        say_unreachable(target,
                        "the base commit has no policy file, and the ledger cannot be read, which "
                        "tells whether the built-in rules were in force");
    } else {
        compare(target, baseline, file, err == ERR_NONE);
    }
}

void target_policy_find(struct target_policy *target, const struct baseline *baseline)
{
    struct session *session = target->session;
    struct target_file file;
    if (session->repo == NULL || !is_change(session, baseline)) {
        return;
    }
    target->path = target_file_path(session);
    describe(target, baseline);
    if (target->path == NULL) {
        say(target, TARGET_NOT_ASKED, "--config names a file outside the repository");
        return;
    }
    const struct name *base = base_of(session, baseline);
    enum err err = target_newest_asked(session)
                       ? target_newest_file(session, target->path, &file, &target->diags)
                       : ERR_MISSING;
    if (err == ERR_MISSING) {
        err = target_file_in_commit(session, base, target->path, &file, &target->diags);
    }
    if (err == ERR_MISSING) {
        find_without_commit(target, baseline);
        return;
    }
    if (err == ERR_UNUSABLE) {
        say(target, TARGET_UNREADABLE,
            "the policy file of the base commit is there but cannot be read from git");
    } else {
        if (!file.there && baseline->policy.size > 0 && baseline->snapshot.commit == base) {
            /* recorded with a file that was not committed */
            target_file_in_entry(session, baseline, &file);
        }
        if (file.there) {
            compare(target, baseline, &file, true);
        } else {
            find_first(target, baseline, &file);
            return;
        }
    }
    if (target->change.state == TARGET_UNREADABLE &&
        target_file_in_ledger(session, baseline, &file, &target->diags) == ERR_NONE) {
        /* It was never in force: the last policy that was is the ledger's. */
        compare(target, baseline, &file, true);
    }
}
