/* Recording: one new commit on the ledger's branch, or none.
 *
 * Every try builds on the tip of that moment: the objects are written, the new entry is read
 * back and compared with what should be recorded, and only then the branch is moved, here
 * (git_ledger_move.c) or at the remote (git_ledger_push.c), by a compare-and-swap. */
#include "base/hash.h"
#include "base/limits.h"
#include "ledger/git_ledger_build.h"
#include "ledger/git_ledger_tidy.h"
#include "ledger/git_objects.h"
#include "ledger/percent.h"

enum {
    RECENT = 200, /* entries searched for an equal recording */
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

void git_ledger_digest(struct appending *add)
{
    struct buf all = {NULL, 0, 0};
    buf_add(&all, buf_span(&add->key));
    buf_add_format(&all, "\n%s\n%zu\n", name_text(add->record->parent), add->record->policy.size);
    buf_add(&all, add->record->policy);
    buf_add(&all, buf_span(&add->text));
    hash128_text(hash128(buf_span(&all)), add->digest);
    buf_release(&all);
}

enum err git_ledger_find_equal(struct appending *add, bool *equal)
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
    return err == ERR_NONE ? git_ledger_bars_read_back(add) : err;
}

enum err git_ledger_try(struct appending *add)
{
    enum err err = git_ledger_tip(add->ledger, &add->tip, &add->has_tip, add->diags);
    if (err == ERR_NONE) {
        err = git_ledger_order(add);
    }
    if (err == ERR_NONE) {
        err = git_ledger_build(add);
    }
    return err == ERR_NONE ? read_back(add) : err;
}

static void warn_late(const struct appending *add)
{
    if (add->late && add->guessed) {
        git_ledger_refuse(add->ledger, ERR_NONE, DIAG_LEDGER_LATE,
                          "this commit is older than the newest recorded one by its time alone",
                          add->diags);
    }
}

enum err git_ledger_prepare(struct appending *add)
{
    snapshot_init(&add->snapshot, add->ledger->names);
    percent_add_file_name(&add->key, name_span(add->record->branch));
    enum err err = check_names(add);
    if (err == ERR_NONE) {
        err = take_snapshot(add);
    }
    if (err == ERR_NONE) {
        git_ledger_digest(add);
    }
    return err;
}

void git_ledger_appending_release(struct appending *add)
{
    bars_release(&add->bars);
    snapshot_release(&add->snapshot);
    buf_release(&add->text);
    buf_release(&add->key);
    buf_release(&add->covers);
}

enum err git_ledger_append(struct git_ledger *ledger, const struct ledger_record *record,
                           const struct name **entry, bool *already, struct diags *diags)
{
    struct appending add = {.ledger = ledger, .record = record, .diags = diags};
    *already = false;
    *entry = NULL;
    enum err err = git_ledger_prepare(&add);
    if (err == ERR_NONE) {
        err = git_ledger_find_equal(&add, already);
    }
    if (err == ERR_NONE && !*already) {
        err = ledger->server != NULL ? git_ledger_push(&add) : git_ledger_move(&add);
    }
    if (err == ERR_NONE) {
        *entry = git_objects_name(ledger->names, &add.commit);
        warn_late(&add);
    }
    if (err == ERR_NONE && !*already) {
        git_ledger_tidy(ledger);
    }
    git_ledger_appending_release(&add);
    return err;
}
