/* From policy, checkout and CI run to an open ledger. */
#include "cli/open_ledger.h"

enum { SECONDS_READ = 60, SECONDS_RECORD = 120, DEADLINE_MOST = 86400 };

static bool has_remote(const struct vec *remotes, const struct name *wanted)
{
    for (size_t index = 0; index < remotes->count; index++) {
        if (*(const struct name **)vec_at(remotes, index) == wanted) {
            return true;
        }
    }
    return false;
}

/* In a fork the origin is the fork, which has no ledger or one of its own; that would look like
 * "none yet". */
static enum err leave_fork(struct session *session, const struct vec *remotes,
                           const struct name **remote)
{
    const struct name *upstream = names_add(&session->run.names, SPAN("upstream"));
    if (has_remote(remotes, upstream)) {
        *remote = upstream;
        return ERR_NONE;
    }
    diags_add(&session->run.diags, DIAG_LEDGER_FORK, NULL, 0, 0, name_span(session->ci.fork_of));
    return ERR_UNUSABLE;
}

enum err ledger_remote_of(struct session *session, const struct policy *policy,
                          const struct name **remote)
{
    const struct name *wanted = policy->ledger_remote;
    const struct name *origin = names_add(&session->run.names, SPAN("origin"));
    struct vec remotes;
    enum err err = ERR_NONE;
    *remote = NULL;
    vec_init(&remotes, sizeof(const struct name *));
    git_repo_remotes(session->repo, &remotes);
    if (wanted != NULL && !span_is(name_span(wanted), "none")) {
        *remote = wanted;
        if (!has_remote(&remotes, wanted)) {
            diags_add_format(&session->run.diags, DIAG_LEDGER_NO_REMOTE, policy->path, 0, 0,
                             "this checkout has no remote '%s'", name_text(wanted));
            err = ERR_POLICY;
        }
    } else if (wanted == NULL && has_remote(&remotes, origin)) {
        *remote = origin;
    } else if (wanted == NULL && remotes.count == 1) {
        *remote = *(const struct name **)vec_at(&remotes, 0);
    } else if (wanted == NULL && remotes.count > 1) {
        diags_add(&session->run.diags, DIAG_LEDGER_NO_REMOTE, policy->path, 0, 0,
                  SPAN("several remotes and none is called origin: which one holds the ledger?"));
        err = ERR_POLICY;
    }
    if (err == ERR_NONE && *remote == origin && session->ci.fork_of != NULL) {
        err = leave_fork(session, &remotes, remote);
    }
    vec_release(&remotes);
    return err;
}

enum err ledger_remote(struct session *session, const struct name **remote)
{
    return ledger_remote_of(session, &session->policy, remote);
}

const struct name *ledger_none_text(struct session *session, const struct policy *policy)
{
    const struct name *remote = NULL;
    struct buf text = {NULL, 0, 0};
    (void)ledger_remote_of(session, policy, &remote);
    buf_add_format(&text, "nothing was recorded %s%s yet", remote != NULL ? "at " : "",
                   remote != NULL ? name_text(remote) : "in this repository");
    const struct name *name = names_add(&session->run.names, buf_span(&text));
    buf_release(&text);
    return name;
}

/* Takes the seconds of --deadline, if it is given. */
static bool read_deadline(const struct options *options, uint64_t *seconds)
{
    const char *given = options_value(options, "deadline");
    return given == NULL ||
           (span_to_u64(span_of(given), seconds) && *seconds > 0 && *seconds <= DEADLINE_MOST);
}

bool ledger_deadline_fits(const struct options *options)
{
    uint64_t seconds = 0;
    return read_deadline(options, &seconds);
}

enum err open_ledger_of(struct session *session, const struct policy *policy, bool to_append,
                        struct git_ledger **ledger)
{
    struct ledger_place place = {
        .common_dir = git_repo_common_dir(session->repo),
        .root = git_repo_root(session->repo),
        .workspace = session->ci.workspace != NULL ? name_text(session->ci.workspace) : NULL,
        .id = policy->ledger_id,
        .offline = options_has(session->options, "offline"),
        .create = to_append,
    };
    uint64_t seconds = to_append ? SECONDS_RECORD : SECONDS_READ;
    *ledger = NULL;
    read_deadline(session->options, &seconds); /* main has looked at it */
    place.seconds = (unsigned)seconds;
    enum err err = ledger_remote_of(session, policy, &place.remote);
    if (err == ERR_NONE) {
        err = git_ledger_open(ledger, &session->run.names, &place, &session->run.diags);
    }
    return err;
}

enum err shared_ledger(struct session *session, const struct policy *policy,
                       struct git_ledger **ledger)
{
    struct session_ledger *shared = &session->ledger;
    const struct name *remote = NULL;
    *ledger = NULL;
    enum err err = ledger_remote_of(session, policy, &remote);
    if (err != ERR_NONE) {
        return err;
    }
    if (!shared->tried || shared->remote != remote || shared->id != policy->ledger_id) {
        git_ledger_close(shared->ledger);
        *shared = (struct session_ledger){.remote = remote, .id = policy->ledger_id};
        shared->err = open_ledger_of(session, policy, false, &shared->ledger);
        /* What went wrong is told anew to everybody who asks. */
        shared->tried = shared->err == ERR_NONE || shared->err == ERR_MISSING;
    }
    *ledger = shared->ledger;
    return shared->err;
}

enum err open_ledger(struct session *session, bool to_append, struct git_ledger **ledger)
{
    return open_ledger_of(session, &session->policy, to_append, ledger);
}

bool ledger_may_push(struct session *session)
{
    const struct name *remote = NULL;
    enum err err = ledger_remote(session, &remote);
    if (err == ERR_NONE && remote != NULL && session->ci.event == CI_LOCAL &&
        !options_has(session->options, "push")) {
        diags_add_format(&session->run.diags, DIAG_CLI_PUSH, NULL, 0, 0,
                         "the ledger is a branch of '%s', and this is no CI run",
                         name_text(remote));
        err = ERR_USAGE;
    }
    if (err != ERR_NONE) {
        session_complain(session);
    }
    return err == ERR_NONE;
}
