/* A commit or an entry of the ledger -> the policy file that it holds, and CODEOWNERS beside it. */
#include "cli/target_file.h"

#include "cli/choose_baseline.h"

#include "base/path.h"

#include <stdlib.h>

/* Where `folder` is, below the work tree and with links followed. False: outside. */
static bool find_below(struct session *session, struct span folder, struct span *below)
{
    struct arena *keep = &session->run.keep;
    struct span root = span_of(git_repo_root(session->repo));
    struct buf text = {NULL, 0, 0};
    buf_add(&text, folder);
    char *real = realpath(buf_text(&text), NULL);
    bool inside = false;
    if (real != NULL) {
        struct span found = arena_copy(keep, span_of(real));
        *below = span_make(NULL, 0);
        inside = span_equal(found, root) || path_below(found, root, below);
    }
    free(real);
    buf_release(&text);
    return inside;
}

/* An absolute path as one from the top of the work tree. Links are followed as far as they lead
 * there and no further: those in the work tree may be the change's. NULL: outside. */
static const struct name *path_from_top(struct session *session, struct span path)
{
    struct arena *keep = &session->run.keep;
    struct span below;
    for (size_t size = 1; size <= path.size; size++) {
        bool whole = size == path.size || path.data[size] == '/';
        if (whole && find_below(session, span_until(path, size), &below)) {
            struct span rest = span_from(path, size + (size < path.size ? 1 : 0));
            struct span clean = path_clean(keep, path_join(keep, below, rest));
            if (!path_escapes(clean)) {
                return names_add(&session->run.names, clean);
            }
        }
    }
    return NULL;
}

/* The same of a path as it is given. */
static const struct name *given_from_top(struct session *session, const char *given)
{
    char *here = realpath(".", NULL);
    struct span path =
        path_join(&session->run.keep, span_of(here != NULL ? here : ""), span_of(given));
    free(here);
    return path_from_top(session, path);
}

const struct name *target_file_path(struct session *session)
{
    const char *given = options_value(session->options, "config");
    return given != NULL ? given_from_top(session, given)
                         : names_add(&session->run.names, SPAN(SESSION_POLICY));
}

static bool head_holds(struct session *session, const char *given)
{
    struct span content;
    struct diags ignored;
    const struct name *path = given != NULL ? given_from_top(session, given) : NULL;
    diags_init(&ignored, &session->run.names);
    bool held =
        path != NULL && git_repo_file(session->repo, NULL, name_text(path), &session->run.keep,
                                      &content, &ignored) != ERR_MISSING;
    diags_release(&ignored);
    return held;
}

bool target_file_is_own(struct session *session, const char *given)
{
    char *behind_links = realpath(given, NULL);
    bool own = head_holds(session, given) || head_holds(session, behind_links);
    free(behind_links);
    return own;
}

/* ---- in a commit ---- */

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

struct span target_file_codeowners(struct session *session)
{
    struct diags unsaid;
    diags_init(&unsaid, &session->run.names);
    struct span text = codeowners_at(session, NULL, &unsaid);
    diags_release(&unsaid);
    return text;
}

enum err target_file_in_commit(struct session *session, const struct name *commit,
                               const struct name *path, struct target_file *file,
                               struct diags *diags)
{
    struct span text = {NULL, 0};
    if (commit == NULL || git_repo_tree_of(session->repo, commit) == NULL) {
        return ERR_MISSING;
    }
    enum err err =
        git_repo_file(session->repo, commit, name_text(path), &session->run.keep, &text, diags);
    if (err != ERR_NONE && err != ERR_MISSING) {
        return ERR_UNUSABLE;
    }
    struct buf shown = {NULL, 0, 0};
    buf_add_format(&shown, "%.10s:%s", name_text(commit), name_text(path));
    *file = (struct target_file){.there = err == ERR_NONE,
                                 .text = text,
                                 .codeowners = codeowners_at(session, commit, diags),
                                 .shown = names_add(&session->run.names, buf_span(&shown)),
                                 .commit = commit};
    buf_release(&shown);
    return ERR_NONE;
}

/* ---- in the ledger ---- */

bool target_file_was_judged(const struct baseline *baseline)
{
    return baseline->state == BASELINE_FOUND && baseline->snapshot.sources.count > 0;
}

bool target_file_in_entry(struct session *session, const struct baseline *baseline,
                          struct target_file *file)
{
    if (!target_file_was_judged(baseline) || baseline->entry == NULL) {
        return false;
    }
    struct buf shown = {NULL, 0, 0};
    buf_add_format(&shown, "ledger %.10s:policy", name_text(baseline->entry));
    *file = (struct target_file){.there = baseline->policy.size > 0,
                                 .text = baseline->policy,
                                 .codeowners = baseline->codeowners,
                                 .shown = names_add(&session->run.names, buf_span(&shown)),
                                 .entry = baseline->entry};
    buf_release(&shown);
    return true;
}

/* A policy that says where its ledger is cannot be asked where the target's copy of it is, before
 * that is tried which holds without its word. What cannot be read there may hold one. */
static enum err look_in_usual_ledger(struct session *session, struct target_file *file,
                                     struct diags *diags)
{
    struct policy plain;
    struct baseline baseline;
    struct diags kept = session->run.diags;
    enum err err = ERR_MISSING;
    policy_init(&plain);
    baseline_init(&baseline, &session->run.names);
    session->run.diags = *diags; /* not finding it there is no news for the change's own verdict */
    choose_baseline(session, &plain, &baseline);
    *diags = session->run.diags;
    session->run.diags = kept;
    if (target_file_in_entry(session, &baseline, file)) {
        err = ERR_NONE;
    } else if (baseline.state == BASELINE_UNUSABLE) {
        err = ERR_UNUSABLE;
    }
    baseline_release(&baseline);
    policy_release(&plain);
    return err;
}

/* Has the policy a word about where its entries are? A baseline file that cannot be read closes the
 * gate already, and needs no network for that. */
static bool is_led(const struct policy *policy, const struct baseline *baseline)
{
    return policy->branch != NULL || policy->ledger_remote != NULL || policy->ledger_id != NULL ||
           (policy->ledger_file != NULL && baseline->state != BASELINE_UNUSABLE);
}

enum err target_file_in_ledger(struct session *session, const struct baseline *baseline,
                               struct target_file *file, struct diags *diags)
{
    enum err err = ERR_MISSING;
    if (is_led(&session->policy, baseline)) {
        err = look_in_usual_ledger(session, file, diags);
    }
    if (err == ERR_MISSING && target_file_in_entry(session, baseline, file)) {
        err = ERR_NONE;
    }
    return err;
}

bool target_file_same(struct span one, struct span two)
{
    while (one.size > 0 && two.size > 0) {
        struct span left = span_cut(&one, '\n');
        struct span right = span_cut(&two, '\n');
        left.size -= left.size > 0 && left.data[left.size - 1] == '\r';
        right.size -= right.size > 0 && right.data[right.size - 1] == '\r';
        if (!span_equal(left, right)) {
            return false;
        }
    }
    return one.size == two.size;
}
