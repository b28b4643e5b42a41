/* JSON of a SARIF tool -> descriptors and where to find them (SARIF 2.1.0, 3.18 to 3.20, 3.49, 3.52). */
#include "collectors/sarif_rules.h"

#include "base/hash.h"
#include "base/limits.h"

enum { MOST_EXTENSIONS = 1000 }; /* they are searched one by one */

enum level sarif_level_of(struct span text, bool *known)
{
    static const char *const words[] = {"none", "note", "warning", "error"};
    for (size_t level = 0; level < sizeof(words) / sizeof(words[0]); level++) {
        if (span_is(text, words[level])) {
            *known = true;
            return (enum level)level;
        }
    }
    *known = false;
    return LEVEL_ERROR;
}

static bool at_least(struct decimal value, int64_t bound)
{
    return decimal_compare(value, decimal_make(bound, 0)) >= 0;
}

static enum band band_of_severity(struct decimal severity)
{
    if (at_least(severity, 9)) {
        return BAND_CRITICAL;
    }
    if (at_least(severity, 7)) {
        return BAND_HIGH;
    }
    if (at_least(severity, 4)) {
        return BAND_MEDIUM;
    }
    return decimal_compare(severity, decimal_make(0, 0)) > 0 ? BAND_LOW : BAND_NONE;
}

enum sarif_severity sarif_read_severity(struct json_reader *json, enum band *band)
{
    *band = BAND_NONE;
    enum json_token token = json_peek(json);
    struct span text = json_text(json);
    struct decimal value;
    bool cut = false;
    bool readable = (token == JSON_STRING || token == JSON_NUMBER) &&
                    decimal_parse(span_trim(text), &value, &cut);
    json_skip(json);
    if (!readable) {
        return token == JSON_NULL ? SARIF_SEVERITY_ABSENT : SARIF_SEVERITY_ODD;
    }
    *band = band_of_severity(value);
    bool possible = at_least(value, 0) && decimal_compare(value, decimal_make(10, 0)) <= 0;
    if (!possible) {
        return SARIF_SEVERITY_ODD;
    }
    return token == JSON_NUMBER ? SARIF_SEVERITY_NUMBER : SARIF_SEVERITY_TEXT;
}

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

/* ---- reading ---- */

/* Takes the string that comes next, if it is one, as a copy of at most LIMIT_TEXT_BYTES. */
static void read_text(struct sarif_rules *rules, struct json_reader *json, struct span *text)
{
    struct span borrowed;
    if (json_string(json, &borrowed)) {
        *text = arena_copy(&rules->arena, span_until(borrowed, (size_t)LIMIT_TEXT_BYTES));
    }
}

/* Reads an object of message strings (3.19.22, 3.49.11): keys are ids, values hold the text. */
static void read_messages(struct sarif_rules *rules, struct json_reader *json, uint32_t *first)
{
    if (!json_object(json)) {
        return;
    }
    struct span key;
    while (json_key(json, &key)) {
        struct sarif_message message = {.id = arena_copy(&rules->arena, key), .next = *first};
        if (!json_object(json)) {
            continue;
        }
        while (json_key(json, &key)) {
            if (span_is(key, "text")) {
                read_text(rules, json, &message.text);
            } else {
                json_skip(json);
            }
        }
        if (rules->messages.count >= LIMIT_SARIF_RULES) {
            json_refuse(json, FAULT_LIMIT, "more message strings in one run than the ceiling");
            return;
        }
        *(struct sarif_message *)vec_add(&rules->messages) = message;
        *first = (uint32_t)rules->messages.count;
    }
}

/* The text of a multi-format message (3.12). */
static void read_message_text(struct sarif_rules *rules, struct json_reader *json,
                              struct span *text)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "text")) {
            read_text(rules, json, text);
        } else {
            json_skip(json);
        }
    }
}

static void read_configuration(struct json_reader *json, struct sarif_rule *rule)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        struct span text;
        if (!span_is(key, "level")) {
            json_skip(json);
        } else if (json_string(json, &text)) {
            bool known = false;
            rule->level = (uint8_t)sarif_level_of(text, &known);
        }
    }
}

/* Severity words among the tags of a rule: Trivy writes one. */
static void read_tags(struct json_reader *json, struct sarif_rule *rule)
{
    static const char *const words[] = {"UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        struct span text;
        if (!json_string(json, &text)) {
            continue;
        }
        for (size_t band = 0; band < sizeof(words) / sizeof(words[0]); band++) {
            if (span_is(text, words[band])) {
                rule->tag = (uint8_t)(band + 1);
            }
        }
    }
}

static void read_rule_severity(struct sarif_rules *rules, struct json_reader *json,
                               struct sarif_rule *rule)
{
    json_peek(json);
    uint64_t line = json_line(json);
    enum band band = BAND_NONE;
    enum sarif_severity severity = sarif_read_severity(json, &band);
    rule->band = (uint8_t)band;
    rule->has_severity = severity != SARIF_SEVERITY_ABSENT;
    rule->odd_severity = severity == SARIF_SEVERITY_ODD;
    rules->has_severity = rules->has_severity || rule->has_severity;
    if (severity == SARIF_SEVERITY_NUMBER && rules->number_line == 0) {
        rules->number_line = line;
    }
}

static void read_properties(struct sarif_rules *rules, struct json_reader *json,
                            struct sarif_rule *rule)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "security-severity")) {
            read_rule_severity(rules, json, rule);
        } else if (span_is(key, "tags")) {
            read_tags(json, rule);
        } else {
            json_skip(json);
        }
    }
}

/* A link is never followed; one that is not of the web deserves a word, because others show it. */
static void check_link(struct sarif_rules *rules, struct json_reader *json)
{
    struct span link;
    if (json_string(json, &link) && rules->link_line == 0 && !span_starts(link, "https://") &&
        !span_starts(link, "http://") && link.size > 0) {
        rules->link_line = json_line(json);
    }
}

static void read_rule(struct sarif_rules *rules, struct json_reader *json, struct vec *list,
                      uint32_t component)
{
    struct sarif_rule rule = {.level = SARIF_LEVEL_UNSET, .component = component};
    struct span key;
    if (json_object(json)) {
        while (json_key(json, &key)) {
            if (span_is(key, "id")) {
                read_text(rules, json, &rule.id);
            } else if (span_is(key, "guid")) {
                read_text(rules, json, &rule.guid);
            } else if (span_is(key, "defaultConfiguration")) {
                read_configuration(json, &rule);
            } else if (span_is(key, "properties")) {
                read_properties(rules, json, &rule);
            } else if (span_is(key, "messageStrings")) {
                read_messages(rules, json, &rule.message);
            } else if (span_is(key, "shortDescription")) {
                read_message_text(rules, json, &rule.title);
            } else if (span_is(key, "helpUri")) {
                check_link(rules, json);
            } else {
                json_skip(json);
            }
        }
    }
    if (list->count >= LIMIT_SARIF_RULES) {
        json_refuse(json, FAULT_LIMIT, "more rules in one run than the ceiling");
        return;
    }
    *(struct sarif_rule *)vec_add(list) = rule;
}

static struct sarif_range read_descriptors(struct sarif_rules *rules, struct json_reader *json,
                                           struct vec *list, uint32_t component)
{
    struct sarif_range range = {.first = list->count};
    if (json_array(json)) {
        while (json_item(json)) {
            read_rule(rules, json, list, component);
        }
    }
    range.count = list->count - range.first;
    return range;
}

/* Reads the driver (number 0) or an extension. */
static void read_component(struct sarif_rules *rules, struct json_reader *json, uint32_t number)
{
    struct sarif_component component = {.message = 0};
    struct span version = {NULL, 0};
    struct span key;
    if (json_object(json)) {
        while (json_key(json, &key)) {
            if (span_is(key, "name")) {
                read_text(rules, json, &component.name);
            } else if (span_is(key, "guid")) {
                read_text(rules, json, &component.guid);
            } else if (span_is(key, "version") ||
                       (span_is(key, "semanticVersion") && version.size == 0)) {
                read_text(rules, json, &version);
            } else if (span_is(key, "rules")) {
                component.rules = read_descriptors(rules, json, &rules->rules, number);
            } else if (span_is(key, "notifications")) {
                component.notifications =
                    read_descriptors(rules, json, &rules->notifications, number);
            } else if (span_is(key, "globalMessageStrings")) {
                read_messages(rules, json, &component.message);
            } else if (span_is(key, "informationUri")) {
                check_link(rules, json);
            } else {
                json_skip(json);
            }
        }
    }
    *(struct sarif_component *)vec_at(&rules->components, number) = component;
    if (number == 0) {
        rules->tool_name = component.name;
        rules->tool_version = version;
    }
}

static void read_extensions(struct sarif_rules *rules, struct json_reader *json)
{
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        if (rules->components.count > MOST_EXTENSIONS) {
            json_refuse(json, FAULT_LIMIT, "more extensions in one run than the ceiling");
            return;
        }
        vec_add(&rules->components);
        read_component(rules, json, (uint32_t)(rules->components.count - 1));
    }
}

/* ---- looking up ---- */

static uint64_t key_of(struct span text)
{
    return hash64(text, 0);
}

/* Of several equal ids the first one stands: the driver's, then those of the extensions in order. */
static void index_rules(struct sarif_rules *rules)
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

bool sarif_rules_read(struct sarif_rules *rules, struct json_reader *json)
{
    struct span key;
    if (json_object(json)) {
        while (json_key(json, &key)) {
            if (span_is(key, "driver")) {
                read_component(rules, json, 0);
            } else if (span_is(key, "extensions")) {
                read_extensions(rules, json);
            } else {
                json_skip(json);
            }
        }
    }
    index_rules(rules);
    return rules->tool_name.size > 0;
}

/* The component that a reference names, the driver if it names none, or NULL if there is none such. */
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
