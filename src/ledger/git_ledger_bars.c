/* The bars of a branch: read from an entry, and moved by a new one.
 *
 * An entry that was recorded late, behind that of a newer commit, moves no bar: its policy and its
 * waivers are no longer in force. A branch that has no bars yet starts from the entry before the
 * new one: its own, or, for a branch that was just made, the entry that the commit it began at has
 * on another branch. */
#include "ledger/git_ledger_build.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"
#include "model/group_totals.h"

enum { ORIGIN_WITHIN = 1000 }; /* entries searched for where a new branch began */

/* ---- reading ---- */

static void copy_bars(struct bars *to, const struct bars *from)
{
    vec_clear(&to->all);
    for (size_t index = 0; index < from->all.count; index++) {
        *(struct bar *)vec_add(&to->all) = *(const struct bar *)vec_at(&from->all, index);
    }
}

static enum err read_file(const struct git_ledger *ledger, const git_tree_entry *file,
                          struct bars *bars, struct diags *diags)
{
    git_odb_object *object = NULL;
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = git_ledger_file(ledger, file, &object, diags);
    if (err == ERR_NONE) {
        err = bars_read(bars, git_objects_text(object), &fault);
        err =
            err == ERR_NONE ? err : git_ledger_refuse_file(ledger, LAYOUT_BARS, err, &fault, diags);
    }
    git_odb_object_free(object);
    return err;
}

static enum err recall_file(const struct git_ledger *ledger, const git_tree_entry *file,
                            struct bars *bars, struct diags *diags)
{
    struct bars_memo *memo = ledger->memo;
    if (memo == NULL || git_tree_entry_filemode(file) != GIT_FILEMODE_BLOB) {
        return read_file(ledger, file, bars, diags);
    }
    if (memo->filled && git_oid_equal(&memo->file, git_tree_entry_id(file))) {
        copy_bars(bars, &memo->bars);
        return ERR_NONE;
    }
    enum err err = read_file(ledger, file, bars, diags);
    memo->filled = err == ERR_NONE;
    if (memo->filled) {
        git_oid_cpy(&memo->file, git_tree_entry_id(file));
        copy_bars(&memo->bars, bars);
    }
    return err;
}

enum err git_ledger_bars_at(const struct git_ledger *ledger, const git_oid *commit,
                            const struct name *branch, struct bars *bars, struct diags *diags)
{
    git_tree *folder = NULL;
    enum err err = git_ledger_branch_folder(ledger, commit, branch, &folder, diags);
    const git_tree_entry *file = folder != NULL ? git_tree_entry_byname(folder, LAYOUT_BARS) : NULL;
    if (err == ERR_NONE && file != NULL) {
        err = recall_file(ledger, file, bars, diags);
    }
    git_tree_free(folder);
    return err;
}

/* ---- where the bars of a new entry come from ---- */

/* The entry before the new one, as far as bars are concerned. */
struct origin {
    bool found;
    git_oid entry;
    const struct name *branch;
};

/* Is the entry of the commit itself, of the same files, or of what it was built on? Walked newest
 * first, so a branch starts from the newest entry behind it. */
static bool is_origin(const struct appending *add, const struct entry_text *entry)
{
    struct span parent = name_span(add->record->parent);
    const struct vec *ancestors = add->record->ancestors;
    for (size_t index = 0; ancestors != NULL && index < ancestors->count; index++) {
        if (span_equal(entry->commit, name_span(*(const struct name **)vec_at(ancestors, index)))) {
            return true;
        }
    }
    return span_equal(entry->commit, name_span(add->snapshot.commit)) ||
           span_equal(entry->tree, name_span(add->snapshot.tree)) ||
           (parent.size > 0 && span_equal(entry->commit, parent));
}

/* The newest entry of any branch for the commit that this branch begins with, or for its parent. */
static enum err find_elsewhere(const struct appending *add, struct origin *origin)
{
    struct ledger_walk walk;
    struct buf branch = {NULL, 0, 0};
    size_t seen = 0;
    enum err err = ERR_NONE;
    git_ledger_walk_from(&walk, add->ledger, &add->tip, add->diags);
    while (err == ERR_NONE && !origin->found && seen++ < ORIGIN_WITHIN &&
           git_ledger_walk_next(&walk, &err)) {
        buf_clear(&branch);
        if (is_origin(add, &walk.entry) && percent_decode(&branch, walk.entry.branch)) {
            origin->found = true;
            origin->branch = names_add(add->ledger->names, buf_span(&branch));
            git_oid_cpy(&origin->entry, &walk.id);
        }
    }
    git_ledger_walk_end(&walk);
    buf_release(&branch);
    return err;
}

static enum err find_origin(const struct appending *add, struct origin *origin)
{
    git_tree *folder = NULL;
    if (!add->has_tip) {
        return ERR_NONE;
    }
    enum err err =
        git_ledger_branch_folder(add->ledger, &add->tip, add->record->branch, &folder, add->diags);
    if (err == ERR_NONE && folder != NULL) {
        origin->found = true;
        origin->branch = add->record->branch;
        git_oid_cpy(&origin->entry, &add->tip);
    } else if (err == ERR_NONE) {
        err = find_elsewhere(add, origin);
    }
    git_tree_free(folder);
    return err;
}

/* Does some rule have no bar yet? */
static bool lacks_bar(const struct appending *add)
{
    const struct vec *rules = &add->record->rules->rules;
    for (size_t index = 0; index < rules->count; index++) {
        const struct rule *rule = vec_at(rules, index);
        if (bar_wanted(rule) &&
            bars_find(&add->bars, rule->metric, rule->group, rule->component) == NULL) {
            return true;
        }
    }
    return false;
}

/* The branch's newest values, which a late entry leaves as they are. */
static enum err read_newest(const struct appending *add, const struct origin *origin,
                            struct snapshot *snapshot)
{
    git_tree *folder = NULL;
    git_odb_object *object = NULL;
    struct fault fault = {.kind = FAULT_NONE};
    bool found = false;
    enum err err =
        git_ledger_branch_folder(add->ledger, &origin->entry, origin->branch, &folder, add->diags);
    if (err == ERR_NONE && folder != NULL) {
        err = git_ledger_blob(add->ledger, folder, LAYOUT_SNAPSHOT, &object, &found, add->diags);
    }
    if (err == ERR_NONE && found &&
        (err = snapshot_read(snapshot, git_objects_text(object), &fault)) != ERR_NONE) {
        err = git_ledger_refuse_file(add->ledger, LAYOUT_SNAPSHOT, err, &fault, add->diags);
    }
    git_odb_object_free(object);
    git_tree_free(folder);
    return err;
}

/* Groups that this entry's policy retires leave the bars, and the values that new bars start
 * from. */
static void retire_groups(struct appending *add, struct snapshot *seed)
{
    group_totals_retire_bars(&add->bars, add->record->rules, seed);
    if (group_totals_retire(add->record->rules, seed)) {
        group_totals_make(seed);
    }
}

static enum err move_bars(struct appending *add, const struct origin *origin)
{
    struct snapshot seed;
    enum err err = ERR_NONE;
    bool retires = origin->found && add->record->rules->retired.count > 0;
    bool seeded = retires || (origin->found && lacks_bar(add));
    snapshot_init(&seed, add->ledger->names);
    if (seeded) {
        err = read_newest(add, origin, &seed);
    }
    if (err == ERR_NONE && retires) {
        retire_groups(add, &seed);
    }
    if (err == ERR_NONE) {
        const struct bars_change change = {.snapshot = &add->snapshot,
                                           .seed = seeded ? &seed : NULL,
                                           .policy = add->record->rules,
                                           .today = add->record->today};
        bars_update(&add->bars, &change);
    }
    snapshot_release(&seed);
    return err;
}

enum err git_ledger_bars_make(struct appending *add)
{
    struct origin origin = {.found = false};
    bars_release(&add->bars);
    bars_init(&add->bars, add->ledger->names);
    enum err err = find_origin(add, &origin);
    if (err == ERR_NONE && origin.found) {
        err = git_ledger_bars_at(add->ledger, &origin.entry, origin.branch, &add->bars, add->diags);
    }
    if (err == ERR_NONE && add->record->rules != NULL && !add->late) {
        err = move_bars(add, &origin);
    }
    return err;
}

enum err git_ledger_bars_read_back(const struct appending *add)
{
    struct bars again;
    struct buf wanted = {NULL, 0, 0};
    struct buf text = {NULL, 0, 0};
    bars_init(&again, add->ledger->names);
    enum err err =
        git_ledger_bars_at(add->ledger, &add->commit, add->record->branch, &again, add->diags);
    if (err == ERR_NONE) {
        bars_write(&add->bars, &wanted);
        bars_write(&again, &text);
        if (!span_equal(buf_span(&wanted), buf_span(&text))) {
            err = git_ledger_refuse(add->ledger, ERR_WRITE, DIAG_LEDGER_WRITE,
                                    "the bars that were written read back as something else",
                                    add->diags);
        }
    }
    bars_release(&again);
    buf_release(&wanted);
    buf_release(&text);
    return err;
}
