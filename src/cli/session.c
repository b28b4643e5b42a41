/* What the commands share. The only place, with find_reports.c, that asks the system for the
 * clock, the environment and the terminal. */
#include "cli/session.h"

#include "cli/run_base.h"
#include "cli/whole_file.h"

#include "base/limits.h"
#include "base/path.h"
#include "collectors/collectors.h"
#include "gates/gates.h"
#include "policy/branch_name.h"
#include "render/escape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char policy_name[] = SESSION_POLICY;

static const char *get_variable(void *self, const char *variable)
{
    (void)self;
    return getenv(variable);
}

void session_open(struct session *session, const struct options *options)
{
    *session = (struct session){.options = options, .root = ".", .words_are_reports = true};
    run_init(&session->run);
    policy_init(&session->policy);
    buf_init(&session->policy_text);
    buf_init(&session->root_text);
    session->quiet = options_has(options, "quiet");
    session->verbose = options_has(options, "verbose");
    ci_context_read(&session->ci, &session->run.names, get_variable, NULL);
}

void session_close(struct session *session)
{
    git_ledger_close(session->ledger.ledger);
    git_repo_close(session->repo);
    buf_release(&session->policy_text);
    buf_release(&session->root_text);
    policy_release(&session->policy);
    run_release(&session->run);
}

/* "../.." from the current folder up to the work tree, so that paths stay short in messages. */
static void find_root(struct session *session)
{
    char here[4096];
    const char *top = git_repo_root(session->repo);
    if (getcwd(here, sizeof(here)) == NULL || strcmp(here, top) == 0) {
        return;
    }
    struct span below;
    if (!path_below(span_of(here), span_of(top), &below)) {
        buf_add_text(&session->root_text, top);
    }
    while (session->root_text.size == 0 || below.size > 0) {
        buf_add_text(&session->root_text, session->root_text.size > 0 ? "/.." : "..");
        size_t slash = span_find(below, '/');
        below = slash == SIZE_MAX ? span_make(NULL, 0) : span_from(below, slash + 1);
    }
    session->root = buf_text(&session->root_text);
}

enum err session_repo(struct session *session)
{
    if (session->repo_tried) {
        return ERR_NONE;
    }
    session->repo_tried = true;
    enum err err = git_repo_open(&session->repo, &session->run.names, ".", &session->run.diags);
    if (err == ERR_NONE) {
        find_root(session);
        run_base_settle(session);
    }
    return err == ERR_MISSING ? ERR_NONE : err;
}

struct policy_vocabulary session_vocabulary(void)
{
    static const char *const formats[] = {
#define COLLECTOR(name) #name,
#include "collectors/collectors.def"
#undef COLLECTOR
        NULL
    };
    return (struct policy_vocabulary){rules_specs(), formats};
}

static void add_at_root(const struct session *session, struct buf *path, const char *file)
{
    if (strcmp(session->root, ".") != 0) {
        buf_add_format(path, "%s/", session->root);
    }
    buf_add_text(path, file);
}

/* A gate that everybody believes in, under a name that nobody reads. */
enum err session_named_well(struct session *session)
{
    static const char *const others[] = {".tidegate.yaml", "tidegate.yml", "tidegate.yaml"};
    struct stat status;
    struct buf right = {NULL, 0, 0};
    struct buf path = {NULL, 0, 0};
    enum err err = ERR_NONE;
    add_at_root(session, &right, policy_name);
    bool there = lstat(buf_text(&right), &status) == 0;
    for (size_t index = 0; !there && index < sizeof(others) / sizeof(others[0]); index++) {
        buf_clear(&path);
        add_at_root(session, &path, others[index]);
        if (lstat(buf_text(&path), &status) == 0) {
            diags_add_format(&session->run.diags, DIAG_CLI_MISNAMED,
                             names_add(&session->run.names, buf_span(&path)), 0, 0,
                             "a policy is read from %s only: git mv %s %s", policy_name,
                             buf_text(&path), buf_text(&right));
            err = ERR_POLICY;
        }
    }
    buf_release(&right);
    buf_release(&path);
    return err;
}

/* Whoever edits the other one wonders why nothing changes. */
static void tell_second_policy(struct session *session)
{
    struct stat status;
    struct buf path = {NULL, 0, 0};
    add_at_root(session, &path, ".tidegate.yaml");
    if (lstat(buf_text(&path), &status) == 0) {
        diags_add_format(&session->run.diags, DIAG_CLI_SECOND_POLICY,
                         names_add(&session->run.names, buf_span(&path)), 0, 0,
                         "nothing reads it beside %s", policy_name);
    }
    buf_release(&path);
}

static enum err read_policy(struct session *session)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct names *names = &session->run.names;
    struct policy_vocabulary vocabulary = session_vocabulary();
    const char *given = options_value(session->options, "config");
    struct buf path;
    buf_init(&path);
    if (given != NULL) {
        buf_add_text(&path, given);
    } else {
        add_at_root(session, &path, policy_name);
    }
    enum err err = ERR_NONE;
    struct stat status;
    if (given == NULL && lstat(buf_text(&path), &status) != 0 && errno == ENOENT) {
        policy_defaults(&session->policy, names, &vocabulary);
        err = session_named_well(session);
    } else {
        const struct name *file = names_add(names, buf_span(&path));
        session->has_policy_file = true;
        err = whole_file_read(buf_text(&path), LIMIT_POLICY_BYTES, &session->policy_text, &fault);
        if (err != ERR_NONE) {
            diags_add_format(&session->run.diags, DIAG_CLI_POLICY, file, 0, 0,
                             "cannot read the policy file: %s", fault.text);
            err = ERR_POLICY;
        } else {
            err = policy_read(&session->policy, names, buf_span(&session->policy_text), file,
                              &vocabulary, &session->run.diags);
        }
        if (given == NULL) {
            tell_second_policy(session);
        }
    }
    buf_release(&path);
    return err;
}

/* CI systems say refs/heads/main, and that branch is called main. */
static const char *branch_option(const struct options *options)
{
    static const char folder[] = "refs/heads/";
    const char *given = options_value(options, "branch");
    bool whole = given != NULL && strncmp(given, folder, sizeof(folder) - 1) == 0;
    return whole ? given + sizeof(folder) - 1 : given;
}

bool session_branch_fits(const struct options *options)
{
    const char *given = branch_option(options);
    return given == NULL || branch_name_valid(span_of(given));
}

const struct name *session_branch_given(struct session *session)
{
    const char *given = branch_option(session->options);
    return given != NULL ? names_add(&session->run.names, span_of(given)) : NULL;
}

enum err session_policy(struct session *session)
{
    if (!session->policy_tried) {
        session->policy_tried = true;
        session->policy_err = read_policy(session);
    }
    return session->policy_err;
}

bool session_names_reports(const struct session *session)
{
    return session->words_are_reports && session->options->word_count > 0;
}

enum err session_policy_judges(struct session *session)
{
    struct span text;
    enum err err = session_policy(session);
    if (err == ERR_NONE && session_names_reports(session) && session->policy.reports.count > 0) {
        diags_add(&session->run.diags, DIAG_CLI_NAMED_REPORTS, NULL, 0, 0, span_make(NULL, 0));
    }
    if (err != ERR_NONE || session->has_policy_file || session->ci.event == CI_LOCAL ||
        session->repo == NULL ||
        git_repo_file(session->repo, NULL, policy_name, &session->run.keep, &text,
                      &session->run.diags) == ERR_MISSING) {
        return err;
    }
    diags_add(&session->run.diags, DIAG_CLI_POLICY,
              names_add(&session->run.names, span_of(policy_name)), 0, 0,
              SPAN("the commit holds this policy file, and the work tree does not: a sparse "
                   "checkout must include it, and no step of the job may remove it"));
    return ERR_POLICY;
}

static void add_diag(struct buf *out, const struct diag *diag)
{
    if (diag->file != NULL) {
        escape_add_text(out, name_span(diag->file), 0);
        buf_add_byte(out, ':');
        if (diag->line > 0) {
            buf_add_format(out, "%llu:", (unsigned long long)diag->line);
        }
        if (diag->line > 0 && diag->column > 0) {
            buf_add_format(out, "%llu:", (unsigned long long)diag->column);
        }
        buf_add_byte(out, ' ');
    }
    buf_add_format(out, "%s: ", severity_text(diag->severity));
    escape_add_text(out, name_span(diag->text), 0);
    buf_add_format(out, " [%s]\n    %s\n", diag_kind(diag->code)->code,
                   diag_kind(diag->code)->remedy);
}

void session_complain_of(const struct session *session, const struct diags *diags)
{
    for (size_t index = 0; index < diags_count(diags); index++) {
        const struct diag *diag = diags_at(diags, index);
        if (diag->severity == SEVERITY_INFO ||
            (session->quiet && diag->severity != SEVERITY_ERROR)) {
            continue;
        }
        struct buf line;
        buf_init(&line);
        add_diag(&line, diag);
        fputs(buf_text(&line), stderr);
        buf_release(&line);
    }
}

void session_complain(const struct session *session)
{
    session_complain_of(session, &session->run.diags);
}

enum exit_code session_print(struct buf *text, enum exit_code code)
{
    bool failed = (text->size > 0 && fwrite(text->data, 1, text->size, stdout) != text->size) ||
                  fflush(stdout) != 0;
    buf_release(text);
    if (failed) {
        if (errno != EPIPE) { /* whoever closed the pipe has seen enough */
            fprintf(stderr, "tidegate: cannot write to standard output: %s\n", strerror(errno));
        }
        return code == EXIT_OPEN ? EXIT_PUBLISH : code;
    }
    return code;
}

bool session_colour(void)
{
    const char *off = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && (off == NULL || off[0] == '\0') &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

unsigned session_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) {
        return 0;
    }
    return size.ws_col;
}

int64_t session_now(void)
{
    return (int64_t)time(NULL);
}

uint32_t session_today(void)
{
    time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day) == NULL) {
        return 99999999; /* no clock: every waiver counts as expired */
    }
    return (uint32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
}
