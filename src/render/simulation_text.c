/* A simulation as text: a table of rules, what was farthest off, what broke when, and what nobody
 * can know. */
#include "render/figures.h"
#include "render/simulation_view.h"

#include "model/rule_text.h"

#include "render/terminal.h"

enum { INDENT = 2 };

static void add_cell(struct table *table, enum style style, struct buf *text)
{
    table_cell(table, style, buf_span(text), TERMINAL_NAME);
    buf_clear(text);
}

static void add_when(struct table *table, const struct simulation *simulation, size_t index,
                     bool known)
{
    struct buf text = {0};
    if (known) {
        const struct simulated_entry *entry = vec_at(&simulation->entries, index);
        buf_add_format(&text, "%s %.*s", name_text(entry->day), FIGURES_ID,
                       name_text(entry->commit));
    }
    add_cell(table, STYLE_PLAIN, &text);
    buf_release(&text);
}

static void add_rule(struct table *table, const struct simulation *simulation,
                     const struct simulated_rule *rule)
{
    size_t broken = simulated_rule_broken(rule);
    enum style style = rule->closed > 0 ? STYLE_RED : broken > 0 ? STYLE_YELLOW : STYLE_PLAIN;
    struct buf text = {0};
    rule_add_text(&text, rule->rule);
    add_cell(table, STYLE_PLAIN, &text);
    buf_add_format(&text, "%zu of %zu", broken, simulated_rule_judged(rule));
    add_cell(table, style, &text);
    if (broken > 0) {
        buf_add_text(&text, simulation_word(&rule->worst));
    }
    add_cell(table, style, &text);
    if (rule->unjudged > 0) {
        buf_add_format(&text, "%zu", rule->unjudged);
    }
    add_cell(table, rule->unjudged > 0 ? STYLE_YELLOW : STYLE_PLAIN, &text);
    add_when(table, simulation, rule->first, broken > 0);
    add_when(table, simulation, rule->last, broken > 0);
    buf_release(&text);
}

static void write_rules(const struct terminal *terminal, const struct simulation *simulation)
{
    static const char *const words[] = {"rule", "broken", "gate", "not judged", "first", "last"};
    struct table table;
    table_init(&table, sizeof(words) / sizeof(words[0]));
    table.headed = true;
    table.right[1] = table.right[3] = true;
    for (size_t at = 0; at < sizeof(words) / sizeof(words[0]); at++) {
        table_cell(&table, STYLE_DIM, span_of(words[at]), 0);
    }
    for (size_t at = 0; at < simulation->rules.count; at++) {
        add_rule(&table, simulation, vec_at(&simulation->rules, at));
    }
    buf_add_byte(terminal->out, '\n');
    table_write(&table, terminal, 0);
    table_release(&table);
}

static void start_part(const struct terminal *terminal, const char *heading)
{
    buf_add_byte(terminal->out, '\n');
    terminal_add(terminal, STYLE_BOLD, heading);
    buf_add_byte(terminal->out, '\n');
}

/* "2026-11-20 3f1c9aa512  " and why. */
static void write_break(const struct terminal *terminal, const struct simulation *simulation,
                        size_t index, const struct check *check)
{
    const struct simulated_entry *entry = vec_at(&simulation->entries, index);
    struct buf lead = {0};
    struct buf sentence = {0};
    buf_add_format(&lead, "%s %.*s  ", name_text(entry->day), FIGURES_ID, name_text(entry->commit));
    rule_add_text(&sentence, check->rule);
    buf_add_format(&sentence, " (%s): ", simulation_word(check));
    buf_add(&sentence, name_span(check->why));
    terminal_sentence(terminal, INDENT, buf_text(&lead), buf_span(&sentence));
    buf_release(&lead);
    buf_release(&sentence);
}

static void write_farthest(const struct terminal *terminal, const struct simulation *simulation)
{
    bool started = false;
    for (size_t at = 0; at < simulation->rules.count; at++) {
        const struct simulated_rule *rule = vec_at(&simulation->rules, at);
        if (simulated_rule_broken(rule) > 0) {
            if (!started) {
                start_part(terminal, "Farthest off");
            }
            started = true;
            write_break(terminal, simulation, rule->farthest, &rule->worst);
        }
    }
}

static void write_breaks(const struct terminal *terminal, const struct simulation_view *view)
{
    const struct vec *breaks = &view->simulation->breaks;
    size_t shown = view->all || breaks->count < SIMULATION_SHOWN ? breaks->count : SIMULATION_SHOWN;
    if (shown == 0) {
        return;
    }
    start_part(terminal, "What broke, the newest first");
    for (size_t at = 0; at < shown; at++) {
        const struct simulated_break *broken = vec_at(breaks, breaks->count - 1 - at);
        write_break(terminal, view->simulation, broken->entry, &broken->check);
    }
    if (shown < breaks->count) {
        buf_add_format(terminal->out, "  and %zu more; --verbose shows all\n",
                       breaks->count - shown);
    }
}

static void write_unknown(const struct terminal *terminal, const struct simulation *simulation)
{
    start_part(terminal, "What cannot be known");
    for (size_t at = 0; at < simulation->rules.count; at++) {
        const struct simulated_rule *rule = vec_at(&simulation->rules, at);
        if (rule->unjudged > 0) {
            struct buf sentence = {0};
            rule_add_text(&sentence, rule->rule);
            buf_add_format(&sentence, ": not judged in %zu of %zu entries: %s.", rule->unjudged,
                           simulated_rule_total(rule), name_text(rule->why_unjudged));
            terminal_sentence(terminal, INDENT, "", buf_span(&sentence));
            buf_release(&sentence);
        }
    }
    for (size_t at = 0; at < simulation->notes.count; at++) {
        const struct name *note = *(const struct name **)vec_at(&simulation->notes, at);
        terminal_sentence(terminal, INDENT, "", name_span(note));
    }
}

void simulation_text(const struct simulation_view *view, struct buf *out)
{
    const struct simulation *simulation = view->simulation;
    const struct terminal terminal = {out, view->colour, view->width};
    struct buf text = {0};
    const struct name *path = simulation->policy->path;
    buf_add(&text, path != NULL ? name_span(path) : SPAN("the built-in rules"));
    buf_add_text(&text, " over ");
    simulation_add_range(&text, simulation);
    terminal_sentence(&terminal, 0, "Simulated ", buf_span(&text));
    buf_clear(&text);
    simulation_add_headline(&text, simulation);
    terminal_add(&terminal, simulation->closed > 0 ? STYLE_RED : STYLE_GREEN, buf_text(&text));
    buf_add_byte(out, '\n');
    buf_release(&text);
    write_rules(&terminal, simulation);
    write_farthest(&terminal, simulation);
    write_breaks(&terminal, view);
    write_unknown(&terminal, simulation);
}
