/* The bars of an entry: those of the entry before it, moved again by what this one has measured,
 * must be those that it holds. */
#include "ledger/git_ledger_verify_inside.h"

#include "base/date.h"
#include "ledger/ledger_layout.h"
#include "model/value_order.h"

enum { ANCESTORS = 200 }; /* as `record` looks back */

struct comparison {
    struct verifying *verifying;
    const struct verify_step *step;
    const struct bars
        *before; /* as the entry before this one holds them; NULL: nothing before it is known */
    const struct bars *wanted; /* moved again; NULL: the policy copy cannot be read */
    const struct bars *stored;
    const struct name *commit;
};

static const struct bar *same_bar(const struct bars *bars, const struct bar *bar)
{
    return bars != NULL ? bars_find(bars, bar->key, bar->group, bar->component) : NULL;
}

static const struct name *label_of(struct names *names, const struct bar *bar)
{
    struct buf text = {NULL, 0, 0};
    buf_add(&text, name_span(bar->key));
    if (bar->group != NULL) {
        buf_add_format(&text, " (%s)", name_text(bar->group));
    }
    if (bar->component != NULL) {
        buf_add_format(&text, " [%s]", name_text(bar->component));
    }
    const struct name *label = names_add(names, buf_span(&text));
    buf_release(&text);
    return label;
}

static void add_value(struct buf *out, const struct value *value)
{
    value_add_text(out, value);
    if (value->kind == VALUE_RATIO) {
        buf_add_format(out, " (%llu of %llu)", (unsigned long long)value->ratio.covered,
                       (unsigned long long)value->ratio.total);
    }
}

static void find(const struct comparison *comparison, enum diag_code code, const struct bar *bar,
                 struct buf *text)
{
    struct audit_place place = comparison->step->place;
    place.metric = label_of(comparison->verifying->ledger->names, bar);
    ledger_audit_add(comparison->verifying->audit, code, &place, buf_span(text));
    buf_release(text);
}

static void add_waiver(struct buf *out, const struct bar *bar)
{
    buf_add_format(out, " by the waiver of %s until ", name_text(bar->waiver_owner));
    date_add(out, bar->waiver_until);
}

static bool is_lower(const struct bar *now, const struct bar *then)
{
    return then != NULL && now->value.kind == then->value.kind &&
           now->direction == then->direction &&
           value_worse(&now->value, &then->value, decimal_make(0, 0), then->direction);
}

static bool same_text(const struct bar *left, const struct bar *right, struct names *names)
{
    struct bars one;
    struct bars other;
    struct buf texts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    bars_init(&one, names);
    bars_init(&other, names);
    *bars_put(&one, left->key, left->group, left->component) = *left;
    *bars_put(&other, right->key, right->group, right->component) = *right;
    bars_write(&one, &texts[0]);
    bars_write(&other, &texts[1]);
    bool same = span_equal(buf_span(&texts[0]), buf_span(&texts[1]));
    buf_release(&texts[0]);
    buf_release(&texts[1]);
    bars_release(&one);
    bars_release(&other);
    return same;
}

static void say_lowered(const struct comparison *comparison, enum diag_code code,
                        const struct bar *bar, const struct bar *before)
{
    struct buf text = {NULL, 0, 0};
    buf_add_text(&text, "the bar came down from ");
    add_value(&text, &before->value);
    buf_add_text(&text, " to ");
    add_value(&text, &bar->value);
    if (bar->waiver_owner != NULL) {
        add_waiver(&text, bar);
        buf_add_text(&text, code == DIAG_VERIFY_BAR_LOWERED
                                ? ", which the policy copy of the entry does not allow"
                                : "");
    } else if (code == DIAG_VERIFY_BAR_WAIVED) {
        buf_add_text(&text, " by a group that the policy copy retires");
    } else {
        buf_add_text(&text, " without a waiver");
    }
    find(comparison, code, bar, &text);
}

static void say_differs(const struct comparison *comparison, const struct bar *bar,
                        const struct bar *wanted)
{
    struct buf text = {NULL, 0, 0};
    buf_add_text(&text, "recorded ");
    add_value(&text, &bar->value);
    if (wanted != NULL) {
        buf_add_text(&text, ", but what was recorded before leads to ");
        add_value(&text, &wanted->value);
        buf_add_text(&text, value_compare(&bar->value, &wanted->value) == 0
                                ? " from another entry or waiver"
                                : "");
    } else {
        buf_add_text(&text, ", but no rule of the policy copy makes this bar");
    }
    find(comparison, DIAG_VERIFY_BAR_DIFFERS, bar, &text);
}

static void compare_bar(const struct comparison *comparison, const struct bar *bar)
{
    const struct bar *before = same_bar(comparison->before, bar);
    const struct bar *wanted = same_bar(comparison->wanted, bar);
    bool lower = is_lower(bar, before);
    bool as_wanted = wanted != NULL && same_text(bar, wanted, comparison->verifying->ledger->names);
    if (lower && (as_wanted || (comparison->wanted == NULL &&
                                bar_step_allowed(before, bar, comparison->commit)))) {
        say_lowered(comparison, DIAG_VERIFY_BAR_WAIVED, bar, before);
    } else if (lower) {
        say_lowered(comparison, DIAG_VERIFY_BAR_LOWERED, bar, before);
    } else if (comparison->wanted != NULL && !as_wanted) {
        say_differs(comparison, bar, wanted);
    }
}

static void find_gone(const struct comparison *comparison, const struct bars *expected)
{
    for (size_t index = 0; expected != NULL && index < expected->all.count; index++) {
        const struct bar *bar = vec_at(&expected->all, index);
        if (same_bar(comparison->stored, bar) == NULL) {
            struct buf text = {NULL, 0, 0};
            buf_add_text(&text, "the bar of ");
            add_value(&text, &bar->value);
            buf_add_text(&text, " is gone");
            find(comparison, DIAG_VERIFY_BAR_GONE, bar, &text);
        }
    }
}

static bool is_rewritten_alike(const struct comparison *comparison, const git_oid *file)
{
    struct verifying *verifying = comparison->verifying;
    struct buf text = {NULL, 0, 0};
    git_oid id;
    if (git_oid_equal(file, &verifying->sound_bars)) {
        return true;
    }
    bars_write(comparison->stored, &text);
    bool same =
        git_odb_hash(&id, text.data, text.size, GIT_OBJECT_BLOB) == 0 && git_oid_equal(&id, file);
    if (same) {
        git_oid_cpy(&verifying->sound_bars, file);
    }
    buf_release(&text);
    return same;
}

static enum err check_bytes(const struct comparison *comparison, struct diags *diags)
{
    const struct verify_step *step = comparison->step;
    git_tree *folder = NULL;
    enum err err = git_ledger_branch_folder(comparison->verifying->ledger, step->id,
                                            step->place.branch, &folder, diags);
    const git_tree_entry *file = folder != NULL ? git_tree_entry_byname(folder, LAYOUT_BARS) : NULL;
    if (err == ERR_NONE && file != NULL &&
        !is_rewritten_alike(comparison, git_tree_entry_id(file))) {
        ledger_audit_add(comparison->verifying->audit, DIAG_VERIFY_SNAPSHOT, &step->place,
                         SPAN(LAYOUT_BARS " differs from its own re-writing"));
    }
    git_tree_free(folder);
    return err;
}

static void compare(const struct comparison *comparison)
{
    for (size_t index = 0; index < comparison->stored->all.count; index++) {
        compare_bar(comparison, vec_at(&comparison->stored->all, index));
    }
    find_gone(comparison, comparison->wanted != NULL ? comparison->wanted : comparison->before);
    if (comparison->wanted == NULL) {
        ledger_audit_add(comparison->verifying->audit, DIAG_VERIFY_POLICY, &comparison->step->place,
                         span_make(NULL, 0));
    } else {
        comparison->verifying->audit->replayed++;
    }
}

/* A branch that has no entry before this one begins with the bars of the entry that its commit came
 * from. Which one that was, the checkout's history knows, if it reaches so far. */
static enum err look_behind(const struct verifying *verifying, const struct verify_step *step,
                            const struct appending *add, struct vec *ancestors, bool *begins,
                            struct diags *diags)
{
    git_tree *folder = NULL;
    enum err err = ERR_NONE;
    if (step->former != NULL) {
        err = git_ledger_branch_folder(verifying->ledger, step->former, step->place.branch, &folder,
                                       diags);
    }
    *begins = step->former != NULL && folder == NULL;
    if (*begins && verifying->wanted->repo != NULL) {
        git_repo_first_parents(verifying->wanted->repo, add->snapshot.commit, ANCESTORS, ancestors);
    }
    git_tree_free(folder);
    return err;
}

static bool same_bars(const struct bars *left, const struct bars *right)
{
    struct buf texts[2] = {{0}};
    bars_write(left, &texts[0]);
    bars_write(right, &texts[1]);
    bool same = span_equal(buf_span(&texts[0]), buf_span(&texts[1]));
    buf_release(&texts[0]);
    buf_release(&texts[1]);
    return same;
}

/* What the entry holds against what it should hold. */
static enum err judge(const struct comparison *comparison, bool begins, struct diags *diags)
{
    struct ledger_audit *audit = comparison->verifying->audit;
    enum err err = check_bytes(comparison, diags);
    if (err != ERR_NONE || comparison->step->starts) {
        return err;
    }
    if (begins && comparison->wanted != NULL &&
        !same_bars(comparison->wanted, comparison->stored)) {
        ledger_audit_add(audit, DIAG_VERIFY_BAR_ORIGIN, &comparison->step->place,
                         span_make(NULL, 0));
        return ERR_NONE;
    }
    compare(comparison);
    return ERR_NONE;
}

enum err verify_bars(struct verifying *verifying, const struct verify_step *step,
                     struct appending *add, struct vec *ancestors, struct diags *diags)
{
    struct git_ledger *ledger = verifying->ledger;
    struct bars stored;
    struct bars before;
    bool begins = false;
    bool imported = step->entry.origin.size > 0;
    bars_init(&stored, ledger->names);
    bars_init(&before, ledger->names);
    enum err err = look_behind(verifying, step, add, ancestors, &begins, diags);
    if (err == ERR_NONE) {
        err = git_ledger_bars_make(add); /* without rules: those of the entry before */
    }
    if (err == ERR_NONE && step->former != NULL) {
        err = git_ledger_bars_at(ledger, step->former, step->place.branch, &before, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_bars_at(ledger, step->id, step->place.branch, &stored, diags);
    }
    struct comparison comparison = {.verifying = verifying,
                                    .step = step,
                                    .before = &before,
                                    .wanted =
                                        add->record->rules != NULL || imported ? &add->bars : NULL,
                                    .stored = &stored,
                                    .commit = add->snapshot.commit};
    if (err == ERR_NONE) {
        err = judge(&comparison, begins, diags);
    }
    bars_release(&stored);
    bars_release(&before);
    return err;
}
