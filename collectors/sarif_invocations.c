/* JSON of SARIF invocations -> failures and overridden levels (SARIF 2.1.0, 3.20, 3.50, 3.51,
 * 3.58). */
#include "collectors/sarif_invocations.h"

#include "base/hash.h"
#include "base/limits.h"
#include "collectors/sarif_value.h"

/* Descriptors of notifications are searched one by one, so these numbers bound a product. */
enum { MOST_NOTIFICATIONS = 100, MOST_NOTIFICATION_OVERRIDES = 20 };

enum { NOTIFICATION_BYTES = 300 }; /* kept of the text of one */

enum {
    CANNOT_START = 126
}; /* the least exit code that a shell gives for a tool that did not run to its end */

void sarif_invocations_init(struct sarif_invocations *invocations)
{
    *invocations = (struct sarif_invocations){.count = 0};
    arena_init(&invocations->arena);
    vec_init(&invocations->overrides, sizeof(struct sarif_override));
    vec_init(&invocations->notifications, sizeof(struct sarif_notification));
}

void sarif_invocations_release(struct sarif_invocations *invocations)
{
    map_release(&invocations->level_of_rule);
    vec_release(&invocations->overrides);
    vec_release(&invocations->notifications);
    arena_release(&invocations->arena);
}

/* ---- reading ---- */

static void read_override(struct sarif_invocations *invocations, struct json_reader *json,
                          bool of_notification)
{
    struct sarif_override override = {.invocation = invocations->count,
                                      .level = SARIF_LEVEL_UNSET,
                                      .of_notification = of_notification,
                                      .descriptor = {.index = -1, .component_index = -1}};
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "descriptor")) {
            override.descriptor = sarif_reference_keep(json, &invocations->arena);
        } else if (span_is(key, "configuration")) {
            sarif_read_configuration(json, &override.level);
        } else {
            json_skip(json);
        }
    }
    invocations->notification_overrides += of_notification ? 1 : 0;
    if (invocations->notification_overrides > MOST_NOTIFICATION_OVERRIDES && of_notification) {
        return;
    }
    if (invocations->overrides.count >= LIMIT_SARIF_RULES) {
        json_refuse(json, FAULT_LIMIT, "more overrides in one run than the ceiling");
    } else if (override.level != SARIF_LEVEL_UNSET) {
        *(struct sarif_override *)vec_add(&invocations->overrides) = override;
    }
}

static void read_overrides(struct sarif_invocations *invocations, struct json_reader *json,
                           bool of_notification)
{
    if (json_array(json)) {
        while (json_item(json)) {
            read_override(invocations, json, of_notification);
        }
    }
}

static void read_notification(struct sarif_invocations *invocations, struct json_reader *json)
{
    struct sarif_notification notification = {.invocation = invocations->count,
                                              .level = SARIF_LEVEL_UNSET,
                                              .descriptor = {.index = -1, .component_index = -1}};
    struct span key;
    json_peek(json);
    notification.at = json_line(json);
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "level")) {
            sarif_read_level(json, &notification.level);
        } else if (span_is(key, "descriptor")) {
            notification.descriptor = sarif_reference_keep(json, &invocations->arena);
        } else if (span_is(key, "message")) {
            sarif_keep_message(json, &invocations->arena, NOTIFICATION_BYTES, &notification.text);
        } else {
            json_skip(json);
        }
    }
    bool kept = invocations->notifications.count < MOST_NOTIFICATIONS;
    if (kept && (notification.level == SARIF_LEVEL_UNSET || notification.level == LEVEL_ERROR)) {
        *(struct sarif_notification *)vec_add(&invocations->notifications) = notification;
    } else if (notification.level == LEVEL_ERROR && invocations->failed_line == 0) {
        invocations->failed_line = notification.at;
    }
}

static void read_notifications(struct sarif_invocations *invocations, struct json_reader *json)
{
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        read_notification(invocations, json);
    }
}

/* What one invocation says about how it ended. */
struct ending {
    bool successful;          /* it says so: an exit code then only tells of findings */
    uint64_t failed_line;     /* where it says the opposite; 0 if nowhere */
    uint64_t suspicious_line; /* of the first sign of a crash; 0 if none */
    bool bugs_found;          /* it says that this is all that was not successful */
};

/* Null says as little as an absent member; what is neither true nor false is no success. */
static void read_success(struct ending *ending, struct json_reader *json)
{
    enum json_token token = json_peek(json);
    uint64_t line = json_line(json);
    if (token == JSON_NULL) {
        json_skip(json);
    } else if (!json_bool(json, &ending->successful) || !ending->successful) {
        ending->successful = false;
        ending->failed_line = line;
    }
}

/* The signal that ended the process, or why it did not start. */
static void read_crash(struct ending *ending, struct json_reader *json)
{
    struct span text;
    json_peek(json);
    uint64_t line = json_line(json);
    if (json_string(json, &text) && text.size > 0 && ending->suspicious_line == 0) {
        ending->suspicious_line = line;
    }
}

/* A shell gives 126 and 127 for what it cannot start, and above it 128 and the signal that ended
 * it. Linters use small numbers to tell that they found something. */
static void read_exit_code(struct ending *ending, struct json_reader *json)
{
    struct span text;
    uint64_t code = 0;
    json_peek(json);
    uint64_t line = json_line(json);
    bool crashed = json_number(json, &text) &&
                   (span_starts(text, "-") || (span_to_u64(text, &code) && code >= CANNOT_START));
    if (crashed && ending->suspicious_line == 0) {
        ending->suspicious_line = line;
    }
}

/* Older versions of SpotBugs call an execution that found bugs not successful; its description
 * names errors and missing classes, too, if there were any. */
static void read_description(struct ending *ending, struct json_reader *json)
{
    struct span text;
    if (json_string(json, &text)) {
        ending->bugs_found = span_is(text, "BUGS FOUND");
    }
}

static void settle_ending(struct sarif_invocations *invocations, const struct ending *ending)
{
    uint64_t line = ending->bugs_found ? 0 : ending->failed_line;
    if (line == 0 && !ending->successful) {
        line = ending->suspicious_line;
    }
    if (invocations->failed_line == 0) {
        invocations->failed_line = line;
    }
}

static void read_invocation(struct sarif_invocations *invocations, struct json_reader *json)
{
    struct ending ending = {.successful = false};
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "executionSuccessful")) {
            read_success(&ending, json);
        } else if (span_is(key, "exitSignalName") || span_is(key, "processStartFailureMessage")) {
            read_crash(&ending, json);
        } else if (span_is(key, "exitCode")) {
            read_exit_code(&ending, json);
        } else if (span_is(key, "exitCodeDescription")) {
            read_description(&ending, json);
        } else if (span_is(key, "toolExecutionNotifications") ||
                   span_is(key, "toolConfigurationNotifications")) {
            read_notifications(invocations, json);
        } else if (span_is(key, "ruleConfigurationOverrides")) {
            read_overrides(invocations, json, false);
        } else if (span_is(key, "notificationConfigurationOverrides")) {
            read_overrides(invocations, json, true);
        } else {
            json_skip(json);
        }
    }
    settle_ending(invocations, &ending);
}

void sarif_invocations_read(struct sarif_invocations *invocations, struct json_reader *json)
{
    invocations->read = true;
    enum json_token token = json_peek(json);
    uint64_t line = json_line(json);
    if (token != JSON_ARRAY && token != JSON_NULL && invocations->failed_line == 0) {
        invocations->failed_line = line; /* nobody can say how the run ended */
    }
    if (json_array(json)) {
        while (json_item(json)) {
            read_invocation(invocations, json);
            invocations->count++;
        }
    }
}

/* ---- levels ---- */

/* A rule is known by its place in memory, or by its id when no descriptor has it. */
static uint64_t key_of(uint64_t invocation, const struct sarif_rule *rule, struct span id)
{
    const uint64_t parts[] = {invocation, map_key(rule), rule == NULL ? hash64(id, 0) : 0};
    return hash64(span_make((const char *)parts, sizeof(parts)), 0);
}

static void settle(struct sarif_invocations *invocations, const struct sarif_rules *rules)
{
    invocations->settled = true;
    for (size_t at = 0; at < invocations->overrides.count; at++) {
        const struct sarif_override *override = vec_at(&invocations->overrides, at);
        enum sarif_match match = SARIF_MATCH_NONE;
        if (!override->of_notification) {
            const struct sarif_rule *rule = sarif_rules_find(rules, &override->descriptor, &match);
            uint64_t key = key_of(override->invocation, rule, override->descriptor.id);
            *map_put(&invocations->level_of_rule, key) = override->level + UINT64_C(1);
        }
    }
}

unsigned sarif_invocations_level(struct sarif_invocations *invocations,
                                 const struct sarif_rules *rules, int64_t invocation,
                                 const struct sarif_rule *rule, struct span id)
{
    if (invocations->overrides.count == 0 || (invocation < 0 && invocations->count != 1)) {
        return SARIF_LEVEL_UNSET;
    }
    if (!invocations->settled) {
        settle(invocations, rules);
    }
    uint64_t number = invocation < 0 ? 0 : (uint64_t)invocation;
    const uint64_t *level = map_find(&invocations->level_of_rule, key_of(number, rule, id));
    return level != NULL ? (unsigned)(*level - 1) : SARIF_LEVEL_UNSET;
}

/* ---- failures ---- */

static unsigned notification_level(const struct sarif_invocations *invocations,
                                   const struct sarif_rules *rules,
                                   const struct sarif_notification *notification)
{
    if (notification->level != SARIF_LEVEL_UNSET) {
        return notification->level;
    }
    const struct sarif_rule *rule = sarif_rules_find_notification(rules, &notification->descriptor);
    for (size_t at = 0; at < invocations->overrides.count && rule != NULL; at++) {
        const struct sarif_override *override = vec_at(&invocations->overrides, at);
        if (override->of_notification && override->invocation == notification->invocation &&
            sarif_rules_find_notification(rules, &override->descriptor) == rule) {
            return override->level;
        }
    }
    return rule != NULL && rule->level != SARIF_LEVEL_UNSET ? rule->level : LEVEL_WARNING;
}

bool sarif_invocations_tell(const struct sarif_invocations *invocations,
                            const struct sarif_rules *rules, struct sink *sink)
{
    bool failed = invocations->failed_line > 0;
    struct buf text = {.size = 0};
    if (failed) {
        buf_add_format(&text, "%.*s says that its execution was not successful",
                       SPAN_ARG(rules->tool_name));
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, invocations->failed_line, buf_span(&text));
    }
    for (size_t at = 0; at < invocations->notifications.count; at++) {
        const struct sarif_notification *notification = vec_at(&invocations->notifications, at);
        if (notification_level(invocations, rules, notification) == LEVEL_ERROR) {
            buf_clear(&text);
            buf_add_format(&text, "%.*s reports an error of its own: %.*s",
                           SPAN_ARG(rules->tool_name), SPAN_ARG(notification->text));
            sink_drop(sink, DIAG_REPORT_TOOL_FAILED, notification->at, buf_span(&text));
            failed = true;
        }
    }
    buf_release(&text);
    return failed;
}
