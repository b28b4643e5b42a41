/* Severities that stand beside the findings: Reviewdog's format has one for the whole report, and
 * Sonar's has them in a list of rules (since SonarQube 10.3). */
#include "collectors/lint_json_common.h"

#include "base/hash.h"

void json_common_release(struct json_common *common)
{
    map_release(&common->level_of_rule);
}

void json_common_read_level(struct json_common *common, struct json_reader *json, struct sink *sink)
{
    struct json_finding all = {.level = LEVEL_ERROR};
    struct span text;
    if (json_peek(json) == JSON_NULL) {
        json_skip(json);
        return;
    }
    uint64_t line = json_line(json);
    if (json_string(json, &text)) {
        json_finding_set_level(&all, text);
    }
    if (!all.level_known && !json_failed(json)) {
        sink_note(sink, DIAG_LINT_LEVEL, line,
                  SPAN("the severity of the whole report is not known: counted as an error"));
    }
    common->level = all.level;
    common->level_known = true;
}

/* ---- rules ---- */

/* A rule of the report: a hash of its id, and its worst severity so far. */
struct described_rule {
    uint64_t id;
    bool has_level;
    enum level level;
};

static void read_severity(struct described_rule *rule, struct json_reader *json)
{
    struct json_finding one = {.level = LEVEL_ERROR};
    struct span text;
    if (json_string(json, &text)) {
        json_finding_set_level(&one, text);
        rule->level = !rule->has_level || one.level > rule->level ? one.level : rule->level;
        rule->has_level = true;
    }
}

static void read_impacts(struct described_rule *rule, struct json_reader *json)
{
    struct span key;
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        if (!json_object(json)) {
            continue;
        }
        while (json_key(json, &key)) {
            if (span_is(key, "severity")) {
                read_severity(rule, json);
            } else {
                json_skip(json);
            }
        }
    }
}

static void read_rule(struct json_common *common, struct json_reader *json)
{
    struct described_rule rule = {.level = LEVEL_NONE};
    struct span key;
    struct span text;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "id")) {
            rule.id = json_string(json, &text) ? hash64(text, 0) : 0;
        } else if (span_is(key, "severity")) {
            read_severity(&rule, json);
        } else if (span_is(key, "impacts")) {
            read_impacts(&rule, json);
        } else {
            json_skip(json);
        }
    }
    if (rule.has_level) {
        *map_put(&common->level_of_rule, rule.id) = (uint64_t)rule.level + 1;
    }
}

void json_common_read_rules(struct json_common *common, struct json_reader *json)
{
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        read_rule(common, json);
    }
    common->rules_known = true;
}

/* ---- findings ---- */

bool json_common_settle(const struct json_common *common, const struct lint_json_tool *tool,
                        struct json_finding *finding, struct span texts)
{
    if (finding->values[FIELD_LEVEL].size > 0) {
        return true;
    }
    const struct field_value *rule = &finding->values[FIELD_RULE];
    struct span id = span_until(span_from(texts, rule->start), rule->size);
    const uint64_t *level =
        common->rules_known ? map_find(&common->level_of_rule, hash64(id, 0)) : NULL;
    if (common->level_known || level != NULL) {
        finding->level = common->level_known ? common->level : (enum level)(*level - 1);
        finding->level_known = true;
        return true;
    }
    return tool->common_level == NULL && (tool->rules == NULL || common->rules_known);
}
