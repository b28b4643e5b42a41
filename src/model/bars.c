/* How bars move, and their canonical text. bars_read.c reads it back. */
#include "model/bars.h"

#include "base/date.h"
#include "model/value_json.h"
#include "model/value_order.h"

#include <string.h>

void bars_init(struct bars *bars, struct names *names)
{
    *bars = (struct bars){.names = names};
    vec_init(&bars->all, sizeof(struct bar));
}

void bars_release(struct bars *bars)
{
    vec_release(&bars->all);
}

static int order_labels(const struct bar *bar, const struct name *key, const struct name *group,
                        const struct name *component)
{
    const struct metric one = {.key = bar->key, .group = bar->group, .component = bar->component};
    const struct metric two = {.key = key, .group = group, .component = component};
    return metric_compare(&one, &two);
}

/* Where the bar with these labels stands, or would stand. */
static size_t place_of(const struct bars *bars, const struct name *key, const struct name *group,
                       const struct name *component, bool *found)
{
    size_t low = 0;
    size_t high = bars->all.count;
    *found = false;
    while (low < high && !*found) {
        size_t middle = low + (high - low) / 2;
        int order = order_labels(vec_at(&bars->all, middle), key, group, component);
        *found = order == 0;
        if (order == 0) {
            low = middle;
        } else if (order > 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

const struct bar *bars_find(const struct bars *bars, const struct name *key,
                            const struct name *group, const struct name *component)
{
    bool found = false;
    size_t place = place_of(bars, key, group, component, &found);
    return found ? vec_at(&bars->all, place) : NULL;
}

struct bar *bars_put(struct bars *bars, const struct name *key, const struct name *group,
                     const struct name *component)
{
    bool found = false;
    size_t place = place_of(bars, key, group, component, &found);
    if (!found) {
        vec_add(&bars->all);
        struct bar *bar = vec_at(&bars->all, place);
        memmove(bar + 1, bar, (bars->all.count - 1 - place) * sizeof(*bar));
        *bar = (struct bar){.key = key, .group = group, .component = component};
    }
    return vec_at(&bars->all, place);
}

/* ---- what the rules want ---- */

bool bar_wanted(const struct rule *rule)
{
    return rule->kind->keeps_bar && !rule_param(rule, "median")->given &&
           rule_direction(rule) != DIRECTION_NEUTRAL;
}

struct decimal bar_slack(const struct rule *rule)
{
    const struct param_value *total = rule_param(rule, "total_slack");
    return total->given ? total->amount : rule_param(rule, "slack")->amount;
}

/* After how many better entries in a row the rule raises its bar; 0: never. */
static uint64_t raise_after(const struct rule *rule)
{
    return rule_param(rule, "raise")->number;
}

static const struct waiver *waiver_for(const struct bars_change *change, const struct rule *rule)
{
    for (size_t index = 0; index < change->policy->waivers.count; index++) {
        const struct waiver *waiver = vec_at(&change->policy->waivers, index);
        if (waiver_fits(waiver, rule) && waiver_holds(waiver, change->today)) {
            return waiver;
        }
    }
    return NULL;
}

/* The rules for one metric, taken together. */
struct wish {
    const struct rule *rule; /* the first of them */
    uint64_t raise;          /* the soonest; 0: never */
    struct decimal slack;    /* the smallest */
};

/* False for a rule without a bar, or when an earlier rule stands for it. */
static bool find_wish(const struct bars_change *change, size_t index, struct wish *wish)
{
    const struct vec *rules = &change->policy->rules;
    const struct rule *rule = vec_at(rules, index);
    *wish = (struct wish){rule, raise_after(rule), bar_slack(rule)};
    for (size_t other_index = 0; other_index < rules->count; other_index++) {
        const struct rule *other = vec_at(rules, other_index);
        if (other == rule || !bar_wanted(other) || !rule_same_metric(other, rule)) {
            continue;
        }
        if (other_index < index) {
            return false;
        }
        uint64_t raise = raise_after(other);
        wish->raise = raise != 0 && (wish->raise == 0 || raise < wish->raise) ? raise : wish->raise;
        wish->slack =
            decimal_compare(bar_slack(other), wish->slack) < 0 ? bar_slack(other) : wish->slack;
    }
    return bar_wanted(rule);
}

/* ---- one bar ---- */

/* The value of the rule's metric if it may move a bar, else NULL. */
static const struct value *sound_value(const struct snapshot *snapshot, const struct rule *rule)
{
    const struct metric *metric =
        snapshot != NULL ? snapshot_find(snapshot, rule->metric, rule->group, rule->component)
                         : NULL;
    bool sound = metric != NULL && metric->state == STATE_OK && !value_is_void(&metric->value);
    return sound ? &metric->value : NULL;
}

static void move(struct bar *bar, const struct value *value, const struct name *commit)
{
    *bar = (struct bar){.key = bar->key,
                        .group = bar->group,
                        .component = bar->component,
                        .direction = bar->direction,
                        .value = *value,
                        .commit = commit};
}

static void rise(struct bar *bar, const struct value *value, const struct name *commit,
                 const struct wish *wish)
{
    struct bar_pending *pending = &bar->pending;
    enum direction direction = rule_direction(wish->rule);
    if (pending->entries == 0 || !value_better(value, &pending->value, direction)) {
        pending->value = *value;
        pending->commit = commit;
    }
    pending->entries += pending->entries == 0 || pending->last != commit ? 1 : 0;
    pending->last = commit;
    if (pending->entries >= wish->raise) {
        const struct value worst = pending->value;
        move(bar, &worst, pending->commit);
    }
}

static bool same_value(const struct value *left, const struct value *right)
{
    return value_compare(left, right) == 0 &&
           (left->kind != VALUE_RATIO || left->ratio.total == right->ratio.total);
}

static void move_by(struct bar *bar, const struct value *value, const struct bars_change *change,
                    const struct wish *wish)
{
    enum direction direction = rule_direction(wish->rule);
    const struct name *commit = change->snapshot->commit;
    if (value_better(value, &bar->value, direction)) {
        if (wish->raise != 0) {
            rise(bar, value, commit, wish);
        }
        return;
    }
    bar->pending = (struct bar_pending){0};
    if (!value_worse(value, &bar->value, decimal_make(0, 0), direction)) {
        if (wish->raise != 0 && !same_value(value, &bar->value)) {
            move(bar, value, commit); /* code went, or grew at the same share */
        }
        return;
    }
    const struct waiver *waiver = waiver_for(change, wish->rule);
    if (waiver != NULL && value_worse(value, &bar->value, wish->slack, direction)) {
        move(bar, value, commit);
        bar->waiver_owner = waiver->owner;
        bar->waiver_until = waiver->until;
    }
}

/* The bar of the rule's metric, started if it has none. NULL while there is no value. */
static struct bar *find_or_start(struct bars *bars, const struct bars_change *change,
                                 const struct rule *rule)
{
    enum direction direction = rule_direction(rule);
    const struct bar *found = bars_find(bars, rule->metric, rule->group, rule->component);
    const struct value *start = sound_value(change->seed, rule);
    const struct name *commit = start != NULL ? change->seed->commit : change->snapshot->commit;
    start = start != NULL ? start : sound_value(change->snapshot, rule);
    if (found == NULL && start == NULL) {
        return NULL;
    }
    struct bar *bar = bars_put(bars, rule->metric, rule->group, rule->component);
    /* The policy may change its mind about a number of its own: then the bar starts again. */
    if (start != NULL && (found == NULL || bar->direction != direction)) {
        bar->direction = direction;
        move(bar, start, commit);
    }
    return bar->direction == direction ? bar : NULL;
}

void bars_update(struct bars *bars, const struct bars_change *change)
{
    for (size_t index = 0; index < change->policy->rules.count; index++) {
        struct wish wish;
        if (!find_wish(change, index, &wish)) {
            continue;
        }
        struct bar *bar = find_or_start(bars, change, wish.rule);
        const struct value *value = sound_value(change->snapshot, wish.rule);
        if (bar != NULL && value != NULL && value->kind == bar->value.kind) {
            move_by(bar, value, change, &wish);
        }
    }
}

bool bar_step_allowed(const struct bar *before, const struct bar *after, const struct name *commit)
{
    if (after == NULL || after->value.kind != before->value.kind ||
        after->direction != before->direction) {
        return false;
    }
    return !value_worse(&after->value, &before->value, decimal_make(0, 0), before->direction) ||
           (after->waiver_owner != NULL && after->commit == commit);
}

/* ---- text ---- */

static void write_name(struct json_writer *json, const char *key, const struct name *name)
{
    if (name != NULL) {
        json_write_member_text(json, key, name_span(name));
    }
}

static void write_value(struct json_writer *json, const struct value *value)
{
    json_write_key(json, "value");
    value_write_json(json, value);
}

static void write_pending(struct json_writer *json, const struct bar_pending *pending, bool lean)
{
    json_write_key(json, "pending");
    json_write_object(json, true);
    json_write_member_u64(json, "entries", pending->entries);
    write_value(json, &pending->value);
    if (!lean) {
        write_name(json, "commit", pending->commit);
        write_name(json, "last", pending->last);
    }
    json_write_object_end(json);
}

static void write_waiver(struct json_writer *json, const struct bar *bar)
{
    struct buf until = {0};
    date_add(&until, bar->waiver_until);
    json_write_key(json, "waiver");
    json_write_object(json, true);
    write_name(json, "owner", bar->waiver_owner);
    json_write_member_text(json, "until", buf_span(&until));
    json_write_object_end(json);
    buf_release(&until);
}

static void write_bar(struct json_writer *json, const struct bar *bar, bool lean)
{
    json_write_object(json, true);
    write_name(json, "key", bar->key);
    write_name(json, "group", bar->group);
    write_name(json, "component", bar->component);
    if (metric_find(name_span(bar->key)) == NULL) {
        json_write_member_text(json, "better", span_of(direction_text(bar->direction)));
    }
    write_value(json, &bar->value);
    if (!lean) {
        write_name(json, "commit", bar->commit);
    }
    if (bar->pending.entries > 0) {
        write_pending(json, &bar->pending, lean);
    }
    if (bar->waiver_owner != NULL) {
        write_waiver(json, bar);
    }
    json_write_object_end(json);
}

void bars_write_members(const struct bars *bars, struct json_writer *json, bool lean)
{
    json_write_key(json, "bars");
    json_write_array(json, false);
    for (size_t index = 0; index < bars->all.count; index++) {
        write_bar(json, vec_at(&bars->all, index), lean);
    }
    json_write_array_end(json);
}

void bars_write(const struct bars *bars, struct buf *out)
{
    struct json_writer json;
    json_writer_init(&json, out);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN(BARS_SCHEMA "1"));
    bars_write_members(bars, &json, false);
    json_write_object_end(&json);
    buf_add_byte(out, '\n');
}
