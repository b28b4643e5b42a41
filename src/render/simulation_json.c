/* A simulation as the JSON document "tidegate/simulate/1". */
#include "render/simulation_view.h"

#include "model/rule_text.h"

#include "render/escape.h"
#include "render/metrics_json.h"

static void add_words(struct json_writer *json, const char *key, const struct rule *rule)
{
    struct buf text = {0};
    rule_add_text(&text, rule);
    json_write_member_text(json, key, buf_span(&text));
    buf_release(&text);
}

static void add_moment(struct json_writer *json, const struct simulated_entry *entry)
{
    metrics_json_name(json, "entry", entry->entry);
    metrics_json_name(json, "commit", entry->commit);
    metrics_json_name(json, "day", entry->day);
}

static void add_entry(struct json_writer *json, const char *key,
                      const struct simulation *simulation, size_t index)
{
    json_write_key(json, key);
    json_write_object(json, true);
    add_moment(json, vec_at(&simulation->entries, index));
    json_write_object_end(json);
}

static void add_figures(struct json_writer *json, const struct check *check)
{
    json_write_member_text(json, "gate", span_of(simulation_word(check)));
    if (check->has_now) {
        json_write_key(json, "now");
        metrics_json_value(json, &check->now);
    }
    if (check->has_base) {
        json_write_key(json, "base");
        metrics_json_value(json, &check->base);
    }
    if (check->has_bar) {
        json_write_key(json, "bar");
        metrics_json_value(json, &check->bar);
    }
    if (check->short_of_bar > 0) {
        json_write_member_u64(json, "short", check->short_of_bar);
    }
    metrics_json_name(json, "why", check->why);
}

static void add_rule(struct json_writer *json, const struct simulation *simulation,
                     const struct simulated_rule *rule)
{
    json_write_object(json, false);
    add_words(json, "rule", rule->rule);
    json_write_member_text(json, "kind", span_of(rule->rule->kind->name));
    json_write_member_text(json, "metric", name_span(rule->rule->metric));
    metrics_json_name(json, "group", rule->rule->group);
    metrics_json_name(json, "component", rule->rule->component);
    json_write_member_text(json, "severity", span_of(gate_severity_text(rule->rule->severity)));
    json_write_member_u64(json, "closed", rule->closed);
    json_write_member_u64(json, "softened", rule->softened);
    json_write_member_u64(json, "passed", rule->passed);
    json_write_member_u64(json, "unjudged", rule->unjudged);
    metrics_json_name(json, "why_unjudged", rule->why_unjudged);
    if (simulated_rule_broken(rule) > 0) {
        add_entry(json, "first", simulation, rule->first);
        add_entry(json, "last", simulation, rule->last);
        json_write_key(json, "farthest");
        json_write_object(json, false);
        add_moment(json, vec_at(&simulation->entries, rule->farthest));
        add_figures(json, &rule->worst);
        json_write_object_end(json);
    }
    json_write_object_end(json);
}

static void add_breaks(struct json_writer *json, const struct simulation *simulation, size_t entry,
                       size_t *next)
{
    json_write_key(json, "broken");
    json_write_array(json, false);
    for (; *next < simulation->breaks.count; ++*next) {
        const struct simulated_break *broken = vec_at(&simulation->breaks, *next);
        if (broken->entry != entry) {
            break;
        }
        json_write_object(json, false);
        add_words(json, "rule", broken->check.rule);
        add_figures(json, &broken->check);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void add_entries(struct json_writer *json, const struct simulation *simulation)
{
    size_t next = 0;
    json_write_key(json, "entries");
    json_write_array(json, false);
    for (size_t at = 0; at < simulation->entries.count; at++) {
        const struct simulated_entry *entry = vec_at(&simulation->entries, at);
        json_write_object(json, false);
        add_moment(json, entry);
        json_write_member_bool(json, "closed", entry->closed);
        add_breaks(json, simulation, at, &next);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

void simulation_json(const struct simulation_view *view, struct buf *out)
{
    const struct simulation *simulation = view->simulation;
    struct json_writer json;
    struct buf text = {0};
    json_writer_init(&json, &text);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN("tidegate/simulate/1"));
    metrics_json_name(&json, "policy", simulation->policy->path);
    metrics_json_name(&json, "branch", simulation->branch);
    json_write_member_u64(&json, "closed", simulation->closed);
    json_write_key(&json, "rules");
    json_write_array(&json, false);
    for (size_t at = 0; at < simulation->rules.count; at++) {
        add_rule(&json, simulation, vec_at(&simulation->rules, at));
    }
    json_write_array_end(&json);
    add_entries(&json, simulation);
    json_write_key(&json, "notes");
    json_write_array(&json, false);
    for (size_t at = 0; at < simulation->notes.count; at++) {
        json_write_text(&json, name_span(*(const struct name **)vec_at(&simulation->notes, at)));
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    buf_add_byte(&text, '\n');
    escape_add_json(out, buf_span(&text));
    buf_release(&text);
}
