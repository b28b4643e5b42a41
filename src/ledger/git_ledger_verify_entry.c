/* One entry: do its message, its files and its digest say the same, and in the words that tidegate
 * writes? */
#include "ledger/git_ledger_verify_inside.h"

#include "base/date.h"
#include "base/mem.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"

#include <stdlib.h>

static void find(struct verifying *verifying, const struct verify_step *step, enum diag_code code,
                 const char *text)
{
    ledger_audit_add(verifying->audit, code, &step->place, span_of(text));
}

/* ---- the message ---- */

/* Decodes one part into `store` and points to it there. False when it is not encoded as it should
 * be. */
static bool decode_part(struct span *part, struct buf *store)
{
    bool sound = percent_decode(store, *part);
    *part = buf_span(store);
    return sound;
}

void verify_message(struct verifying *verifying, const struct verify_step *step)
{
    struct entry_text plain = step->entry;
    struct buf stores[4] = {{0}};
    struct buf again = {NULL, 0, 0};
    /* The summary is left as it stands; check_summary looks at it. */
    bool sound = decode_part(&plain.branch, &stores[0]) && decode_part(&plain.run, &stores[1]) &&
                 decode_part(&plain.event, &stores[2]) && decode_part(&plain.origin, &stores[3]);
    entry_text_write(&again, &plain);
    if (!sound || !span_equal(buf_span(&again), step->commit.message)) {
        find(verifying, step, DIAG_VERIFY_MESSAGE, NULL);
    }
    for (size_t index = 0; index < sizeof(stores) / sizeof(stores[0]); index++) {
        buf_release(&stores[index]);
    }
    buf_release(&again);
}

/* Nothing reads the line for people again, but people judge by it. Its words belong to the format:
 * other ones would need a new number there. */
static void check_summary(struct verifying *verifying, const struct verify_step *step,
                          const struct appending *add)
{
    struct buf plain = {NULL, 0, 0};
    struct buf line = {NULL, 0, 0};
    layout_add_summary(&plain, &add->snapshot, step->place.branch);
    entry_text_add_summary(&line, buf_span(&plain));
    if (!span_equal(buf_span(&line), step->entry.summary)) {
        find(verifying, step, DIAG_VERIFY_SUMMARY, NULL);
    }
    buf_release(&plain);
    buf_release(&line);
}

/* ---- what else changed ---- */

static bool same_object(const git_tree_entry *left, const git_tree_entry *right)
{
    return left != NULL && right != NULL &&
           git_oid_equal(git_tree_entry_id(left), git_tree_entry_id(right)) &&
           git_tree_entry_filemode(left) == git_tree_entry_filemode(right);
}

/* Do both trees hold the same, but for what they call `own` and `other`? */
static bool same_but(const git_tree *now, const git_tree *before, const char *own,
                     const char *other)
{
    const git_tree *trees[] = {now, before};
    for (size_t side = 0; side < 2; side++) {
        for (size_t index = 0; index < git_tree_entrycount(trees[side]); index++) {
            const git_tree_entry *entry = git_tree_entry_byindex(trees[side], index);
            const char *name = git_tree_entry_name(entry);
            if (!span_is(span_of(name), own) && !span_is(span_of(name), other) &&
                !same_object(entry, git_tree_entry_byname(trees[1 - side], name))) {
                return false;
            }
        }
    }
    return true;
}

static enum err check_others(struct verifying *verifying, const struct verify_step *step,
                             const char *key, struct diags *diags)
{
    git_tree *now = NULL;
    git_tree *before = NULL;
    if (step->former_tree == NULL) {
        return ERR_NONE;
    }
    if (!same_but(step->tree, step->former_tree, LAYOUT_README, LAYOUT_BRANCHES)) {
        find(verifying, step, DIAG_VERIFY_CHAIN, "it changes files that are of no branch");
    }
    enum err err = git_ledger_folder(verifying->ledger, step->tree, LAYOUT_BRANCHES, &now, diags);
    if (err == ERR_NONE) {
        err = git_ledger_folder(verifying->ledger, step->former_tree, LAYOUT_BRANCHES, &before,
                                diags);
    }
    if (err == ERR_NONE && now != NULL && before != NULL && !same_but(now, before, key, key)) {
        find(verifying, step, DIAG_VERIFY_CHAIN, "it changes what other branches hold");
    }
    git_tree_free(now);
    git_tree_free(before);
    return err;
}

/* A late entry puts its values beside the newest ones, which stay. */
static enum err check_late(struct verifying *verifying, const struct verify_step *step,
                           struct diags *diags)
{
    git_tree *now = NULL;
    git_tree *before = NULL;
    enum err err = ERR_NONE;
    if (step->former == NULL) {
        return ERR_NONE;
    }
    err = git_ledger_branch_folder(verifying->ledger, step->id, step->place.branch, &now, diags);
    if (err == ERR_NONE) {
        err = git_ledger_branch_folder(verifying->ledger, step->former, step->place.branch, &before,
                                       diags);
    }
    if (err == ERR_NONE && now != NULL && before != NULL &&
        !same_but(now, before, LAYOUT_LATE, LAYOUT_BARS)) {
        find(verifying, step, DIAG_VERIFY_CHAIN,
             "it is late, but changes the newest values of its branch");
    }
    git_tree_free(now);
    git_tree_free(before);
    return err;
}

/* ---- the files ---- */

static void check_snapshot(struct verifying *verifying, const struct verify_step *step,
                           struct appending *add, git_odb_object *file)
{
    snapshot_write(&add->snapshot, &add->text);
    if (!span_equal(git_objects_text(file), buf_span(&add->text))) {
        find(verifying, step, DIAG_VERIFY_SNAPSHOT, "a snapshot differs from its own re-writing");
    }
}

static void check_policy_id(struct verifying *verifying, const struct verify_step *step,
                            const git_tree *folder)
{
    const git_tree_entry *stored = git_tree_entry_byname(folder, LAYOUT_POLICY);
    char hex[GIT_OID_HEXSZ + 1] = "";
    if (stored != NULL) {
        git_oid_tostr(hex, sizeof(hex), git_tree_entry_id(stored));
    }
    if (!span_is(step->entry.policy, hex)) {
        find(verifying, step, DIAG_VERIFY_POLICY_ID, NULL);
    }
}

/* The rules of the entry, read once for each policy; NULL when they cannot be read. */
static const struct policy *rules_of(struct verifying *verifying, const struct verify_step *step,
                                     struct span text)
{
    const struct verify_wanted *wanted = verifying->wanted;
    const struct name *id = names_add(verifying->ledger->names, step->entry.policy);
    uint64_t *known = map_find(&verifying->policies, map_key(id));
    if (known == NULL) {
        struct policy *policy = mem_alloc(sizeof(*policy));
        policy_init(policy);
        bool readable = wanted->read_policy(wanted->self, text, policy);
        if (!readable) {
            policy_release(policy);
            free(policy);
            policy = NULL;
        }
        known = map_put(&verifying->policies, map_key(id));
        *known = (uint64_t)(uintptr_t)policy;
    }
    /* a map holds numbers; these are addresses. NOLINTNEXTLINE(performance-no-int-to-ptr) */
    return (const struct policy *)(uintptr_t)*known;
}

/* ---- the entry ---- */

static const struct name *optional_name(struct names *names, struct span text)
{
    return text.size > 0 ? names_add(names, text) : NULL;
}

static enum err check_content(struct verifying *verifying, const struct verify_step *step,
                              struct appending *add, struct ledger_record *record,
                              struct vec *ancestors, const git_tree *folder, struct diags *diags)
{
    git_odb_object *policy = NULL;
    bool found = false;
    enum err err =
        git_ledger_blob(verifying->ledger, folder, LAYOUT_POLICY, &policy, &found, diags);
    if (err == ERR_NONE) {
        record->policy = found ? git_objects_text(policy) : span_make(NULL, 0);
        if (step->entry.origin.size == 0) { /* what was imported moves no bar */
            record->rules = rules_of(verifying, step, record->policy);
        }
        git_ledger_digest(add);
        check_policy_id(verifying, step, folder);
        if (!span_is(step->entry.key, add->digest)) {
            find(verifying, step, DIAG_VERIFY_KEY, NULL);
        }
        err = verify_bars(verifying, step, add, ancestors, diags);
    }
    git_odb_object_free(policy);
    return err;
}

enum err verify_entry(struct verifying *verifying, struct verify_step *step, struct diags *diags)
{
    struct git_ledger *ledger = verifying->ledger;
    struct buf branch = {NULL, 0, 0};
    git_tree *folder = NULL;
    git_odb_object *file = NULL;
    percent_decode(&branch, step->entry.branch);
    step->place.branch = names_add(ledger->names, buf_span(&branch));
    struct vec ancestors;
    vec_init(&ancestors, sizeof(const struct name *));
    struct ledger_record record = {
        .branch = step->place.branch,
        .ancestors = &ancestors,
        .parent = optional_name(ledger->names, step->entry.parent),
        .today = date_of_seconds(step->commit.time),
    };
    struct appending add = {.ledger = ledger,
                            .record = &record,
                            .diags = diags,
                            .has_tip = step->former != NULL,
                            .late = step->entry.late.size > 0};
    if (step->former != NULL) {
        git_oid_cpy(&add.tip, step->former);
    }
    git_oid_cpy(&add.commit, step->id);
    snapshot_init(&add.snapshot, ledger->names);
    percent_add_file_name(&add.key, name_span(record.branch));
    verify_message(verifying, step);
    verify_order(verifying, step);
    enum err err = check_others(verifying, step, buf_text(&add.key), diags);
    if (err == ERR_NONE && add.late) {
        err = check_late(verifying, step, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_read_file(ledger, step->id, record.branch, &add.snapshot, &file, diags);
    }
    if (err == ERR_NONE) {
        check_summary(verifying, step, &add);
        check_snapshot(verifying, step, &add, file);
        err = git_ledger_entry_folder(ledger, step->id, record.branch, &folder, diags);
    }
    if (err == ERR_NONE) {
        err = check_content(verifying, step, &add, &record, &ancestors, folder, diags);
    }
    git_odb_object_free(file);
    git_tree_free(folder);
    vec_release(&ancestors);
    bars_release(&add.bars);
    snapshot_release(&add.snapshot);
    buf_release(&add.text);
    buf_release(&add.key);
    buf_release(&branch);
    return err;
}
