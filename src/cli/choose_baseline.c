/* From the kind of run to a base commit, and from there to a ledger entry.
 *
 * What a change is compared with, run_base.c says; a push with what was there before it. A laptop
 * is compared with the newest entry of the branch. */
#include "cli/choose_baseline.h"

#include "cli/file_baseline.h"
#include "cli/open_ledger.h"
#include "cli/run_base.h"
#include "cli/snapshot_word.h"
#include "cli/target_file.h"

enum {
    ANCESTORS = 64,        /* of the base that are looked up when it was not recorded itself */
    RECENT_FOR_GROUPS = 20 /* entries in which a slow job's group is looked for */
};

static bool is_object_id(struct span text)
{
    return text.size == 40 && span_is_hex(text);
}

/* Without a policy, a CI and a remote: the branch that is checked out if it was recorded, else the
 * branch that was recorded last, so that work on a side branch is compared with where it came
 * from. */
static const struct name *recorded_branch(const struct session *session, struct git_ledger *ledger,
                                          struct diags *diags)
{
    struct vec entries;
    const struct name *branch = git_repo_branch(session->repo);
    bool known = false;
    vec_init(&entries, sizeof(struct ledger_entry));
    if (git_ledger_knows(ledger, branch, &known, diags) == ERR_NONE && !known &&
        git_ledger_list(ledger, 1, &entries, diags) == ERR_NONE && entries.count > 0) {
        branch = ((const struct ledger_entry *)vec_at(&entries, 0))->branch;
    }
    vec_release(&entries);
    return branch;
}

const struct name *choose_branch_of(struct session *session, const struct policy *policy,
                                    struct git_ledger *ledger)
{
    if (policy->branch != NULL) {
        return policy->branch;
    }
    if (session->ci.branch != NULL) {
        return session->ci.branch;
    }
    const struct name *branch = git_repo_default_branch(session->repo);
    if (branch == NULL && ledger != NULL) {
        branch = recorded_branch(session, ledger, &session->run.diags);
    }
    return branch != NULL ? branch : git_repo_branch(session->repo);
}

const struct name *choose_branch(struct session *session, struct git_ledger *ledger)
{
    return choose_branch_of(session, &session->policy, ledger);
}

static const struct name *first_parent(const struct session *session)
{
    const struct vec *parents = git_repo_parents(session->repo);
    return parents->count > 0 ? *(const struct name **)vec_at(parents, 0) : NULL;
}

/* The merge base with the branch whose entries count; NULL where that is not here. */
static const struct name *branched_from(struct session *session, const struct policy *policy,
                                        const struct name *branch)
{
    const struct name *remote = NULL;
    ledger_remote_of(session, policy, &remote); /* no error here: the ledger was looked for */
    return git_repo_branched_from(session->repo, remote, branch);
}

/* Where this work has begun, or HEAD itself while it is on that branch. */
static const struct name *local_base(struct session *session, const struct policy *policy,
                                     const struct name *branch)
{
    const struct name *base = branched_from(session, policy, branch);
    return base != NULL ? base : git_repo_commit(session->repo);
}

/* The commit to compare with, NULL for "newest entry". */
static const struct name *base_commit(struct session *session, const struct policy *policy,
                                      const struct name *branch)
{
    switch (session->ci.event) {
    case CI_CHANGE:
    case CI_QUEUE: return run_base_of_change(session);
    case CI_PUSH:
        return session->ci.base_commit != NULL ? session->ci.base_commit : first_parent(session);
    case CI_TAG:
    case CI_SCHEDULE: return git_repo_commit(session->repo);
    case CI_LOCAL: return local_base(session, policy, branch);
    }
    return NULL;
}

static void say(struct session *session, struct baseline *baseline, enum baseline_state state,
                const char *reason)
{
    baseline->state = state;
    baseline->reason = names_add(&session->run.names, span_of(reason));
}

static void read_snapshot_file(struct session *session, const char *path, struct baseline *baseline)
{
    if (!snapshot_is_file(path)) {
        diags_add_format(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                         "--base: '%s' is neither a commit that git knows here nor a file", path);
        say(session, baseline, BASELINE_UNUSABLE, "what --base names is not there");
    } else if (session->repo != NULL && run_base_is_change(session) &&
               target_file_is_own(session, path)) {
        diags_add_format(&session->run.diags, DIAG_CLI_OWN_BASE, NULL, 0, 0,
                         "--base: '%s' is a file of this change", path);
        say(session, baseline, BASELINE_UNUSABLE, "what --base names comes with the change");
    } else if (snapshot_of_file(session, path, &baseline->snapshot) == ERR_NONE) {
        baseline->match = MATCH_FILE;
        say(session, baseline, BASELINE_FOUND, "the snapshot file that --base names");
    } else {
        say(session, baseline, BASELINE_UNUSABLE, "what --base names cannot be used");
    }
}

/* How many of the last entries the rules look at. */
size_t choose_recent(const struct policy *policy)
{
    uint64_t most = policy->retired.count > 0 ? 1 : 0; /* whose groups the bars still hold */
    for (size_t index = 0; index < policy->rules.count; index++) {
        uint64_t number = rule_param(vec_at(&policy->rules, index), "median")->number;
        most = number > most ? number : most;
    }
    return (size_t)most;
}

/* What a ratchet judges by in this kind of run; docs/ledger.md has the table. A revert answers only
 * for going back to what there was. */
static enum yardstick yardstick_of(const struct session *session, const struct name *branch)
{
    switch (session->ci.event) {
    case CI_QUEUE: return YARDSTICK_BAR;
    case CI_PUSH: return session->ci.branch == branch ? YARDSTICK_BAR : YARDSTICK_BASE;
    case CI_TAG:
    case CI_SCHEDULE: return YARDSTICK_NONE;
    case CI_CHANGE:
    case CI_LOCAL: break;
    }
    return YARDSTICK_BASE;
}

static void search_entries(struct session *session, const struct policy *policy,
                           struct git_ledger *ledger, const struct name *given,
                           struct baseline *baseline)
{
    struct git_repo *repo = session->repo;
    const struct name *branch = choose_branch_of(session, policy, ledger);
    const struct name *base = given != NULL ? given : base_commit(session, policy, branch);
    bool local = session->ci.event == CI_LOCAL;
    bool may_revert = given == NULL && session->ci.event == CI_PUSH;
    struct vec ancestors;
    vec_init(&ancestors, sizeof(const struct name *));
    git_repo_first_parents(repo, base, ANCESTORS, &ancestors);
    const struct ledger_wanted wanted = {
        .branch = branch,
        .base = base,
        .tree = base != NULL ? git_repo_tree_of(repo, base) : NULL,
        /* A laptop's work tree may differ from HEAD, so HEAD's own entry is what to compare
         * with. */
        .own = local ? NULL : git_repo_commit(repo),
        .own_tree = may_revert ? git_repo_tree(repo) : NULL,
        .reverts = may_revert ? git_repo_reverted(repo) : NULL,
        .ancestors = &ancestors,
        .recent = choose_recent(policy),
    };
    if (branch == NULL) {
        say(session, baseline, BASELINE_UNUSABLE,
            "no branch is known to compare with; set `baseline: {branch: ...}` in the policy");
    } else if (git_ledger_choose(ledger, &wanted, baseline, &session->run.diags) != ERR_NONE) {
        baseline->state = BASELINE_UNUSABLE;
    } else if (given == NULL && baseline->match != MATCH_REVERT) {
        baseline->yardstick = yardstick_of(session, branch);
    }
    vec_release(&ancestors);
}

/* Where work on a laptop has left its branch, or the default branch where it is not that of its own
 * policy, which may name one that nobody has. */
static const struct name *left_of(struct session *session, const struct policy *policy,
                                  const struct name *branch)
{
    const struct name *left = branched_from(session, policy, branch);
    return left != NULL ? left
                        : branched_from(session, policy, git_repo_default_branch(session->repo));
}

static void search_ledger(struct session *session, const struct policy *policy,
                          const struct name *given, struct baseline *baseline)
{
    struct git_ledger *ledger = NULL;
    enum err err = shared_ledger(session, policy, &ledger);
    if (err == ERR_NONE) {
        search_entries(session, policy, ledger, given, baseline);
    } else if (err == ERR_MISSING) {
        baseline->branch = choose_branch_of(session, policy, NULL);
        say(session, baseline, BASELINE_NONE_YET, name_text(ledger_none_text(session, policy)));
    } else {
        say(session, baseline, BASELINE_UNUSABLE, "the ledger cannot be read");
    }
    if (baseline->state == BASELINE_NONE_YET && given == NULL && session->ci.event == CI_LOCAL) {
        baseline->wanted = left_of(session, policy, baseline->branch);
    }
}

/* What the CI knows of the base commit; NULL if nothing, and on a laptop. */
static const struct name *commit_of_run(struct session *session, const struct policy *policy)
{
    return session->ci.event != CI_LOCAL ? base_commit(session, policy, NULL) : NULL;
}

/* The commit that --base names. NULL: it is a file, or there is no such thing. A whole id need not
 * be here: the ledger may know it. */
static const struct name *commit_of_word(struct session *session, const char *word)
{
    if (is_object_id(span_of(word))) {
        return names_add(&session->run.names, span_of(word));
    }
    return session->repo != NULL ? git_repo_commit_named(session->repo, word) : NULL;
}

/* A change may add a file of the name of its base, to be compared with what it likes: neither of
 * the two counts. */
static bool is_commit_and_file(struct session *session, const char *word)
{
    bool both = !is_object_id(span_of(word)) && snapshot_is_file(word);
    if (both) {
        diags_add_format(
            &session->run.diags, DIAG_CLI_USAGE, NULL, 0, 0,
            "--base: '%s' is a commit and a file: './%s' is the file; name the commit by "
            "its id or in full, as in refs/heads/main or refs/remotes/origin/main",
            word, word);
    }
    return both;
}

/* The run of a change is in a checkout, or the change has led it out of there: by a link where the
 * job goes into a folder. */
static void say_no_repository(struct session *session, struct baseline *baseline)
{
    bool change = run_base_is_change(session);
    if (change) {
        diags_add(&session->run.diags, DIAG_GIT_OUTSIDE, NULL, 0, 0, span_make(NULL, 0));
    }
    say(session, baseline, change ? BASELINE_UNUSABLE : BASELINE_NOT_ASKED,
        "this is not a git repository");
}

void choose_baseline(struct session *session, const struct policy *policy,
                     struct baseline *baseline)
{
    const char *given = options_value(session->options, "base");
    bool asked = given != NULL;
    const struct name *base = asked ? commit_of_word(session, given) : NULL;
    if (asked && base == NULL) {
        read_snapshot_file(session, given, baseline);
        return;
    }
    if (asked && is_commit_and_file(session, given)) {
        say(session, baseline, BASELINE_UNUSABLE, "what --base names is two things");
        return;
    }
    if (session->repo == NULL) {
        say_no_repository(session, baseline);
        return;
    }
    if (!asked && run_base_is_unclear(session)) {
        say(session, baseline, BASELINE_UNUSABLE, "the base commit that the CI names is not known");
        return;
    }
    const struct name *named = asked ? base : commit_of_run(session, policy);
    if (!file_baseline_choose(session, policy, named, asked, baseline)) {
        baseline->wanted = named;
        search_ledger(session, policy, base, baseline);
        if (named == NULL && baseline->state == BASELINE_NONE_YET && run_base_is_lost(session) &&
            session->policy.ledger_file == NULL) {
            diags_add(&session->run.diags, DIAG_LEDGER_BASE, NULL, 0, 0, span_make(NULL, 0));
            say(session, baseline, BASELINE_UNUSABLE, "the base of this change is not known");
        }
    } else if (!asked) {
        baseline->yardstick = yardstick_of(session, choose_branch_of(session, policy, NULL));
    }
}

/* Is `commit` this one, or a first parent of it as far as the checkout reaches? */
static bool leads_here(const struct session *session, const struct vec *ancestors,
                       const struct name *commit)
{
    bool leads = commit == git_repo_commit(session->repo);
    for (size_t index = 0; index < ancestors->count && !leads; index++) {
        leads = *(const struct name **)vec_at(ancestors, index) == commit;
    }
    return leads;
}

/* A job that is run again later records for an older commit: values of newer ones are not its
 * own. */
static bool take_own(struct session *session, struct git_ledger *ledger, const struct name *branch,
                     const struct vec *ancestors, struct baseline *baseline)
{
    const struct ledger_wanted wanted = {
        .branch = branch, .base = git_repo_commit(session->repo), .ancestors = ancestors};
    struct baseline own;
    baseline_init(&own, &session->run.names);
    bool took = git_ledger_choose(ledger, &wanted, &own, &session->run.diags) == ERR_NONE &&
                own.state == BASELINE_FOUND &&
                (own.match == MATCH_COMMIT || own.match == MATCH_ANCESTOR);
    if (took) {
        struct baseline other = *baseline;
        *baseline = own;
        own = other;
    }
    baseline_release(&own);
    return took;
}

void choose_carried(struct session *session, const struct name *branch, struct baseline *baseline,
                    bool *newest)
{
    struct git_ledger *ledger = NULL;
    const struct ledger_wanted wanted = {.branch = branch, .recent = RECENT_FOR_GROUPS};
    struct vec ancestors;
    vec_init(&ancestors, sizeof(const struct name *));
    git_repo_first_parents(session->repo, git_repo_commit(session->repo), ANCESTORS, &ancestors);
    *newest = true;
    if (open_ledger(session, false, &ledger) != ERR_NONE ||
        git_ledger_choose(ledger, &wanted, baseline, &session->run.diags) != ERR_NONE) {
        say(session, baseline, BASELINE_UNUSABLE, "the ledger cannot be read");
    } else if (baseline->state == BASELINE_FOUND &&
               !leads_here(session, &ancestors, baseline->snapshot.commit)) {
        *newest = !take_own(session, ledger, branch, &ancestors, baseline);
    }
    git_ledger_close(ledger);
    vec_release(&ancestors);
}

void choose_newest(struct session *session, const struct policy *policy, const struct name *branch,
                   struct baseline *baseline)
{
    struct git_ledger *ledger = NULL;
    const struct ledger_wanted wanted = {.branch = branch, .own = git_repo_commit(session->repo)};
    if (shared_ledger(session, policy, &ledger) != ERR_NONE ||
        git_ledger_choose(ledger, &wanted, baseline, &session->run.diags) != ERR_NONE) {
        say(session, baseline, BASELINE_UNUSABLE, "the ledger cannot be read");
    }
}
