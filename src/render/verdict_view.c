/* A verdict -> one line about all its checks, and what they were judged by: the baseline and the
 * policy. */
#include "render/verdict_view.h"

#include "base/date.h"
#include "render/figures.h"

size_t verdict_view_count(const struct verdict *verdict, enum outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < verdict->checks.count; i++) {
        const struct check *check = vec_at(&verdict->checks, i);
        count += check->outcome == outcome ? 1 : 0;
    }
    return count;
}

bool verdict_view_open(const struct verdict *verdict)
{
    return verdict->exit_code == EXIT_OPEN || verdict->exit_code == EXIT_PUBLISH;
}

static void add_part(struct buf *out, size_t count, const char *one, const char *many)
{
    if (count > 0) {
        buf_add_text(out, out->size > 0 ? ", " : "");
        buf_add_grouped(out, count);
        buf_add_text(out, count == 1 ? one : many);
    }
}

void verdict_view_headline(struct buf *out, const struct verdict *verdict)
{
    size_t all = verdict->checks.count;
    size_t failed = verdict_view_count(verdict, OUTCOME_FAIL);
    size_t passed = verdict_view_count(verdict, OUTCOME_PASS);
    struct buf text = {0};
    if (all == 0) {
        buf_add_text(&text, "no rule was judged");
    } else if (passed == all) {
        buf_add_text(&text, all == 1 ? "" : "all ");
        buf_add_grouped(&text, all);
        buf_add_text(&text, all == 1 ? " rule passed" : " rules passed");
    } else if (failed > 0) {
        buf_add_grouped(&text, failed);
        buf_add_text(&text, " of ");
        buf_add_grouped(&text, all);
        buf_add_text(&text, all == 1 ? " rule broken" : " rules broken");
    }
    add_part(&text, verdict_view_count(verdict, OUTCOME_NO_DATA), " rule cannot be judged",
             " rules cannot be judged");
    add_part(&text, verdict_view_count(verdict, OUTCOME_WARN), " warning", " warnings");
    add_part(&text, verdict_view_count(verdict, OUTCOME_WAIVED), " waived", " waived");
    add_part(&text, verdict_view_count(verdict, OUTCOME_INFO), " info", " info");
    if (failed == 0 && passed < all) {
        add_part(&text, passed, " passed", " passed");
    }
    buf_add(out, buf_span(&text));
    buf_release(&text);
}

void verdict_view_counts(struct buf *out, const struct verdict *verdict)
{
    static const struct {
        enum outcome outcome;
        const char *words;
    } parts[] = {
        {OUTCOME_FAIL, " failed"}, {OUTCOME_NO_DATA, " without data"},
        {OUTCOME_WARN, " warned"}, {OUTCOME_WAIVED, " waived"},
        {OUTCOME_INFO, " info"},   {OUTCOME_PASS, " passed"},
    };
    struct buf text = {0};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        add_part(&text, verdict_view_count(verdict, parts[i].outcome), parts[i].words,
                 parts[i].words);
    }
    buf_add(out, text.size > 0 ? buf_span(&text) : SPAN("no rule was judged"));
    buf_release(&text);
}

/* ---- what it was judged by ---- */

static void add_id(struct buf *out, const char *lead, const struct name *id)
{
    if (id != NULL) {
        buf_add_text(out, lead);
        buf_add(out, span_until(name_span(id), FIGURES_ID));
    }
}

void verdict_view_baseline(struct buf *out, const struct baseline *baseline)
{
    switch (baseline->state) {
    case BASELINE_FOUND:
        buf_add_text(out, baseline->snapshot.commit != NULL ? "" : "a snapshot");
        add_id(out, "commit ", baseline->snapshot.commit);
        /* The reason names another branch. */
        if (baseline->branch != NULL &&
            (baseline->entry_branch == NULL || baseline->entry_branch == baseline->branch)) {
            buf_add_text(out, " of ");
            buf_add(out, name_span(baseline->branch));
        }
        add_id(out, ", ledger entry ", baseline->entry);
        break;
    case BASELINE_NONE_YET: buf_add_text(out, "none yet"); break;
    case BASELINE_UNUSABLE: buf_add_text(out, "cannot be used"); break;
    case BASELINE_NOT_ASKED: buf_add_text(out, "none"); break;
    }
    if (baseline->reason != NULL) {
        buf_add_text(out, ": ");
        buf_add(out, name_span(baseline->reason));
    }
}

static void add_policy_id(struct buf *out, const struct name *id)
{
    if (id != NULL) {
        add_id(out, "", id);
    } else {
        buf_add_text(out, "the built-in rules");
    }
}

void verdict_view_policy(struct buf *out, const struct policy *policy,
                         const struct policy_change *change)
{
    if (change == NULL || change->state == TARGET_NOT_ASKED || change->state == TARGET_SAME) {
        if (policy != NULL && policy->path == NULL) {
            buf_add_text(out, "there is no .tidegate.yml, so the built-in rules were used; "
                              "`tidegate init` writes one");
        }
        return;
    }
    add_policy_id(out, change->own_id);
    if (change->state == TARGET_DIFFERENT || change->state == TARGET_FIRST) {
        buf_add_format(out, ", on %s ",
                       change->branch != NULL ? name_text(change->branch) : "the target");
        add_policy_id(out, change->target_id);
        add_id(out, change->entry != NULL ? " (ledger entry " : " (commit ",
               change->entry != NULL ? change->entry : change->commit);
        buf_add_text(out, change->entry != NULL || change->commit != NULL ? ")" : "");
    }
    buf_add_text(out, ": ");
    buf_add(out, name_span(change->reason));
}

/* ---- what was not measured ---- */

/* Is this the first carried report of its group? */
static bool begins_carried(const struct snapshot *snapshot, size_t index)
{
    const struct snapshot_source *source = vec_at(&snapshot->sources, index);
    for (size_t before = 0; before < index; before++) {
        const struct snapshot_source *other = vec_at(&snapshot->sources, before);
        if (other->carried_from != NULL && other->group == source->group) {
            return false;
        }
    }
    return source->carried_from != NULL && source->group != NULL;
}

bool verdict_view_carried(struct buf *out, const struct snapshot *snapshot, size_t *index)
{
    while (snapshot != NULL && *index < snapshot->sources.count) {
        const struct snapshot_source *source = vec_at(&snapshot->sources, *index);
        if (begins_carried(snapshot, (*index)++)) {
            buf_add_text(out, "group ");
            buf_add(out, name_span(source->group));
            add_id(out, ", from commit ", source->carried_from);
            if (date_of_seconds(source->carried_time) != 0) {
                buf_add_text(out, " of ");
                date_add(out, date_of_seconds(source->carried_time));
            }
            return true;
        }
    }
    return false;
}
