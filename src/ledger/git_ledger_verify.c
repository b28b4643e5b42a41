/* The chain of commits, from the oldest to the newest.
 *
 * Each step is compared with the one before it, as it is stored, so that one forged entry is one
 * finding and not a finding in every entry behind it. */
#include "ledger/git_ledger_rollup.h"
#include "ledger/git_ledger_verify_inside.h"

#include "base/mem.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"

#include <stdlib.h>

/* ---- following the chain ---- */

static bool is_cut(const struct git_ledger *ledger, const git_oid *id)
{
    for (size_t index = 0; index < ledger->cut.count; index++) {
        if (git_oid_equal(vec_at(&ledger->cut, index), id)) {
            return true;
        }
    }
    return false;
}

/* Does one of the ids begin like that? */
static bool has_prefix(struct span ids, const char *prefix)
{
    bool found = false;
    while (prefix != NULL && ids.size > 0 && !found) {
        found = span_starts(span_cut(&ids, ' '), prefix);
    }
    return found;
}

static void note_anchor(struct verifying *verifying, const git_oid *id,
                        const struct commit_text *commit)
{
    const char *anchor = verifying->wanted->anchor;
    char hex[GIT_OID_HEXSZ + 1];
    struct entry_text entry;
    git_oid_tostr(hex, sizeof(hex), id);
    entry_text_read(commit->message, &entry);
    verifying->anchor_found = verifying->anchor_found || has_prefix(span_of(hex), anchor);
    verifying->anchor_listed = verifying->anchor_listed || has_prefix(entry.was, anchor);
}

/* All commits, newest first. With a limit, one more than that, to begin from, unless an anchor is
 * looked for. */
static enum err collect(struct verifying *verifying, struct vec *chain)
{
    struct git_ledger *ledger = verifying->ledger;
    const struct verify_wanted *wanted = verifying->wanted;
    size_t most = wanted->newest > 0 && wanted->anchor == NULL ? wanted->newest + 1 : SIZE_MAX;
    git_oid id;
    bool more = false;
    enum err err = git_ledger_tip(ledger, &id, &more, verifying->diags);
    while (err == ERR_NONE && more && chain->count < most) {
        git_odb_object *object = NULL;
        struct commit_text commit;
        struct span parent;
        err = git_ledger_commit(ledger, &id, &object, &commit, verifying->diags);
        if (err != ERR_NONE) {
            break;
        }
        git_oid_cpy(vec_add(chain), &id);
        note_anchor(verifying, &id, &commit);
        bool cut = is_cut(ledger, &id);
        more = !cut && commit_text_parent(&commit.parents, &parent) && git_objects_id(parent, &id);
        verifying->audit->whole = !cut && !more;
        git_odb_object_free(object);
    }
    return err;
}

/* ---- one step ---- */

static void check_parents(struct verifying *verifying, const struct verify_step *step)
{
    struct span parents = step->commit.parents;
    struct span parent;
    size_t count = 0;
    while (commit_text_parent(&parents, &parent)) {
        count++;
    }
    if (count > 1) {
        ledger_audit_add_format(verifying->audit, DIAG_VERIFY_CHAIN, &step->place,
                                "the commit joins %zu histories", count);
    }
}

/* format.json must be that of the first entry, byte by byte. */
static enum err check_format(struct verifying *verifying, const struct verify_step *step,
                             struct diags *diags)
{
    struct ledger_audit *audit = verifying->audit;
    const git_tree_entry *now = git_tree_entry_byname(step->tree, LAYOUT_FORMAT);
    const git_tree_entry *before =
        step->former_tree != NULL ? git_tree_entry_byname(step->former_tree, LAYOUT_FORMAT) : NULL;
    const struct name *id = NULL;
    git_odb_object *object = NULL;
    struct fault fault = {.kind = FAULT_NONE};
    if (now == NULL) {
        ledger_audit_add(audit, DIAG_VERIFY_FORMAT, &step->place, SPAN("it has no " LAYOUT_FORMAT));
        return ERR_NONE;
    }
    if (before != NULL && git_oid_equal(git_tree_entry_id(now), git_tree_entry_id(before))) {
        return ERR_NONE;
    }
    enum err err = git_ledger_file(verifying->ledger, now, &object, diags);
    if (err != ERR_NONE) {
        return err;
    }
    err = layout_read_format(verifying->ledger->names, git_objects_text(object), &id, &fault);
    if (err != ERR_NONE) {
        ledger_audit_add_format(audit, DIAG_VERIFY_FORMAT, &step->place, LAYOUT_FORMAT ": %s",
                                fault.text);
    } else if (audit->id != NULL && id != audit->id) {
        ledger_audit_add_format(audit, DIAG_VERIFY_LEDGER_ID, &step->place, "it was %s and is %s",
                                name_text(audit->id), name_text(id));
    } else if (before != NULL) {
        ledger_audit_add(audit, DIAG_VERIFY_CHAIN, &step->place, SPAN("it changes " LAYOUT_FORMAT));
    }
    audit->id = id != NULL ? id : audit->id;
    git_odb_object_free(object);
    return ERR_NONE;
}

/* The lines about the entries that are not here any more. */
static enum err check_rollup(struct verifying *verifying, const struct verify_step *step,
                             struct diags *diags)
{
    struct ledger_audit *audit = verifying->audit;
    struct rollup_check check = {
        .commit = step->id, .tree = step->tree, .anchor = verifying->wanted->anchor};
    map_init(&check.ids);
    enum err err = git_ledger_rollup_check(verifying->ledger, &check, diags);
    if (err == ERR_FORMAT && check.fault.line > 0) {
        ledger_audit_add_format(audit, DIAG_VERIFY_ROLLUP, &step->place, "line %llu: %s",
                                (unsigned long long)check.fault.line, check.fault.text);
    } else if (err == ERR_FORMAT) {
        ledger_audit_add(audit, DIAG_VERIFY_ROLLUP, &step->place, span_of(check.fault.text));
    }
    audit->rolled_up = check.ids.count;
    verifying->anchor_listed = verifying->anchor_listed || check.anchor_found;
    map_release(&check.ids);
    verify_message(verifying, step);
    return err == ERR_FORMAT ? ERR_NONE : err;
}

static enum err check_kind(struct verifying *verifying, struct verify_step *step,
                           enum entry_kind kind, struct diags *diags)
{
    struct ledger_audit *audit = verifying->audit;
    switch (kind) {
    case ENTRY_RECORD: audit->entries++; return verify_entry(verifying, step, diags);
    case ENTRY_ROLLUP:
        if (step->former != NULL) {
            ledger_audit_add(audit, DIAG_VERIFY_CHAIN, &step->place,
                             SPAN("a roll-up stands behind other entries"));
        }
        audit->compacted = true;
        return check_rollup(verifying, step, diags);
    case ENTRY_FOREIGN:
        if (!verifying->wanted->allow_foreign) {
            ledger_audit_add(audit, DIAG_VERIFY_FOREIGN, &step->place, span_make(NULL, 0));
        }
        break;
    case ENTRY_DAMAGED:
        ledger_audit_add(audit, DIAG_VERIFY_MESSAGE, &step->place,
                         SPAN("a trailer is missing, stands twice, or is not well formed"));
        break;
    }
    return ERR_NONE;
}

/* The first of the reasons why an entry could not be read. */
static void add_unreadable(struct verifying *verifying, const struct verify_step *step,
                           const struct diags *diags)
{
    for (size_t index = 0; index < diags_count(diags); index++) {
        const struct diag *diag = diags_at(diags, index);
        if (diag->severity == SEVERITY_ERROR) {
            verifying->audit->unreadable = true;
            ledger_audit_add(verifying->audit, diag->code, &step->place, name_span(diag->text));
        }
    }
}

static void check_step(struct verifying *verifying, struct verify_step *step)
{
    struct git_ledger *ledger = verifying->ledger;
    git_odb_object *object = NULL;
    struct diags diags;
    diags_init(&diags, ledger->names);
    step->place = (struct audit_place){.entry = git_objects_name(ledger->names, step->id)};
    enum err err = git_ledger_commit(ledger, step->id, &object, &step->commit, &diags);
    if (err == ERR_NONE) {
        err = git_ledger_tree_of(ledger, step->id, &step->tree, &diags);
    }
    if (err == ERR_NONE && step->former != NULL) {
        err = git_ledger_tree_of(ledger, step->former, &step->former_tree, &diags);
    }
    if (err == ERR_NONE) {
        enum entry_kind kind = entry_text_read(step->commit.message, &step->entry);
        check_parents(verifying, step);
        err = check_format(verifying, step, &diags);
        err = err == ERR_NONE ? check_kind(verifying, step, kind, &diags) : err;
    }
    if (err != ERR_NONE) {
        add_unreadable(verifying, step, &diags);
    }
    git_tree_free(step->tree);
    git_tree_free(step->former_tree);
    git_odb_object_free(object);
    diags_release(&diags);
}

/* ---- the whole ---- */

static void check_chain(struct verifying *verifying, const struct vec *chain)
{
    struct ledger_audit *audit = verifying->audit;
    size_t newest = verifying->wanted->newest;
    bool begun_before = newest > 0 && chain->count > newest;
    size_t steps = begun_before ? newest : chain->count;
    audit->whole = audit->whole && !begun_before;
    for (size_t index = steps; index > 0; index--) {
        struct verify_step step = {
            .id = vec_at(chain, index - 1),
            .former = index < chain->count ? vec_at(chain, index) : NULL,
            .starts = index == chain->count && !audit->whole,
        };
        check_step(verifying, &step);
        audit->root = index == steps ? step.place.entry : audit->root;
        audit->tip = step.place.entry;
    }
}

static void check_anchor(struct verifying *verifying)
{
    const struct verify_wanted *wanted = verifying->wanted;
    struct ledger_audit *audit = verifying->audit;
    const struct audit_place nowhere = {NULL, NULL, NULL};
    if (wanted->anchor == NULL || verifying->anchor_found) {
        return;
    }
    if (verifying->anchor_listed) {
        ledger_audit_add_format(audit, DIAG_VERIFY_ANCHOR_LISTED, &nowhere,
                                "%.64s is named, but the entry itself is not here any more",
                                wanted->anchor);
        return;
    }
    ledger_audit_add_format(audit, DIAG_VERIFY_ANCHOR, &nowhere,
                            "no entry of the chain is or was %.64s", wanted->anchor);
}

static void release(struct verifying *verifying)
{
    struct map *policies = &verifying->policies;
    for (size_t index = 0; policies->slots != NULL && index <= policies->capacity; index++) {
        /* a map holds numbers; these are addresses. NOLINTNEXTLINE(performance-no-int-to-ptr) */
        struct policy *policy = (struct policy *)(uintptr_t)policies->slots[index].value;
        if (policy != NULL) {
            policy_release(policy);
            free(policy);
        }
    }
    map_release(policies);
    verifying->ledger->memo = NULL;
    bars_release(&verifying->memo->bars);
    free(verifying->memo);
    verify_lines_release(verifying);
}

enum err git_ledger_verify(struct git_ledger *ledger, const struct verify_wanted *wanted,
                           struct ledger_audit *audit, struct diags *diags)
{
    struct verifying verifying = {
        .ledger = ledger, .wanted = wanted, .audit = audit, .diags = diags};
    struct vec chain;
    bool part = wanted->newest > 0 && wanted->anchor == NULL;
    enum err err = git_ledger_deepen(ledger, part ? (unsigned)wanted->newest + 1 : 0, diags);
    vec_init(&chain, sizeof(git_oid));
    vec_init(&verifying.lines, sizeof(struct branch_line));
    map_init(&verifying.policies);
    verifying.memo = mem_alloc(sizeof *verifying.memo);
    bars_init(&verifying.memo->bars, ledger->names);
    ledger->memo = verifying.memo;
    if (err == ERR_NONE) {
        err = collect(&verifying, &chain);
    }
    if (err == ERR_NONE) {
        bool whole = audit->whole;
        check_chain(&verifying, &chain);
        if (whole) {
            verify_former(&verifying, &chain);
        }
        verify_gaps(&verifying);
        check_anchor(&verifying);
        if (!audit->whole && wanted->newest == 0) {
            const struct audit_place place = {.entry = audit->root};
            ledger_audit_add(audit, DIAG_VERIFY_CUT, &place, span_make(NULL, 0));
        }
    }
    release(&verifying);
    vec_release(&chain);
    return err;
}
