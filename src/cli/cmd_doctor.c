/* tidegate doctor: what this checkout, CI context, policy and ledger allow. */
#include "cli/choose_baseline.h"
#include "cli/command.h"
#include "cli/file_baseline.h"
#include "cli/find_reports.h"
#include "cli/open_ledger.h"
#include "cli/session.h"

#include "ledger/git_ledger.h"
#include "render/escape.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum mark { GOOD, NOTICE, BAD };

enum { LOOSE_MANY = 4000 };

struct visit {
    struct session *session;
    struct buf text;
    size_t bad;
    bool has_policy; /* or none is needed */
};

static void add_line(struct visit *visit, enum mark mark, const char *subject, struct span detail)
{
    static const char *const words[] = {"ok  ", "note", "BAD "};
    visit->bad += mark == BAD;
    buf_add_format(&visit->text, "%s  %-10s ", words[mark], subject);
    escape_add_text(&visit->text, detail, 0);
    buf_add_byte(&visit->text, '\n');
}

static void add_format(struct visit *visit, enum mark mark, const char *subject, const char *format,
                       ...) __attribute__((format(printf, 4, 5)));

static void add_format(struct visit *visit, enum mark mark, const char *subject, const char *format,
                       ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    add_line(visit, mark, subject, span_of(text));
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void look_at_checkout(struct visit *visit)
{
    struct session *session = visit->session;
    if (session_repo(session) != ERR_NONE) {
        add_line(visit, BAD, "checkout", SPAN("a git repository that cannot be read (see above)"));
    } else if (session->repo == NULL) {
        add_line(visit, NOTICE, "checkout",
                 SPAN("not a git repository: no baseline, paths stay as reported"));
    } else if (git_repo_commit(session->repo) == NULL) {
        add_line(visit, NOTICE, "checkout",
                 SPAN("a git repository without a commit: nothing can be recorded"));
    } else {
        add_format(visit, GOOD, "checkout", "%s at %.12s%s, %zu parent%s known",
                   git_repo_root(session->repo), name_text(git_repo_commit(session->repo)),
                   git_repo_is_shallow(session->repo) ? " (shallow, which is enough)" : "",
                   git_repo_parents(session->repo)->count,
                   plural(git_repo_parents(session->repo)->count));
    }
}

static void look_at_run(struct visit *visit)
{
    static const char *const runs[] = {"no CI run that is known, judged as on a laptop",
                                       "a push",
                                       "a change",
                                       "a merge queue",
                                       "a tag",
                                       "a scheduled run"};
    static const char *const towards[] = {", branch ", " to ", " that goes to ",
                                          " of ",      " on ", " of "};
    const struct ci_context *ci = &visit->session->ci;
    add_format(visit, GOOD, "run", "%s: %s%s%s", ci->provider, runs[ci->event],
               ci->branch != NULL ? towards[ci->event] : "",
               ci->branch != NULL ? name_text(ci->branch) : "");
}

static bool has_entry_of(const struct vec *entries, const struct name *branch)
{
    for (size_t index = 0; index < entries->count; index++) {
        if (((const struct ledger_entry *)vec_at(entries, index))->branch == branch) {
            return true;
        }
    }
    return false;
}

/* `entries`: of the ledger, newest first. */
static void look_at_branch(struct visit *visit, struct git_ledger *ledger,
                           const struct vec *entries)
{
    const struct name *branch = choose_branch(visit->session, ledger);
    if (branch != NULL && entries->count > 0 && !has_entry_of(entries, branch)) {
        const struct ledger_entry *newest = vec_at(entries, 0);
        add_format(visit, NOTICE, "branch",
                   "%s: the ledger has no entry of it, the newest one is of %s", name_text(branch),
                   name_text(newest->branch));
    } else if (branch != NULL) {
        add_format(visit, GOOD, "branch", "%s: its ledger entries are the baseline",
                   name_text(branch));
    } else {
        add_line(visit, BAD, "branch",
                 SPAN("unknown; set `baseline: {branch: NAME}` in the policy"));
    }
}

static void look_at_policy(struct visit *visit)
{
    struct session *session = visit->session;
    visit->has_policy = session_policy(session) == ERR_NONE;
    if (!visit->has_policy) {
        add_line(visit, BAD, "policy", SPAN("has mistakes (see above): nothing can be judged"));
    } else if (!session->has_policy_file) {
        add_line(visit, NOTICE, "policy",
                 SPAN("no .tidegate.yml: defaults apply; `tidegate init` writes one"));
    } else {
        const struct policy *policy = &session->policy;
        add_format(visit, GOOD, "policy", "%s: %zu report pattern%s, %zu rule%s, %zu waiver%s",
                   name_text(policy->path), policy->reports.count, plural(policy->reports.count),
                   policy->rules.count, plural(policy->rules.count), policy->waivers.count,
                   plural(policy->waivers.count));
    }
}

static void look_at_reports(struct visit *visit)
{
    struct session *session = visit->session;
    struct vec found;
    size_t missing = 0;
    if (!visit->has_policy) {
        add_line(visit, NOTICE, "reports", SPAN("not looked for: the policy has mistakes"));
        return;
    }
    vec_init(&found, sizeof(struct found_report));
    if (session->policy.reports.count > 0) {
        find_policy_reports(&session->policy, &session->run.names, session->root, &found,
                            &session->run.diags);
    } else {
        find_usual_reports(&session->run.names, session->root, &found, &session->run.diags);
    }
    for (size_t index = 0; index < found.count; index++) {
        missing += ((const struct found_report *)vec_at(&found, index))->missing;
    }
    add_format(visit, missing > 0 || found.count == 0 ? NOTICE : GOOD, "reports",
               "%zu found now, %zu pattern%s without enough files", found.count - missing, missing,
               plural(missing));
    vec_release(&found);
}

static void look_at_file(struct visit *visit)
{
    struct session *session = visit->session;
    const char *path = name_text(session->policy.ledger_file);
    struct fault fault = {.kind = FAULT_NONE};
    struct file_ledger file;
    file_ledger_init(&file, &session->run.names);
    enum err err = file_baseline_read_own(session, session->policy.ledger_file, &file, &fault,
                                          &session->run.diags);
    if (err == ERR_NONE) {
        add_format(visit, GOOD, "ledger", "%s: %zu metrics", path, file.snapshot.metrics.count);
    } else if (err == ERR_MISSING) {
        add_format(visit, NOTICE, "ledger", "%s is not there yet; `tidegate record` writes it",
                   path);
    } else {
        file_baseline_refuse(session, session->policy.ledger_file, err, &fault);
        add_format(visit, BAD, "ledger", "%s cannot be read (see above)", path);
    }
    file_ledger_release(&file);
}

/* Recording packs them; so many are there only where that does not work. */
static void look_at_store(struct visit *visit, const struct git_ledger *ledger, const char *folder)
{
    size_t loose = git_ledger_loose(ledger);
    if (loose > LOOSE_MANY) {
        add_format(visit, NOTICE, "ledger",
                   "some %zu objects in files of their own, which only the git program packs: "
                   "git --git-dir=%s/tidegate/ledger.git repack -a -d --keep-unreachable",
                   loose, folder);
    }
}

static void look_at_ledger(struct visit *visit)
{
    struct session *session = visit->session;
    struct git_ledger *ledger = NULL;
    struct vec entries;
    if (session->repo == NULL) {
        return;
    }
    if (session->policy.ledger_file != NULL) {
        look_at_file(visit);
        return;
    }
    const char *folder = git_repo_common_dir(session->repo);
    enum err err = open_ledger(session, false, &ledger);
    vec_init(&entries, sizeof(struct ledger_entry));
    if (err == ERR_MISSING) {
        add_format(visit, NOTICE, "ledger", "%s; `tidegate record` does that",
                   name_text(ledger_none_text(session, &session->policy)));
    } else if (err != ERR_NONE ||
               git_ledger_list(ledger, 0, &entries, &session->run.diags) != ERR_NONE) {
        add_line(visit, BAD, "ledger", SPAN("cannot be read (see above)"));
    } else {
        add_format(visit, GOOD, "ledger", "%zu %s", entries.count,
                   entries.count == 1 ? "entry" : "entries");
        look_at_store(visit, ledger, folder);
    }
    look_at_branch(visit, ledger, &entries);
    if (access(folder, W_OK) != 0) {
        add_format(visit, NOTICE, "ledger", "%s is not writable: recording will fail", folder);
    }
    vec_release(&entries);
    git_ledger_close(ledger);
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    struct visit visit = {.session = &session};
    session_open(&session, options);
    buf_init(&visit.text);
    buf_add_text(&visit.text, "tidegate " TIDEGATE_VERSION "\n");
    look_at_checkout(&visit);
    look_at_policy(&visit);
    look_at_run(&visit);
    look_at_reports(&visit);
    look_at_ledger(&visit);
    session_complain(&session);
    session_close(&session);
    return session_print(&visit.text, visit.bad > 0 ? EXIT_USAGE : EXIT_OPEN);
}

static const struct option_spec options[] = {
    OFFLINE_OPTION, DEADLINE_OPTION, {NULL, 0, NULL, NULL}};

const struct command command_doctor = {
    .name = "doctor",
    .words = "",
    .summary = "tell what this checkout, CI run, policy and ledger allow",
    .text = "Looks, and changes nothing but the copy of the ledger that it fetches. The exit code "
            "is 2 when something is there but cannot be used.",
    .examples = "  tidegate doctor\n",
    .options = options,
    .run = run,
};
