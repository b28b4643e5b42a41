/* The rules of one SARIF run: what its tool says about them, and finding the one that a result
 * means.
 *
 * A tool is a driver and extensions, each with its own list of descriptors (SARIF 2.1.0, 3.18 to
 * 3.20 and 3.49). A result, notification or override points to a descriptor by index, GUID or id
 * (3.52); writers get indexes wrong, so an id that disagrees wins (3.27.5, 3.27.6). */
#ifndef TIDEGATE_COLLECTORS_SARIF_RULES_H
#define TIDEGATE_COLLECTORS_SARIF_RULES_H

#include "base/map.h"
#include "base/vec.h"
#include "collectors/sarif_reference.h"
#include "collectors/sarif_severity.h"
#include "model/sink.h"

/* A descriptor. The texts live in the arena of the rules. */
struct sarif_rule {
    struct span id, guid, title; /* empty if absent */
    uint32_t message;            /* its first message string + 1, 0 if none */
    uint32_t component;          /* 0 is the driver, then the extensions in order */
    uint8_t level;               /* enum level, or SARIF_LEVEL_UNSET */
    uint8_t band;                /* enum band */
    uint8_t tag;                 /* enum band + 1 of a tag like HIGH, 0 if none: Trivy's severity */
    bool has_severity;           /* there is a security-severity, readable or not */
    bool odd_severity;           /* it is unreadable or outside 0 to 10 */
    bool used;                   /* some result means it */
};

/* A range of descriptors in one list. */
struct sarif_range {
    size_t first, count;
};

struct sarif_component {
    struct span name, guid;
    struct sarif_range rules;
    struct sarif_range notifications;
    uint32_t message; /* its first global message string + 1, 0 if none */
};

struct sarif_message {
    struct span id, text;
    uint32_t next; /* + 1, 0 ends the list */
};

/* What looking a reference up showed. */
enum sarif_match {
    SARIF_MATCH_NONE,
    SARIF_MATCH_FOUND,
    SARIF_MATCH_STALE,  /* found, but the index points to a rule with another id */
    SARIF_MATCH_OUTSIDE /* the index is outside the list; found by id or not at all */
};

struct sarif_rules {
    struct arena arena;
    struct vec rules;         /* struct sarif_rule */
    struct vec notifications; /* struct sarif_rule */
    struct vec components;    /* struct sarif_component; the first one is the driver */
    struct vec messages;      /* struct sarif_message */
    struct map rule_of_id;    /* hash of id -> rule + 1, made by sarif_rules_index */
    struct map rule_of_guid;
    struct span tool_name, tool_version;
    uint64_t number_line; /* of the first severity that is a number; 0 if none */
    uint64_t link_line;   /* of the first link that is not of the web */
    bool has_severity;    /* some rule has a security-severity */
};

void sarif_rules_init(struct sarif_rules *rules);
void sarif_rules_release(struct sarif_rules *rules);

/* Makes the rules findable; once, when all lists are filled. */
void sarif_rules_index(struct sarif_rules *rules);

/* The rule that a reference means, or NULL. */
const struct sarif_rule *sarif_rules_find(const struct sarif_rules *rules,
                                          const struct sarif_reference *reference,
                                          enum sarif_match *match);
/* Notes that a result means this rule. */
void sarif_rules_use(struct sarif_rules *rules, const struct sarif_rule *rule);
/* Hands all rules of the tool to the sink, if some of them has no result. Most writers name only
 * rules that were broken (ESLint, Trivy), and their number says nothing about what was looked
 * for. */
void sarif_rules_give(const struct sarif_rules *rules, struct sink *sink);
/* The same as sarif_rules_find for the descriptor of a notification; only the driver has any in
 * practice. */
const struct sarif_rule *sarif_rules_find_notification(const struct sarif_rules *rules,
                                                       const struct sarif_reference *reference);

/* The text of a message that is given by its id, or the empty span. */
struct span sarif_rules_message(const struct sarif_rules *rules, const struct sarif_rule *rule,
                                struct span id);

#endif
