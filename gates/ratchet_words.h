/* What a ratchet compares, and the sentences about it. */
#ifndef TIDEGATE_GATES_RATCHET_WORDS_H
#define TIDEGATE_GATES_RATCHET_WORDS_H

#include "gates/judge.h"

enum reference_kind { REFERENCE_BASE, REFERENCE_MEDIAN, REFERENCE_BAR };

/* Something that the value is compared with. */
struct reference {
    enum reference_kind kind;
    struct value value;
    struct decimal slack;      /* below it that is tolerated, at least 0 */
    const struct name *commit; /* REFERENCE_BAR: where it came from */
    size_t entries;            /* REFERENCE_MEDIAN: of how many */
};

/* One metric under one ratchet. At least one of the two references is there. */
struct contest {
    const struct rule *rule;
    const struct facts *facts;
    enum direction direction;
    struct value now;
    bool has_base, has_bar;
    struct reference base, bar;
};

/* "84.12 % = 7301 of 8679 lines, below the baseline's 84.28 % = 7315 of 8679 by more than …": the
 * value beside one reference; `fails`: it is not accepted because of it. */
void ratchet_say(struct buf *out, const struct contest *contest, const struct reference *reference,
                 bool fails);
/* "the bar of 84.28 % = 7315 of 8679 from commit 1a2b3c4d5e" */
void ratchet_add_reference(struct buf *out, const struct contest *contest,
                           const struct reference *reference);
/* "84.28 % = 7315 of 8679", "12" */
void ratchet_add_figure(struct buf *out, const struct contest *contest, const struct value *value);
/* Places at which now and the references look different. */
unsigned ratchet_places(const struct contest *contest);

#endif
