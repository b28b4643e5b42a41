/* How the tool of a SARIF run was called: did it fail, and which levels were set for this call?
 *
 * A run is incomplete when an invocation says so or when a notification has level error (SARIF
 * 2.1.0, 3.20 and appendix I); writers use either. Overrides (3.20.5) change the level of a
 * rule. */
#ifndef TIDEGATE_COLLECTORS_SARIF_INVOCATIONS_H
#define TIDEGATE_COLLECTORS_SARIF_INVOCATIONS_H

#include "collectors/sarif_rules.h"
#include "model/sink.h"

/* A level that an invocation gives to a rule or a notification. */
struct sarif_override {
    struct sarif_reference descriptor; /* texts in the arena */
    uint32_t invocation;
    uint8_t level;
    bool of_notification;
};

/* A notification that may be an error. */
struct sarif_notification {
    struct sarif_reference descriptor;
    struct span text;
    uint64_t at; /* line in the report */
    uint32_t invocation;
    uint8_t level; /* enum level, or SARIF_LEVEL_UNSET */
};

struct sarif_invocations {
    struct arena arena;
    struct vec overrides; /* struct sarif_override */
    /* struct sarif_notification: the first ones without a level, or errors. */
    struct vec notifications;
    struct map level_of_rule; /* hash of invocation and rule -> level + 1 */
    uint32_t count;
    uint32_t notification_overrides;
    /* Of the first sign that all failed, like executionSuccessful; 0 if none. */
    uint64_t failed_line;
    bool read;    /* the property was there */
    bool settled; /* level_of_rule is filled */
};

void sarif_invocations_init(struct sarif_invocations *invocations);
void sarif_invocations_release(struct sarif_invocations *invocations);

/* Reads the value of `invocations`. */
void sarif_invocations_read(struct sarif_invocations *invocations, struct json_reader *json);

/* The level that the invocation (-1 if the result names none) gives to a rule; `rule` may be NULL,
 * then `id` tells it. SARIF_LEVEL_UNSET if there is none. The rules must be known. */
unsigned sarif_invocations_level(struct sarif_invocations *invocations,
                                 const struct sarif_rules *rules, int64_t invocation,
                                 const struct sarif_rule *rule, struct span id);

/* Tells the sink what went wrong. False if nothing did. */
bool sarif_invocations_tell(const struct sarif_invocations *invocations,
                            const struct sarif_rules *rules, struct sink *sink);

#endif
