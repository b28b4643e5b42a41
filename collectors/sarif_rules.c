/* Descriptors of a SARIF tool -> the one that a reference means (SARIF 2.1.0, 3.27.5 to 3.27.7,
 * 3.49 and 3.52).
 *
 * sarif_tool.c fills the lists. Of several descriptors with one id the first one stands: the
 * driver's, then those of the extensions in order. */
#include "collectors/sarif_rules.h"

#include "base/hash.h"

void sarif_rules_init(struct sarif_rules *rules)
{
    *rules = (struct sarif_rules){.number_line = 0};
    arena_init(&rules->arena);
    vec_init(&rules->rules, sizeof(struct sarif_rule));
    vec_init(&rules->notifications, sizeof(struct sarif_rule));
    vec_init(&rules->components, sizeof(struct sarif_component));
    vec_init(&rules->messages, sizeof(struct sarif_message));
    vec_add(&rules->components);
}

void sarif_rules_release(struct sarif_rules *rules)
{
    map_release(&rules->rule_of_id);
    map_release(&rules->rule_of_guid);
    vec_release(&rules->rules);
    vec_release(&rules->notifications);
    vec_release(&rules->components);
    vec_release(&rules->messages);
    arena_release(&rules->arena);
}

/* ---- finding ---- */

static uint64_t key_of(struct span text)
{
    return hash64(text, 0);
}

void sarif_rules_index(struct sarif_rules *rules)
{
    for (size_t number = 0; number < rules->components.count; number++) {
        const struct sarif_component *component = vec_at(&rules->components, number);
        for (size_t index = 0; index < component->rules.count; index++) {
            size_t at = component->rules.first + index;
            const struct sarif_rule *rule = vec_at(&rules->rules, at);
            uint64_t *slot = map_put(&rules->rule_of_id, key_of(rule->id));
            *slot = *slot == 0 ? at + 1 : *slot;
            if (rule->guid.size > 0) {
                slot = map_put(&rules->rule_of_guid, key_of(rule->guid));
                *slot = *slot == 0 ? at + 1 : *slot;
            }
        }
    }
}

/* The component that a reference names, the driver if it names none, or NULL if there is none
 * such. */
static const struct sarif_component *find_component(const struct sarif_rules *rules,
                                                    const struct sarif_reference *reference)
{
    const struct sarif_component *all = rules->components.items;
    if (reference->component_index >= 0) {
        uint64_t number = (uint64_t)reference->component_index + 1;
        return number < rules->components.count ? &all[number] : NULL;
    }
    if (reference->component_guid.size == 0 && reference->component_name.size == 0) {
        return all;
    }
    const struct sarif_component *found = NULL;
    for (size_t number = 0; number < rules->components.count; number++) {
        bool same = reference->component_guid.size > 0
                        ? span_equal(all[number].guid, reference->component_guid)
                        : span_equal(all[number].name, reference->component_name);
        if (same && found != NULL) {
            return NULL; /* two of one name */
        }
        found = same ? &all[number] : found;
    }
    return found;
}

/* Ids are hierarchical: a result may add parts to the id of its rule (3.5.4). */
static bool id_covers(struct span rule, struct span id)
{
    return rule.size == 0 || span_equal(rule, id) ||
           (id.size > rule.size && id.data[rule.size] == '/' &&
            span_equal(rule, span_until(id, rule.size)));
}

static const struct sarif_rule *find_guid(const struct sarif_rules *rules, struct span guid)
{
    const uint64_t *slot = guid.size > 0 ? map_find(&rules->rule_of_guid, key_of(guid)) : NULL;
    return slot != NULL ? vec_at(&rules->rules, (size_t)*slot - 1) : NULL;
}

/* By the whole id, then without its last part, and so on. */
static const struct sarif_rule *find_id(const struct sarif_rules *rules, struct span id)
{
    while (id.size > 0) {
        const uint64_t *slot = map_find(&rules->rule_of_id, key_of(id));
        if (slot != NULL) {
            return vec_at(&rules->rules, (size_t)*slot - 1);
        }
        size_t slash = span_find_last(id, '/');
        id = slash != SIZE_MAX ? span_until(id, slash) : span_until(id, 0);
    }
    return NULL;
}

const struct sarif_rule *sarif_rules_find(const struct sarif_rules *rules,
                                          const struct sarif_reference *reference,
                                          enum sarif_match *match)
{
    const struct sarif_component *component = find_component(rules, reference);
    const struct sarif_rule *pointed = NULL;
    bool outside = false;
    if (reference->index >= 0) {
        outside = component == NULL || (uint64_t)reference->index >= component->rules.count;
        pointed = outside
                      ? NULL
                      : vec_at(&rules->rules, component->rules.first + (size_t)reference->index);
    }
    *match = SARIF_MATCH_FOUND;
    if (pointed != NULL && (reference->id.size == 0 || id_covers(pointed->id, reference->id))) {
        return pointed;
    }
    const struct sarif_rule *found = find_guid(rules, reference->guid);
    if (found != NULL) {
        return found;
    }
    found = find_id(rules, reference->id);
    if (pointed != NULL) {
        *match = SARIF_MATCH_STALE;
        return found != NULL ? found : pointed;
    }
    if (outside) {
        *match = SARIF_MATCH_OUTSIDE;
    } else if (found == NULL) {
        *match = SARIF_MATCH_NONE;
    }
    return found;
}

const struct sarif_rule *sarif_rules_find_notification(const struct sarif_rules *rules,
                                                       const struct sarif_reference *reference)
{
    const struct sarif_component *component = find_component(rules, reference);
    if (component == NULL) {
        return NULL;
    }
    const struct sarif_range *range = &component->notifications;
    if (reference->index >= 0 && (uint64_t)reference->index < range->count) {
        return vec_at(&rules->notifications, range->first + (size_t)reference->index);
    }
    for (size_t index = 0; index < range->count && reference->id.size > 0; index++) {
        const struct sarif_rule *rule = vec_at(&rules->notifications, range->first + index);
        if (span_equal(rule->id, reference->id)) {
            return rule;
        }
    }
    return NULL;
}

/* ---- message strings ---- */

static struct span message_in(const struct sarif_rules *rules, uint32_t first, struct span id)
{
    for (uint32_t at = first; at != 0;) {
        const struct sarif_message *message = vec_at(&rules->messages, at - 1);
        if (span_equal(message->id, id)) {
            return message->text;
        }
        at = message->next;
    }
    return span_make(NULL, 0);
}

struct span sarif_rules_message(const struct sarif_rules *rules, const struct sarif_rule *rule,
                                struct span id)
{
    struct span text = {NULL, 0};
    if (rule != NULL) {
        text = message_in(rules, rule->message, id);
    }
    if (text.size == 0) {
        const struct sarif_component *component =
            vec_at(&rules->components, rule != NULL ? rule->component : 0);
        text = message_in(rules, component->message, id);
    }
    return text;
}

/* ---- rules that were looked for ---- */

void sarif_rules_use(struct sarif_rules *rules, const struct sarif_rule *rule)
{
    size_t at = (size_t)(rule - (const struct sarif_rule *)rules->rules.items);
    ((struct sarif_rule *)vec_at(&rules->rules, at))->used = true;
}

/* Is there a rule that no result means? Descriptors of one id are one rule. */
static bool has_unused(const struct sarif_rules *rules)
{
    struct map used;
    bool unused = false;
    map_init(&used);
    for (size_t at = 0; at < rules->rules.count; at++) {
        const struct sarif_rule *rule = vec_at(&rules->rules, at);
        if (rule->used) {
            *map_put(&used, key_of(rule->id)) = 1;
        }
    }
    for (size_t at = 0; !unused && at < rules->rules.count; at++) {
        const struct sarif_rule *rule = vec_at(&rules->rules, at);
        unused = rule->id.size > 0 && map_find(&used, key_of(rule->id)) == NULL;
    }
    map_release(&used);
    return unused;
}

void sarif_rules_give(const struct sarif_rules *rules, struct sink *sink)
{
    if (!has_unused(rules)) {
        return;
    }
    for (size_t at = 0; at < rules->rules.count; at++) {
        const struct sarif_rule *rule = vec_at(&rules->rules, at);
        sink_rule(sink, rules->tool_name, rule->id);
    }
}
