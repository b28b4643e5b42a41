/* Recording: one new commit on the ledger's branch, or none.
 *
 * Every try builds on the tip of that moment: the objects are written, the new entry is read
 * back and compared with what should be recorded, and only then the branch is moved, by a
 * compare-and-swap. When moving reports an error although the branch did move (a failed fsync of
 * its folder does that), the entry counts as recorded. */
#include "base/hash.h"
#include "base/limits.h"
#include "ledger/git_ledger_build.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"
#include "ledger/percent.h"

#include <inttypes.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

enum {
    RECENT = 200,      /* entries searched for an equal recording */
    TRIES_MOVED = 60,  /* others recorded meanwhile */
    TRIES_LOCKED = 14, /* about two seconds: longer than any live writer holds the lock */
    WAIT_MOST = 200,   /* milliseconds */
    BRANCH_LONGEST = 1000,
    RUN_LONGEST = 2000
};

/* ---- what may be recorded ---- */

static enum err refuse_record(const struct appending *add, const char *what)
{
    return git_ledger_refuse(add->ledger, ERR_FORMAT, DIAG_LEDGER_RECORD, what, add->diags);
}

static enum err check_names(const struct appending *add)
{
    const struct ledger_record *record = add->record;
    const struct snapshot *snapshot = record->snapshot;
    struct span branch = name_span(record->branch);
    if (!snapshot_id_valid(name_span(snapshot->commit)) ||
        !snapshot_id_valid(name_span(snapshot->tree))) {
        return refuse_record(add, "the snapshot names no commit with its tree");
    }
    if (branch.size == 0 || branch.size > BRANCH_LONGEST) {
        return refuse_record(add, "the name of the branch is empty or too long");
    }
    if (record->parent != NULL && !snapshot_id_valid(name_span(record->parent))) {
        return refuse_record(add, "the parent is no commit id");
    }
    if (name_span(record->run_url).size > RUN_LONGEST) {
        return refuse_record(add, "the address of the run is too long");
    }
    return record->policy.size > LIMIT_POLICY_BYTES
               ? refuse_record(add, "the policy is larger than LIMIT_POLICY_BYTES allows")
               : ERR_NONE;
}

/* Takes the snapshot as its text says it, so that nothing is recorded that cannot be read again. */
static enum err take_snapshot(struct appending *add)
{
    struct fault fault = {.kind = FAULT_NONE};
    snapshot_write(add->record->snapshot, &add->text);
    if (snapshot_read(&add->snapshot, buf_span(&add->text), &fault) != ERR_NONE) {
        struct buf why = {NULL, 0, 0};
        buf_add_format(&why, "the snapshot would not be readable: %s", fault.text);
        enum err err = refuse_record(add, buf_text(&why));
        buf_release(&why);
        return err;
    }
    buf_clear(&add->text);
    snapshot_write(&add->snapshot, &add->text);
    return ERR_NONE;
}

/* Equal recordings have equal digests. */
static void make_digest(struct appending *add)
{
    struct buf all = {NULL, 0, 0};
    buf_add(&all, buf_span(&add->key));
    buf_add_format(&all, "\n%s\n%zu\n", name_text(add->record->parent), add->record->policy.size);
    buf_add(&all, add->record->policy);
    buf_add(&all, buf_span(&add->text));
    hash128_text(hash128(buf_span(&all)), add->digest);
    buf_release(&all);
}

/* Is the newest entry of this commit and branch equal to what should be recorded? */
static enum err find_equal(struct appending *add, bool *equal)
{
    struct ledger_walk walk;
    struct buf branch = {NULL, 0, 0};
    size_t seen = 0;
    bool found = false;
    percent_add_line(&branch, name_span(add->record->branch));
    enum err err = git_ledger_walk_start(&walk, add->ledger, add->diags);
    while (err == ERR_NONE && !found && seen < RECENT && git_ledger_walk_next(&walk, &err)) {
        seen++;
        found = span_equal(walk.entry.branch, buf_span(&branch)) &&
                span_equal(walk.entry.commit, name_span(add->snapshot.commit));
    }
    *equal = found && span_is(walk.entry.key, add->digest);
    if (*equal) {
        git_oid_cpy(&add->commit, &walk.id);
    }
    git_ledger_walk_end(&walk);
    buf_release(&branch);
    return err;
}

/* Reads the new entry as any reader would and compares. */
static enum err read_back(const struct appending *add)
{
    struct snapshot again;
    struct buf text = {NULL, 0, 0};
    snapshot_init(&again, add->ledger->names);
    enum err err =
        git_ledger_read_at(add->ledger, &add->commit, add->record->branch, &again, add->diags);
    if (err == ERR_NONE) {
        snapshot_write(&again, &text);
        if (!span_equal(buf_span(&text), buf_span(&add->text))) {
            err = git_ledger_refuse(add->ledger, ERR_WRITE, DIAG_LEDGER_WRITE,
                                    "what was written reads back as something else", add->diags);
        }
    }
    snapshot_release(&again);
    buf_release(&text);
    return err;
}

/* ---- moving the branch ---- */

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

static void wait_a_little(unsigned tries)
{
    uint64_t milliseconds = tries < 6 ? UINT64_C(4) << tries : WAIT_MOST;
    uint64_t random = 0;
    if (getrandom(&random, sizeof(random), GRND_NONBLOCK) == (ssize_t)sizeof(random)) {
        milliseconds = milliseconds / 2 + random % milliseconds;
    }
    const struct timespec pause = {.tv_nsec = (long)(milliseconds * 1000000)};
    nanosleep(&pause, NULL);
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

/* One try: builds on the tip, reads back, moves. */
static enum err try_once(struct appending *add, enum move *move, struct buf *why)
{
    enum err err = git_ledger_tip(add->ledger, &add->tip, &add->has_tip, add->diags);
    if (err == ERR_NONE) {
        err = git_ledger_build(add);
    }
    if (err == ERR_NONE) {
        err = read_back(add);
    }
    if (err == ERR_NONE) {
        buf_clear(why);
        *move = move_branch(add, why);
    }
    return err;
}

static enum err append_new(struct appending *add)
{
    struct buf why = {NULL, 0, 0};
    enum move move = MOVE_BEATEN;
    unsigned beaten = 0;
    unsigned locked = 0;
    enum err err = ERR_NONE;
    while (err == ERR_NONE && beaten < TRIES_MOVED && locked < TRIES_LOCKED) {
        err = try_once(add, &move, &why);
        if (err != ERR_NONE || move == MOVE_DONE || move == MOVE_FAILED) {
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

enum err git_ledger_append(struct git_ledger *ledger, const struct ledger_record *record,
                           const struct name **entry, bool *already, struct diags *diags)
{
    struct appending add = {.ledger = ledger, .record = record, .diags = diags};
    *already = false;
    *entry = NULL;
    snapshot_init(&add.snapshot, ledger->names);
    percent_add_file_name(&add.key, name_span(record->branch));
    enum err err = check_names(&add);
    if (err == ERR_NONE) {
        err = take_snapshot(&add);
    }
    if (err == ERR_NONE) {
        make_digest(&add);
        err = find_equal(&add, already);
    }
    if (err == ERR_NONE && !*already) {
        err = append_new(&add);
    }
    if (err == ERR_NONE) {
        *entry = git_objects_name(ledger->names, &add.commit);
    }
    snapshot_release(&add.snapshot);
    buf_release(&add.text);
    buf_release(&add.key);
    return err;
}
