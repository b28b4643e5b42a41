/* What a JSON report says beside its list of findings about those that have no severity of their
 * own: one for all of them, or one for each rule. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_COMMON_H
#define TIDEGATE_COLLECTORS_LINT_JSON_COMMON_H

#include "collectors/lint_json_finding.h"

#include "base/map.h"

struct json_common {
    struct map level_of_rule; /* hash of the id -> enum level + 1 */
    enum level level;         /* of all findings */
    bool level_known;
    bool rules_known;
};

/* Empty when all bytes are 0. */
void json_common_release(struct json_common *common);

/* Takes the value that comes next: the severity of all findings. One that is no known word counts
 * as an error; null says nothing. */
void json_common_read_level(struct json_common *common, struct json_reader *json,
                            struct sink *sink);
/* Takes the value that comes next: a list of rules with `id`, `severity` and `impacts`, of which
 * the worst severity counts. */
void json_common_read_rules(struct json_common *common, struct json_reader *json);

/* Settles the level of a finding that has none of its own. `texts` holds its values. False if the
 * tool has a place that may say it and was not read yet. */
bool json_common_settle(const struct json_common *common, const struct lint_json_tool *tool,
                        struct json_finding *finding, struct span texts);

#endif
