/* The whole verdict as the JSON document "tidegate/check/1". Its JSON Schema is
 * docs/schema/check-1.json: within version 1 members may be added, none is renamed or removed.
 * What is absent is left out. */
#include "render/renderer.h"

#include "base/date.h"
#include "render/check_view.h"
#include "render/escape.h"
#include "render/metrics_json.h"
#include "render/verdict_view.h"

static const char *no_data_text(enum no_data no_data)
{
    return no_data == NO_DATA_BASELINE ? "baseline" : "report";
}

static const char *baseline_state_text(enum baseline_state state)
{
    static const char *const texts[] = {
        [BASELINE_FOUND] = "found",
        [BASELINE_NONE_YET] = "none_yet",
        [BASELINE_UNUSABLE] = "unusable",
        [BASELINE_NOT_ASKED] = "not_asked",
    };
    return texts[state];
}

static void add_value(struct json_writer *json, const char *key, bool there,
                      const struct value *value)
{
    if (there) {
        json_write_key(json, key);
        metrics_json_value(json, value);
    }
}

static void add_date(struct json_writer *json, const char *key, uint32_t date)
{
    struct buf text = {0};
    date_add(&text, date);
    json_write_member_text(json, key, buf_span(&text));
    buf_release(&text);
}

static void add_goal(struct json_writer *json, const struct goal *goal)
{
    if (goal->day == 0) {
        return;
    }
    json_write_key(json, "goal");
    json_write_object(json, false);
    add_date(json, "from", goal->day);
    add_value(json, "bar", true, &goal->bar);
    json_write_member_bool(json, "met", goal->met);
    if (goal->short_of > 0) {
        json_write_member_u64(json, "short_of_bar", goal->short_of);
    }
    json_write_object_end(json);
}

static void add_branch_bar(struct json_writer *json, const struct check *check)
{
    const struct bar *bar = check->branch_bar;
    if (bar == NULL) {
        return;
    }
    json_write_key(json, "branch_bar");
    json_write_object(json, false);
    add_value(json, "value", true, &bar->value);
    metrics_json_name(json, "commit", bar->commit);
    if (bar->waiver_owner != NULL) {
        json_write_key(json, "waiver");
        json_write_object(json, false);
        metrics_json_name(json, "owner", bar->waiver_owner);
        add_date(json, "until", bar->waiver_until);
        json_write_object_end(json);
    }
    json_write_object_end(json);
    if (check->inherited) {
        json_write_member_bool(json, "inherited", true);
    }
}

static void add_waiver(struct json_writer *json, const struct waiver *waiver)
{
    json_write_key(json, "waiver");
    json_write_object(json, false);
    metrics_json_name(json, "reason", waiver->reason);
    metrics_json_name(json, "owner", waiver->owner);
    add_date(json, "until", waiver->until);
    json_write_member_u64(json, "line", waiver->line);
    if (waiver->in_change) {
        json_write_member_bool(json, "added_by_change", true);
        metrics_json_name(json, "approvers", waiver->approvers);
    }
    json_write_object_end(json);
}

static void add_figures(struct json_writer *json, const struct scene *scene,
                        const struct check *check)
{
    const struct value *base = check_view_base_value(scene, check);
    struct buf change = {0};
    add_value(json, "now", check->has_now, &check->now);
    json_write_member_text(json, "now_state", span_of(state_text(check->now_state)));
    add_value(json, "baseline", base != NULL, base);
    check_view_change(&change, scene, check);
    if (change.size > 0) {
        json_write_member_text(json, "change", buf_span(&change));
    }
    add_value(json, "bar", check->has_bar, &check->bar);
    if (check->short_of_bar > 0) {
        json_write_member_u64(json, "short_of_bar", check->short_of_bar);
    }
    add_goal(json, &check->goal);
    add_branch_bar(json, check);
    buf_release(&change);
}

static void add_check(struct json_writer *json, const struct scene *scene,
                      const struct check *check)
{
    const struct rule *rule = check->rule;
    json_write_object(json, false);
    json_write_member_text(json, "rule", span_of(rule->kind->name));
    metrics_json_name(json, "metric", rule->metric);
    metrics_json_name(json, "group", rule->group);
    metrics_json_name(json, "component", rule->component);
    json_write_member_text(json, "severity", span_of(gate_severity_text(rule->severity)));
    json_write_member_text(json, "outcome", span_of(outcome_text(check->outcome)));
    if (check->outcome == OUTCOME_NO_DATA) {
        json_write_member_text(json, "no_data", span_of(no_data_text(check->no_data)));
    }
    add_figures(json, scene, check);
    metrics_json_name(json, "why", check->why);
    metrics_json_name(json, "remedy", check->remedy);
    if (check->waiver != NULL) {
        add_waiver(json, check->waiver);
    }
    metrics_json_name(json, "origin", check->origin);
    if (rule->line > 0) {
        json_write_member_u64(json, "policy_line", rule->line);
    }
    json_write_object_end(json);
}

static void add_verdict(struct json_writer *json, const struct scene *scene)
{
    const struct verdict *verdict = scene->verdict;
    struct buf headline = {0};
    verdict_view_headline(&headline, verdict);
    json_write_member_text(json, "status",
                           verdict_view_open(verdict) ? SPAN("open") : SPAN("closed"));
    json_write_member_u64(json, "exit_code", (uint64_t)verdict->exit_code);
    json_write_member_text(json, "outcome", span_of(outcome_text(verdict->outcome)));
    json_write_member_text(json, "headline", buf_span(&headline));
    metrics_json_name(json, "summary", verdict->summary);
    json_write_key(json, "checks");
    json_write_array(json, false);
    for (size_t i = 0; i < verdict->checks.count; i++) {
        add_check(json, scene, vec_at(&verdict->checks, i));
    }
    json_write_array_end(json);
    buf_release(&headline);
}

static void add_baseline(struct json_writer *json, const struct baseline *baseline)
{
    json_write_key(json, "baseline");
    json_write_object(json, false);
    json_write_member_text(json, "state", span_of(baseline_state_text(baseline->state)));
    if (baseline->state == BASELINE_FOUND) {
        json_write_member_text(json, "match", span_of(baseline_match_text(baseline->match)));
        metrics_json_name(json, "commit", baseline->snapshot.commit);
    }
    json_write_member_text(json, "yardstick", span_of(yardstick_text(baseline->yardstick)));
    metrics_json_name(json, "wanted", baseline->wanted);
    metrics_json_name(json, "branch", baseline->branch);
    metrics_json_name(json, "entry", baseline->entry);
    metrics_json_name(json, "reason", baseline->reason);
    json_write_object_end(json);
}

static void add_policy(struct json_writer *json, const struct policy_change *change)
{
    json_write_key(json, "policy");
    json_write_object(json, false);
    json_write_member_text(json, "target", span_of(target_state_text(change->state)));
    metrics_json_name(json, "id", change->own_id);
    metrics_json_name(json, "target_id", change->target_id);
    metrics_json_name(json, "branch", change->branch);
    metrics_json_name(json, "commit", change->commit);
    metrics_json_name(json, "entry", change->entry);
    metrics_json_name(json, "reason", change->reason);
    json_write_key(json, "changes");
    json_write_array(json, false);
    for (size_t index = 0; index < change->lines.count; index++) {
        json_write_text(json,
                        name_span(*(const struct name *const *)vec_at(&change->lines, index)));
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void add_metrics(struct json_writer *json, const struct snapshot *snapshot)
{
    json_write_key(json, "metrics");
    json_write_array(json, false);
    for (size_t i = 0; snapshot != NULL && i < snapshot->metrics.count; i++) {
        const struct metric *metric = vec_at(&snapshot->metrics, i);
        json_write_object(json, true);
        json_write_member_text(json, "metric", name_span(metric->key));
        metrics_json_name(json, "group", metric->group);
        metrics_json_name(json, "component", metric->component);
        json_write_member_text(json, "state", span_of(state_text(metric->state)));
        add_value(json, "value", metrics_json_has_value(metric), &metric->value);
        metrics_json_name(json, "unit", metric->unit);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void add_source(struct json_writer *json, const struct report *report)
{
    json_write_object(json, false);
    metrics_json_source(json, report);
    metrics_json_name(json, "tool", report->tool);
    metrics_json_name(json, "tool_version", report->tool_version);
    json_write_key(json, "diagnostics");
    metrics_json_diags(json, &report->diags, false);
    json_write_object_end(json);
}

static void add_sources(struct json_writer *json, const struct vec *reports)
{
    json_write_key(json, "sources");
    json_write_array(json, false);
    for (size_t i = 0; reports != NULL && i < reports->count; i++) {
        add_source(json, *(struct report *const *)vec_at(reports, i));
    }
    json_write_array_end(json);
}

static void render(const struct scene *scene, struct buf *out)
{
    struct buf text = {0};
    struct json_writer json;
    json_writer_init(&json, &text);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN("tidegate/check/1"));
    json_write_member_text(&json, "program_version", span_of(scene->program_version));
    if (scene->verdict != NULL) {
        add_verdict(&json, scene);
    }
    if (scene->snapshot != NULL) {
        metrics_json_name(&json, "commit", scene->snapshot->commit);
    }
    add_metrics(&json, scene->snapshot);
    if (scene->baseline != NULL) {
        add_baseline(&json, scene->baseline);
    }
    if (scene->policy_change != NULL) {
        add_policy(&json, scene->policy_change);
    }
    add_sources(&json, scene->reports);
    metrics_json_name(&json, "unresolved", scene->unresolved);
    metrics_json_name(&json, "left_out", scene->left_out);
    json_write_key(&json, "diagnostics");
    metrics_json_diags(&json, scene->diags, true);
    json_write_object_end(&json);
    buf_add_byte(&text, '\n');
    escape_add_json(out, buf_span(&text));
    buf_release(&text);
}

const struct renderer renderer_json = {
    .name = "json",
    .title = "the full verdict as JSON (schema tidegate/check/1)",
    .media_type = "application/json",
    .file_name = "tidegate.json",
    .render = render,
};
