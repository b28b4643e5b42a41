/* The verdict as text for a terminal or a log: the verdict first, then what is broken and what
 * to do, then what passed, then what the numbers come from; the last line sums up. Every line
 * that may hold foreign text begins with words of ours or goes through escape.h, because CI
 * runners read commands from logs. */
#include "render/renderer.h"

#include "render/text_parts.h"
#include "render/verdict_view.h"

static void write_verdict(const struct terminal *terminal, const struct verdict *verdict)
{
    struct buf text = {0};
    bool open = verdict_view_open(verdict);
    verdict_view_headline(&text, verdict);
    terminal_add(terminal, open ? STYLE_GREEN : STYLE_RED, open ? "GATE OPEN" : "GATE CLOSED");
    buf_add_text(terminal->out, ": ");
    terminal_add(terminal, STYLE_BOLD, buf_text(&text));
    buf_add_byte(terminal->out, '\n');
    buf_release(&text);
}

/* Findings are news only when a rule about them did not pass: a clean verdict stays short. */
static bool findings_matter(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->checks.count; i++) {
        const struct check *check = vec_at(&verdict->checks, i);
        struct span key = name_span(check->rule->metric);
        bool about = span_starts(key, "findings") || span_starts(key, "security");
        if (about && check->outcome != OUTCOME_PASS) {
            return true;
        }
    }
    return false;
}

static void write_details(const struct terminal *terminal, const struct scene *scene)
{
    struct details details;
    details_open(&details, scene->reports);
    text_failed_tests(terminal, &details, scene->verbose);
    if (scene->verbose || (scene->verdict != NULL && findings_matter(scene->verdict))) {
        text_findings(terminal, &details, scene->verbose);
    }
    details_close(&details);
}

static void write_baseline(const struct terminal *terminal, const struct scene *scene)
{
    struct buf text = {0};
    if (scene->baseline != NULL) {
        verdict_view_baseline(&text, scene->baseline);
        buf_add_byte(terminal->out, '\n');
        terminal_sentence(terminal, 0, "Baseline: ", buf_span(&text));
    }
    buf_clear(&text);
    verdict_view_policy(&text, scene->policy, scene->policy_change);
    if (text.size > 0) {
        buf_add_text(terminal->out, scene->baseline != NULL ? "" : "\n");
        terminal_sentence(terminal, 0, "Policy: ", buf_span(&text));
    }
    if (scene->unresolved != NULL) {
        buf_add_text(terminal->out, scene->baseline != NULL ? "" : "\n");
        terminal_sentence(terminal, 0, "Paths: ", name_span(scene->unresolved));
    }
    if (scene->left_out != NULL) {
        bool first = scene->baseline == NULL && scene->unresolved == NULL;
        buf_add_text(terminal->out, first ? "\n" : "");
        terminal_sentence(terminal, 0, "Left out: ", name_span(scene->left_out));
    }
    buf_release(&text);
}

/* Groups whose values are those of an earlier run. */
static void write_carried(const struct terminal *terminal, const struct scene *scene)
{
    struct buf text = {0};
    for (size_t index = 0; verdict_view_carried(&text, scene->snapshot, &index);) {
        terminal_sentence(terminal, 0, "Not measured in this run: ", buf_span(&text));
        buf_clear(&text);
    }
    buf_release(&text);
}

static void write_last(const struct terminal *terminal, const struct scene *scene)
{
    struct buf text = {0};
    buf_add_format(&text, "tidegate %s: gate %s, exit code %d: ", scene->program_version,
                   verdict_view_open(scene->verdict) ? "open" : "closed",
                   (int)scene->verdict->exit_code);
    verdict_view_counts(&text, scene->verdict);
    buf_add_byte(terminal->out, '\n');
    terminal_add_foreign(terminal, buf_span(&text),
                         0); /* one line, however long: scripts look for it */
    buf_add_byte(terminal->out, '\n');
    buf_release(&text);
}

static void render(const struct scene *scene, struct buf *out)
{
    struct terminal terminal = {out, scene->colour, scene->width};
    if (scene->verdict != NULL) {
        write_verdict(&terminal, scene->verdict);
        text_checks_broken(&terminal, scene);
        text_checks_passed(&terminal, scene);
        text_policy_change(&terminal, scene);
    }
    if (scene->verdict == NULL || scene->verbose) {
        text_metrics(&terminal, scene->snapshot, "Metrics");
    }
    text_reports(&terminal, scene->reports, scene->verbose);
    text_diags(&terminal, scene->diags, scene->verbose);
    write_details(&terminal, scene);
    write_baseline(&terminal, scene);
    write_carried(&terminal, scene);
    if (scene->verdict != NULL) {
        write_last(&terminal, scene);
    }
}

const struct renderer renderer_text = {
    .name = "text",
    .title = "text for terminals and logs",
    .media_type = "text/plain; charset=utf-8",
    .file_name = "tidegate.txt",
    .render = render,
};
