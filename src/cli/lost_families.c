/* A snapshot without a family of metrics that the entry before it had: a job that was left out, or
 * a report that is not found any more. Recorded, it would be a baseline without a bar for that
 * family, and the next change would meet "measured for the first time".
 *
 * A policy that lists its reports says what there is to be, and missing reports were refused
 * before; without such a list, or where the command line names others, nobody has said so. */
#include "cli/lost_families.h"

static unsigned families_of(const struct snapshot *snapshot)
{
    unsigned families = 0;
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&snapshot->metrics, index);
        const struct metric_kind *kind = metric_find(name_span(metric->key));
        if (metric->state == STATE_OK) {
            families |= kind != NULL ? (unsigned)kind->family : (unsigned)FAMILY_NUMBERS;
        }
    }
    return families;
}

static enum err say_lost(struct session *session, unsigned lost, struct span holder)
{
    bool listed = session->policy.reports.count > 0 && !session_names_reports(session);
    bool declared = listed || options_has(session->options, "accept-loss");
    struct buf text = {NULL, 0, 0};
    for (unsigned bit = 0; bit < FAMILY_BITS; bit++) {
        if ((lost & 1U << bit) != 0) {
            buf_add_text(&text, text.size > 0 ? ", " : "");
            buf_add_text(&text, family_text((enum family)(1U << bit)));
        }
    }
    buf_add_text(&text, ": ");
    buf_add(&text, holder);
    buf_add_text(&text, " has such metrics and this run has none");
    if (declared) {
        diags_add(&session->run.diags, DIAG_CLI_LOST, NULL, 0, 0, buf_span(&text));
    } else {
        diags_add_error(&session->run.diags, DIAG_CLI_LOST, NULL, 0, 0, buf_span(&text));
    }
    buf_release(&text);
    return declared ? ERR_NONE : ERR_MISSING;
}

enum err lost_families_compare(struct session *session, const struct snapshot *before,
                               struct span holder, const struct snapshot *now)
{
    unsigned lost = families_of(before) & ~families_of(now);
    return lost != 0 ? say_lost(session, lost, holder) : ERR_NONE;
}

enum err lost_families_check(struct session *session, struct git_ledger *ledger,
                             const struct name *branch, const struct snapshot *now)
{
    struct baseline newest;
    struct vec ancestors;
    vec_init(&ancestors, sizeof(const struct name *));
    const struct ledger_wanted wanted = {.branch = branch, .ancestors = &ancestors};
    baseline_init(&newest, &session->run.names);
    enum err err = git_ledger_choose(ledger, &wanted, &newest, &session->run.diags);
    if (err != ERR_NONE && options_has(session->options, "accept-loss")) {
        /* The newest entry cannot be read, which has been told; a new one mends that. */
        err = ERR_NONE;
        newest.state = BASELINE_UNUSABLE;
    }
    /* An entry without reports was taken over from another tool, which has its own idea of
     * metrics. */
    if (err == ERR_NONE && newest.state == BASELINE_FOUND && newest.snapshot.sources.count > 0) {
        struct buf holder = {NULL, 0, 0};
        buf_add_format(&holder, "the newest entry, %.10s,", name_text(newest.entry));
        err = lost_families_compare(session, &newest.snapshot, buf_span(&holder), now);
        buf_release(&holder);
    }
    baseline_release(&newest);
    vec_release(&ancestors);
    return err;
}
