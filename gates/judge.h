/* What the rule kinds share: whether a metric may be judged at all, and the words for values. */
#ifndef TIDEGATE_GATES_JUDGE_H
#define TIDEGATE_GATES_JUDGE_H

#include "gates/rule_kind.h"

/* Copies the metric into the check. True if it may be judged; else the outcome is NO_DATA with its
 * reason. */
bool judge_metric(const struct rule *rule, const struct facts *facts, struct check *out);
/* Ends as NO_DATA because of the reports in this state: "TARGET is only partly known: …". */
void judge_bad_state(const struct facts *facts, struct check *out, enum state state,
                     struct span target);
/* Ends as NO_DATA with this reason, which is released, and this remedy. */
void judge_no_data(const struct facts *facts, struct check *out, enum no_data no_data,
                   struct buf *why, const char *remedy);

/* The catalogue's or the user's unit of the metric, "" if it has none. */
const char *judge_unit(const struct facts *facts);

/* The percentage cut to this many places (at most 9). The total must be above 0. */
struct decimal judge_percent(struct ratio ratio, unsigned places);
/* The least number of places from 2 on at which the two percentages look different; 9 if they are
 * that close, 2 if they are equal. */
unsigned judge_places(struct ratio left, struct ratio right);
/* Whole part of a decimal of at least 0, and whether anything was cut off. */
uint64_t judge_whole(struct decimal value, bool *rest);

/* "tests.failed", or "coverage.line (group unit, component api)". */
void judge_add_target(struct buf *out, const struct rule *rule);
/* "84.12 % = 7301 of 8679 lines", "tests.failed is 3", "tests.time is 12.5 seconds"; `places` for
 * percentages. */
void judge_add_value(struct buf *out, const struct rule *rule, const struct facts *facts,
                     const struct value *value, unsigned places);
/* "2 more than" or "2 fewer than". */
void judge_add_distance(struct buf *out, uint64_t distance, bool more);
/* What to do when `now` is `excess` too many or `missing` too few, or a ratio lacks `missing`. */
void judge_add_lower(struct buf *out, const struct rule *rule, uint64_t now, uint64_t excess);
void judge_add_raise(struct buf *out, const struct rule *rule, uint64_t now, uint64_t missing);
void judge_add_cover(struct buf *out, const struct facts *facts, struct ratio now,
                     uint64_t missing);

/* Interns the sentence and releases the buffer. */
const struct name *judge_sentence(const struct facts *facts, struct buf *sentence);

#endif
