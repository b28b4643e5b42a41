/* Fetching and pushing the ledger's branch.
 *
 * "There is no such branch" is said only when the server listed its branches and this one was not
 * among them; a fetch that fails in any other way says nothing about the ledger. A push is plain:
 * the server takes it only if the branch still stands where the new entry was built; compacting
 * replaces it under a lease on what was read. What git says is told apart by its words, which
 * LC_ALL=C keeps the same everywhere; words that are not known count as "unreachable", which
 * blocks. */
#include "ledger/git_server.h"

#include "base/mem.h"
#include "ledger/git_ledger.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_DIGITS = 24 };

struct git_server {
    struct git_settings settings;
    struct git_program program;
    const struct name *name;
    char *store; /* "--git-dir=..." */
    char *ref;
};

static char *copy(const char *format, const char *text)
{
    struct buf buf = {NULL, 0, 0};
    buf_add_format(&buf, format, text);
    char *made = mem_alloc(buf.size + 1);
    memcpy(made, buf_text(&buf), buf.size);
    buf_release(&buf);
    return made;
}

enum err git_server_open(struct git_server **server, const struct server_place *place,
                         struct diags *diags)
{
    struct git_server *opened = mem_alloc(sizeof(*opened));
    opened->name = place->remote;
    opened->store = copy("--git-dir=%s", place->store);
    opened->ref = copy(LEDGER_COPY "%s", name_text(place->remote));
    git_settings_init(&opened->settings);
    enum err err =
        git_settings_read(&opened->settings, place->root, place->remote, place->workspace, diags);
    /* Relative addresses and file names in the settings count from the work tree. */
    opened->program = (struct git_program){place->root, &opened->settings.list, NULL};
    if (err != ERR_NONE) {
        git_server_close(opened);
        opened = NULL;
    }
    *server = opened;
    return err;
}

void git_server_close(struct git_server *server)
{
    if (server == NULL) {
        return;
    }
    git_settings_release(&server->settings);
    free(server->store);
    free(server->ref);
    free(server);
}

/* ---- what git's answer means ---- */

static bool says(struct span text, const char *words)
{
    size_t size = strlen(words);
    for (size_t at = 0; at + size <= text.size; at++) {
        if (memcmp(text.data + at, words, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool says_any(struct span text, const char *const *words)
{
    while (*words != NULL && !says(text, *words)) {
        words++;
    }
    return *words != NULL;
}

static enum server_answer meaning(const struct process_result *result)
{
    static const char *const denied[] = {
        "Authentication failed",
        "could not read Username",
        "could not read Password",
        "error: 401",
        "error: 403",
        "Permission denied (",
        "Permission to ",
        "not allowed to push",
        "terminal prompts disabled",
        "remote: HTTP Basic: Access denied",
        "GH006:", /* GitHub: protected branch */
        "GH013:", /* GitHub: ruleset */
        "protected branch",
        NULL,
    };
    /* Lost races: the branch was moved or made, or is just being moved, by somebody else. */
    static const char *const moved[] = {
        "(fetch first)",
        "(non-fast-forward)",
        "(stale info)",
        "failed to update ref",
        "reference already exists",
        "cannot lock ref",
        "failed to lock",
        "incorrect old value",
        "remote ref does not match",
        "already exists)",
        "(needs force)",
        NULL,
    };
    struct span errors = buf_span(&result->errors);
    struct span output = buf_span(&result->output);
    if (result->end == PROCESS_NOT_FOUND) {
        return SERVER_NO_GIT;
    }
    if (result->end == PROCESS_EXITED && result->exit_code == 0) {
        return SERVER_DONE;
    }
    if (result->end != PROCESS_EXITED) {
        return SERVER_UNREACHABLE;
    }
    if (says_any(errors, moved) || says_any(output, moved)) {
        return SERVER_MOVED;
    }
    if (says_any(errors, denied)) {
        return SERVER_DENIED;
    }
    if (says(output, "[remote rejected]") || says(errors, "[remote rejected]")) {
        return SERVER_DECLINED;
    }
    return says(errors, "couldn't find remote ref") ? SERVER_NO_BRANCH : SERVER_UNREACHABLE;
}

static void tell(const struct git_server *server, const char *const *words, unsigned milliseconds,
                 const struct process_result *result, struct buf *why)
{
    buf_clear(why);
    buf_add_byte(why, '`');
    git_program_add_command(why, words);
    buf_add_byte(why, '`');
    if (result->end == PROCESS_TIMED_OUT) {
        buf_add_format(why, " was stopped after %u seconds without an end",
                       (milliseconds + 999) / 1000);
    } else if (result->end == PROCESS_KILLED) {
        buf_add_text(why, " was killed");
    }
    if (result->errors.size > 0) {
        buf_add_text(why, ": ");
        git_program_add_said(&server->program, why, result);
    }
    if (says(buf_span(&result->output), "[remote rejected]")) {
        struct process_result rejected = {.errors = result->output};
        buf_add_text(why, "; ");
        git_program_add_said(&server->program, why, &rejected);
    }
}

static enum server_answer run(struct git_server *server, const char *const *words,
                              unsigned milliseconds, struct buf *output, struct buf *why)
{
    struct process_result result = {.end = PROCESS_EXITED};
    git_program_run(&server->program, words, milliseconds, &result);
    enum server_answer answer = meaning(&result);
    if (answer != SERVER_DONE) {
        tell(server, words, milliseconds, &result, why);
    } else if (output != NULL) {
        buf_add(output, buf_span(&result.output));
    }
    process_result_release(&result);
    return answer;
}

/* ---- asking ---- */

enum server_answer git_server_ask(struct git_server *server, unsigned milliseconds, struct buf *id,
                                  struct buf *why)
{
    const char *const words[] = {server->store,           "ls-remote",   "--heads",
                                 name_text(server->name), LEDGER_BRANCH, NULL};
    struct buf listing = {NULL, 0, 0};
    enum server_answer answer = run(server, words, milliseconds, &listing, why);
    struct span rest = buf_span(&listing);
    while (answer == SERVER_DONE && rest.size > 0) {
        struct span ref = span_cut(&rest, '\n');
        struct span commit = span_cut(&ref, '\t');
        if (span_is(ref, LEDGER_BRANCH)) { /* the server may list others that end alike */
            buf_add(id, commit);
            buf_release(&listing);
            return SERVER_DONE;
        }
    }
    buf_release(&listing);
    return answer == SERVER_DONE ? SERVER_NO_BRANCH : answer;
}

/* ---- fetching ---- */

static bool is_shallow(const struct git_server *server)
{
    struct buf path = {NULL, 0, 0};
    struct stat status;
    buf_add_format(&path, "%s/shallow", server->store + sizeof("--git-dir=") - 1);
    bool shallow = stat(buf_text(&path), &status) == 0 && status.st_size > 0;
    buf_release(&path);
    return shallow;
}

static bool has_copy(struct git_server *server)
{
    const char *const words[] = {server->store, "rev-parse", "--verify",
                                 "--quiet",     server->ref, NULL};
    struct buf why = {NULL, 0, 0};
    bool there = run(server, words, 20000, NULL, &why) == SERVER_DONE;
    buf_release(&why);
    return there;
}

/* The option about the depth, or NULL. A whole copy must not be made shallow; a shallow one is made
 * deeper only when more is asked for than the newest commits. */
static const char *depth_option(struct git_server *server, unsigned depth, char *text)
{
    bool shallow = is_shallow(server);
    if (depth == 0) {
        return shallow ? "--unshallow" : NULL;
    }
    if (!shallow && has_copy(server)) {
        return NULL;
    }
    if (shallow && depth == 1) {
        return NULL;
    }
    struct buf option = {NULL, 0, 0};
    buf_add_format(&option, "--depth=%u", depth);
    memcpy(text, buf_text(&option), option.size + 1);
    buf_release(&option);
    return text;
}

enum server_answer git_server_fetch(struct git_server *server, unsigned depth,
                                    unsigned milliseconds, struct buf *why)
{
    char text[DEPTH_DIGITS];
    char *refspec = copy("+" LEDGER_BRANCH ":%s", server->ref);
    const char *words[12] = {
        server->store, "fetch", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
        "--quiet"};
    size_t count = 6;
    const char *option = depth_option(server, depth, text);
    if (option != NULL) {
        words[count++] = option;
    }
    words[count++] = name_text(server->name);
    words[count] = refspec;
    enum server_answer answer = run(server, words, milliseconds, NULL, why);
    free(refspec);
    if (answer == SERVER_NO_BRANCH) { /* said by words; now by the server's list */
        struct buf id = {NULL, 0, 0};
        answer = git_server_ask(server, milliseconds, &id, why);
        buf_release(&id);
        answer = answer == SERVER_DONE ? SERVER_MOVED : answer; /* it was made just now */
    }
    return answer;
}

/* ---- pushing ---- */

/* `lease` is NULL for a plain push. */
static enum server_answer push(struct git_server *server, const char *commit, const char *lease,
                               unsigned milliseconds, struct buf *why)
{
    char *refspec = copy("%s:" LEDGER_BRANCH, commit);
    const char *words[8] = {server->store, "push", "--porcelain", "--no-verify"};
    size_t count = 4;
    if (lease != NULL) {
        words[count++] = lease;
    }
    words[count++] = name_text(server->name);
    words[count] = refspec;
    enum server_answer answer = run(server, words, milliseconds, NULL, why);
    free(refspec);
    if (answer == SERVER_DONE) { /* the copy follows; if not, the next fetch mends it */
        const char *const update[] = {server->store, "update-ref", server->ref, commit, NULL};
        struct buf ignored = {NULL, 0, 0};
        run(server, update, milliseconds, NULL, &ignored);
        buf_release(&ignored);
    }
    return answer;
}

enum server_answer git_server_push(struct git_server *server, const char *commit,
                                   unsigned milliseconds, struct buf *why)
{
    return push(server, commit, NULL, milliseconds, why);
}

enum server_answer git_server_replace(struct git_server *server, const char *commit,
                                      const char *old, unsigned milliseconds, struct buf *why)
{
    char *lease = copy("--force-with-lease=" LEDGER_BRANCH ":%s", old);
    enum server_answer answer = push(server, commit, lease, milliseconds, why);
    free(lease);
    return answer;
}

/* ---- in words ---- */

enum err git_server_refuse(const struct git_server *server, enum server_answer answer,
                           struct buf *why, struct diags *diags)
{
    static const enum diag_code codes[] = {
        [SERVER_MOVED] = DIAG_LEDGER_BUSY,       [SERVER_DECLINED] = DIAG_LEDGER_DECLINED,
        [SERVER_DENIED] = DIAG_LEDGER_DENIED,    [SERVER_UNREACHABLE] = DIAG_LEDGER_UNREACHABLE,
        [SERVER_NO_BRANCH] = DIAG_LEDGER_GONE,   [SERVER_NO_GIT] = DIAG_LEDGER_NO_GIT,
        [SERVER_DONE] = DIAG_LEDGER_UNREACHABLE,
    };
    /* A lock that a killed git has left in the copy: waiting does not help, and git names the
     * file. */
    bool locked =
        says(buf_span(why), "Unable to create '") && says(buf_span(why), ".lock': File exists");
    diags_add(diags, locked ? DIAG_LEDGER_LOCKED : codes[answer], server->name, 0, 0,
              buf_span(why));
    return answer == SERVER_MOVED ? ERR_CONFLICT : ERR_UNUSABLE;
}
