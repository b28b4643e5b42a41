/* JSON of a SARIF tool -> its components, descriptors and message strings (SARIF 2.1.0, 3.18, 3.19
 * and 3.49).
 *
 * Everything is kept in the order in which it is written, because references count. Texts are
 * copied up to the ceiling of one text; more rules, message strings or extensions than their
 * ceilings end the reading. */
#include "collectors/sarif_tool.h"

#include "base/limits.h"
#include "collectors/sarif_value.h"

enum { MOST_EXTENSIONS = 1000 }; /* they are searched one by one */

/* ---- texts ---- */

static void read_text(struct sarif_rules *rules, struct json_reader *json, struct span *text)
{
    sarif_keep_text(json, &rules->arena, (size_t)LIMIT_TEXT_BYTES, text);
}

static void read_message(struct sarif_rules *rules, struct json_reader *json, struct span *text)
{
    sarif_keep_message(json, &rules->arena, (size_t)LIMIT_TEXT_BYTES, text);
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
        if (json_peek(json) != JSON_OBJECT) {
            json_skip(json);
            continue;
        }
        read_message(rules, json, &message.text);
        if (rules->messages.count >= LIMIT_SARIF_RULES) {
            json_refuse(json, FAULT_LIMIT, "more message strings in one run than the ceiling");
            return;
        }
        *(struct sarif_message *)vec_add(&rules->messages) = message;
        *first = (uint32_t)rules->messages.count;
    }
}

/* ---- descriptors ---- */

/* Severity words among the tags of a rule: Trivy writes one. The last one counts. */
static void read_tags(struct json_reader *json, struct sarif_rule *rule)
{
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        struct span text;
        uint8_t label = json_string(json, &text) ? sarif_label_of(text) : 0;
        rule->tag = label > 0 ? label : rule->tag;
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
                sarif_read_configuration(json, &rule.level);
            } else if (span_is(key, "properties")) {
                read_properties(rules, json, &rule);
            } else if (span_is(key, "messageStrings")) {
                read_messages(rules, json, &rule.message);
            } else if (span_is(key, "shortDescription")) {
                read_message(rules, json, &rule.title);
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

/* ---- components ---- */

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

bool sarif_tool_read(struct sarif_rules *rules, struct json_reader *json)
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
    sarif_rules_index(rules);
    return rules->tool_name.size > 0;
}
