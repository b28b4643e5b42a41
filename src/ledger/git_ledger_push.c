/* Moving the ledger's branch at the remote to a new entry.
 *
 * Every try begins with a fetch and ends with a plain push, which the server takes only when its branch
 * still stands where the entry was built. An answer that was lost on the way may have been a yes: so
 * after a fetch the entry is looked for before it is built again. Waiting times are random, so that
 * writers who met once do not meet again. */
#include "ledger/git_ledger_build.h"
#include "ledger/git_objects.h"

enum {
    TRIES_DECLINED = 20, /* hooks decline for passing reasons, too */
    WAIT_FIRST = 50,     /* milliseconds */
    WAIT_MOST = 2000,
    WAIT_DOUBLES = 6
};

static void wait_before(unsigned tries)
{
    git_ledger_wait(tries < WAIT_DOUBLES ? (uint64_t)WAIT_FIRST << tries : WAIT_MOST);
}

/* One try on top of what the remote has now. *done: the entry is there. */
static enum err push_once(struct appending *add, enum server_answer *answer, bool *done,
                          struct buf *why)
{
    char commit[GIT_OID_HEXSZ + 1];
    enum err err = git_ledger_find_equal(add, done);
    if (err == ERR_NONE && !*done) {
        err = git_ledger_try(add);
    }
    if (err == ERR_NONE && !*done) {
        git_oid_tostr(commit, sizeof(commit), &add->commit);
        *answer =
            git_server_push(add->ledger->server, commit, git_ledger_time_left(add->ledger), why);
        *done = *answer == SERVER_DONE;
    }
    return err;
}

/* May the next try go better? */
static bool is_hopeful(enum server_answer answer, unsigned declined)
{
    return answer == SERVER_MOVED || answer == SERVER_UNREACHABLE ||
           (answer == SERVER_DECLINED && declined < TRIES_DECLINED);
}

enum err git_ledger_push(struct appending *add)
{
    struct git_ledger *ledger = add->ledger;
    struct buf why = {NULL, 0, 0};
    enum server_answer answer = SERVER_DONE;
    bool done = false;
    unsigned declined = 0;
    enum err err = push_once(add, &answer, &done, &why); /* opening the ledger has fetched */
    for (unsigned tries = 0; err == ERR_NONE && !done && is_hopeful(answer, declined) &&
                             git_ledger_time_left(ledger) > 0;
         tries++) {
        declined += answer == SERVER_DECLINED ? 1 : 0;
        wait_before(tries);
        enum server_answer fetched = git_ledger_fetch(ledger, 1, &why);
        if (fetched == SERVER_DONE || fetched == SERVER_NO_BRANCH) {
            err = push_once(add, &answer, &done, &why);
        } else {
            answer = fetched;
        }
    }
    if (err == ERR_NONE && !done) {
        err = git_server_refuse(ledger->server, answer, &why, add->diags);
    }
    buf_release(&why);
    return err;
}
