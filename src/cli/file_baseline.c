/* From the kind of run to the commit whose copy of the baseline file counts.
 *
 * The merge commit of a change has the target's commit as its first parent. Where the change's own
 * head is checked out, the commit at which it left its target is what it is compared with: the
 * target's tip may hold the gains of others. The place of the file is taken from the policy of that
 * commit too, so that a change cannot get rid of its bar by pointing elsewhere. */
#include "cli/file_baseline.h"

#include "cli/run_base.h"
#include "cli/target_file.h"
#include "cli/whole_file.h"

#include "base/limits.h"
#include "ledger/git_ancestor.h"

#include <errno.h>
#include <sys/stat.h>

/* A commit, and what it is to this run. */
struct base {
    const struct name *commit; /* NULL: not known */
    const char *what;
};

/* ---- which commit ---- */

/* The branch that this work goes into, by its own word; a change has none about that. */
static const struct name *target_branch(const struct session *session)
{
    if (session->policy.branch != NULL) {
        return session->policy.branch;
    }
    const struct name *usual = git_repo_default_branch(session->repo);
    return usual != NULL ? usual : session->ci.branch;
}

/* Where HEAD left the target branch. */
static const struct name *left_target(struct session *session, const struct name *branch)
{
    const struct name *found = run_base_left(session, branch);
    struct buf ref = {NULL, 0, 0};
    /* In CI a branch of the checkout itself is whatever an earlier job left behind. */
    if (branch != NULL && found == NULL && session->ci.event == CI_LOCAL) {
        buf_add_format(&ref, "refs/heads/%s", name_text(branch));
        found = git_ancestor(session->repo, &session->run.names, buf_text(&ref));
    }
    buf_release(&ref);
    return found;
}

/* Where nobody has named a base, it stays unknown: by its policy a change could point to a branch
 * that has lowered the file already. */
static struct base base_of_change(struct session *session, const struct name *named)
{
    const struct vec *parents = git_repo_parents(session->repo);
    if (named != NULL && parents->count >= 2 &&
        *(const struct name **)vec_at(parents, 0) == named) {
        return (struct base){named, "the first parent of this merge commit"};
    }
    struct base base = {NULL, "the commit at which this change left its target"};
    if (named != NULL) {
        base.commit = git_ancestor(session->repo, &session->run.names, name_text(named));
    }
    if (base.commit == NULL && named != NULL) {
        base = (struct base){named, "the base commit that the CI names"};
    }
    return base;
}

static struct base base_of_push(struct session *session, const struct name *named)
{
    const struct name *target = target_branch(session);
    if (session->ci.event == CI_PUSH && session->ci.branch != target) {
        /* A push to another branch may follow one that has lowered the file already. */
        return (struct base){left_target(session, target),
                             "the commit at which this branch left its target"};
    }
    return (struct base){named, "the commit before this run's"};
}

static struct base base_of_laptop(struct session *session)
{
    const struct name *branch = target_branch(session);
    struct base base = {left_target(session, branch),
                        "the commit at which this branch left its target"};
    if (base.commit == NULL || base.commit == git_repo_commit(session->repo)) {
        base = (struct base){git_repo_commit(session->repo), "HEAD"};
    }
    return base;
}

static struct base find_base(struct session *session, const struct name *named, bool asked)
{
    if (asked) {
        return (struct base){named, "the commit that --base names"};
    }
    switch (session->ci.event) {
    case CI_CHANGE: return base_of_change(session, named);
    case CI_PUSH:
    case CI_QUEUE: return base_of_push(session, named);
    case CI_TAG:
    case CI_SCHEDULE: return (struct base){git_repo_commit(session->repo), "HEAD"};
    case CI_LOCAL: break;
    }
    return base_of_laptop(session);
}

/* ---- the file at that commit ---- */

/* Where another policy keeps the file; NULL where it keeps none, or cannot be understood. */
static const struct name *place_in(struct session *session, struct span text)
{
    struct policy policy;
    struct diags diags; /* that policy is not what this run is about */
    const struct policy_vocabulary vocabulary = session_vocabulary();
    const struct name *place = NULL;
    policy_init(&policy);
    diags_init(&diags, &session->run.names);
    if (policy_read(&policy, &session->run.names, text, NULL, &vocabulary, &diags) == ERR_NONE) {
        place = policy.ledger_file;
    }
    diags_release(&diags);
    policy_release(&policy);
    return place;
}

/* Where the policy of that commit keeps the file; without a word about it, where `policy` does. */
static const struct name *place_at(struct session *session, const struct policy *policy,
                                   const struct name *commit)
{
    struct diags diags;
    struct span text;
    const struct name *place = NULL;
    const struct name *file = target_file_path(session);
    diags_init(&diags, &session->run.names);
    if (commit != NULL && file != NULL &&
        git_repo_file(session->repo, commit, name_text(file), &session->run.keep, &text, &diags) ==
            ERR_NONE) {
        place = place_in(session, text);
    }
    diags_release(&diags);
    return place != NULL ? place : policy->ledger_file;
}

enum err file_baseline_refuse(struct session *session, const struct name *path, enum err err,
                              const struct fault *fault)
{
    enum diag_code code = err == ERR_CONFLICT   ? DIAG_LEDGER_FILE_CONFLICT
                          : err == ERR_UNUSABLE ? DIAG_LEDGER_NEWER
                                                : DIAG_LEDGER_FILE;
    diags_add(&session->run.diags, code, path, fault->line, fault->column, span_of(fault->text));
    return err;
}

static void say(struct session *session, struct baseline *baseline, enum baseline_state state,
                const char *before, const char *what)
{
    struct buf text = {NULL, 0, 0};
    buf_add_text(&text, before);
    buf_add_text(&text, what);
    baseline->state = state;
    baseline->reason = names_add(&session->run.names, buf_span(&text));
    buf_release(&text);
}

static void read_at(struct session *session, const struct base *base, const struct name *path,
                    struct baseline *baseline)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct file_ledger file;
    struct span text;
    enum err err = git_repo_file(session->repo, base->commit, name_text(path), &session->run.keep,
                                 &text, &session->run.diags);
    if (err == ERR_MISSING) {
        say(session, baseline, BASELINE_NONE_YET, "there is no baseline file yet at ", base->what);
        return;
    }
    say(session, baseline, BASELINE_UNUSABLE, "the baseline file cannot be read at ", base->what);
    if (err != ERR_NONE) {
        return;
    }
    file_ledger_init(&file, &session->run.names);
    err = file_ledger_read(&file, text, &fault);
    if (err == ERR_NONE) {
        snapshot_release(&baseline->snapshot);
        bars_release(&baseline->bars);
        baseline->snapshot = file.snapshot;
        baseline->bars = file.bars;
        baseline->snapshot.commit = base->commit;
        baseline->match = MATCH_LEDGER_FILE;
        say(session, baseline, BASELINE_FOUND, "the baseline file of ", base->what);
    } else {
        file_baseline_refuse(session, path, err, &fault);
        file_ledger_release(&file);
    }
}

static void choose(struct session *session, const struct base *base, const struct name *path,
                   struct baseline *baseline)
{
    baseline->wanted = base->commit;
    if (git_repo_commit(session->repo) == NULL) {
        say(session, baseline, BASELINE_NONE_YET, "nothing was committed yet", "");
    } else if (base->commit == NULL && session->ci.event != CI_CHANGE &&
               git_repo_parents(session->repo)->count == 0) {
        say(session, baseline, BASELINE_NONE_YET, "this is the first commit", "");
    } else if (base->commit == NULL) {
        diags_add(&session->run.diags, DIAG_LEDGER_FILE_BASE, NULL, 0, 0, span_make(NULL, 0));
        say(session, baseline, BASELINE_UNUSABLE, "this checkout does not know ", base->what);
    } else if (git_repo_tree_of(session->repo, base->commit) == NULL) {
        diags_add_format(&session->run.diags, DIAG_LEDGER_FILE_DEPTH, NULL, 0, 0,
                         "%s, %s, is not in this checkout", base->what, name_text(base->commit));
        say(session, baseline, BASELINE_UNUSABLE, "this checkout does not hold ", base->what);
    } else {
        read_at(session, base, path, baseline);
    }
}

bool file_baseline_choose(struct session *session, const struct policy *policy,
                          const struct name *named, bool asked, struct baseline *baseline)
{
    bool keeps = policy->ledger_file != NULL;
    bool change = session->ci.event == CI_CHANGE || session->ci.event == CI_PUSH ||
                  session->ci.event == CI_QUEUE;
    struct base base = {named, "the base commit"};
    /* Only the change's own policy may have got rid of the file: the target's is believed. */
    if (!keeps && (!change || asked || policy != &session->policy)) {
        return false;
    }
    if (git_repo_commit(session->repo) != NULL && (keeps || named == NULL)) {
        base = find_base(session, named, asked);
    }
    const struct name *path = place_at(session, policy, base.commit);
    if (path != NULL) {
        choose(session, &base, path, baseline);
    }
    return path != NULL;
}

void file_baseline_start(struct session *session, struct baseline *baseline)
{
    struct diags diags = session->run.diags;
    diags_init(&session->run.diags, &session->run.names);
    if (git_repo_commit(session->repo) != NULL) {
        const struct base base = base_of_laptop(session);
        const struct name *path = place_at(session, &session->policy, base.commit);
        choose(session, &base, path, baseline);
    }
    diags_release(&session->run.diags);
    session->run.diags = diags;
}

/* ---- the copy of this change ---- */

static const struct name *path_here(struct session *session, const struct name *path)
{
    struct buf text = {NULL, 0, 0};
    bool here = span_is(span_of(session->root), ".");
    buf_add_format(&text, "%s%s%s", here ? "" : session->root, here ? "" : "/", name_text(path));
    const struct name *name = names_add(&session->run.names, buf_span(&text));
    buf_release(&text);
    return name;
}

const struct name *file_baseline_path(struct session *session)
{
    return path_here(session, session->policy.ledger_file);
}

static enum err read_here(const struct name *path, struct file_ledger *file, struct fault *fault)
{
    struct stat status;
    struct buf text = {NULL, 0, 0};
    if (lstat(name_text(path), &status) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return ERR_MISSING;
    }
    enum err err = whole_file_read(name_text(path), LIMIT_SNAPSHOT_BYTES, &text, fault);
    if (err == ERR_NONE) {
        err = file_ledger_read(file, buf_span(&text), fault);
    }
    buf_release(&text);
    return err;
}

enum err file_baseline_read(struct session *session, struct file_ledger *file, struct fault *fault)
{
    return read_here(file_baseline_path(session), file, fault);
}

bool file_baseline_is_other(struct session *session)
{
    static const char beginning[] = "{\n  \"schema\": \"" FILE_LEDGER_SCHEMA;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf text = {NULL, 0, 0};
    enum err err = whole_file_read(name_text(file_baseline_path(session)), LIMIT_SNAPSHOT_BYTES,
                                   &text, &fault);
    bool cut = span_equal(span_until(span_of(beginning), text.size), buf_span(&text));
    bool other = err == ERR_NONE && !cut && !file_ledger_likely(buf_span(&text));
    buf_release(&text);
    return other;
}

enum err file_baseline_read_own(struct session *session, const struct name *path,
                                struct file_ledger *file, struct fault *fault, struct diags *diags)
{
    struct span text;
    if (session->ci.event == CI_LOCAL) {
        return read_here(path_here(session, path), file, fault);
    }
    enum err err =
        git_repo_file(session->repo, NULL, name_text(path), &session->run.keep, &text, diags);
    if (err == ERR_UNUSABLE) {
        fault_set(fault, FAULT_UNREADABLE, 0, 0, "it cannot be read from HEAD");
        return ERR_READ;
    }
    return err == ERR_NONE ? file_ledger_read(file, text, fault) : err;
}
