/* What the parts of a policy's difference share: the list of sentences that they all add to. */
#ifndef TIDEGATE_POLICY_POLICY_DIFFERENCE_PARTS_H
#define TIDEGATE_POLICY_POLICY_DIFFERENCE_PARTS_H

#include "model/policy.h"

struct difference {
    struct names *names;
    struct vec *lines; /* const struct name *: the sentences so far */
    struct buf text;   /* of the next one */
};

/* Adds what stands in `text` as a sentence and clears it. */
void difference_take(struct difference *list);
/* Appends " (group unit) (component api)" to `text`, as far as they are not NULL. */
void difference_add_labels(struct difference *list, const struct name *group,
                           const struct name *component);
/* Adds "KEY was BEFORE, is AFTER" unless both are equal; an empty one is "not set". */
void difference_say_setting(struct difference *list, const char *key, const char *before,
                            const char *after);

/* Rules that are gone or different. */
void difference_compare_rules(struct difference *list, const struct policy *before,
                              const struct policy *after);
/* Reports that are not read any more, or with other trust. */
void difference_compare_reports(struct difference *list, const struct policy *before,
                                const struct policy *after);
/* Groups that need not be there any more, and whether totals are sums over the groups. */
void difference_compare_groups(struct difference *list, const struct policy *before,
                               const struct policy *after);

#endif
