/* A simulation as a Markdown section. */
#include "render/figures.h"
#include "render/markdown_parts.h"
#include "render/simulation_view.h"

#include "model/rule_text.h"

static void add_when(struct buf *out, const struct simulation *simulation, size_t index)
{
    const struct simulated_entry *entry = vec_at(&simulation->entries, index);
    buf_add_format(out, "%s `%.*s`", name_text(entry->day), FIGURES_ID, name_text(entry->commit));
}

static void add_rule(struct markdown_list *list, const struct simulation *simulation,
                     const struct simulated_rule *rule)
{
    size_t broken = simulated_rule_broken(rule);
    struct buf *out = &list->item;
    struct buf text = {0};
    buf_add_text(out, "| ");
    rule_add_text(&text, rule->rule);
    markdown_take_code(out, &text, ESCAPE_CELL);
    buf_add_format(out, " | %zu of %zu | %s | %zu | ", broken, simulated_rule_judged(rule),
                   broken > 0 ? simulation_word(&rule->worst) : "", rule->unjudged);
    if (broken > 0) {
        add_when(out, simulation, rule->first);
        buf_add_text(out, " | ");
        add_when(out, simulation, rule->last);
        buf_add_text(out, " | ");
        markdown_add_sentence(out, rule->worst.why, ESCAPE_CELL);
    } else {
        buf_add_text(out, "| | ");
    }
    buf_add_text(out, " |\n");
    markdown_list_take(list);
    buf_release(&text);
}

static void add_breaks(const struct simulation_view *view, struct buf *out)
{
    const struct simulation *simulation = view->simulation;
    struct buf content = {0};
    struct buf text = {0};
    struct markdown_list list;
    size_t count = simulation->breaks.count;
    markdown_list_open(&list, &content, view->all ? count : SIMULATION_SHOWN, MARKDOWN_SECTION);
    for (size_t at = 0; at < count; at++) {
        const struct simulated_break *broken = vec_at(&simulation->breaks, count - 1 - at);
        buf_add_text(&list.item, "- ");
        add_when(&list.item, simulation, broken->entry);
        buf_add_byte(&list.item, ' ');
        rule_add_text(&text, broken->check.rule);
        markdown_take_code(&list.item, &text, ESCAPE_LINE);
        buf_add_format(&list.item, " (%s): ", simulation_word(&broken->check));
        markdown_add_sentence(&list.item, broken->check.why, ESCAPE_LINE);
        buf_add_byte(&list.item, '\n');
        markdown_list_take(&list);
    }
    markdown_list_close(&list, count, "- ");
    markdown_fold(out, "What broke, the newest first", count, &content);
    buf_release(&content);
    buf_release(&text);
}

static void add_unknown(const struct simulation *simulation, struct buf *out)
{
    struct buf text = {0};
    buf_add_text(out, "\nWhat cannot be known:\n\n");
    for (size_t at = 0; at < simulation->rules.count; at++) {
        const struct simulated_rule *rule = vec_at(&simulation->rules, at);
        if (rule->unjudged > 0) {
            buf_add_text(out, "- ");
            rule_add_text(&text, rule->rule);
            markdown_take_code(out, &text, ESCAPE_LINE);
            buf_add_format(out, ": not judged in %zu of %zu entries: %s.\n", rule->unjudged,
                           simulated_rule_total(rule), name_text(rule->why_unjudged));
        }
    }
    for (size_t at = 0; at < simulation->notes.count; at++) {
        buf_add_text(out, "- ");
        markdown_add_sentence(out, *(const struct name **)vec_at(&simulation->notes, at),
                              ESCAPE_LINE);
        buf_add_byte(out, '\n');
    }
    buf_release(&text);
}

void simulation_markdown(const struct simulation_view *view, struct buf *out)
{
    const struct simulation *simulation = view->simulation;
    struct buf text = {0};
    struct markdown_list list;
    const struct name *path = simulation->policy->path;
    buf_add_text(out, "### Simulated ");
    buf_add(&text, path != NULL ? name_span(path) : SPAN("the built-in rules"));
    markdown_take_code(out, &text, ESCAPE_LINE);
    buf_add_text(out, "\n\n");
    simulation_add_range(&text, simulation);
    buf_add_text(&text, ": ");
    simulation_add_headline(&text, simulation);
    markdown_take_prose(out, &text, ESCAPE_LINE);
    buf_add_text(out, ".\n\n| Rule | Broken | Gate | Not judged | First | Last | Farthest off |\n"
                      "|---|--:|---|--:|---|---|---|\n");
    markdown_list_open(&list, out, simulation->rules.count, MARKDOWN_SECTION);
    for (size_t at = 0; at < simulation->rules.count; at++) {
        add_rule(&list, simulation, vec_at(&simulation->rules, at));
    }
    markdown_list_close(&list, simulation->rules.count, "\n");
    buf_add_byte(out, '\n');
    add_breaks(view, out);
    add_unknown(simulation, out);
    buf_release(&text);
}
