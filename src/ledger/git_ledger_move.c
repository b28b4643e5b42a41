/* Moving the ledger's branch in the private repository to a new entry.
 *
 * When moving reports an error although the branch did move (a failed fsync of its folder does
 * that), the entry counts as recorded. A lock of somebody else is waited for, and named when it
 * stays; it is never removed. */
#include "ledger/git_ledger_build.h"
#include "ledger/git_library.h"

#include <inttypes.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

enum {
    TRIES_MOVED = 60,  /* others recorded meanwhile */
    TRIES_LOCKED = 14, /* about two seconds: longer than any live writer holds the lock */
    WAIT_MOST = 200    /* milliseconds */
};

enum move { MOVE_DONE, MOVE_BEATEN, MOVE_LOCKED, MOVE_FAILED };

static void lock_path(const struct appending *add, struct buf *path)
{
    buf_add_format(path, "%s/" LEDGER_BRANCH ".lock", name_text(add->ledger->path));
}

static bool is_locked(const struct appending *add)
{
    struct buf path = {NULL, 0, 0};
    struct stat status;
    lock_path(add, &path);
    bool locked = lstat(buf_text(&path), &status) == 0;
    buf_release(&path);
    return locked;
}

static bool stands_on(const struct appending *add, const git_oid *commit)
{
    git_oid now;
    return git_reference_name_to_id(&now, add->ledger->handle, LEDGER_BRANCH) == 0 &&
           git_oid_equal(&now, commit);
}

/* The branch from the old tip to the new commit, if it still stands on the old tip. *why tells
 * of a failure. */
static enum move move_branch(const struct appending *add, struct buf *why)
{
    static const git_oid none; /* all zero: the branch must not exist yet */
    git_reference *reference = NULL;
    int error =
        git_reference_create_matching(&reference, add->ledger->handle, LEDGER_BRANCH, &add->commit,
                                      1, add->has_tip ? &add->tip : &none, NULL);
    git_reference_free(reference);
    if (error == 0) {
        return MOVE_DONE;
    }
    if (error == GIT_EMODIFIED || error == GIT_EEXISTS) {
        return MOVE_BEATEN;
    }
    if (error == GIT_ELOCKED || is_locked(add)) {
        return MOVE_LOCKED;
    }
    buf_add_text(why, git_library_said());
    return stands_on(add, &add->commit) ? MOVE_DONE : MOVE_FAILED;
}

void git_ledger_wait(uint64_t milliseconds)
{
    uint64_t random = 0;
    if (getrandom(&random, sizeof(random), GRND_NONBLOCK) == (ssize_t)sizeof(random)) {
        milliseconds = milliseconds / 2 + random % milliseconds;
    }
    const struct timespec pause = {.tv_sec = (time_t)(milliseconds / 1000),
                                   .tv_nsec = (long)(milliseconds % 1000 * 1000000)};
    nanosleep(&pause, NULL);
}

static void wait_a_little(unsigned tries)
{
    git_ledger_wait(tries < 6 ? UINT64_C(4) << tries : WAIT_MOST);
}

static enum err refuse_move(const struct appending *add, enum move move, const struct buf *why)
{
    struct buf text = {NULL, 0, 0};
    enum err err = ERR_CONFLICT;
    if (move == MOVE_FAILED) {
        err = ERR_WRITE;
        buf_add_text(&text, "the branch cannot be moved: ");
        buf_add(&text, buf_span(why));
        git_ledger_refuse(add->ledger, err, DIAG_LEDGER_WRITE, buf_text(&text), add->diags);
    } else if (move == MOVE_LOCKED) {
        struct stat status;
        lock_path(add, &text);
        bool there = lstat(buf_text(&text), &status) == 0;
        int64_t age = there ? (int64_t)time(NULL) - (int64_t)status.st_mtime : 0;
        buf_add_format(&text, " is there for %" PRId64 " s", age);
        git_ledger_refuse(add->ledger, err, DIAG_LEDGER_LOCKED, buf_text(&text), add->diags);
    } else {
        git_ledger_refuse(add->ledger, err, DIAG_LEDGER_BUSY, "", add->diags);
    }
    buf_release(&text);
    return err;
}

enum err git_ledger_move(struct appending *add)
{
    struct buf why = {NULL, 0, 0};
    enum move move = MOVE_BEATEN;
    unsigned beaten = 0;
    unsigned locked = 0;
    enum err err = ERR_NONE;
    while (err == ERR_NONE && beaten < TRIES_MOVED && locked < TRIES_LOCKED) {
        err = git_ledger_try(add);
        buf_clear(&why);
        move = err == ERR_NONE ? move_branch(add, &why) : MOVE_FAILED;
        if (move == MOVE_DONE || move == MOVE_FAILED) {
            break;
        }
        beaten += move == MOVE_BEATEN ? 1 : 0;
        locked = move == MOVE_LOCKED ? locked + 1 : 0;
        wait_a_little(beaten + locked);
    }
    if (err == ERR_NONE && move != MOVE_DONE) {
        err = refuse_move(add, move, &why);
    }
    buf_release(&why);
    return err;
}
