/* The order of the entries of a branch, and the commits between them that have none.
 *
 * An entry follows the one before it when its first parent is that one's commit, when it covers
 * what lies between, or says since when it speaks. Late entries fill what was open. What is still
 * open at the end is looked up in the checkout's own history, as far as that reaches. */
#include "ledger/git_ledger_verify_inside.h"

enum {
    LOOKED_BACK = 4096, /* commits of the checkout for one gap */
    LOOK_FIRST = 64,
    BUDGET = 200000, /* commits of the checkout for all gaps */
    SHOWN = 5,       /* of the commits without entry */
    ID_SHOWN = 12
};

static struct branch_line *line_of(struct verifying *verifying, const struct name *branch)
{
    for (size_t index = 0; index < verifying->lines.count; index++) {
        struct branch_line *line = vec_at(&verifying->lines, index);
        if (line->branch == branch) {
            return line;
        }
    }
    struct branch_line *line = vec_add(&verifying->lines);
    *line = (struct branch_line){.branch = branch};
    map_init(&line->parents);
    vec_init(&line->doubts, sizeof(struct doubt));
    return line;
}

void verify_lines_release(struct verifying *verifying)
{
    for (size_t index = 0; index < verifying->lines.count; index++) {
        struct branch_line *line = vec_at(&verifying->lines, index);
        map_release(&line->parents);
        vec_release(&line->doubts);
    }
    vec_release(&verifying->lines);
}

static void note(struct branch_line *line, const struct name *commit, const struct name *parent)
{
    uint64_t *place = map_put(&line->parents, map_key(commit));
    *place = parent != NULL ? (uint64_t)(uintptr_t)parent : *place;
}

/* The covered commits, nearest first, lead to the branch's former entry. True if there are any. */
static bool note_covered(struct verifying *verifying, struct branch_line *line, struct span covers)
{
    struct names *names = verifying->ledger->names;
    const struct name *commit = NULL;
    while (covers.size > 0) {
        const struct name *next = names_add(names, span_cut(&covers, ' '));
        if (commit != NULL) {
            note(line, commit, next);
        }
        commit = next;
    }
    if (commit != NULL) {
        note(line, commit, line->newest);
    }
    return commit != NULL;
}

void verify_order(struct verifying *verifying, const struct verify_step *step)
{
    struct names *names = verifying->ledger->names;
    const struct entry_text *entry = &step->entry;
    struct branch_line *line = line_of(verifying, step->place.branch);
    const struct name *commit = names_add(names, entry->commit);
    const struct name *parent = entry->parent.size > 0 ? names_add(names, entry->parent) : NULL;
    const struct name *since = entry->since.size > 0 ? names_add(names, entry->since) : NULL;
    bool rewritten = span_is(entry->event, ENTRY_REWRITTEN);
    note(line, commit, parent);
    if (entry->late.size > 0) {
        ledger_audit_add(verifying->audit, DIAG_VERIFY_LATE, &step->place, span_make(NULL, 0));
        return;
    }
    if (rewritten) {
        ledger_audit_add(verifying->audit, DIAG_VERIFY_REWRITTEN, &step->place, span_make(NULL, 0));
    }
    bool covered = note_covered(verifying, line, entry->covers);
    if (line->newest != NULL && line->newest != commit && parent != line->newest && !covered &&
        !rewritten && since != line->newest && entry->origin.size == 0) {
        *(struct doubt *)vec_add(&line->doubts) =
            (struct doubt){step->place.entry, commit, line->newest};
    }
    line->newest = commit;
}

/* ---- afterwards ---- */

static bool is_known(const struct branch_line *line, const struct name *commit)
{
    return map_find(&line->parents, map_key(commit)) != NULL;
}

/* Do entries that came later lead from the doubtful one to the former one? */
static bool is_closed(const struct branch_line *line, const struct doubt *doubt)
{
    const struct name *at = doubt->commit;
    for (size_t steps = 0; at != NULL && at != doubt->former && steps <= line->parents.count;
         steps++) {
        const uint64_t *parent = map_find(&line->parents, map_key(at));
        /* a map holds numbers; these are addresses. NOLINTNEXTLINE(performance-no-int-to-ptr) */
        at = parent != NULL ? (const struct name *)(uintptr_t)*parent : NULL;
    }
    return at == doubt->former;
}

/* The commits without entry between the two, from the checkout. False when it does not reach so
 * far. */
static bool look_up(const struct verifying *verifying, const struct branch_line *line,
                    const struct doubt *doubt, struct vec *missing, size_t *budget)
{
    struct vec parents;
    bool reached = false;
    bool more = verifying->wanted->repo != NULL;
    vec_init(&parents, sizeof(const struct name *));
    for (size_t most = LOOK_FIRST; more && !reached && most <= LOOKED_BACK && *budget >= most;
         most *= 8) {
        vec_clear(&parents);
        vec_clear(missing);
        git_repo_first_parents(verifying->wanted->repo, doubt->commit, most, &parents);
        *budget -= most;
        for (size_t index = 0; !reached && index < parents.count; index++) {
            const struct name *commit = *(const struct name **)vec_at(&parents, index);
            reached = commit == doubt->former;
            if (!reached && !is_known(line, commit)) {
                *(const struct name **)vec_add(missing) = commit;
            }
        }
        more = parents.count == most;
    }
    vec_release(&parents);
    return reached;
}

static void add_ids(struct buf *out, const struct vec *commits)
{
    for (size_t index = 0; index < commits->count && index < SHOWN; index++) {
        const struct name *commit = *(const struct name **)vec_at(commits, index);
        buf_add_text(out, index > 0 ? ", " : ": ");
        buf_add(out, span_until(name_span(commit), ID_SHOWN));
    }
    buf_add_text(out, commits->count > SHOWN ? ", ..." : "");
}

static void settle(const struct verifying *verifying, const struct branch_line *line,
                   const struct doubt *doubt, size_t *budget)
{
    const struct audit_place place = {.entry = doubt->entry, .branch = line->branch};
    struct buf text = {NULL, 0, 0};
    struct vec missing;
    vec_init(&missing, sizeof(const struct name *));
    bool reached = look_up(verifying, line, doubt, &missing, budget);
    if (reached) {
        buf_add_format(&text, "%zu commit%s before %.12s without an entry", missing.count,
                       missing.count == 1 ? "" : "s", name_text(doubt->commit));
        add_ids(&text, &missing);
    } else {
        buf_add_format(&text,
                       "how %.12s follows from %.12s is not known: commits between them may have "
                       "no entry; a deeper checkout tells",
                       name_text(doubt->commit), name_text(doubt->former));
    }
    if (!reached || missing.count > 0) {
        ledger_audit_add(verifying->audit, DIAG_VERIFY_GAP, &place, buf_span(&text));
    }
    vec_release(&missing);
    buf_release(&text);
}

void verify_gaps(struct verifying *verifying)
{
    size_t budget = BUDGET;
    for (size_t at = 0; at < verifying->lines.count; at++) {
        const struct branch_line *line = vec_at(&verifying->lines, at);
        for (size_t index = 0; index < line->doubts.count; index++) {
            const struct doubt *doubt = vec_at(&line->doubts, index);
            if (!is_closed(line, doubt)) {
                settle(verifying, line, doubt, &budget);
            }
        }
    }
}
