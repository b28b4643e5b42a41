/* Moving the ledger's branch at the remote to a new entry.
 *
 * Every try begins with a fetch and ends with a plain push, which the server takes only when its
 * branch still stands where the entry was built. An answer that was lost on the way may have been a
 * yes: so after a fetch the entry is looked for before it is built again. Waiting times are random,
 * so that writers who met once do not meet again. */
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

/* What the remote said last. */
struct said {
    enum server_answer answer;
    struct buf why;
};

/* That time has run out is no news once there is a reason. */
static void learn(const struct git_ledger *ledger, struct said *said, const struct said *news)
{
    bool late = news->answer == SERVER_UNREACHABLE && git_ledger_time_left(ledger) == 0;
    if (!late || said->answer == SERVER_DONE) {
        said->answer = news->answer;
        buf_clear(&said->why);
        buf_add(&said->why, buf_span(&news->why));
    }
}

/* One try on top of what the remote has now. *done: the entry is there. */
static enum err push_once(struct appending *add, struct said *said, bool *done)
{
    char commit[GIT_OID_HEXSZ + 1];
    enum err err = git_ledger_find_equal(add, done);
    if (err == ERR_NONE && !*done) {
        err = git_ledger_try(add);
    }
    if (err == ERR_NONE && !*done) {
        struct git_ledger *ledger = add->ledger;
        struct said news = {SERVER_DONE, {NULL, 0, 0}};
        git_oid_tostr(commit, sizeof(commit), &add->commit);
        news.answer =
            git_server_push(ledger->server, commit, git_ledger_time_left(ledger), &news.why);
        *done = news.answer == SERVER_DONE;
        learn(ledger, said, &news);
        buf_release(&news.why);
    }
    return err;
}

/* Fetches, and tries again on top of that. */
static enum err try_again(struct appending *add, struct said *said, bool *done)
{
    struct said news = {SERVER_DONE, {NULL, 0, 0}};
    enum err err = ERR_NONE;
    news.answer = git_ledger_fetch(add->ledger, 1, &news.why);
    if (news.answer == SERVER_DONE || news.answer == SERVER_NO_BRANCH) {
        err = push_once(add, said, done);
    } else {
        learn(add->ledger, said, &news);
    }
    buf_release(&news.why);
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
    struct said said = {SERVER_DONE, {NULL, 0, 0}};
    bool done = false;
    unsigned declined = 0;
    enum err err = push_once(add, &said, &done); /* opening the ledger has fetched */
    for (unsigned tries = 0; err == ERR_NONE && !done && is_hopeful(said.answer, declined) &&
                             git_ledger_time_left(ledger) > 0;
         tries++) {
        declined += said.answer == SERVER_DECLINED ? 1 : 0;
        wait_before(tries);
        err = try_again(add, &said, &done);
    }
    if (err == ERR_NONE && !done) {
        err = git_server_refuse(ledger->server, said.answer, &said.why, add->diags);
    }
    buf_release(&said.why);
    return err;
}
